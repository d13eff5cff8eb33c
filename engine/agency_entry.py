"""Recording a fact about an agency from a page: decided as an import decides it, written once.

An agency has no workflow: nothing about it runs out. Its facts go straight to the log.
"""

from datetime import date

from disclosure.addresses import agency_stream, check_agency_id
from disclosure.agency import AgencyState, decide_agency, fold_agency
from disclosure.agency_commands import AgencyCommand, WriteRollupSection, WriteSection
from disclosure.agency_tree import refuse_impossible_place
from disclosure.command import refuse_the_future
from disclosure.refusals import Refused
from disclosure.section_text import refuse_overtaken
from eventstore import StreamConflict
from records import RecordLog, Write

_DECIDE_AGAIN = 5


def record_of_agency(
    log: RecordLog,
    command_id: str,
    command: AgencyCommand,
    today: date,
    *,
    seen_text: str | None = None,
) -> int:
    """Record a fact about an agency; return the log position a reader must wait for.

    Sending the same id again changes nothing and returns 0.

    Args:
        log: the log.
        command_id: makes a repetition harmless.
        command: what is said to have happened.
        today: in Shanghai.
        seen_text: where a section is written, the mark of the text its writer had before them.

    Raises:
        Refused: it cannot be true, or others keep writing about this agency; `stale` where another
            text stands than the one that was seen.
    """
    check_agency_id(command.agency)
    refuse_the_future(command, today)
    stream = agency_stream(command.agency)
    for _ in range(_DECIDE_AGAIN):
        entries = log.read(stream)
        if any(entry.command_id == command_id for entry in entries):
            return 0
        there = [entry.event for entry in entries]
        if seen_text is not None and isinstance(command, WriteSection | WriteRollupSection):
            refuse_overtaken(there, command, seen_text)
        events = decide_agency(fold_agency(there), command)
        _refuse_impossible_place(log, command)
        try:
            done = log.write(Write(stream, len(entries), command_id, command.by, events))
        except StreamConflict:
            continue
        return done.position
    raise Refused("busy", "", "该机关正在被他人修改，没有登记，请稍后重试")


def agency_state(log: RecordLog, agency: str) -> AgencyState:
    """Fold what is on record of an agency."""
    return fold_agency(entry.event for entry in log.read(agency_stream(agency)))


def _refuse_impossible_place(log: RecordLog, command: AgencyCommand) -> None:
    def registered(agency: str) -> bool:
        return agency_state(log, agency).name is not None

    def superior_on(agency: str, day: date) -> str | None:
        return agency_state(log, agency).place.parent_on(day)

    refuse_impossible_place(command, registered, superior_on)
