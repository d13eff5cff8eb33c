"""The roll-up and the tree of agencies by command, as a stranger would use them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.stranger import Gongkai

YEAR = 2024


def line(do: str, agency: str, on: str = "2024-01-02", **fields: object) -> dict[str, Any]:
    return {"do": do, "agency": agency, "on": on, **fields}


def registered(agency: str, parent: str | None = None) -> dict[str, Any]:
    above = {"parent": parent} if parent else {}
    return line("register_agency", agency, "2020-01-02", name=f"某{agency}", **above)


AGENCIES = [
    registered("shi"),
    registered("ju", "shi"),
    registered("xian", "shi"),
    line("record_decisions", "ju", kind="permits", count=3),
    line("record_decisions", "shi", kind="permits", count=40),
]


def write(folder: Path, name: str, lines: list[dict[str, Any]]) -> Path:
    file = folder / name
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def city(gongkai: Gongkai, tmp_path: Path) -> Gongkai:
    """Give the command on a folder with a city and two agencies below it."""
    gongkai.done("import", write(tmp_path, "agencies.jsonl", AGENCIES))
    return gongkai


def test_the_tree_is_shown_by_date_and_says_what_cannot_be(city: Gongkai, tmp_path: Path) -> None:
    moves = [
        line("move_agency", "ju", "2024-06-01", parent="xian"),
        line("merge_agency", "xian", "2024-11-30", into="shi"),
    ]
    city.done("import", write(tmp_path, "moves.jsonl", moves))
    before = city.done("agency", "tree", "--on", "2024-05-31")
    assert [part.strip(" │├└─") for part in before.splitlines()] == [
        "2024年5月31日机关汇总关系",
        "某shi（shi）",
        "某ju（ju）",
        "某xian（xian）",
    ]
    shown = city.asked("agency", "tree", "--on", "2024-12-31")
    by_id = {one["agency"]: one for one in shown["agencies"]}
    assert by_id["ju"]["parents"] == [
        {"since": None, "parent": "shi"},
        {"since": "2024-06-01", "parent": "xian"},
    ]
    assert (by_id["xian"]["ended_on"], by_id["xian"]["merged_into"]) == ("2024-11-30", "shi")
    assert not by_id["xian"]["exists"]

    orphan = write(tmp_path, "orphan.jsonl", [registered("guer", "nobody")])
    city.done("import", orphan)
    told = city("agency", "tree")
    assert (told.code, told.err.strip()) == (1, "某guer（guer）的上级机关 nobody 尚未登记")
    assert city("agency", "tree", "--on", "2024-13-01").code == 1


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        (line("move_agency", "shi", parent="ju"), "parent", "成环"),
        (line("move_agency", "ju", parent="nobody"), "parent", "尚未登记"),
        (line("merge_agency", "ju", into="nobody"), "into", "尚未登记"),
        (line("move_agency", "ju", parent="ju"), "parent", "自己"),
    ],
)
def test_a_place_that_cannot_be_is_rejected_with_its_field(
    city: Gongkai, tmp_path: Path, wrong: dict[str, Any], field: str, words: str
) -> None:
    recorded = city.log()
    finished = city("import", write(tmp_path, "wrong.jsonl", [wrong]), "--format", "json")
    assert finished.code == 1
    (rejected,) = finished.document["rejected"]
    assert (rejected["line"], rejected["field"]) == (1, field)
    assert words in rejected["reason"]
    assert city.log() == recorded


def test_agencies_registered_in_a_circle_are_stopped_at_the_line_that_closes_it(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    circle = [registered("a", "b"), registered("b", "c"), registered("c", "a")]
    finished = gongkai("import", write(tmp_path, "circle.jsonl", circle), "--format", "json")
    (rejected,) = finished.document["rejected"]
    assert (rejected["line"], rejected["field"]) == (3, "parent")


def test_status_names_who_is_missing_without_an_engine_and_exits_1(city: Gongkai) -> None:
    told = city("rollup", "--agency", "shi", "--year", YEAR, "--status", "--format", "json")
    assert told.code == 1
    assert told.document["missing"] == ["shi", "ju", "xian"]
    assert [one["standing"] for one in told.document["agencies"]] == ["unpublished"] * 3
    assert told.err.splitlines() == [f"某{one}（{one}）未公布" for one in ("shi", "ju", "xian")]
    assert not (city.data / "temporal.db").exists()
    table = city("rollup", "--agency", "shi", "--year", YEAR, "--status", COLUMNS="160")
    assert table.out.count("未公布") == 3


def test_wrong_usage_is_said_before_anything_is_done(city: Gongkai) -> None:
    asked = ("rollup", "--agency", "shi", "--year", YEAR)
    assert city(*asked).code == 2
    assert city(*asked, "--out", "x", "--publish").code == 2
    leaf = city("rollup", "--agency", "ju", "--year", YEAR, "--status")
    assert (leaf.code, "没有机关由“ju”汇总" in leaf.err) == (1, True)


def test_a_city_is_rolled_up_published_and_a_cell_followed_to_its_members(
    city: Gongkai, tmp_path: Path
) -> None:
    for agency in ("shi", "ju"):
        out = tmp_path / agency
        city.done("report", "--agency", agency, "--year", YEAR, "--out", out, "--publish")
    out = tmp_path / "city"
    asked = ("rollup", "--agency", "shi", "--year", YEAR, "--out", out)

    refused = city(*asked, "--publish", "--approve-by", "（虚构）丙")
    assert refused.code == 1
    assert "某xian（xian）未公布" in refused.err
    assert "Traceback" not in refused.err
    draft = city(*asked)
    assert (draft.code, draft.err.strip()) == (1, "某xian（xian）未公布")
    assert "草稿" in draft.out

    city.done("report", "--agency", "xian", "--year", YEAR, "--out", tmp_path / "x", "--publish")
    made = city.asked(*asked, "--approve-by", "（虚构）丙", "--cell", "permits")
    assert (made["published"], made["version"], made["missing"]) == (True, 1, [])
    assert made["cell"] == {"code": "permits", "members": {"shi": "40", "ju": "3"}}
    assert {path.name for path in out.iterdir()} == {Path(p).name for p in made["written"]}
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert (report["table2"]["permits"], report["agency"]) == (43, "某shi")
    city.done("rollup", "--agency", "shi", "--year", YEAR, "--status")
    assert city("rollup", "--agency", "shi", "--year", YEAR, "--cell", "nothing").code == 1
    assert city.engines() == []
