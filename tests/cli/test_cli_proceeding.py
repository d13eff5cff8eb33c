"""Reconsiderations and lawsuits by file and by command line, and what table four makes of them."""

import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.entries import AGENCY, NAME, Line, agency, days_ago, decide, fact, register, write
from tests.cli.stranger import Gongkai
from workdays import SHANGHAI

OF_2024 = ("stats", "--agency", AGENCY, "--year", 2024)
OF_2025 = ("stats", "--agency", AGENCY, "--year", 2025)


def contests() -> list[Line]:
    """Give a request and three proceedings about it, the last two still pending at some time."""
    return [
        register("甲-1", "2024-01-08"),
        decide("甲-1", "2024-01-22", outcome="refused.internal_affairs"),
        fact("file_reconsideration", "复议-1", "2024-03-04", request="甲-1"),
        fact(
            "conclude_reconsideration",
            "复议-1",
            "2024-04-22",
            result="upheld",
            outcome_detail="维持",
        ),
        fact("file_lawsuit", "诉-1", "2024-05-06", request="甲-1", after_reconsideration=True),
        fact("conclude_lawsuit", "诉-1", "2024-09-02", result="upheld"),
        fact("appeal_lawsuit", "诉-1", "2024-09-10"),
        fact("conclude_lawsuit", "诉-1", "2025-02-10", result="corrected", outcome_detail="撤销"),
        fact("file_lawsuit", "诉-2", "2024-12-30", after_reconsideration=False),
        fact("conclude_lawsuit", "诉-2", "2025-01-02", result="other", outcome_detail="撤诉"),
    ]


def states(**counted: int) -> dict[str, int]:
    names = ("upheld", "corrected", "other", "pending", "total")
    return dict.fromkeys(names, 0) | counted


def show(gongkai: Gongkai, case: str) -> Any:
    return gongkai.asked("show", "--agency", AGENCY, "--case", case)


