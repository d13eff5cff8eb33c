"""given(what happened).when(what is reported).then(what follows in law).

The real working-day calendar, the real decider; a test reads like the sentence it is named by.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from disclosure.deadlines import Expiry, next_expiry
from disclosure.decider import decide
from disclosure.event import Clock, Event
from disclosure.evolution import fold
from disclosure.flags import Flag
from disclosure.law import Law
from disclosure.refusals import Refused
from disclosure.request_commands import RequestCommand
from disclosure.state import RequestState
from tests.disclosure.facts import day
from workdays import published


def invented_pseudonym(name: str) -> str:
    """Stand in for the keyed digest: the same name, the same term."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


LAW = Law(calendar=published(), pseudonym=invented_pseudonym)


@dataclass(frozen=True, slots=True)
class Given:
    """A request as its events have made it."""

    law: Law
    events: tuple[Event, ...]

    @property
    def state(self) -> RequestState:
        return fold(self.events)

    @property
    def runs_until(self) -> date | None:
        """The last day to answer, None where no period runs."""
        clock = self.state.running_clock
        return clock.due_on if clock else None

    @property
    def next_limit(self) -> Expiry | None:
        return next_expiry(self.state)

    def when(self, command: RequestCommand) -> "When":
        try:
            return When(self, tuple(decide(self.state, command, self.law)))
        except Refused as refusal:
            return When(self, refusal)


@dataclass(frozen=True, slots=True)
class When:
    """The law's answer to one command: events, or a refusal."""

    before: Given
    answer: tuple[Event, ...] | Refused

    @property
    def happened(self) -> tuple[Event, ...]:
        assert not isinstance(self.answer, Refused), f"refused: {self.answer.code}"
        return self.answer

    @property
    def after(self) -> Given:
        return Given(self.before.law, (*self.before.events, *self.happened))

    def then(self, *events: Event) -> None:
        assert self.happened == events

    def then_nothing(self) -> None:
        assert self.happened == ()

    def then_flagged(self, *flags: Flag) -> None:
        assert [flag for event in self.happened for flag in event.flags] == list(flags)

    def then_runs_until(self, due_on: str | None) -> None:
        assert self.after.runs_until == (day(due_on) if due_on else None)

    def then_refused(self, code: str, field: str) -> None:
        assert isinstance(self.answer, Refused), f"not refused, but {self.answer}"
        assert (self.answer.code, self.answer.field) == (code, field)
        assert self.answer.message
        assert self.answer.message == str(self.answer)


def given(*happened: RequestCommand | Event, law: Law = LAW) -> Given:
    """Let these come to pass, oldest first; each must be accepted."""
    request = Given(law, ())
    for fact in happened:
        if isinstance(fact, Event):
            request = Given(law, (*request.events, fact))
        else:
            request = request.when(fact).after
    return request


def clock(due_on: str, remind_on: str, law: Law = LAW) -> Clock:
    """Write down a published answer period."""
    return Clock(
        due_on=day(due_on),
        provisional=False,
        remind_on=day(remind_on),
        calendar=law.calendar.version,
    )
