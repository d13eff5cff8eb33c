"""说明理由 (条例 Art. 35): number or frequency of requests is clearly beyond reason.

The period keeps running. If the reasons are accepted and it cannot be kept, the agency sets a
reasonable later date, without a cap and apart from the extension.
"""

from dataclasses import replace

from disclosure.deadlines import period_clock
from disclosure.event import Event
from disclosure.flags import Flag
from disclosure.law import Law
from disclosure.matter_events import ReasonsDemanded, ReasonsReceived
from disclosure.order import must_be_open, not_before, received_on
from disclosure.refusals import Refused
from disclosure.request_commands import DemandReasons, ReceiveReasons
from disclosure.state import RequestState


def demand(state: RequestState, command: DemandReasons, _law: Law) -> list[Event]:
    """要求说明理由."""
    must_be_open(state)
    not_before(command.on, received_on(state), "收到申请之日")
    not_before(command.due_on, command.on, "要求说明理由之日", field="due_on")
    if state.reasons is not None and state.reasons.pending:
        raise Refused("already_asked", "do", "已经要求申请人说明理由，尚未答复")
    return [
        ReasonsDemanded(
            on=command.on, note=command.note, due_on=command.due_on, facts=command.facts
        )
    ]


def receive(state: RequestState, command: ReceiveReasons, law: Law) -> list[Event]:
    """收到理由."""
    must_be_open(state)
    asked = state.reasons
    if asked is None or asked.received_on is not None:
        raise Refused("not_asked", "do", "没有尚待答复的说明理由要求")
    not_before(command.on, asked.demanded_on, "要求说明理由之日")
    clock = None
    if command.delay_until is not None:
        if not command.accepted:
            raise Refused("contradiction", "delay_until", "理由不合理的，不能延迟答复")
        not_before(command.delay_until, command.on, "收到理由之日", field="delay_until")
        clock = period_clock(replace(state, delay_until=command.delay_until), law)
    return [
        ReasonsReceived(
            on=command.on,
            flags=(Flag.REASONS_LATE,) if command.on > asked.due_on else (),
            note=command.note,
            accepted=command.accepted,
            delay_until=command.delay_until,
            clock=clock,
        )
    ]
