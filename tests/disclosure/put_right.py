"""Requests entered with a wrong day of receipt, and the same ones entered rightly at once.

Both live by the same clock: before each fact, and at the end, every limit that has passed by then
runs out under its own id, as in a workflow. A holiday notice may be loaded on the way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from disclosure.event import Event
from disclosure.law import Law
from disclosure.recalculation import recalculated
from disclosure.refusals import Refused
from disclosure.request_commands import CorrectRecord, Register, RequestCommand
from tests.disclosure.facts import (
    AGENCY,
    CASE,
    ask_correction,
    charge,
    consult,
    consult_agency,
    correct_record,
    decide_on,
    deliver,
    demand_reasons,
    extend,
    party_received,
    pay,
    receive_correction,
    receive_reasons,
    reclassify,
    register,
    reopen,
    third_party_reply,
    withdraw,
)
from tests.disclosure.notices import UNPUBLISHED, with_invented_notice
from tests.disclosure.specification import LAW
from workflows.record import RequestRecord

Happens = Callable[[str], RequestCommand]

FIRST, LAST = date(2025, 1, 2), date(2025, 12, 1)
AFTER = replace(LAW, calendar=with_invented_notice())
"""The law once the notice of the first unpublished year has been loaded."""

LOADED_IN_TIME = date(UNPUBLISHED - 1, 12, 1)
LOADED_LATE = date(UNPUBLISHED, 2, 15)

A_QUARTER, A_MONTH = timedelta(days=90), timedelta(days=30)


def _in(on: str, days: int) -> str:
    return (date.fromisoformat(on) + timedelta(days=days)).isoformat()


HAPPENS: Sequence[Happens] = (
    ask_correction,
    receive_correction,
    extend,
    extend,
    consult,
    party_received,
    third_party_reply,
    consult_agency,
    lambda on: demand_reasons(on, _in(on, 10)),
    lambda on: receive_reasons(on, delay_until=_in(on, 20)),
    lambda on: charge(on, 30),
    lambda on: charge(on, 31),
    lambda on: pay(on, "10"),
    decide_on,
    lambda on: decide_on(on, "other.correction_lapsed"),
    lambda on: deliver(on, "mail", posted_on=on),
    withdraw,
    reopen,
    lambda on: reclassify(on, "granted"),
    lambda on: reclassify(on, "other.correction_lapsed"),
)

ARRIVES: dict[str, Callable[[str, str], Register]] = {
    "on": lambda _, received: register(received),
    "signed_on": lambda sent, received: register(sent, "registered_mail", signed_on=received),
    "confirmed_on": lambda sent, received: register(sent, "online", confirmed_on=received),
}
"""How a request arrives whose day of receipt follows from this field."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was reported of a request, and when which day of receipt was entered.

    Attributes:
        field: the one the day of receipt follows from.
        wrong: what was entered first.
        right: the true day.
        steps: each with the days that lie between it and the one before.
        corrections: before which step the record is corrected, and to which day; what is left of
            them comes a month apart after the last step, and the last word is the true day.
        notice_on: when the notice of the first unpublished year is loaded, None where it is not.
    """

    field: str
    right: date
    wrong: date
    steps: tuple[tuple[Happens, int], ...]
    corrections: tuple[tuple[int, date], ...]
    notice_on: date | None = None

    @property
    def sent(self) -> str:
        return (min(self.right, self.wrong) - timedelta(days=3)).isoformat()

    def registered(self, received: date) -> Register:
        return ARRIVES[self.field](self.sent, received.isoformat())


@dataclass(slots=True)
class Life:
    """One life, command after command, with the limits that run out between them.

    Attributes:
        notice_on: when the holiday notice is still to be loaded, None where it is or never will be.
        counted_again: whether it was loaded while the request was open.
    """

    notice_on: date | None = None
    counted_again: bool = False
    law: Law = LAW
    record: RequestRecord = field(default_factory=RequestRecord)
    events: list[Event] = field(default_factory=list)
    today: date = FIRST

    def says(self, command: RequestCommand) -> bool:
        """Let a command be decided on its day; tell whether the record took it."""
        self.lives_until(command.on)
        return self._carried_out(f"command {len(self.events)}", command)

    def lives_until(self, day: date) -> None:
        if self.notice_on is not None and day >= self.notice_on:
            noticed_on, self.notice_on = self.notice_on, None
            self.lives_until(noticed_on)
            self.counted_again = not self.record.closed
            self.law = AFTER
            self._happened(f"notice {noticed_on}", recalculated(self.events, noticed_on, AFTER))
        self.today = max(day, self.today)
        while passed := [each for each in self.record.expiries() if each.on <= self.today]:
            assert self._carried_out(passed[0].command_id, passed[0].command(AGENCY, CASE))

    def is_put_right(self, name: str, received: date) -> bool:
        return self.says(_correction(name, received, max(self.today, received)))

    def _carried_out(self, command_id: str, command: RequestCommand) -> bool:
        try:
            events = self.record.decide(command, self.law)
        except Refused:
            return False
        self._happened(command_id, events)
        return bool(events)

    def _happened(self, command_id: str, events: Sequence[Event]) -> None:
        for event in events:
            self.events.append(event)
            self.record = self.record.after(event, len(self.events), command_id)


def _correction(name: str, received: date, on: date) -> CorrectRecord:
    return correct_record(on.isoformat(), name, received.isoformat())


def right_from_the_start(told: Told) -> tuple[Life, list[RequestCommand]]:
    """Live with the true day of receipt; return also what the record took."""
    life = Life(notice_on=told.notice_on)
    assert life.says(told.registered(told.right))
    taken: list[RequestCommand] = []
    on = told.right
    for happens, days in told.steps:
        on += timedelta(days=days)
        command = happens(on.isoformat())
        if life.says(command):
            taken.append(command)
    life.lives_until(on + A_QUARTER)
    return life, taken


def put_right_later(told: Told, taken: Sequence[RequestCommand]) -> Life:
    """Live through the same facts with a wrong day of receipt, until it is put right.

    A fact the wrong day contradicts is refused: then, at the latest, the record is put right.
    """
    life = Life(notice_on=told.notice_on)
    assert life.says(told.registered(told.wrong))
    for n, command in enumerate(taken):
        for before, received in told.corrections:
            if before == n:
                life.is_put_right(told.field, received)
        if not life.says(command):
            assert life.is_put_right(told.field, told.right)
            assert life.says(command)
    for before, received in told.corrections:
        if before >= len(taken):
            life.is_put_right(told.field, received)
            life.lives_until(life.today + A_MONTH)
    if life.record.state.received_on != told.right:
        assert life.is_put_right(told.field, told.right)
    return life


_DATES = st.dates(FIRST, LAST)
_APART = st.integers(-40, 20).map(timedelta)
"""Entered later by more, a request could lapse before its facts can be entered at all."""


_STEPS = st.lists(st.tuples(st.sampled_from(HAPPENS), st.integers(0, 25)), max_size=8).map(tuple)


def _told(name: str, right: date) -> st.SearchStrategy[Told]:
    wrong = _APART.map(right.__add__).filter(right.__ne__)
    return st.builds(
        Told,
        field=st.just(name),
        right=st.just(right),
        wrong=wrong,
        steps=_STEPS,
        corrections=_corrections(wrong | st.just(right)),
    )


def _corrections(
    received: st.SearchStrategy[date],
) -> st.SearchStrategy[tuple[tuple[int, date], ...]]:
    return st.lists(st.tuples(st.integers(0, 8), received), max_size=3).map(tuple)


TOLD: st.SearchStrategy[Told] = st.tuples(st.sampled_from(list(ARRIVES)), _DATES).flatmap(
    lambda both: _told(*both)
)


def _told_before_a_notice(right: date) -> st.SearchStrategy[Told]:
    """The wrong day is the earlier one: otherwise more limits would pass before the notice."""
    wrong = st.integers(1, 40).map(lambda days: right - timedelta(days=days))
    return st.builds(
        Told,
        field=st.sampled_from(list(ARRIVES)),
        right=st.just(right),
        wrong=wrong,
        steps=_STEPS,
        corrections=_corrections(wrong | st.just(right)),
        notice_on=st.dates(LOADED_IN_TIME, LOADED_LATE),
    )


TOLD_BEFORE_A_NOTICE: st.SearchStrategy[Told] = st.dates(
    date(UNPUBLISHED - 1, 10, 15), LOADED_IN_TIME - timedelta(days=1)
).flatmap(_told_before_a_notice)
"""Received before a holiday notice that may be loaded only when its days have begun."""
