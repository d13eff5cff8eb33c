"""Invent a city over departments and counties, the counties over departments of their own.

Each agency lives two years of its own, as `scenario.invent` would have it, so that the second has
requests and documents carried over from the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

from tests.agency_years.arrivals import applicant, arrive
from tests.agency_years.facts import Line, Scenario
from tests.agency_years.office import office_lines
from tests.agency_years.pen import Pen
from tests.agency_years.proceedings import proceedings_of
from tests.agency_years.reckoning import received_on, tables
from tests.agency_years.request_life import RequestLife, live
from tests.agency_years.stories import whole_life

YEARS: Final = (2023, 2024)
YEAR: Final = 2024
BEGIN: Final = date(2023, 1, 1)
UNTIL: Final = date(2025, 5, 31)
CITY: Final = "city"
COUNTIES: Final = 10
DEPARTMENTS: Final = 40
REQUESTS: Final = 5_000


@dataclass
class Invented:
    """A tree of agencies: each one's life, and its superior."""

    lives: dict[str, Scenario] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)

    def below(self, top: str) -> set[str]:
        """Return an agency and all below it."""
        return {one for one in self.lives if top in self._upwards(one)}

    def summed(self, agencies: set[str], year: int = YEAR) -> dict[str, Any]:
        """Add up, without any code of the engine, what a separate hand reckons of each."""
        total: dict[str, Any] = {}
        for agency in agencies:
            _add(total, tables(self.lives[agency], year))
        return total

    def _upwards(self, one: str | None) -> Iterator[str]:
        while one is not None:
            yield one
            one = self.parents[one]


def invent_tree(seed: int) -> Invented:
    """Invent 1 city, 10 counties and 40 departments: 20 of the city's, 2 of each county's."""
    rng = Random(seed)  # noqa: S311 - repeatable on purpose, nothing secret
    tree = Invented()
    places: list[tuple[str, str | None]] = [(CITY, None)]
    places += [(f"county-{n}", CITY) for n in range(COUNTIES)]
    for n in range(DEPARTMENTS):
        places.append((f"department-{n}", CITY if n < 20 else f"county-{n % COUNTIES}"))
    each, rest = divmod(REQUESTS, len(places))
    for n, (agency, parent) in enumerate(places):
        tree.parents[agency] = parent
        tree.lives[agency] = _life(rng, n, agency, parent, each + (n < rest))
    return tree


def _life(rng: Random, number: int, agency: str, parent: str | None, requests: int) -> Scenario:
    scenario = Scenario(number, agency, f"某市第{number}机关", YEARS, BEGIN, UNTIL)
    lines = office_lines(rng, scenario)
    lines[0]["parent"] = parent
    for n in range(requests):
        lines += _request(rng, scenario, n)
    span = (BEGIN, date(YEAR, 12, 31))
    for pen, proceeding in proceedings_of(rng, agency, span, UNTIL, scenario.requests):
        scenario.proceedings.append(proceeding)
        lines += pen.lines
    if parent is None:
        del lines[0]["parent"]
    scenario.lines = sorted(lines, key=lambda line: str(line["on"]))
    return scenario


def _request(rng: Random, scenario: Scenario, number: int) -> list[Line]:
    # Mostly in the second year, and often late in one, so that much is carried over.
    year = YEARS[rng.random() < 0.7]
    day = date(year, 12, 31) - timedelta(days=rng.choice((rng.randint(0, 40), rng.randint(0, 364))))
    pen = Pen(rng, scenario.agency, f"R-{number:03d}", day, UNTIL)
    request = arrive(pen, applicant(rng, number))
    scenario.requests.append(request)
    if received_on(request) is not None:
        live(RequestLife(pen, request), whole_life)
    return pen.lines


def _add(total: dict[str, Any], more: dict[str, Any]) -> None:
    """Add numbers, and money written as text, member by member."""
    for name, value in more.items():
        if isinstance(value, dict):
            _add(total.setdefault(name, {}), value)
        elif isinstance(value, str):
            amount = Decimal(total.get(name, "0")) + Decimal(value)
            total[name] = f"{amount.normalize():f}"
        else:
            total[name] = total.get(name, 0) + value
