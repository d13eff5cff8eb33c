"""What is learned after publication: the published report stands, each moved cell has its cause."""

from pathlib import Path
from typing import Any

import pytest

from activities.report_changes import changes_after, net_changes
from engine.parts import Parts
from engine.report_status import report_changes
from tests.activities.desk import AGENCY, decided, enter, import_file, publish, request
from tests.agency_years.scenario import invent, write_lines

YEAR = 2025


def moved(parts: Parts, position: int, year: int = YEAR) -> list[tuple[str, object, object]]:
    return [
        (change.cell, change.before, change.after)
        for change in changes_after(parts.store, AGENCY, year, position)
    ]


def test_a_late_entry_moves_its_cells_and_is_named_as_their_cause(
    parts: Parts, tmp_path: Path
) -> None:
    enter(parts, tmp_path, request("甲-1", "2025-03-03"))
    position = parts.store.head()
    enter(parts, tmp_path, decided("甲-1", "2025-03-10", "partial"))
    changes = changes_after(parts.store, AGENCY, YEAR, position)
    assert sorted((each.cell, each.before, each.after) for each in changes) == [
        ("carried_out.natural_person", 1, 0),
        ("carried_out.total", 1, 0),
        ("partial.natural_person", 0, 1),
        ("partial.total", 0, 1),
        ("total_handled.natural_person", 0, 1),
        ("total_handled.total", 0, 1),
    ]
    for change in changes:
        assert change.cause.event.type == "request_decided"
        assert change.cause.stream == f"case/{AGENCY}/甲-1"
        assert change.cause.position > position


def test_what_is_entered_for_another_year_changes_nothing_in_this_one(
    parts: Parts, tmp_path: Path
) -> None:
    position = parts.store.head()
    enter(parts, tmp_path, request("甲-1", "2026-03-03"), decided("甲-1", "2026-03-10"))
    assert moved(parts, position) == []


def test_what_goes_to_and_fro_is_listed_and_comes_to_nothing(parts: Parts, tmp_path: Path) -> None:
    enter(parts, tmp_path, request("甲-1", "2025-03-03"), decided("甲-1", "2025-03-10"))
    position = parts.store.head()
    approved = {"reason": "登记有误", "approved_by": "李科长"}
    wrong = {"do": "reclassify", "case": "甲-1", "outcome": "partial", **approved}
    enter(parts, tmp_path, {**wrong, "on": "2026-02-02"})
    enter(parts, tmp_path, {**wrong, "on": "2026-02-03", "outcome": "granted"})
    changes = changes_after(parts.store, AGENCY, YEAR, position)
    assert [each.cell for each in changes if each.cell.startswith("granted")] == [
        "granted.natural_person",
        "granted.total",
    ] * 2
    assert net_changes(changes) == {}


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        (
            {"do": "record_documents", "kind": "regulations", "issued": 2, "repealed": 0},
            [("regulations.issued", 0, 2), ("regulations.in_force", 0, 2)],
        ),
        ({"do": "record_decisions", "kind": "penalties", "count": 4}, [("penalties", 0, 4)]),
        (
            {"do": "publish_information", "channel": "网站", "category": "文件", "count": 9},
            [("published.total", 0, 9)],
        ),
        (
            {"do": "file_reconsideration", "case": "议-1"},
            [("reconsideration.pending", 0, 1), ("reconsideration.total", 0, 1)],
        ),
        (
            {"do": "write_section", "year": YEAR, "section": "other", "text": "无。"},
            [("sections.other", 0, 2)],
        ),
    ],
    ids=lambda value: value["do"] if isinstance(value, dict) else "",
)
def test_every_table_and_text_is_followed(
    parts: Parts, tmp_path: Path, line: dict[str, Any], cells: list[tuple[str, int, int]]
) -> None:
    position = parts.store.head()
    enter(parts, tmp_path, {"on": "2025-12-03", **line})
    assert moved(parts, position) == cells


def test_the_figures_then_and_the_changes_since_make_the_figures_now(
    parts: Parts, tmp_path: Path
) -> None:
    scenario = invent(17)
    write_lines(tmp_path / "years.jsonl", scenario)
    import_file(parts, tmp_path / "years.jsonl")
    head = parts.store.head()
    now = parts.figures.at(scenario.agency)
    checked = 0
    for position in range(5, head, 37):
        before = parts.figures.at(scenario.agency, position)
        for year in scenario.years:
            standing = before.of_year(year).tables.figures()
            for cell, (was, then) in net_changes(
                changes_after(parts.store, scenario.agency, year, position)
            ).items():
                if cell in standing:
                    assert standing[cell] == was
                    standing[cell] = then
            assert standing == now.of_year(year).tables.figures()
            checked += 1
    assert checked > 10


def test_the_list_for_people_has_words_dates_and_causes(parts: Parts, tmp_path: Path) -> None:
    published = publish(parts, YEAR)
    enter(parts, tmp_path, request("甲-1", "2025-03-03"), decided("甲-1", "2025-03-10"))
    found = report_changes(parts, AGENCY, YEAR, published.draft)
    first = found["changes"][0]
    assert (first["cell"], first["before"], first["after"]) == ("new.natural_person", "0", "1")
    assert (first["words"], first["case"]) == (
        "表三“一、本年新收政府信息公开申请数量”自然人",
        "甲-1",
    )
    assert first["cause"]["on"] == "2025-03-03"
    assert "自然人" in first["cause"]["sentence"]
    assert [cell["cell"] for cell in found["net"]] == [
        f"{row}.{column}"
        for row in ("new", "granted", "total_handled")
        for column in ("natural_person", "total")
    ], "in the order of the form"
