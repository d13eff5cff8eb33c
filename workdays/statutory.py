"""Count working days over the published notices, and plainly beyond them.

All counting rests on one number: the rank of a day, that is how many working days there are
up to and including it since 1 January of year 1. Within the published range the rank is a
bisect over a sorted list; outside it is arithmetic on weeks. Any distance costs the same,
and nothing loops to the year 9999.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from workdays.day import Day, Due
from workdays.notice import Notice, NoticeInvalid

_WEEK: Final = 7
_WORKING_WEEK: Final = 5


def _weekdays_through(ordinal: int) -> int:
    """Count Mondays to Fridays from 0001-01-01, a Monday and ordinal 1, through `ordinal`."""
    weeks, rest = divmod(ordinal, _WEEK)
    return weeks * _WORKING_WEEK + min(rest, _WORKING_WEEK)


def _nth_weekday(n: int) -> int:
    """Return the ordinal of the nth Monday-to-Friday day, n >= 1: inverse of the above."""
    weeks, rest = divmod(n - 1, _WORKING_WEEK)
    return weeks * _WEEK + rest + 1


def _plain(day: date, *, provisional: bool) -> Day:
    return Day(
        day, "workday" if day.weekday() < _WORKING_WEEK else "weekend", provisional=provisional
    )


class Calendar:
    """Working days as the notices given to it name them; made by `from_notices`.

    Days outside `published_from`..`published_through` are provisional: plain Monday to Friday.
    """

    __slots__ = ("_before", "_named", "_workdays", "published_from", "published_through", "version")

    def __init__(self, first_year: int, last_year: int, named: dict[date, Day]) -> None:
        self._named: Final = named
        self.published_from: Final = min([date(first_year, 1, 1), *named])
        self.published_through: Final = date(last_year, 12, 31)
        span = range(self.published_from.toordinal(), self.published_through.toordinal() + 1)
        self._workdays: Final = [o for o in span if self.is_workday(date.fromordinal(o))]
        self._before: Final = _weekdays_through(span.start - 1)
        self.version: Final = f"cn-{first_year}-{last_year}-{_fingerprint(named)}"

    @classmethod
    def from_notices(cls, notices: Sequence[Notice]) -> "Calendar":
        """Lay the notices over each other in the order of their publication.

        Raises:
            NoticeInvalid: no notice, a year missing between two others, a number twice, an
                amendment of something not there, or two notices on one day without one
                replacing the other.
        """
        ordered = sorted(notices, key=lambda notice: (notice.published_on, notice.number))
        years = _years(ordered)
        named: dict[date, Day] = {}
        seen: set[str] = set()
        for notice in ordered:
            if notice.number in seen:
                raise NoticeInvalid(f"{notice.number} 重复")
            _withdraw(notice, named, seen)
            _lay(notice, named)
            seen.add(notice.number)
        return cls(years[0], years[-1], named)

    def day(self, d: date) -> Day:
        """Say what `d` is."""
        return self._named.get(d) or _plain(
            d, provisional=not self.published_from <= d <= self.published_through
        )

    def is_workday(self, d: date) -> bool:
        """Tell whether `d` counts."""
        named = self._named.get(d)
        return d.weekday() < _WORKING_WEEK if named is None else named.is_workday

    def after(self, start: date, n: int) -> Due:
        """Return the nth working day after `start`, which itself is not counted (n >= 1).

        Raises:
            ValueError: n is below 1.
            OverflowError: the day would lie beyond 9999-12-31.
        """
        if n < 1:
            raise ValueError(f"n must be 1 or more working days, not {n}")
        return self._due(start.toordinal() + 1, self._rank(start.toordinal()) + n)

    def on_or_after(self, d: date) -> Due:
        """Return `d` when it is a working day, else the first one after it (顺延).

        Raises:
            OverflowError: the day would lie beyond 9999-12-31.
        """
        return self._due(d.toordinal(), self._rank(d.toordinal() - 1) + 1)

    def count(self, after: date, through: date) -> int:
        """Count the working days d with after < d <= through; 0 when there is none."""
        return max(0, self._rank(through.toordinal()) - self._rank(after.toordinal()))

    def workdays_in_year(self, year: int) -> int:
        """Count the working days of a calendar year."""
        return self._rank(date(year, 12, 31).toordinal()) - self._rank(
            date(year, 1, 1).toordinal() - 1
        )

    def _due(self, first_looked_at: int, rank: int) -> Due:
        ordinal = self._at(rank)
        if ordinal > date.max.toordinal():
            raise OverflowError("the due date would lie beyond 9999-12-31")
        provisional = (
            first_looked_at < self.published_from.toordinal()
            or ordinal > self.published_through.toordinal()
        )
        return Due(date.fromordinal(ordinal), provisional)

    def _rank(self, ordinal: int) -> int:
        """Count the working days through `ordinal`."""
        if ordinal < self.published_from.toordinal():
            return _weekdays_through(ordinal)
        last = self.published_through.toordinal()
        beyond = max(0, _weekdays_through(ordinal) - _weekdays_through(last))
        return self._before + bisect_right(self._workdays, ordinal) + beyond

    def _at(self, rank: int) -> int:
        """Return the ordinal of the working day of that rank: inverse of `_rank`."""
        if rank <= self._before:
            return _nth_weekday(rank)
        inside = rank - self._before
        if inside <= len(self._workdays):
            return self._workdays[inside - 1]
        last = self.published_through.toordinal()
        return _nth_weekday(inside - len(self._workdays) + _weekdays_through(last))


def _years(notices: Sequence[Notice]) -> list[int]:
    """Return the years opened by a notice of their own, which must follow each other."""
    years = sorted(notice.year for notice in notices if not notice.is_amendment)
    if not years:
        raise NoticeInvalid("没有任何年度放假安排的通知")
    for year, following in pairwise(years):
        if following == year:
            raise NoticeInvalid(f"{year} 年有两份年度放假安排的通知")
        if following != year + 1:
            raise NoticeInvalid(f"缺少 {year + 1} 年放假安排的通知")
    return years


def _withdraw(notice: Notice, named: dict[date, Day], seen: set[str]) -> None:
    """Take back what earlier notices said of the days this one replaces."""
    for replaced in notice.replaces:
        if replaced.number not in seen:
            raise NoticeInvalid(
                f"{notice.number} 所调整的 {replaced.number} 不在已载入的通知之内，或晚于本通知"
            )
        for day in replaced.days():
            if day in named and named[day].notice == replaced.number:
                del named[day]


def _lay(notice: Notice, named: dict[date, Day]) -> None:
    for day, worked, name in notice.named_days():
        if day in named:
            raise NoticeInvalid(
                f"{day} 已由 {named[day].notice} 安排，{notice.number} 未写明调整该日"
            )
        named[day] = Day(day, "adjusted_workday" if worked else "holiday", name, notice.number)


def _fingerprint(named: dict[date, Day]) -> str:
    """Digest what the notices say of each day; wording of titles and remarks plays no part."""
    lines = (f"{d.isoformat()} {s.kind} {s.name} {s.notice}" for d, s in sorted(named.items()))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]
