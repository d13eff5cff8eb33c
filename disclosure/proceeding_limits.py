"""The limits of a proceeding: calendar days and months that roll forward over days of rest.

The day a period begins is not counted; one of months ends on the same day of its last month, or on
that month's last day where it has none such (民法典 Art. 201-203). The law gives these periods to
others, the reconsideration body, the court, the parties; the agency only notes that they are over.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from disclosure.law import Law
from disclosure.proceeding_commands import ExpireProceeding, ProceedingLimit
from disclosure.proceeding_events import RunningLimit


@dataclass(frozen=True, slots=True)
class _Period:
    words: str
    article: str
    days: int = 0
    months: int = 0


_PERIODS: Mapping[ProceedingLimit, _Period] = {
    "decision": _Period("复议决定期限", "行政复议法第六十二条", days=60),
    "suing": _Period("起诉期限", "行政诉讼法第四十五条", days=15),
    "judgment": _Period("一审审理期限", "行政诉讼法第八十一条", months=6),
    "appeal": _Period("上诉期限", "行政诉讼法第八十五条", days=15),
    "ruling_appeal": _Period("上诉期限", "行政诉讼法第八十五条", days=10),
    "second_judgment": _Period("二审审理期限", "行政诉讼法第八十八条", months=3),
}


def limit_words(what: ProceedingLimit) -> str:
    """Name a limit in Chinese."""
    return _PERIODS[what].words


def limit_article(what: ProceedingLimit) -> str:
    """Return the provision a limit rests on."""
    return _PERIODS[what].article


def limit_from(what: ProceedingLimit, start: date, law: Law) -> RunningLimit:
    """Work out the limit that begins with the fact of `start`."""
    period = _PERIODS[what]
    end = _months_after(start, period.months) + timedelta(days=period.days)
    # The first working day after the day before is the day itself, unless that is one of rest.
    due = law.calendar.after(end - timedelta(days=1), 1)
    return RunningLimit(
        what=what, due_on=due.day, provisional=due.provisional, calendar=law.calendar.version
    )


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True, order=True)
class ProceedingExpiry:
    """A limit of a proceeding that will run out by itself.

    Attributes:
        on: legal date of the effect; it comes about at 00:00 Shanghai of this day.
        what: which limit.
        due_on: its last day.
    """

    on: date
    what: ProceedingLimit
    due_on: date

    @classmethod
    def of(cls, limit: RunningLimit) -> "ProceedingExpiry":
        """Return how a limit runs out."""
        return cls(limit.due_on + timedelta(days=1), limit.what, limit.due_on)

    @property
    def precedes_later_facts(self) -> bool:
        """Whether a fact of a later day finds this limit passed: no limit here is overtaken."""
        return True

    @property
    def label(self) -> str:
        """The limit's end as officials write it."""
        return f"{limit_words(self.what)}届满"

    def command(self, agency: str, case: str) -> ExpireProceeding:
        """Return the command by which the limit of this proceeding runs out."""
        return ExpireProceeding(agency=agency, case=case, on=self.on, what=self.what)

    @property
    def command_id(self) -> str:
        """The same limit always runs out under the same id, whoever notices it first."""
        return f"expire:{self.what}:{self.due_on.isoformat()}"
