"""Invent one agency's life over one to three consecutive years from a seed.

`invent(seed)` gives the same scenario on every machine and in every process. Facts lie between
June 2019, when Decree 711 had come into force, and December 2025: inside the published
working-day calendar and in the past.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

from tests.agency_years.arrivals import applicant, arrive
from tests.agency_years.bulk import bulk_lives
from tests.agency_years.facts import Line, Scenario
from tests.agency_years.office import office_lines
from tests.agency_years.pen import Pen
from tests.agency_years.proceedings import proceedings_of
from tests.agency_years.reckoning import received_on
from tests.agency_years.request_life import RequestLife, live
from tests.agency_years.stories import whole_life

FIRST_DAY: Final = date(2019, 6, 1)
LAST_DAY: Final = date(2025, 12, 31)
_AFTERMATH_DAYS: Final = 150
"""How long after its last year an agency's life is still told."""


def invent(seed: int) -> Scenario:
    """Invent the agency-years of this seed; the agency's id carries the seed."""
    rng = Random(seed)  # noqa: S311 - repeatable on purpose, nothing secret
    count = rng.randint(1, 3)
    first = rng.randint(FIRST_DAY.year, LAST_DAY.year + 1 - count)
    last_day = date(first + count - 1, 12, 31)
    scenario = Scenario(
        seed=seed,
        agency=f"years-{seed}",
        name=f"某市第{seed}局",
        years=tuple(range(first, first + count)),
        begin=max(date(first, 1, 1), FIRST_DAY),
        until=min(last_day + timedelta(days=_AFTERMATH_DAYS), LAST_DAY),
    )
    lines = office_lines(rng, scenario)
    lines += _requests(rng, scenario)
    lines += _proceedings(rng, scenario, last_day)
    # Sorting is stable: facts of one case on one day stay in the order they happened.
    scenario.lines = sorted(lines, key=lambda line: str(line["on"]))
    if rng.random() < 0.5:
        _number_replies(scenario)
    return scenario


def write_lines(path: Path, scenario: Scenario) -> None:
    """Write the scenario's entry lines as UTF-8 JSON lines."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in scenario.lines)
    path.write_text(text, encoding="utf-8")


def _requests(rng: Random, scenario: Scenario) -> Iterator[Line]:
    number = 0
    for year in scenario.years:
        for _ in range(rng.randint(8, 22)):
            number += 1
            pen = Pen(
                rng,
                scenario.agency,
                f"R-{number:03d}",
                _arrival_day(rng, scenario, year),
                scenario.until,
            )
            yield from _request(pen, scenario, number)
    if rng.random() < 0.3:
        yield from _bulk(rng, scenario, number + 1)


def _arrival_day(rng: Random, scenario: Scenario, year: int) -> date:
    """Choose a day of the year; the last weeks, whose requests are carried over, come often."""
    last = date(year, 12, 31)
    first = max(date(year, 1, 1), scenario.begin)
    draw = rng.random()
    if draw < 0.15:
        first = date(year, 12, 25)
    elif draw < 0.4:
        first = date(year, 11, 10)
    return first + timedelta(days=rng.randint(0, (last - first).days))


def _request(pen: Pen, scenario: Scenario, number: int) -> list[Line]:
    request = arrive(pen, applicant(pen.rng, number))
    scenario.requests.append(request)
    if received_on(request) is not None:
        live(RequestLife(pen, request), whole_life)
    return pen.lines


def _bulk(rng: Random, scenario: Scenario, number: int) -> Iterator[Line]:
    year = rng.choice(scenario.years)
    month = date(year, rng.randint(6, 12), 1)
    for life in bulk_lives(rng, scenario.agency, month, scenario.until, number):
        scenario.requests.append(life.request)
        yield from life.pen.lines


def _proceedings(rng: Random, scenario: Scenario, last_day: date) -> Iterator[Line]:
    span = (scenario.begin, last_day)
    requests = scenario.requests
    for pen, proceeding in proceedings_of(rng, scenario.agency, span, scenario.until, requests):
        scenario.proceedings.append(proceeding)
        yield from pen.lines


def _number_replies(scenario: Scenario) -> None:
    """Number the replies 机关代字〔year〕n号, one counter per year in the order of their issue."""
    issued: dict[str, int] = {}
    for line in scenario.lines:
        if line["do"] == "decide":
            year = str(line["on"])[:4]
            issued[year] = issued.get(year, 0) + 1
            line["document_number"] = f"某{scenario.seed}〔{year}〕{issued[year]}号"
