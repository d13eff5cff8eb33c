"""The two kinds of case a workflow watches over, and which record remembers which."""

from typing import TypeVar

from disclosure.commands import CaseCommand
from disclosure.event import Event
from disclosure.events import PROCEEDING_EVENTS
from disclosure.proceeding_commands import ProceedingCommand
from workflows.proceeding_record import ProceedingRecord
from workflows.record import RequestRecord

CaseRecord = RequestRecord | ProceedingRecord

RecordT = TypeVar("RecordT", RequestRecord, ProceedingRecord)


def record_for(command: CaseCommand) -> CaseRecord:
    """Return the record of a case nothing is known of, of the kind a command speaks of."""
    return ProceedingRecord() if isinstance(command, ProceedingCommand) else RequestRecord()


def record_begun_by(event: Event) -> CaseRecord:
    """Return the record, still blank, of the case an event is the first of."""
    return ProceedingRecord() if isinstance(event, PROCEEDING_EVENTS) else RequestRecord()
