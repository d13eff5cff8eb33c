"""更正收到日期 (条例 Art. 31, 33): what follows where the day of receipt was entered wrongly.

The answer period runs from the day of receipt, whenever that is learned. So the period is counted
again, of an open request and of a closed one, and whatever was judged by it is judged again. It is
counted by the calendar in force: it is the fact that has changed, not the calendar. Limits told to
somebody, and fees counted by the month of receipt, stay as they were told.
"""

from dataclasses import replace
from datetime import date

from disclosure.amendment_events import RecordCorrected
from disclosure.deadlines import period_clock
from disclosure.event import Clock
from disclosure.evolution import evolve
from disclosure.flags import in_order
from disclosure.law import Law
from disclosure.order import not_before
from disclosure.receipt_date import received_date
from disclosure.refusals import Refused
from disclosure.state import RequestState
from disclosure.timeliness import RECEIPT_FLAGS, Timeliness, timeliness


def with_received_date(state: RequestState, event: RecordCorrected, law: Law) -> RecordCorrected:
    """Complete a correction of what the day of receipt follows from.

    Raises:
        Refused: no day of receipt follows, or facts on record contradict it.
    """
    received = _received_after(state, event)
    _possible(state, received)
    if received == state.received_on:
        return event
    event = replace(event, received_on=received)
    event = _judged_again(state, event, timeliness(evolve(state, event), law))
    clock = period_clock(evolve(state, event), law)
    return replace(event, clock=clock, overdue_lifted=_no_longer_overdue(state, clock))


def _judged_again(
    state: RequestState, event: RecordCorrected, judged: Timeliness
) -> RecordCorrected:
    standing = RECEIPT_FLAGS.intersection(state.flags)
    extended = any(fact.what == "extension" for fact in state.timed_facts)
    moves = extended and judged.extension_days != state.extension_days
    return replace(
        event,
        flags=in_order(judged.flags - standing),
        lifted=in_order(standing - judged.flags),
        extension_days=judged.extension_days if moves else None,
    )


def _no_longer_overdue(state: RequestState, clock: Clock | None) -> date | None:
    """Return the last day that was noted as passed without an answer, where it comes later now."""
    if state.clock is None or state.clock.due_on not in state.passed_due_dates:
        return None
    noted = state.clock.due_on
    return noted if clock is None or clock.due_on > noted else None


def _received_after(state: RequestState, event: RecordCorrected) -> date | None:
    after = evolve(state, event)
    if after.channel is None or after.submitted_on is None:
        return None
    for name in ("signed_on", "confirmed_on"):
        given = getattr(after, name)
        if given is not None:
            not_before(given, after.submitted_on, "提交日", field="value")
    if after.channel == "registered_mail" and after.signed_on is None:
        raise Refused("missing", "value", "挂号信以签收日为收到日，请先更正签收日（signed_on）")
    return received_date(
        after.channel,
        submitted_on=after.submitted_on,
        signed_on=after.signed_on,
        confirmed_on=after.confirmed_on,
    )


def _possible(state: RequestState, received: date | None) -> None:
    """Refuse a received date that facts on record contradict; a withdrawal may precede receipt."""
    first = state.first_step_on
    never = received is None and state.received_on is None
    if first is not None and not never and (received is None or received > first):
        raise Refused("impossible_order", "value", f"更正后的收到日期晚于已登记的事实（{first}）")
