"""Handling times by office (科室), as cases are assigned now; assignments are no legal facts."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from activities.handling_times import HandlingTimes, Reply, handling_times, spans_of
from disclosure.addresses import case_of
from disclosure.law import WorkingDays
from people.office_schema import assignments, offices
from web.office import Office

UNASSIGNED: Final = "none"
"""Stands for no office in an address; an office's id is never this."""


@dataclass(frozen=True, slots=True)
class OfficesOfCases:
    """Which office each case of an agency is assigned to.

    Attributes:
        names: of the agency's offices, by id, closed ones too.
        by_case: the office's id by the case's reference.
    """

    names: Mapping[str, str]
    by_case: Mapping[str, str]

    def of(self, case: str) -> str:
        """Return the id of a case's office, or the word for none."""
        return self.by_case.get(case, UNASSIGNED)

    def name(self, office: str) -> str:
        """Return an office's name."""
        return self.names.get(office, "未分派科室")


def read_offices(office: Office, agency: str) -> OfficesOfCases:
    """Read the assignments of an agency."""
    assigned = sa.select(assignments.c.stream, assignments.c.office).where(
        assignments.c.agency == agency, assignments.c.office.is_not(None)
    )
    named = sa.select(offices.c.id, offices.c.name).where(offices.c.agency == agency)
    with office.people.engine.connect() as connection:
        return OfficesOfCases(
            names={row.id: row.name for row in connection.execute(named)},
            by_case={case_of(row.stream): row.office for row in connection.execute(assigned)},
        )


def times_by(
    replies: Iterable[Reply], year: int, group: Callable[[Reply], str], calendar: WorkingDays
) -> dict[str, HandlingTimes]:
    """Return how long the replies of a year took, by what `group` names."""
    grouped: dict[str, list[Reply]] = {}
    for reply in replies:
        grouped.setdefault(group(reply), []).append(reply)
    spans = {name: Counter(spans_of(grouped[name], year)) for name in sorted(grouped)}
    return {name: handling_times(each, calendar) for name, each in spans.items() if each}
