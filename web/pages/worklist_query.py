"""What the worklist asks the database: agency, assignment, filters, and the order of its pages.

An open list begins with the limit that ends first, a closed one with what was closed last, a list
of all with what came last. A page begins where the one before ended (keyset), so that the
hundredth costs what the first does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from disclosure.law import Law
from people import OfficeUnit
from people.office_schema import assignments
from projections import Worklist
from projections.worklist import ANSWER
from web.pages.worklist_filter import Wanted

PEOPLE: Final = "people"
"""Under which name the people's tables can be joined."""

table = Worklist.table
SHOWN: Final = [column for column in table.columns if column.name != "state"]
_assigned = assignments.to_metadata(sa.MetaData(), schema=PEOPLE)


@dataclass(frozen=True, slots=True)
class Reach:
    """Who asks, what they may see, and of which day.

    Attributes:
        agencies: whose cases may be seen; another's are never read.
        offices: the asker's own.
        today: in Shanghai.
        law: calendar and the setting of the reminder, which is when a limit counts as near.
    """

    account: str
    agencies: Sequence[str]
    offices: Sequence[OfficeUnit]
    today: date
    law: Law

    @property
    def near_through(self) -> date:
        """The last due date that is so few working days off that it counts as near."""
        beyond = self.law.calendar.after(self.today, self.law.choices.reminder + 1)
        return beyond.day - timedelta(days=1)


def page_query(reach: Reach, wanted: Wanted, limit: int, *, ordered: bool = True) -> sa.Select[Any]:
    """Return the query of a page; without order, that of all its pages."""
    day, descending = order_of(wanted.filters.state)
    query = sa.select(*SHOWN).where(*_fits(reach, wanted)).limit(limit)
    if not ordered:
        return query
    if wanted.after is not None:
        place, here = sa.tuple_(day, table.c.stream), sa.tuple_(*map(sa.literal, wanted.after))
        query = query.where(place < here if descending else place > here)
    keys = (day, table.c.stream)
    return query.order_by(*(key.desc() if descending else key for key in keys))


def order_of(state: str) -> tuple[sa.Column[Any], bool]:
    """Return the date that decides the order, and whether the latest comes first."""
    if state == "closed":
        return table.c.closed_on, True
    return (table.c.came_on, True) if state == "all" else (table.c.limit_on, False)


def _fits(reach: Reach, wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    filters, columns = wanted.filters, table.c
    yield from in_scope(reach, wanted)
    if filters.state != "all":
        is_open = columns.closed_on.is_(None)
        yield is_open if filters.state == "open" else columns.closed_on.is_not(None)
    for value, column in (
        (filters.kind, columns.kind),
        (filters.stage, columns.stage),
        (filters.channel, columns.channel),
        (filters.applicant, columns.applicant_type),
        (filters.outcome, columns.outcome),
    ):
        if value:
            yield column == value
    for word, column in ((filters.waits_for, columns.waits_for), (filters.flag, columns.flags)):
        if word:
            yield column.contains(f" {word} ", autoescape=True)
    if filters.due:
        yield stands(reach, filters.due)
    yield from _periods(wanted)


def _periods(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    limit_on, received_on = table.c.limit_on, table.c.received_on
    if wanted.year is not None:
        yield received_on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31))
    for (first, last), column in ((wanted.limit, limit_on), (wanted.received, received_on)):
        if first is not None:
            yield column >= first
        if last is not None:
            yield column <= last


def in_scope(reach: Reach, wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    """Narrow by agency and assignment; the agencies of the reach always do."""
    filters = wanted.filters
    agencies = [filters.agency] if filters.agency in reach.agencies else list(reach.agencies)
    if len(agencies) == 1:
        yield table.c.agency == agencies[0]  # an equality, so that the index gives the order too
    else:
        yield table.c.agency.in_(agencies)
    if filters.scope == "mine":
        yield _is_assigned_to(reach.account)
    if filters.scope == "office":
        yield _is_in([office.id for office in reach.offices])
    if filters.scope == "unassigned":
        yield sa.not_(_exists(_assigned.c.assignee.is_not(None)))
    if filters.assignee:
        yield _is_assigned_to(filters.assignee)
    if filters.office:
        yield _is_in([filters.office])


def _is_assigned_to(account: str) -> sa.ColumnElement[bool]:
    """One person's cases are few: begin with them."""
    theirs = sa.select(_assigned.c.stream).where(_assigned.c.assignee == account)
    return table.c.stream.in_(theirs)


def _is_in(offices: Sequence[str]) -> sa.ColumnElement[bool]:
    """An office's cases are many: go through the list in its order, and look each up."""
    return _exists(_assigned.c.office.in_(offices))


def _exists(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(_assigned.c.stream == table.c.stream, condition)


def stands(reach: Reach, due: str) -> sa.ColumnElement[bool]:
    """Return the condition of a limit's standing, a term of `worklist_words.DUE`."""
    kind, limit_on = table.c.limit_kind, table.c.limit_on
    answer = sa.and_(kind == ANSWER, table.c.closed_on.is_(None))
    match due:
        case "overdue":
            return sa.and_(answer, limit_on < reach.today)
        case "near":
            return sa.and_(answer, limit_on.between(reach.today, reach.near_through))
        case "normal":
            return sa.and_(answer, limit_on > reach.near_through)
        case "still":
            return kind.in_(["correction", "fee"])
        case "others":
            return kind.not_in([ANSWER, "correction", "fee"])
        case _:
            return sa.and_(kind.is_(None), table.c.closed_on.is_(None))
