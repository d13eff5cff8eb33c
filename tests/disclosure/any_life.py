"""Any sequence of commands, sensible or not, and what the law answers to each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args

from hypothesis import strategies as st

from disclosure.deadlines import expiries
from disclosure.decider import decide
from disclosure.event import Event
from disclosure.evolution import fold
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.refusals import Refused
from disclosure.request_commands import (
    AgencyReply,
    Applicant,
    Archive,
    ChargeFee,
    ConfirmReceipt,
    ConsultAgency,
    ConsultThirdParty,
    CorrectRecord,
    Decide,
    Deliver,
    DemandReasons,
    Expire,
    Extend,
    Limit,
    NotifyThirdParty,
    PartyReceived,
    PayFee,
    ReceiveCorrection,
    ReceiveReasons,
    Reclassify,
    Register,
    Reopen,
    RequestCommand,
    RequestCorrection,
    ThirdPartyReply,
    Withdraw,
)
from disclosure.state import RequestState
from tests.disclosure.facts import AGENCY, CASE
from tests.disclosure.specification import LAW

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)

_NEAR = st.integers(0, 30).map(timedelta)
"""So many days after the latest fact: the likely dates."""
_DAY = _NEAR | _NEAR | _NEAR | st.dates(FIRST, LAST)
_MAYBE = st.none() | _DAY


@dataclass(frozen=True, slots=True)
class Said:
    """A command still to be dated by what went before it."""

    kind: type[RequestCommand]
    fields: dict[str, Any]

    def after(self, state: RequestState) -> RequestCommand:
        latest = state.latest_on or FIRST
        dated = {
            name: min(latest + value, LAST) if isinstance(value, timedelta) else value
            for name, value in self.fields.items()
        }
        return self.kind(agency=AGENCY, case=CASE, **dated)


@dataclass(frozen=True, slots=True)
class LimitRunsOut:
    """One of the limits that run, if any does, runs out by itself."""

    which: int

    def after(self, state: RequestState) -> RequestCommand | None:
        running = sorted(expiries(state))
        if not running:
            return None
        expiry = running[self.which % len(running)]
        return expiry.command(AGENCY, CASE)


def _said(kind: type[RequestCommand], **values: st.SearchStrategy[Any]) -> st.SearchStrategy[Said]:
    return st.builds(Said, st.just(kind), st.fixed_dictionaries({"on": _DAY, **values}))


_REGISTER = _said(
    Register,
    channel=st.sampled_from(
        ["in_person", "registered_mail", "ordinary_mail", "online", "fax", "oral"]
    ),
    applicant=st.sampled_from([Applicant(type=kind) for kind in ApplicantType]),
    description=st.sampled_from(["公报", "公报", " "]),
    signed_on=_MAYBE,
    confirmed_on=_MAYBE,
)
_ARRIVES = _said(
    Register,
    channel=st.just("oral"),
    applicant=st.just(Applicant(type=ApplicantType.RESEARCH)),
    description=st.just("公报"),
)
PARTIES = ("（虚构）某公司", "（虚构）某局")
_PARTY = st.sampled_from([*PARTIES, " "])
_REASON = st.sampled_from(["登记有误", "登记有误", " "])
_APPROVED = {"reason": _REASON, "approved_by": st.sampled_from(["科长", "科长", ""])}
_MATTERS = st.one_of(
    _said(ConsultThirdParty, party=_PARTY, received_on=_MAYBE),
    _said(PartyReceived, party=_PARTY),
    _said(ThirdPartyReply, party=_PARTY, opinion=st.sampled_from(["agree", "partly", "object"])),
    _said(NotifyThirdParty, party=_PARTY, content=st.just("")),
    _said(ConsultAgency, party=_PARTY, received_on=_MAYBE),
    _said(AgencyReply, party=_PARTY, opinion=st.just("同意")),
    _said(DemandReasons, facts=st.just(""), due_on=_DAY),
    _said(ReceiveReasons, accepted=st.booleans(), delay_until=_MAYBE),
    _said(
        ChargeFee,
        mode=st.sampled_from(["items", "pages"]),
        quantity=st.integers(-1, 300),
        notice_received_on=_DAY,
        items_before=st.none() | st.integers(-1, 40),
    ),
    _said(PayFee, amount=st.sampled_from([Decimal(n) for n in ("0", "10", "700", "0.01", "1E9")])),
)
_AMENDMENTS = st.one_of(
    _said(Reclassify, outcome=st.sampled_from(Outcome), **_APPROVED),
    _said(
        CorrectRecord,
        field=st.sampled_from(
            ["channel", "on", "signed_on", "confirmed_on", "applicant.type", "applicant.name", "no"]
        ),
        value=st.sampled_from(["online", "oral", "registered_mail", "research", "没有"])
        | st.dates(FIRST, LAST).map(date.isoformat),
        **_APPROVED,
    ),
    _said(Reopen, **_APPROVED),
    _said(Archive, volume=st.sampled_from(["甲", " "]), retention_years=st.integers(-1, 101)),
)
_STEPS = st.one_of(
    _MATTERS,
    _AMENDMENTS,
    _REGISTER,
    _said(ConfirmReceipt),
    _said(
        RequestCorrection,
        points=st.just(""),
        due_on=_MAYBE,
        working_days=st.none() | st.integers(-2, 300),
    ),
    _said(ReceiveCorrection, description=st.just("")),
    _said(
        Extend,
        reason=st.just(""),
        approved_by=st.just(""),
        working_days=st.integers(-1, 22),
    ),
    _said(Decide, outcome=st.sampled_from(Outcome)),
    _said(
        Deliver,
        method=st.sampled_from(["in_person", "mail", "online", "other"]),
        posted_on=_MAYBE,
        signed_on=_MAYBE,
    ),
    _said(Withdraw),
    _said(Expire, what=st.sampled_from(get_args(Limit))),
    st.builds(LimitRunsOut, st.integers(0, 4)),
)

Life = list[Said | LimitRunsOut]

LIVES: st.SearchStrategy[Life] = st.builds(
    lambda first, steps: [first, *steps],
    st.integers(0, 3).flatmap(lambda n: _ARRIVES if n else _STEPS),
    st.integers(0, 12).flatmap(lambda n: st.lists(_STEPS, min_size=n, max_size=n)),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A command, the state it met, and the answer."""

    before: RequestState
    command: RequestCommand
    answer: list[Event] | Refused

    @property
    def events(self) -> list[Event]:
        return [] if isinstance(self.answer, Refused) else self.answer

    @property
    def after(self) -> RequestState:
        return fold(self.events, self.before)


def answer_to(state: RequestState, command: RequestCommand) -> list[Event] | Refused:
    try:
        return decide(state, command, LAW)
    except Refused as refusal:
        return refusal


def lived(steps: Iterable[Said | LimitRunsOut]) -> Iterator[Moment]:
    """Let a request go through the steps; whatever is not a refusal or events is raised."""
    state = RequestState()
    for step in steps:
        command = step.after(state)
        if command is not None:
            moment = Moment(state, command, answer_to(state, command))
            yield moment
            state = moment.after
