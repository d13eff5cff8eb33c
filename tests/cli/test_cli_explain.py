"""Every figure explains itself: the cases behind it, and in each the events."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.explain_command import sources_of
from engine.parts import Parts, open_parts
from engine.settings import Settings
from tests.agency_years.scenario import invent, write_lines
from tests.cli.entries import AGENCY, NAME, agency, write
from tests.cli.stranger import Gongkai

SEED = 20_001


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Parts, Any]]:
    """Give a folder with one invented agency's years."""
    folder = tmp_path_factory.mktemp("explain")
    scenario = invent(SEED)
    write_lines(folder / "lines.jsonl", scenario)
    gongkai = Gongkai(folder / "data")
    gongkai.done("import", folder / "lines.jsonl")
    with open_parts(Settings.model_validate({"data": folder / "data"})) as parts:
        yield parts, scenario


def test_as_many_cases_stand_behind_a_cell_as_it_counts(imported: tuple[Parts, Any]) -> None:
    parts, scenario = imported
    figures = parts.figures.at(scenario.agency)
    counted = 0
    for year in scenario.years:
        tables = figures.of_year(year).tables.as_json()
        for table in ("table3", "table4"):
            rows: Any = tables[table]
            for row, cells in rows.items():
                for column, count in cells.items():
                    sources = sources_of(parts, figures, year, f"{row}.{column}")
                    assert sources is not None
                    assert len(sources) == count, (year, row, column)
                    assert all(source.entries for source in sources)
                    counted += count
    assert counted > 0


@pytest.fixture
def office(gongkai: Gongkai, tmp_path: Path) -> Gongkai:
    """Give a folder with one answered request, corrected later, and facts of table two."""
    who = {"type": "natural_person", "name": NAME}
    about = {"agency": AGENCY, "case": "甲-1"}
    lines = [
        agency(),
        {"do": "register", **about, "on": "2024-03-04", "channel": "in_person", "applicant": who}
        | {"description": "（虚构）预算"},
        {"do": "decide", **about, "on": "2024-03-11", "outcome": "granted"},
        {"do": "reclassify", **about, "on": "2024-03-12", "outcome": "partial", "reason": "误"}
        | {"approved_by": "科长"},
        {"do": "record_decisions", "agency": AGENCY, "on": "2024-05-06", "kind": "permits"}
        | {"count": 3},
        {"do": "opening_documents", "agency": AGENCY, "on": "2023-01-01", "kind": "regulations"}
        | {"in_force": 2},
        {"do": "record_documents", "agency": AGENCY, "on": "2024-06-03", "kind": "regulations"}
        | {"issued": 1},
    ]
    gongkai.done("import", write(tmp_path / "year.jsonl", *lines))
    return gongkai


def explained(office: Gongkai, cell: str) -> Any:
    return office.asked("explain", "--agency", AGENCY, "--year", 2024, "--cell", cell)


def test_a_cell_names_its_cases_and_their_events(office: Gongkai) -> None:
    document = explained(office, "partial.natural_person")
    assert document["value"] == "1"
    (source,) = document["sources"]
    assert source["name"] == "甲-1"
    assert [event["type"] for event in source["events"]] == [
        "request_registered",
        "request_decided",
        "result_reclassified",
    ]
    assert explained(office, "granted")["sources"] == []
    said = office.done("explain", "--agency", AGENCY, "--year", 2024, "--cell", "partial")
    assert "办理结果由“予以公开”更正为“部分公开”" in said
    assert NAME not in said


def test_a_figure_of_table_two_rests_on_the_agencys_own_facts(office: Gongkai) -> None:
    permits = explained(office, "permits")
    assert permits["value"] == "3"
    assert [event["type"] for event in permits["sources"][0]["events"]] == ["decisions_recorded"]
    in_force = explained(office, "regulations.in_force")
    assert in_force["value"] == "3"
    assert [event["on"] for event in in_force["sources"][0]["events"]] == [
        "2023-01-01",
        "2024-06-03",
    ]


def test_a_request_tells_the_cells_it_stands_in(office: Gongkai) -> None:
    about = ("explain", "--agency", AGENCY, "--case", "甲-1", "--year")
    assert office.asked(*about, 2024)["cells"] == [
        "new.natural_person",
        "partial.natural_person",
        "total_handled.natural_person",
    ]
    assert office.asked(*about, 2025)["cells"] == []


def test_an_unknown_cell_is_refused_and_one_of_the_two_options_is_needed(office: Gongkai) -> None:
    unknown = office("explain", "--agency", AGENCY, "--year", 2024, "--cell", "没有")
    assert (unknown.code, unknown.out) == (1, "")
    assert "没有“没有”这一格" in unknown.err
    assert office("explain", "--agency", AGENCY, "--year", 2024).code == 2
