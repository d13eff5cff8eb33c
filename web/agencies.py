"""The agencies as pages name them, and who stands above whom today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from projections import Agencies as AgencyRows


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency on record; `ended_on` is the last day of one that was merged (撤并)."""

    id: str
    name: str
    parent: str | None
    ended_on: date | None = None
    merged_into: str | None = None


class Agencies:
    """All agencies by id, in the order of their ids."""

    def __init__(self, known: Mapping[str, Agency]) -> None:
        self._known = known

    def __iter__(self) -> Iterator[Agency]:
        return iter(self._known.values())

    def __contains__(self, agency: str) -> bool:
        return agency in self._known

    def name_of(self, agency: str) -> str:
        """Return an agency's name, or its id where it is not on record."""
        return self._known[agency].name if agency in self._known else agency

    def successor_of(self, agency: str) -> str:
        """Return who goes on with a merged agency's affairs, past successors merged since."""
        line = [agency]
        while line[-1] in self._known:
            into = self._known[line[-1]].merged_into
            if into is None or into in line:
                break
            line.append(into)
        return line[-1]

    def with_superiors(self, agency: str) -> list[str]:
        """Return an agency and all above it, nearest first; a circle ends where it closes."""
        line = [agency]
        while line[-1] in self._known:
            parent = self._known[line[-1]].parent
            if parent is None or parent in line:
                break
            line.append(parent)
        return line


def read_agencies(engine: sa.Engine) -> Agencies:
    """Read the agencies; few, so all at once."""
    table = AgencyRows.table
    columns = (table.c.agency, table.c.name, table.c.parent, table.c.ended_on, table.c.merged_into)
    with engine.connect() as connection:
        return Agencies(
            {
                agency: Agency(agency, name or agency, *place)
                for agency, name, *place in connection.execute(
                    sa.select(*columns).order_by(table.c.agency)
                )
            }
        )
