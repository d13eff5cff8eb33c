"""征询 (条例 Art. 32, 34): third parties and co-making agencies, 15 working days each.

A third party's silence is neither consent nor refusal: the agency decides. A co-making agency's
silence is consent. While anyone is asked the answer period stands still, several at once for the
union of their times.
"""

from dataclasses import replace
from datetime import date

from disclosure.deadlines import period_clock
from disclosure.event import Event
from disclosure.evolution import evolve
from disclosure.flags import Flag
from disclosure.law import CONSULTATION_PERIOD, Law
from disclosure.matter_events import (
    AgencyReplied,
    ConsultationReceived,
    ConsultationSent,
    ThirdPartyNotified,
    ThirdPartyReplied,
)
from disclosure.matters import OBJECTIONS, Consultation, ConsultationKind
from disclosure.order import must_be_open, not_before, received_on
from disclosure.outcomes import Outcome
from disclosure.refusals import Refused
from disclosure.request_commands import (
    AgencyReply,
    ConsultAgency,
    ConsultThirdParty,
    NotifyThirdParty,
    PartyReceived,
    RequestCommand,
    ThirdPartyReply,
)
from disclosure.state import RequestState


def consult_third_party(state: RequestState, command: ConsultThirdParty, law: Law) -> list[Event]:
    """征询第三方."""
    return _consult(state, command, "third_party", law)


def consult_agency(state: RequestState, command: ConsultAgency, law: Law) -> list[Event]:
    """征求共同制作机关意见."""
    return _consult(state, command, "agency", law)


def party_received(state: RequestState, command: PartyReceived, law: Law) -> list[Event]:
    """被征询方收到: learnt later, its time is counted from then."""
    must_be_open(state)
    asked = _party_asked(state, command, command.party, None, law)
    if asked.received_on is not None:
        raise Refused("already_received", "party", f"收到日期已经登记为 {asked.received_on}")
    if asked.answered_on is not None and command.on > asked.answered_on:
        raise Refused("impossible_order", "on", f"收到之日晚于该方答复之日（{asked.answered_on}）")
    ends_on = consultation_ends_on(command.on, law)
    in_time = asked.answered_on is not None and asked.ends_on < asked.answered_on <= ends_on
    event = ConsultationReceived(
        on=command.on,
        note=command.note,
        party_ref=asked.party_ref,
        ends_on=ends_on,
        clock=None,
        lifted=(Flag.REPLY_AFTER_LIMIT,) if in_time else (),
    )
    return [_with_clock(state, event, law)]


def third_party_reply(state: RequestState, command: ThirdPartyReply, law: Law) -> list[Event]:
    """第三方答复."""
    must_be_open(state)
    asked = _asked(state, command, command.party, "third_party", law)
    event = ThirdPartyReplied(
        on=command.on,
        flags=_late(asked, command.on),
        note=command.note,
        party_ref=asked.party_ref,
        opinion=command.opinion,
        clock=None,
        reason=command.reason,
    )
    return [_with_clock(state, event, law)]


def agency_reply(state: RequestState, command: AgencyReply, law: Law) -> list[Event]:
    """共同制作机关答复."""
    must_be_open(state)
    asked = _asked(state, command, command.party, "agency", law)
    event = AgencyReplied(
        on=command.on,
        flags=_late(asked, command.on),
        note=command.note,
        party_ref=asked.party_ref,
        clock=None,
        opinion=command.opinion,
    )
    return [_with_clock(state, event, law)]


def notify_third_party(state: RequestState, command: NotifyThirdParty, law: Law) -> list[Event]:
    """告知第三方: may follow the decision."""
    ref = _party_ref(command, command.party, law)
    asked = state.consultation(ref)
    if asked is None or asked.kind != "third_party":
        raise Refused("unknown_party", "party", "没有向该第三方征询过意见")
    not_before(command.on, asked.sent_on, "征询发出之日")
    event = ThirdPartyNotified(
        on=command.on, note=command.note, party_ref=ref, content=command.content
    )
    told = all(
        each.notified
        for each in evolve(state, event).last_consultations()
        if each.opinion in OBJECTIONS
    )
    if state.outcome is Outcome.GRANTED and told:
        event = replace(event, lifted=(Flag.THIRD_PARTY_NOT_NOTIFIED,))
    return [event]


def _consult(
    state: RequestState,
    command: ConsultThirdParty | ConsultAgency,
    kind: ConsultationKind,
    law: Law,
) -> list[Event]:
    must_be_open(state)
    not_before(command.on, received_on(state), "收到申请之日")
    if not command.party.strip():
        raise Refused("empty", "party", "被征询方不能为空")
    if command.received_on is not None:
        not_before(command.received_on, command.on, "征询发出之日", field="received_on")
    ref = _party_ref(command, command.party, law)
    asked = state.consultation(ref)
    if asked is not None and asked.pending:
        raise Refused("already_asked", "party", "已经向该方征询，尚未答复")
    event = ConsultationSent(
        on=command.on,
        note=command.note,
        kind=kind,
        party_ref=ref,
        received_on=command.received_on,
        ends_on=consultation_ends_on(command.received_on or command.on, law),
        clock=None,
        party=command.party,
    )
    return [_with_clock(state, event, law)]


def _asked(
    state: RequestState,
    command: PartyReceived | ThirdPartyReply | AgencyReply,
    party: str,
    kind: ConsultationKind | None,
    law: Law,
) -> Consultation:
    """Return the consultation a reply belongs to, or refuse."""
    asked = _party_asked(state, command, party, kind, law)
    if asked.answered_on is not None:
        raise Refused("already_answered", "party", f"该方已于 {asked.answered_on} 答复")
    if asked.received_on is not None:
        not_before(command.on, asked.received_on, "被征询方收到之日")
    return asked


def _party_asked(
    state: RequestState,
    command: PartyReceived | ThirdPartyReply | AgencyReply,
    party: str,
    kind: ConsultationKind | None,
    law: Law,
) -> Consultation:
    """Return the last consultation of a party, or refuse."""
    asked = state.consultation(_party_ref(command, party, law))
    if asked is None or (kind is not None and asked.kind != kind):
        raise Refused("unknown_party", "party", "没有向该方征询过意见")
    not_before(command.on, asked.sent_on, "征询发出之日")
    return asked


def _party_ref(command: RequestCommand, party: str, law: Law) -> str:
    """Return a party's pseudonym in this request; the name itself is sealed."""
    return law.pseudonym(f"party\n{command.agency}\n{command.case}\n{party.strip()}")[:16]


def consultation_ends_on(start: date, law: Law) -> date:
    """Return the last of a party's fifteen working days."""
    return law.calendar.after(start, CONSULTATION_PERIOD).day


def _late(asked: Consultation, on: date) -> tuple[Flag, ...]:
    return (Flag.REPLY_AFTER_LIMIT,) if on > asked.ends_on else ()


Moving = ConsultationSent | ConsultationReceived | ThirdPartyReplied | AgencyReplied


def _with_clock(state: RequestState, event: Moving, law: Law) -> Event:
    """Give an event the answer period as it is after it."""
    return replace(event, clock=period_clock(evolve(state, event), law))
