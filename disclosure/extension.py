"""延期答复 (条例 Art. 33¶2): at most 20 working days, once, told before the due date."""

from dataclasses import replace

from disclosure.deadlines import period_clock
from disclosure.event import Event
from disclosure.flags import Flag
from disclosure.law import EXTENSION_LIMIT, Law
from disclosure.order import must_be_open, not_before, received_on
from disclosure.refusals import Refused
from disclosure.request_commands import Extend
from disclosure.request_events import PeriodExtended
from disclosure.state import RequestState


def extend(state: RequestState, command: Extend, law: Law) -> list[Event]:
    """延期: an extension asked too late or a second time is recorded but moves nothing."""
    must_be_open(state)
    not_before(command.on, received_on(state), "收到申请之日")
    if not 1 <= command.working_days <= EXTENSION_LIMIT:
        raise Refused(
            "out_of_range",
            "working_days",
            f"延长答复的期限最长不得超过 {EXTENSION_LIMIT} 个工作日，至少 1 个工作日",
        )
    flags = []
    if state.period_ended_by(command.on):
        flags.append(Flag.EXTENSION_LATE)
    if state.extension_days:
        flags.append(Flag.EXTENSION_REPEATED)
    effective = not flags
    if not command.approved_by.strip():
        flags.append(Flag.EXTENSION_UNAPPROVED)
    extended = replace(state, extension_days=command.working_days)
    clock = period_clock(extended, law) if effective else None
    return [
        PeriodExtended(
            on=command.on,
            flags=tuple(flags),
            note=command.note,
            working_days=command.working_days,
            approved_by=command.approved_by,
            effective=effective,
            clock=clock,
            reason=command.reason,
        )
    ]
