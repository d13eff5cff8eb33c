"""Limits: the answer period of a request and whatever runs out by itself.

条例 Art. 30 (correction), Art. 31 (receipt), Art. 33 (20 working days, one extension).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from disclosure.commands import Expire
from disclosure.events import Clock
from disclosure.law import ANSWER_PERIOD, Law
from disclosure.state import RequestState


def answer_clock(
    law: Law, *, received_on: date, corrected_on: date | None = None, extension_days: int = 0
) -> Clock:
    """Work out the answer period.

    It begins with the received date or, where a correction came in, anew and in full with that
    day; neither day counts itself. An extension adds to it once, whichever came first.

    Args:
        law: calendar and choices.
        received_on: received date (条例 Art. 31).
        corrected_on: day the corrected request came in (条例 Art. 30).
        extension_days: working days of the extension with effect (条例 Art. 33¶2).
    """
    start = corrected_on or received_on
    days = ANSWER_PERIOD + extension_days
    due = law.calendar.after(start, days)
    return Clock(
        due_on=due.day,
        provisional=due.provisional,
        remind_on=law.calendar.after(start, days - law.choices.reminder).day,
        calendar=law.calendar.version,
    )


What = Literal["reminder", "due", "correction"]


@dataclass(frozen=True, slots=True, order=True)
class Expiry:
    """A limit that will run out by itself.

    Attributes:
        on: legal date of the effect; it comes about at 00:00 Shanghai of this day, which is 24:00
            of the day before.
        what: which limit.
        due_on: its last day.
    """

    on: date
    what: What
    due_on: date

    def command(self, agency: str, case: str) -> Expire:
        """Return the command by which the limit of this request runs out."""
        return Expire(agency=agency, case=case, on=self.on, what=self.what)

    @property
    def command_id(self) -> str:
        """The same limit always runs out under the same id, whoever notices it first."""
        return f"expire:{self.what}:{self.due_on.isoformat()}"


def expiries(state: RequestState) -> Iterator[Expiry]:
    """Yield the limits that run now and have not been noticed yet, in no order."""
    if state.closed:
        return
    if state.correction is not None and state.awaits_correction:
        yield Expiry(state.correction.lapses_on, "correction", state.correction.due_on)
    clock = state.running_clock
    if clock is None or state.overdue_for == clock.due_on:
        return
    yield Expiry(clock.due_on + timedelta(days=1), "due", clock.due_on)
    if state.reminded_for != clock.due_on:
        yield Expiry(clock.remind_on, "reminder", clock.due_on)


def next_expiry(state: RequestState) -> Expiry | None:
    """Return the limit that runs out first, or None when nothing runs."""
    return min(expiries(state), default=None)
