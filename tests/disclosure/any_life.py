"""Any sequence of commands, sensible or not, and what the law answers to each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from disclosure.deadlines import expiries
from disclosure.decider import decide
from disclosure.event import Event
from disclosure.evolution import fold
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.refusals import Refused
from disclosure.request_commands import (
    Applicant,
    ConfirmReceipt,
    Decide,
    Deliver,
    Expire,
    Extend,
    ReceiveCorrection,
    Register,
    RequestCommand,
    RequestCorrection,
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
        return Expire(agency=AGENCY, case=CASE, on=expiry.on, what=expiry.what)


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
_STEPS = st.one_of(
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
    _said(Expire, what=st.sampled_from(["reminder", "due", "correction"])),
    st.builds(LimitRunsOut, st.integers(0, 2)),
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
