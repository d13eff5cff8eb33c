"""Whether a roll-up counts every agency exactly once: who is missing, twice, or out of place.

Held against each other: the tree of the year by date, and who the members' published reports say
they have counted. An agency that changed its superior after a report went out shows as a difference
between the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.agency_tree import AgencyTree
from disclosure.chinese import chinese_date
from disclosure.rollup_events import MemberKind


class Standing(StrEnum):
    """How an agency stands in a roll-up."""

    COUNTED = "counted"
    UNPUBLISHED = "unpublished"
    NOT_ROLLED_UP = "not_rolled_up"
    LEFT_OUT = "left_out"
    TWICE = "twice"
    MISPLACED = "misplaced"


STANDING_LABELS = {
    Standing.COUNTED: "已汇总",
    Standing.UNPUBLISHED: "未公布",
    Standing.NOT_ROLLED_UP: "已公布，上级未汇总",
    Standing.LEFT_OUT: "上级汇总未包括",
    Standing.TWICE: "重复计入",
    Standing.MISPLACED: "不应计入",
}
MISSING = (Standing.UNPUBLISHED, Standing.NOT_ROLLED_UP, Standing.LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Published:
    """A published report: whom it counts, which version it is, when it went out."""

    counted: tuple[str, ...]
    version: int
    on: date


@dataclass(frozen=True, slots=True)
class Reports:
    """What is published of a year: own reports, and roll-ups, by agency."""

    own: Mapping[str, Published]
    rollups: Mapping[str, Published]


@dataclass(frozen=True, slots=True)
class Place:
    """One agency in a roll-up.

    Attributes:
        agency, name: which.
        parent: its superior in the year; None for the one the roll-up is about.
        standing: how it stands.
        through: the members through which it is counted.
        version, published_on: of its own report, or of its roll-up where others stand below it.
        remark: what happened to it in the year, and what is wrong, for people.
    """

    agency: str
    name: str
    parent: str | None
    standing: Standing
    through: tuple[str, ...]
    version: int | None
    published_on: date | None
    remark: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """A roll-up's agencies, those of the tree first."""

    places: tuple[Place, ...]
    circles: tuple[tuple[str, ...], ...] = ()

    def named(self, *standings: Standing) -> tuple[str, ...]:
        """Return the agencies that stand so."""
        return tuple(place.agency for place in self.places if place.standing in standings)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the agencies whose figures are not counted."""
        return self.named(*MISSING)

    @property
    def twice(self) -> tuple[str, ...]:
        """Return the agencies counted more than once."""
        return self.named(Standing.TWICE)

    @property
    def misplaced(self) -> tuple[str, ...]:
        """Return the agencies counted here though they belong elsewhere."""
        return self.named(Standing.MISPLACED)

    @property
    def complete(self) -> bool:
        """Whether every agency is counted exactly once and none besides."""
        return not self.circles and all(place.standing is Standing.COUNTED for place in self.places)

    def sentences(self) -> list[str]:
        """Say in Chinese who stands otherwise than counted, each with the reason."""
        said = [
            f"{place.name}（{place.agency}）{STANDING_LABELS[place.standing]}"
            + (f"：{place.remark}" if place.remark else "")
            for place in self.places
            if place.standing is not Standing.COUNTED
        ]
        return said + [f"汇总关系成环：{' → '.join((*c, c[0]))}" for c in self.circles]


def cover(tree: AgencyTree, agency: str, year: int, reports: Reports) -> Coverage:
    """Hold the tree of a year against what its members have published.

    Members are the agency itself and those directly below it; of one with others below it, the
    roll-up counts, of any other its own report.
    """
    return _Cover(tree, agency, year, reports).coverage()


def members_of(tree: AgencyTree, agency: str, year: int) -> dict[str, MemberKind]:
    """Return which report of each member counts, the agency itself first."""
    members: dict[str, MemberKind] = {agency: "own"}
    for child in tree.children(agency, year):
        if child != agency:
            members[child] = "rollup" if tree.children(child, year) else "own"
    return members


@dataclass(frozen=True, slots=True)
class _Cover:
    tree: AgencyTree
    top: str
    year: int
    reports: Reports

    def coverage(self) -> Coverage:
        through: dict[str, list[str]] = {}
        for member in members_of(self.tree, self.top, self.year):
            report = self._report(member)
            for counted in report.counted if report is not None else ():
                through.setdefault(counted, []).append(member)
        expected = self.tree.members(self.top, self.year)
        places = [self._expected(one, tuple(through.pop(one, ()))) for one in expected]
        places += [self._misplaced(one, tuple(via)) for one, via in sorted(through.items())]
        circles = self.tree.circles(self.year)
        return Coverage(tuple(places), tuple(one for one in circles if set(one) & set(expected)))

    def _report(self, one: str) -> Published | None:
        rolls_up = one != self.top and bool(self.tree.children(one, self.year))
        return (self.reports.rollups if rolls_up else self.reports.own).get(one)

    def _expected(self, one: str, through: tuple[str, ...]) -> Place:
        report = self._report(one)
        remarks = self._history(one)
        if len(through) == 1:
            standing = Standing.COUNTED
        elif through:
            standing = Standing.TWICE
            remarks.append(f"分别计入{'、'.join(self._via(member, one) for member in through)}")
        else:
            standing, holder = self._held_up(one)
            if holder:
                remarks.append(f"{self.tree.name_of(holder)}{_HELD_UP[standing]}")
        return Place(
            agency=one,
            name=self.tree.name_of(one),
            parent=self._parent(one) if one != self.top else None,
            standing=standing,
            through=through,
            version=report.version if report is not None else None,
            published_on=report.on if report is not None else None,
            remark="；".join(remarks),
        )

    def _misplaced(self, one: str, through: tuple[str, ...]) -> Place:
        parent = self._parent(one)
        belongs = "不属于本汇总范围" if parent is None else f"应由{self.tree.name_of(parent)}汇总"
        via = "、".join(self._via(member, one) for member in through)
        return Place(
            agency=one,
            name=self.tree.name_of(one),
            parent=parent,
            standing=Standing.MISPLACED,
            through=through,
            version=None,
            published_on=None,
            remark="；".join([*self._history(one), f"计入了{via}，{belongs}"]),
        )

    def _held_up(self, one: str) -> tuple[Standing, str]:
        """Say why nobody counts an agency, and whose roll-up it waits for."""
        if one not in self.reports.own:
            return Standing.UNPUBLISHED, ""
        for holder in self._upwards(one):
            if self.tree.children(holder, self.year):
                if holder not in self.reports.rollups:
                    return Standing.NOT_ROLLED_UP, holder
                if one not in self.reports.rollups[holder].counted:
                    return Standing.LEFT_OUT, holder
        return Standing.UNPUBLISHED, ""

    def _upwards(self, one: str) -> list[str]:
        """Return an agency and those above it, as far as below the top; a circle but once."""
        path: list[str] = []
        current: str | None = one
        while current is not None and current != self.top and current not in path:
            path.append(current)
            current = self._parent(current)
        return path

    def _parent(self, one: str) -> str | None:
        return self.tree[one].place.parent_in(self.year) if one in self.tree else None

    def _history(self, one: str) -> list[str]:
        """Say what happened to an agency in the year, by date."""
        if one not in self.tree:
            return ["机关未登记"]
        place = self.tree[one].place
        said = []
        for change in place.changes_in(self.year):
            into = "不再" if change.parent is None else f"由{self.tree.name_of(change.parent)}"
            said.append(f"{chinese_date(change.since)}起{into}汇总")
        if place.ended_on is not None and place.ended_on.year == self.year:
            into = self.tree.name_of(place.merged_into or "")
            said.append(f"{chinese_date(place.ended_on)}并入{into}，报告截至该日")
        return said

    def _via(self, member: str, one: str) -> str:
        if member == one:
            return "本机关报告"
        report = self.reports.rollups.get(member)
        when = f"（{chinese_date(report.on)}公布）" if report is not None else ""
        return f"{self.tree.name_of(member)}的汇总报告{when}"


_HELD_UP = {
    Standing.NOT_ROLLED_UP: "尚未公布汇总报告",
    Standing.LEFT_OUT: "已公布的汇总报告没有计入",
}
