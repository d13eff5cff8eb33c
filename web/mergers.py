"""Agencies that were merged (撤并): who goes on with their open cases, and how many there are.

The cases stay under the merged agency's name and are counted there (docs/decisions/0026). A merger
gives nobody a right: who holds a role in the merged agency sees its cases, and the pages tell the
others that they are there.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engine.parts import Parts
from projections import Worklist
from web.agencies import Agencies


@dataclass(frozen=True, slots=True)
class OpenCases:
    """How many cases of an agency are open (尚未办结)."""

    requests: int = 0
    proceedings: int = 0

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return self.requests + self.proceedings > 0

    def __str__(self) -> str:
        """Say how many, in words."""
        some = ((self.requests, "依申请公开"), (self.proceedings, "复议诉讼"))
        return "、".join(f"{words} {number} 件" for number, words in some if number)

    @property
    def standing(self) -> str:
        """Whether there are any, for whoever must not lose sight of them."""
        return f"尚未办结：{self}" if self else "没有尚未办结的案件"


@dataclass(frozen=True, slots=True)
class Merger:
    """An agency that is no more; `ended_on` is its last day, Asia/Shanghai.

    Attributes:
        agency: id of the merged one.
        successor: id of the agency that goes on today, past successors that were merged since.
    """

    agency: str
    name: str
    ended_on: date
    successor: str
    successor_name: str

    @property
    def sentence(self) -> str:
        """What happened, and who goes on."""
        return f"{self.name}已于 {self.ended_on} 并入{self.successor_name}，由其继续办理"


def open_cases(parts: Parts, agencies: Collection[str]) -> Mapping[str, OpenCases]:
    """Count the open cases of some agencies; one without is left out."""
    table = Worklist.table.c
    requests = sa.func.count().filter(table.kind == "request")
    query = (
        sa.select(table.agency, requests, sa.func.count() - requests)
        .where(table.agency.in_(agencies), table.closed_on.is_(None))
        .group_by(table.agency)
    )
    with parts.engine.connect() as connection:
        return {agency: OpenCases(*counts) for agency, *counts in connection.execute(query)}


def open_cases_of(parts: Parts, agency: str) -> OpenCases:
    """Count the open cases of one agency."""
    return open_cases(parts, [agency]).get(agency, OpenCases())


def merger_of(known: Agencies, agency: str) -> Merger | None:
    """Return what became of an agency; None while it goes on."""
    return next((each for each in mergers(known) if each.agency == agency), None)


def mergers(known: Agencies) -> Iterator[Merger]:
    """Yield the agencies that were merged."""
    for agency in known:
        if agency.ended_on is not None:
            successor = known.successor_of(agency.id)
            successor_name = known.name_of(successor)
            yield Merger(agency.id, agency.name, agency.ended_on, successor, successor_name)


def unfinished_mergers(
    parts: Parts, known: Agencies, agencies: Collection[str]
) -> list[tuple[Merger, OpenCases]]:
    """Return the merged agencies whose open cases some agencies, or their people, go on with.

    Only these are counted: each has thousands of cases, and a worklist asks at every page.
    """
    wanted = [
        each for each in mergers(known) if not {each.agency, each.successor}.isdisjoint(agencies)
    ]
    counts = open_cases(parts, [each.agency for each in wanted]) if wanted else {}
    return [(each, counts[each.agency]) for each in wanted if each.agency in counts]
