"""Cases as the engine watches over them: which workflow is whose, and with what it starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from disclosure.addresses import agency_of, case_of
from records import RecordLog
from workflows.case_records import CaseRecord, record_begun_by
from workflows.disclosure_request import DisclosureRequest
from workflows.messages import CaseStart, ProceedingStart, RequestStart
from workflows.names import DISCLOSURE_REQUEST, PROCEEDING
from workflows.proceeding import Proceeding
from workflows.proceeding_record import ProceedingRecord
from workflows.record import RequestRecord

CASE_WORKFLOWS = (DISCLOSURE_REQUEST, PROCEEDING)
"""The types of workflow that watch over a case."""


@dataclass(frozen=True, slots=True)
class _Kind:
    run: Any
    start: Any


_KINDS: Mapping[type[CaseRecord], _Kind] = {
    RequestRecord: _Kind(DisclosureRequest.run, RequestStart),
    ProceedingRecord: _Kind(Proceeding.run, ProceedingStart),
}


def load_case(log: RecordLog, stream: str) -> CaseRecord | None:
    """Fold a case's stream from the log; None where it has none yet."""
    record: CaseRecord | None = None
    for entry in log.read(stream):
        if record is None:
            record = record_begun_by(entry.event)
        record = record.after(entry.event, entry.version, entry.command_id)
    return record


def workflow_of(stream: str, record: CaseRecord) -> tuple[Any, CaseStart]:
    """Return the workflow that watches over a case, and the message it is started with."""
    kind = _KINDS[type(record)]
    start: CaseStart = kind.start(agency=agency_of(stream), case=case_of(stream), record=record)
    return kind.run, start
