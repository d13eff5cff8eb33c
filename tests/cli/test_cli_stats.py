"""Figures now, and as they were known at an earlier moment."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.cli.entries import agency, decide, register, write
from tests.cli.stranger import Gongkai
from workdays import SHANGHAI

OF_2024 = ("stats", "--agency", "baoding-commerce", "--year", 2024)


def totals(stats: Any) -> tuple[int, ...]:
    """Return new, handled and carried out of all applicants."""
    three = stats["table3"]
    return tuple(three[row]["total"] for row in ("new", "total_handled", "carried_out"))


def test_known_at_gives_the_tables_of_an_earlier_moment(gongkai: Gongkai, tmp_path: Path) -> None:
    before = datetime.now(SHANGHAI)
    case = register("甲-1", "2024-03-04"), decide("甲-1", "2024-03-11")
    gongkai.done("import", write(tmp_path / "first.jsonl", agency(), *case))
    time.sleep(0.01)
    between = datetime.now(SHANGHAI)
    later = register("甲-2", "2024-12-02"), decide("甲-2", "2025-01-02")
    gongkai.done("import", write(tmp_path / "second.jsonl", *later))

    now = gongkai.asked(*OF_2024)
    then = gongkai.asked(*OF_2024, "--known-at", between.replace(tzinfo=None).isoformat())
    assert totals(now) == (2, 1, 1)
    assert totals(then) == (1, 1, 0)
    assert (then["log_position"], now["log_position"]) == (3, gongkai.log().events)

    nothing_yet = gongkai(*OF_2024, "--known-at", (before - timedelta(days=1)).isoformat())
    assert nothing_yet.code == 1
    assert "在该时刻没有登记机关“baoding-commerce”，请检查 --known-at" in nothing_yet.err
    nobody = gongkai("stats", "--agency", "nobody", "--year", 2024, "--known-at", "2030-01-01")
    assert "没有登记机关“nobody”，请先导入机关登记" in nobody.err
    no_moment = gongkai(*OF_2024, "--known-at", "去年")
    assert (no_moment.code, no_moment.out) == (1, "")
    assert "--known-at 须为 ISO 8601 时刻" in no_moment.err


def test_the_figures_are_held_against_the_form_as_they_stand(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    repealed: dict[str, Any] = {
        "agency": "baoding-commerce",
        "do": "record_documents",
        "on": "2024-05-06",
    }
    repealed |= {"kind": "normative_documents", "issued": 0, "repealed": 3}
    gongkai.done("import", write(tmp_path / "sound.jsonl", *agency_with_one_request()))
    assert gongkai.asked(*OF_2024)["findings"] == []
    gongkai.done("import", write(tmp_path / "unsound.jsonl", repealed))
    (found,) = gongkai.asked(*OF_2024)["findings"]
    assert (found["rule"], found["where"]) == (
        "in_force",
        {"table": "table2", "row": "normative_documents", "column": "in_force"},
    )
    assert f"错误 in_force {found['message']}" in gongkai.done(*OF_2024)


def agency_with_one_request() -> tuple[dict[str, Any], ...]:
    return agency(), register("甲-1", "2024-03-04"), decide("甲-1", "2024-03-11")
