"""A sound file goes in once, however often and however it is written."""

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

from disclosure.outcomes import COLUMNS, ROWS
from tests.cli.entries import agency, days_ago, decide, fact, register, write
from tests.cli.stranger import SAMPLE, Gongkai, until
from workdays import published


def test_the_sample_year_comes_out_cell_by_cell(gongkai: Gongkai) -> None:
    report = gongkai.asked("import", SAMPLE)
    assert report == {"lines": 10, "cases": 1, "events": 10, "already_there": 0, "rejected": []}

    counted = {
        ("new", "natural_person"),
        ("new", "total"),
        ("unable.not_held", "natural_person"),
        ("unable.not_held", "total"),
        ("total_handled", "natural_person"),
        ("total_handled", "total"),
    }
    stats = gongkai.asked("stats", "--agency", "baoding-commerce", "--year", 2024)
    assert stats["table3"] == {
        row: {column: int((row, column) in counted) for column in COLUMNS} for row in ROWS
    }
    none = {"issued": 0, "repealed": 0, "in_force": 0}
    assert stats["table2"] == {
        "regulations": none,
        "normative_documents": none,
        "permits": 0,
        "penalties": 0,
        "coercive_measures": 0,
        "fees_10k_yuan": "0",
    }
    states = dict.fromkeys(("upheld", "corrected", "other", "pending", "total"), 0)
    groups = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    assert stats["table4"] == dict.fromkeys(groups, states)


def test_the_same_file_again_changes_nothing_however_its_json_is_written(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    gongkai.done("import", SAMPLE)
    once = gongkai.log()
    lines = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]
    rewritten = tmp_path / "rewritten.jsonl"
    rewritten.write_text(
        "".join(
            f"  {json.dumps(_reordered(line), ensure_ascii=True, separators=(' , ', ' : '))}\t\n\n"
            for line in lines
        ),
        "utf-8",
    )

    for file in (SAMPLE, rewritten):
        again = gongkai.asked("import", file)
        assert again == {"lines": 10, "cases": 1, "events": 0, "already_there": 10, "rejected": []}
    assert gongkai.log() == once


def _reordered(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    members = [(name, _reordered(inner)) for name, inner in value.items()]
    random.Random(1).shuffle(members)  # noqa: S311 - an order, not a secret
    return dict(members)


def test_money_is_read_from_text_and_counted_in_ten_thousands_of_yuan(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    def income(amount: str) -> dict[str, Any]:
        return {
            "do": "record_fee_income",
            "agency": "baoding-commerce",
            "on": "2024-06-30",
            "amount_yuan": amount,
        }

    file = write(tmp_path / "fees.jsonl", agency(), income("12345.60"), income("0.4"))
    assert gongkai.asked("import", file)["events"] == 3
    stats = gongkai.asked("stats", "--agency", "baoding-commerce", "--year", 2024)
    assert stats["table2"]["fees_10k_yuan"] == "1.2346"


def test_a_limit_that_has_passed_fires_with_its_own_legal_date_and_what_is_open_goes_on(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    lines = [
        agency(),
        register("补正-1", "2025-03-03"),
        fact("request_correction", "补正-1", "2025-03-05", points="请明确", due_on="2025-03-28"),
        register("逾期-1", "2025-03-03"),
        register("迟复-1", "2025-03-03"),
        decide("迟复-1", "2025-04-10"),
        register("在办-1", days_ago(1)),
    ]
    gongkai.done("import", write(tmp_path / "limits.jsonl", *lines))

    # 2025-03-28 and three working days in the post: 04-02. 04-04 is a holiday, 04-03 is not.
    assert published().after(_day("2025-03-28"), 4).day.isoformat() == "2025-04-03"
    assert gongkai.events("补正-1")[2:] == [("correction_lapsed", "2025-04-03")]
    # The 20th working day after 2025-03-03 is 03-31; the period ends with its last hour.
    assert gongkai.events("逾期-1")[1:] == [("overdue", "2025-04-01")]
    assert gongkai.events("迟复-1")[1:] == [
        ("overdue", "2025-04-01"),
        ("request_decided", "2025-04-10"),
    ]
    assert gongkai.events("在办-1") == [("request_registered", days_ago(1))]
    late = gongkai.asked("show", "--agency", "baoding-commerce", "--case", "迟复-1")
    assert [flag["code"] for flag in late["flags"]] == ["answered_late"]

    # Its workflow is there: the next start finds both open requests running and starts none.
    with gongkai.serving(GONGKAI_LOG_FORMAT="json") as served:
        until(lambda: "engine agrees" in served.logged.read_text("utf-8"))
    (found,) = [
        line
        for line in map(json.loads, served.logged.read_text("utf-8").splitlines())
        if line["event"] == "engine agrees with the log"
    ]
    assert (found["open"], found["running"], found["started"]) == (2, 2, 0)


def _day(text: str) -> date:
    return date.fromisoformat(text)
