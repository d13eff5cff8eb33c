"""答复、送达 and 撤回: how a request ends by somebody's act (条例 Art. 33, 36-39)."""

from collections.abc import Iterator
from dataclasses import replace

from disclosure.event import Event
from disclosure.flags import Flag
from disclosure.law import Law
from disclosure.matters import OBJECTIONS, Consultation
from disclosure.order import must_be_open, not_before, received_on
from disclosure.outcomes import Outcome
from disclosure.refusals import Refused
from disclosure.request_commands import Decide, Deliver, Withdraw
from disclosure.request_events import ReplyDelivered, RequestDecided, RequestWithdrawn
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
    return [
        RequestDecided(
            on=command.on,
            flags=(*late, *_unlawful(state, command)),
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
    if state.answer_due_on is not None and delivered.sent_on > state.answer_due_on:
        return [replace(delivered, flags=(Flag.ANSWERED_LATE,))]
    return [delivered]


def withdraw(state: RequestState, command: Withdraw, _law: Law) -> list[Event]:
    """撤回: ends the request on its day; before receipt it never enters the statistics."""
    must_be_open(state)
    _after_what_went_before(state, command)
    return [RequestWithdrawn(on=command.on, note=command.note, reason=command.reason)]


def _unlawful(state: RequestState, command: Decide) -> Iterator[Flag]:
    """Yield what the law asks for before this result and the record does not show."""
    third_parties = [each for each in state.last_consultations() if each.kind == "third_party"]
    match command.outcome:
        case Outcome.CORRECTION_LAPSED if not state.correction_notices:
            yield Flag.LAPSE_WITHOUT_NOTICE
        case Outcome.UNCLEAR_AFTER_CORRECTION if not state.corrections_received:
            yield Flag.UNCLEAR_WITHOUT_CORRECTION
        case Outcome.FEE_LAPSED if state.fee is None or not state.fee.pending:
            yield Flag.FEE_LAPSE_WITHOUT_NOTICE
        case Outcome.EXCESSIVE if (
            state.reasons is None or state.reasons.accepted or state.reasons.pending
        ):
            yield Flag.EXCESSIVE_WITHOUT_REASONS
        case Outcome.THIRD_PARTY_RIGHTS if (
            third_parties
            and all(each.answered_on is None for each in third_parties)
            and not (command.grounds or "").strip()
        ):
            yield Flag.REFUSED_OVER_SILENCE
        case Outcome.GRANTED:
            yield from _over_objections(third_parties, command)
        case _:
            return


def _over_objections(third_parties: list[Consultation], command: Decide) -> Iterator[Flag]:
    """Yield what disclosure over an objection lacks: its reason, and the letter that tells of it.

    A partial disclosure may leave out just what was objected to, and says so itself.
    """
    objecting = [each for each in third_parties if each.opinion in OBJECTIONS]
    if objecting and not (command.grounds or "").strip():
        yield Flag.DISCLOSED_WITHOUT_REASON
    if any(not each.notified for each in objecting):
        yield Flag.THIRD_PARTY_NOT_NOTIFIED


def _after_what_went_before(state: RequestState, command: Decide | Withdraw) -> None:
    """A fact that ends the request cannot precede one that happened while it was open."""
    if state.received_on is not None:
        not_before(command.on, state.received_on, "收到申请之日")
    if state.latest_on is not None:
        not_before(command.on, state.latest_on, "该申请此前已登记事实的日期")
