"""Requests as their streams say."""

from records import RecordLog
from workflows.record import RequestRecord


def load_record(log: RecordLog, stream: str) -> RequestRecord:
    """Fold a request's stream from the log; one that has none is a record without events."""
    record = RequestRecord()
    for entry in log.read(stream):
        record = record.after(entry.event, entry.version, entry.command_id)
    return record
