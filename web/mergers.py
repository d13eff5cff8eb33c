"""Agencies that were merged (撤并): who goes on with their open cases, and how many there are.

The cases stay under the merged agency's name and are counted there (docs/decisions/0026). A merger
gives nobody a right: who holds a role in the merged agency sees its cases, and the pages tell the
others that they are there.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engine.parts import Parts
from projections import Worklist
from web.agencies import Agencies, Agency


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
    open: OpenCases

    @property
    def sentence(self) -> str:
        """What happened, and who goes on."""
        return f"{self.name}已于 {self.ended_on} 并入{self.successor_name}，由其继续办理"

    @property
    def standing(self) -> str:
        """What is left of its cases, for whoever must not lose sight of them."""
        left = f"尚未办结：{self.open}" if self.open else "没有尚未办结的案件"
        return f"{self.sentence}；{left}"


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


def merger_of(parts: Parts, known: Agencies, agency: str) -> Merger | None:
    """Return what became of an agency; None while it goes on."""
    return next(iter(mergers_of(parts, known, [agency])), None)


def mergers_of(parts: Parts, known: Agencies, agencies: Collection[str]) -> list[Merger]:
    """Return those of some agencies that were merged."""
    ended = [each for each in known if each.id in agencies and each.ended_on is not None]
    left = open_cases(parts, [each.id for each in ended]) if ended else {}
    return [_merger(known, each, left.get(each.id, OpenCases())) for each in ended]


def left_to(parts: Parts, known: Agencies, agencies: Collection[str]) -> list[Merger]:
    """Return the merged agencies whose open cases some agencies, or their people, go on with."""
    ended = [each.id for each in known if each.ended_on is not None]
    return [
        merger
        for merger in mergers_of(parts, known, ended)
        if merger.open and not {merger.agency, merger.successor}.isdisjoint(agencies)
    ]


def _merger(known: Agencies, agency: Agency, left: OpenCases) -> Merger:
    successor = known.successor_of(agency.id)
    return Merger(
        agency=agency.id,
        name=agency.name,
        ended_on=agency.ended_on or date.max,
        successor=successor,
        successor_name=known.name_of(successor),
        open=left,
    )
