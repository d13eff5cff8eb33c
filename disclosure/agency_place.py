"""Where an agency stands among the others (机关隶属), by date: its superior, end and successor.

A year's figures enter one superior's roll-up and no other: that of the agency's last day in the
year, which is 31 December unless it was merged (撤并) before (chosen; the form of 国办公开办函
〔2021〕30号 has one report an agency and year, so a year cannot be divided between two).
"""

from dataclasses import dataclass, replace
from datetime import date

from disclosure.addresses import check_agency_id
from disclosure.agency_commands import MergeAgency, MoveAgency
from disclosure.agency_events import AgencyMerged, AgencyMoved
from disclosure.refusals import Refused


@dataclass(frozen=True, slots=True, order=True)
class Parent:
    """A superior (汇总机关) from a day on, Asia/Shanghai; None is none."""

    since: date
    parent: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """An agency's superiors in the order of their days, and its end.

    Attributes:
        parents: one a day of change; the first holds since ever.
        opened_on: first day; None where nobody said.
        ended_on: last day as an agency of its own.
        merged_into: the successor.
    """

    parents: tuple[Parent, ...] = ()
    opened_on: date | None = None
    ended_on: date | None = None
    merged_into: str | None = None

    @classmethod
    def under(cls, parent: str | None, opened_on: date | None = None) -> "Place":
        """Return the place an agency is registered in."""
        return cls((Parent(date.min, parent),), opened_on)

    def parent_on(self, day: date) -> str | None:
        """Return the superior on a day."""
        return next((known.parent for known in reversed(self.parents) if known.since <= day), None)

    def exists_on(self, day: date) -> bool:
        """Tell whether it is an agency of its own on a day."""
        return (self.opened_on is None or self.opened_on <= day) and (
            self.ended_on is None or self.ended_on >= day
        )

    def exists_in(self, year: int) -> bool:
        """Tell whether it was an agency of its own on at least one day of the year."""
        return (self.opened_on is None or self.opened_on.year <= year) and (
            self.ended_on is None or self.ended_on.year >= year
        )

    def require_year(self, year: int) -> None:
        """Refuse a year in which it was no agency of its own on any day.

        Raises:
            Refused: it was opened later, or merged before.
        """
        if self.exists_in(year):
            return
        ended = self.ended_on is not None and self.ended_on.year < year
        why = f"已于 {self.ended_on} 撤并" if ended else f" {self.opened_on} 才成立"
        raise Refused("no_such_year", "year", f"该机关{why}，没有 {year} 年度报告")

    def days_in(self, year: int) -> tuple[date, date]:
        """Return the first and the last day of the year on which it was an agency of its own."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        return max(first, self.opened_on or first), min(last, self.ended_on or last)

    def parent_in(self, year: int) -> str | None:
        """Return the superior whose roll-up the year's report enters."""
        return self.parent_on(self.days_in(year)[1])

    def changes_in(self, year: int) -> tuple[Parent, ...]:
        """Return the moves of a year."""
        return tuple(known for known in self.parents[1:] if known.since.year == year)

    def moved(self, since: date, parent: str | None) -> "Place":
        """Return the place after a move; what is said last of a day stands."""
        others = [known for known in self.parents if known.since != since]
        return replace(self, parents=tuple(sorted([*others, Parent(since, parent)], key=_since)))

    def merged(self, on: date, into: str) -> "Place":
        """Return the place of an agency whose last day has come."""
        return replace(self, ended_on=on, merged_into=into)

    def decide_move(self, command: MoveAgency) -> AgencyMoved:
        """Record a move.

        Raises:
            Refused: it moves to itself, or stands there already.
        """
        if command.parent is not None:
            _check_other(command.agency, command.parent, "parent", "机关不能汇总到自己")
        if command.parent == self.parent_on(command.on):
            raise Refused("contradiction", "parent", "该机关当日已由这一机关汇总，没有变化")
        return AgencyMoved(on=command.on, note=command.note, parent=command.parent)

    def decide_merger(self, command: MergeAgency) -> AgencyMerged:
        """Record the last day of an agency.

        Raises:
            Refused: it has ended, ends before it opened, or merges into itself.
        """
        if self.ended_on is not None:
            raise Refused("already_ended", "agency", f"该机关已于 {self.ended_on} 撤并")
        _check_other(command.agency, command.into, "into", "机关不能并入自己")
        if self.opened_on is not None and command.on < self.opened_on:
            raise Refused("contradiction", "on", f"该机关 {self.opened_on} 才成立")
        if command.on < self.parents[-1].since:
            raise Refused(
                "contradiction",
                "on",
                f"该机关 {self.parents[-1].since} 还有隶属变动，不能在此前撤并",
            )
        return AgencyMerged(on=command.on, note=command.note, into=command.into)

    def refuse_after_end(self, day: date) -> None:
        """Refuse what an agency that was no more is said to have done.

        Raises:
            Refused: its last day lies before the day.
        """
        if self.ended_on is not None and day > self.ended_on:
            raise Refused("already_ended", "on", f"该机关已于 {self.ended_on} 撤并")


def _check_other(agency: str, other: str, field: str, reason: str) -> None:
    check_agency_id(other, field=field)
    if other == agency:
        raise Refused("contradiction", field, reason)


def _since(known: Parent) -> date:
    return known.since
