"""The rows of the worklist: one query over the register and who the cases are assigned to.

The register is in the log's database, assignments are in the people's: on SQLite a file of its own,
attached for reading; on PostgreSQL a schema beside the log. Either way the tables are joined by
name, and a page costs one query, however many cases there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from engine.parts import Parts
from people import Assignment, Assignments, People
from projections.worklist import ANSWER, NO_LIMIT
from web.pages.worklist_filter import Wanted, place_after
from web.pages.worklist_query import (
    PEOPLE,
    SHOWN,
    Reach,
    in_scope,
    order_of,
    page_query,
    stands,
    table,
)

_A_PORTION: Final = 1000
COUNTED: Final = 1000
"""More than so many are not counted: nobody pages through them, and counting all takes long."""


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the list, as the register has it and as this day sees it.

    Attributes:
        due: a term of `worklist_words.DUE`, or `late` or `closed`.
        days_left: working days until the limit ends, negative behind it; None where none runs.
    """

    row: sa.RowMapping
    assignment: Assignment
    due: str
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases in order, and where the next page begins."""

    cases: Sequence[Case]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases fit, at most one more than `COUNTED`; open ones by how their limit stands."""

    total: int
    by_due: dict[str, int]


class WorklistReader:
    """Reads the worklist of one installation."""

    def __init__(self, parts: Parts, people: People) -> None:
        self._assignments = Assignments(people.engine, people.now)
        self._engine = _joined(parts.engine, people.engine)

    def page(self, reach: Reach, wanted: Wanted, limit: int) -> Page:
        """Return the cases that fit, from where the page begins on."""
        with self._engine.connect() as connection:
            rows = connection.execute(page_query(reach, wanted, limit + 1)).mappings().all()
        cases = self._cases(reach, rows[:limit])
        if len(rows) <= limit:
            return Page(cases)
        last = rows[limit - 1]
        day = last[order_of(wanted.filters.state)[0].name]
        return Page(cases, place_after(day, last["stream"]))

    def all(self, reach: Reach, wanted: Wanted) -> Iterator[Case]:
        """Yield every case that fits, a portion in memory at a time."""
        column, _ = order_of(wanted.filters.state)
        while True:
            with self._engine.connect() as connection:
                query = page_query(reach, wanted, _A_PORTION)
                rows = connection.execute(query).mappings().all()
            yield from self._cases(reach, rows)
            if len(rows) < _A_PORTION:
                return
            after = (rows[-1][column.name], rows[-1]["stream"])
            wanted = Wanted(wanted.filters, wanted.limit, wanted.received, wanted.year, after)

    def of(self, reach: Reach, streams: Sequence[str]) -> list[Case]:
        """Return some cases in the order they are named; those out of reach are left out."""
        query = sa.select(*SHOWN).where(
            table.c.stream.in_(streams), table.c.agency.in_(reach.agencies)
        )
        with self._engine.connect() as connection:
            rows = {row["stream"]: row for row in connection.execute(query).mappings()}
        return self._cases(reach, [rows[stream] for stream in streams if stream in rows])

    def counts(self, reach: Reach, wanted: Wanted) -> Counts:
        """Count what fits, and beside it every open case of the same scope by its limit."""
        some = page_query(reach, wanted, COUNTED + 1, ordered=False).subquery()
        scope = [table.c.closed_on.is_(None), *in_scope(reach, wanted)]
        by_due = sa.select(
            *(sa.func.count().filter(stands(reach, due)).label(due) for due in ("overdue", "near"))
        ).where(*scope, table.c.limit_on <= reach.near_through)
        with self._engine.connect() as connection:
            total = connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one()
            counted = connection.execute(by_due).mappings().one()
        return Counts(total, dict(counted))

    def explain(self, query: sa.Select[Any]) -> list[str]:
        """Return how the database goes about a query, for the benchmark and the decision record."""
        words = "EXPLAIN" if self._engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
        compiled = query.compile(self._engine, compile_kwargs={"literal_binds": True})
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(f"{words} {compiled}".replace("%", "%%"))
            return [str(row[-1]) for row in rows]

    def _cases(self, reach: Reach, rows: Sequence[sa.RowMapping]) -> list[Case]:
        given = self._assignments.of([row["stream"] for row in rows])
        return [_case(reach, row, given.get(row["stream"], Assignment())) for row in rows]


def _case(reach: Reach, row: sa.RowMapping, assignment: Assignment) -> Case:
    due = _standing(reach, row)
    runs = row["closed_on"] is None and row["limit_on"] != NO_LIMIT
    return Case(row, assignment, due, _days_left(reach, row["limit_on"]) if runs else None)


def _standing(reach: Reach, row: sa.RowMapping) -> str:
    if row["closed_on"] is not None:
        return "late" if row["overdue"] else "closed"
    if row["limit_kind"] is None:
        return "none"
    if row["limit_kind"] != ANSWER:
        return "still" if row["limit_kind"] in {"correction", "fee"} else "others"
    if row["limit_on"] < reach.today:
        return "overdue"
    return "near" if row["limit_on"] <= reach.near_through else "normal"


def _days_left(reach: Reach, limit_on: date) -> int:
    count = reach.law.calendar.count
    if limit_on < reach.today:
        return -count(limit_on, reach.today)
    return count(reach.today, limit_on)


def _joined(log: sa.Engine, people: sa.Engine) -> sa.Engine:
    """Return an engine on which both databases can be named in one query."""
    if log.dialect.name == "postgresql":
        return log
    return _attached(str(log.url.database), str(people.url.database))


@lru_cache(maxsize=8)
def _attached(log: str, people: str) -> sa.Engine:
    # No pool: opening a file takes less than a millisecond, and nothing is left open at the end.
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=log), poolclass=sa.NullPool, hide_parameters=True
    )

    def attach(connection: Any, _record: Any) -> None:
        connection.execute(f"ATTACH DATABASE ? AS {PEOPLE}", (people,))
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA busy_timeout = 30000")

    sa.event.listen(engine, "connect", attach)
    return engine