def test_a_file_of_proceedings_gives_table_four_year_by_year(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    file = write(tmp_path / "contests.jsonl", agency(), *contests())
    report = gongkai.asked("import", file)
    # Besides the lines: the time to sue after 复议-1 and the time of the second instance in 诉-1
    # have passed; 诉-2 was given up, and nothing runs after that.
    assert report == {"lines": 11, "cases": 4, "events": 13, "already_there": 0, "rejected": []}
    assert gongkai.asked(*OF_2024)["table4"] == {
        "reconsideration": states(upheld=1, total=1),
        "litigation_direct": states(pending=1, total=1),
        "litigation_after_reconsideration": states(pending=1, total=1),
    }
    assert gongkai.asked(*OF_2025)["table4"] == {
        "reconsideration": states(),
        "litigation_direct": states(other=1, total=1),
        "litigation_after_reconsideration": states(corrected=1, total=1),
    }
    assert gongkai.events("复议-1")[2:] == [("proceeding_limit_passed", "2024-05-08")]
    assert gongkai.events("诉-2")[2:] == []

    once = gongkai.log()
    again = gongkai.asked("import", file)
    assert (again["events"], again["already_there"]) == (0, 11)
    assert gongkai.log() == once
    assert gongkai.asked("verify")["faults"] == []
    gongkai.done("rebuild")
    assert gongkai.asked(*OF_2025)["table4"]["litigation_direct"] == states(other=1, total=1)


def test_table_four_is_known_as_it_was_at_an_earlier_moment(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    filed, concluded = contests()[2:4]
    unlinked = {name: value for name, value in filed.items() if name != "request"}
    gongkai.done("import", write(tmp_path / "first.jsonl", agency(), unlinked))
    time.sleep(0.01)
    between = datetime.now(SHANGHAI).isoformat()
    gongkai.done("import", write(tmp_path / "second.jsonl", concluded))
    now = gongkai.asked(*OF_2024)["table4"]["reconsideration"]
    then = gongkai.asked(*OF_2024, "--known-at", between)["table4"]["reconsideration"]
    assert now == states(upheld=1, total=1)
    assert then == states(pending=1, total=1)


def test_a_case_is_told_with_its_limit_its_request_and_its_timeline(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    filed = fact("file_reconsideration", "复议-9", days_ago(3), request="甲-1", note=NAME)
    gongkai.done("import", write(tmp_path / "lines.jsonl", agency(), *contests(), filed))

    pending = show(gongkai, "复议-9")
    assert (pending["case"], pending["group"], pending["stage"]) == (
        "复议-9",
        "reconsideration",
        "pending",
    )
    assert (pending["request"], pending["filed_on"], pending["overdue"]) == (
        "甲-1",
        days_ago(3),
        False,
    )
    assert pending["limit_kind"] == "decision"
    assert pending["due_on"] > days_ago(-56)
    assert [line["type"] for line in pending["timeline"]] == ["reconsideration_filed"]
    said = gongkai.done("show", "--agency", AGENCY, "--case", "复议-9")
    assert "复议决定期限至" in said
    assert NAME not in said
    revealed = gongkai.done("show", "--agency", AGENCY, "--case", "复议-9", "--reveal")
    assert NAME in revealed

    about = show(gongkai, "甲-1")["proceedings"]
    assert [(each["case"], each["stage"], each["result"]) for each in about] == [
        ("复议-1", "final", "upheld"),
        ("诉-1", "final", "corrected"),
        ("复议-9", "pending", None),
    ]
    assert "复议后起诉 诉-1" in gongkai.done("show", "--agency", AGENCY, "--case", "甲-1")


def test_a_limit_that_passed_before_the_next_fact_is_on_record_before_it(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    lines = [
        fact("file_lawsuit", "诉-1", "2024-01-08", after_reconsideration=False),
        fact("conclude_lawsuit", "诉-1", "2024-09-02", result="upheld"),
        fact("appeal_lawsuit", "诉-1", "2024-10-08"),
        fact("conclude_lawsuit", "诉-1", "2024-11-04", result="upheld"),
    ]
    gongkai.done("import", write(tmp_path / "late.jsonl", agency(), *lines))
    assert gongkai.events("诉-1") == [
        ("lawsuit_filed", "2024-01-08"),
        ("proceeding_limit_passed", "2024-07-09"),
        ("lawsuit_concluded", "2024-09-02"),
        # 17 September lies in the Mid-Autumn holiday and rolls forward a day.
        ("proceeding_limit_passed", "2024-09-19"),
        ("lawsuit_appealed", "2024-10-08"),
        ("lawsuit_concluded", "2024-11-04"),
    ]
    assert [flag["code"] for flag in show(gongkai, "诉-1")["flags"]] == ["appeal_late"]


@pytest.mark.parametrize("distance", [0, 1100])
def test_a_proceeding_may_stand_before_its_request_in_the_files(
    gongkai: Gongkai, tmp_path: Path, distance: int
) -> None:
    between = [
        {"do": "record_documents", "agency": AGENCY, "on": "2024-03-04", "kind": "regulations"}
        | {"issued": number + 1}
        for number in range(distance)
    ]
    ahead = write(tmp_path / "a.jsonl", agency(), *contests()[2:4], *between)
    behind = write(tmp_path / "b.jsonl", *contests()[:2])
    report = gongkai.asked("import", ahead, behind)
    assert report["rejected"] == []
    assert show(gongkai, "复议-1")["request"] == "甲-1"


def test_what_cannot_be_true_of_a_proceeding_is_rejected_with_its_field(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    lines = [
        agency(),
        register("甲-1", "2024-01-08"),
        fact("file_lawsuit", "诉-1", "2024-05-06", request="甲-9", after_reconsideration=True),
        fact("conclude_lawsuit", "诉-1", "2024-06-06", result="upheld"),
        fact("conclude_lawsuit", "诉-2", "2024-06-06", result="upheld"),
        fact("file_reconsideration", "甲-1", "2024-06-06"),
        fact("file_reconsideration", "复议-1", "2024-06-06"),
        fact("conclude_reconsideration", "复议-1", "2024-07-01", result="won"),
        fact("file_lawsuit", "诉-3", "2024-06-06"),
        fact("file_reconsideration", "复议-4", "2024-06-06"),
        fact(
            "conclude_reconsideration",
            "复议-4",
            "2024-07-01",
            result="upheld",
            outcome_detail="撤销",
        ),
    ]
    finished = gongkai("import", write(tmp_path / "lines.jsonl", *lines), "--format", "json")
    assert finished.code == 1
    assert [(each["line"], each["field"]) for each in finished.document["rejected"]] == [
        (3, "request"),
        (4, ""),
        (5, "case"),
        (6, "case"),
        (8, "result"),
        (9, "after_reconsideration"),
        (11, "result"),
    ]
    assert "其他结果" not in finished.err
    assert "结果纠正（corrected）" in finished.err
    assert gongkai.events("诉-1") == []


def test_a_lawsuit_goes_through_its_instances_by_command_line(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    gongkai.done(
        "import", write(tmp_path / "agency.jsonl", agency(), register("甲-1", days_ago(40)))
    )

    def proceeding(verb: str, on: str, *options: object) -> Any:
        case = ("--agency", AGENCY, "--case", "诉-1")
        return gongkai("proceeding", verb, *case, "--on", on, *options, "--format", "json")

    with gongkai.serving():
        steps: list[tuple[str, int, tuple[object, ...]]] = [
            ("file-lawsuit", 30, ("--request", "甲-1", "--no-after-reconsideration")),
            ("conclude-lawsuit", 9, ("--result", "upheld")),
            ("appeal-lawsuit", 5, ()),
            ("conclude-lawsuit", 1, ("--result", "other", "--outcome-detail", "撤诉")),
        ]
        stages = []
        for verb, days, options in steps:
            finished = proceeding(verb, days_ago(days), *options)
            assert finished.code == 0, finished.err
            stages.append(finished.document["case"]["stage"])
        assert stages == ["pending", "concluded", "under_appeal", "final"]

        twice = proceeding("conclude-lawsuit", days_ago(0), "--result", "upheld")
        assert (twice.code, twice.out) == (1, "")
        said = f"该案已于 {days_ago(1)} 审结（其他结果），不能再次审结"
        assert twice.err.splitlines()[-1] == said

    open_ones = gongkai.asked("proceeding", "list", "--agency", AGENCY)
    all_ones = gongkai.asked("proceeding", "list", "--agency", AGENCY, "--all")
    assert open_ones == []
    assert [(each["case"], each["result"]) for each in all_ones] == [("诉-1", "other")]
    assert "共 1 件" in gongkai.done("proceeding", "list", "--agency", AGENCY, "--all")
