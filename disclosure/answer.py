"""答复、送达 and 撤回: how a request ends by somebody's act (条例 Art. 33, 36-39)."""

from dataclasses import replace

from disclosure.event import Event
from disclosure.flags import Flag
from disclosure.law import Law
from disclosure.order import must_be_open, not_before, received_on
from disclosure.refusals import Refused
from disclosure.request_commands import Decide, Deliver, Withdraw
from disclosure.request_events import ReplyDelivered, RequestDecided, RequestWithdrawn
from disclosure.result_flags import unlawful
from disclosure.state import RequestState


def decide(state: RequestState, command: Decide, _law: Law) -> list[Event]:
    """答复: one request has one result.

    Given while a correction or a payment is awaited it is judged by the period that ran before:
    nothing has started it anew.
    """
    must_be_open(state)
    not_before(command.on, received_on(state), "收到申请之日")
    _after_what_went_before(state, command)
    due = state.clock.due_on if state.clock and not command.outcome.is_lapse else None
    late = (Flag.ANSWERED_LATE,) if due and command.on > due else ()
    reasoned = bool((command.grounds or "").strip())
    return [
        RequestDecided(
            on=command.on,
            flags=(*late, *unlawful(state, command.outcome, reasoned=reasoned)),
            note=command.note,
            outcome=command.outcome,
            document_number=command.document_number,
            already_public=command.already_public,
            grounds=command.grounds,
        )
    ]


def deliver(state: RequestState, command: Deliver, _law: Law) -> list[Event]:
    """送达: by mail the day of posting, else the day of signature decides on time (Art. 33)."""
    if state.closed_on is None:
        raise Refused("not_decided", "do", "尚未作出答复，不能登记送达")
    not_before(command.on, state.closed_on, "答复作出之日")
    if command.posted_on is not None:
        not_before(command.posted_on, state.closed_on, "答复作出之日", field="posted_on")
    if command.signed_on is not None:
        sent = command.posted_on or state.closed_on
        not_before(command.signed_on, sent, "发出之日", field="signed_on")
    delivered = ReplyDelivered(
        on=command.on,
        note=command.note,
        method=command.method,
        posted_on=command.posted_on,
        signed_on=command.signed_on,
    )
    if state.sent_on is not None:
        return [replace(delivered, flags=(Flag.DELIVERED_AGAIN,))]
    due = state.reply_due_on
    if due is not None and delivered.sent_on > due:
        return [replace(delivered, flags=(Flag.ANSWERED_LATE,))]
    return [delivered]


def withdraw(state: RequestState, command: Withdraw, _law: Law) -> list[Event]:
    """撤回: ends the request on its day; before receipt it never enters the statistics."""
    must_be_open(state)
    _after_what_went_before(state, command)
    return [RequestWithdrawn(on=command.on, note=command.note, reason=command.reason)]


def _after_what_went_before(state: RequestState, command: Decide | Withdraw) -> None:
    """A fact that ends the request cannot precede one that happened while it was open."""
    if state.received_on is not None:
        not_before(command.on, state.received_on, "收到申请之日")
    if state.latest_on is not None:
        not_before(command.on, state.latest_on, "该申请此前已登记事实的日期")
