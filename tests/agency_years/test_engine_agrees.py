"""Two hundred random agency-years: the engine's tables are those a separate hand reckons.

Only this module knows both sides. The generator and its reckoning were written from the law's text
alone and import nothing of the engine's rules.
"""

import json
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from cli.importing import Importer
from engine.parts import Parts, open_parts
from engine.settings import Settings
from tests.agency_years.facts import Scenario
from tests.agency_years.reckoning import tables
from tests.agency_years.scenario import invent, write_lines
from workflows.law_in_force import current_law, use_law

AGENCY_YEARS = 200
FIRST_SEED = 10_000
"""Others than those the generator's own tests look at."""

TODAY = date(2026, 6, 30)
"""After the last fact and within the published calendar, whenever the tests are run."""


def scenarios() -> list[Scenario]:
    """Invent agencies until their years are enough."""
    chosen: list[Scenario] = []
    for seed in count(FIRST_SEED):
        if sum(len(scenario.years) for scenario in chosen) >= AGENCY_YEARS:
            return chosen
        chosen.append(invent(seed))
    raise AssertionError("unreachable")


@pytest.fixture(scope="module")
def invented() -> list[Scenario]:
    """Give the agencies."""
    return scenarios()


@pytest.fixture(scope="module")
def imported(
    invented: list[Scenario], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Parts, Importer]]:
    """Import all of them into one log."""
    folder = tmp_path_factory.mktemp("agency-years")
    files = []
    for scenario in invented:
        files.append(folder / f"{scenario.agency}.jsonl")
        write_lines(files[-1], scenario)
    before = current_law()
    settings = Settings.model_validate({"data": folder / "data", "database_synchronous": "NORMAL"})
    with open_parts(settings) as parts:
        importer = Importer(
            parts.log,
            parts.fingerprints,
            current_law(),
            today=lambda: TODAY,
            items_before=parts.items.items_before,
        )
        importer.play(files)
        yield parts, importer
    use_law(before)


def test_every_line_a_separate_hand_holds_to_be_true_is_recorded(
    imported: tuple[Parts, Importer],
) -> None:
    _, importer = imported
    assert [str(rejection) for rejection in importer.report.rejected] == []


def test_tables_two_three_and_four_are_those_a_separate_hand_reckons(
    invented: list[Scenario], imported: tuple[Parts, Importer]
) -> None:
    parts, _ = imported
    differences: list[str] = []
    compared = 0
    for scenario in invented:
        figures = parts.figures.at(scenario.agency)
        for year in scenario.years:
            compared += 1
            ours = json.loads(json.dumps(figures.of_year(year).tables.as_json()))
            differences += _differences(f"{scenario.agency} {year}", ours, tables(scenario, year))
    assert compared >= AGENCY_YEARS
    assert differences == []


def _differences(where: str, ours: Any, theirs: Any) -> list[str]:
    """Name each cell that differs."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        assert ours.keys() == theirs.keys(), where
        return [
            line
            for name in theirs
            for line in _differences(f"{where} {name}", ours[name], theirs[name])
        ]
    return [] if ours == theirs else [f"{where}: engine {ours}, reckoned {theirs}"]


def test_the_files_are_read_from_disk_like_a_strangers(
    invented: list[Scenario], tmp_path: Path
) -> None:
    write_lines(tmp_path / "one.jsonl", invented[0])
    lines = (tmp_path / "one.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == list(invented[0].lines)
