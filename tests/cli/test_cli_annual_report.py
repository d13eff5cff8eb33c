"""A year's report by command: from the draft through review to publication, and what came later."""

import json
from pathlib import Path

import pytest

from cli.report_views import print_receipt
from disclosure.report_events import SealedDraft
from tests.cli.stranger import SAMPLE, Gongkai
from workflows.annual_report_messages import ReportReceipt

WHOSE = ("--agency", "baoding-commerce", "--year", 2024)


@pytest.fixture
def desk(gongkai: Gongkai) -> Gongkai:
    """Give the command on a folder with the sample year."""
    gongkai.done("import", SAMPLE)
    return gongkai


def late(desk: Gongkai, **line: object) -> None:
    """Import what is learned only now."""
    file = desk.data.parent / "late.jsonl"
    file.write_text(json.dumps({"agency": "baoding-commerce", **line}), encoding="utf-8")
    desk.done("import", file)


PERMITS = {"do": "record_decisions", "on": "2024-06-01", "kind": "permits", "count": 12}


def test_from_submission_to_the_second_version(desk: Gongkai, tmp_path: Path) -> None:
    with desk.serving():
        reviewed(desk)
        amended(desk, tmp_path)
    assert desk.engines() == []


def reviewed(desk: Gongkai) -> None:
    """Submit, learn of more, be refused and returned, and publish."""
    submitted = desk.asked("annual-report", "submit", *WHOSE, "--by", "李科长")
    assert submitted["stage"] == "submitted"
    written = desk("annual-report", "write", *WHOSE, "--section", "other", "--text", "无。")
    assert written.code == 1
    assert "请先退回" in written.err
    late(desk, **PERMITS)
    changed = desk("annual-report", "approve", *WHOSE, "--by", "王局长")
    assert changed.code == 1
    assert "表二“行政许可”处理决定数量由 0 变为 12" in changed.err
    assert "Traceback" not in changed.said
    desk.done("annual-report", "return", *WHOSE, "--by", "王局长", "--reason", "补录后重新送审")
    desk.done("annual-report", "submit", *WHOSE)
    desk.done("annual-report", "approve", *WHOSE, "--by", "王局长")
    published = desk.asked("annual-report", "publish", *WHOSE)
    assert (published["stage"], published["draft"]["version"]) == ("published", 1)
    status = desk.asked("annual-report", "status", *WHOSE)
    assert (status["stage"], status["approved_by"]) == ("published", "王局长")
    assert [each["reason"] for each in status["history"] if each["reason"]] == ["补录后重新送审"]


def amended(desk: Gongkai, tmp_path: Path) -> None:
    """Learn of more after publication, see what it changes, and publish the second version."""
    late(desk, **{**PERMITS, "count": 3})
    found = desk.done("annual-report", "changes", *WHOSE)
    assert "表二“行政许可”处理决定数量：12 → 15" in found
    assert "表二“行政许可”处理决定数量：公布 12，现为 15" in found
    desk.done("annual-report", "amend", *WHOSE, "--reason", "补录行政许可")
    again = desk("annual-report", "amend", *WHOSE, "--reason", "补录行政许可")
    assert "更正已经启动" in again.err
    withdrawn = desk.asked("annual-report", "withdraw-amendment", *WHOSE, "--reason", "误启动")
    assert (withdrawn["stage"], withdrawn["draft"]["version"]) == ("published", 1)
    desk.done("annual-report", "amend", *WHOSE, "--reason", "补录行政许可")
    second = desk.asked("report", *WHOSE, "--out", tmp_path / "2", "--approve-by", "王局长")
    assert second["version"] == 2
    document = json.loads((tmp_path / "2" / "report.json").read_text("utf-8"))
    assert document["table2"]["permits"] == 15
    first = desk.asked("report", *WHOSE, "--out", tmp_path / "1", "--version", 1, "--check")
    assert first["same"]
    assert len(first["files"]) == 5
    document = json.loads((tmp_path / "1" / "report.json").read_text("utf-8"))
    assert (document["version"], document["table2"]["permits"]) == (1, 12)


@pytest.mark.parametrize(("stage", "asked"), [("submitted", True), ("approved", False)])
def test_a_reason_is_asked_for_only_while_approval_is_to_come(
    stage: str, capsys: pytest.CaptureFixture[str], *, asked: bool
) -> None:
    draft = SealedDraft(version=1, log_position=9, digest="", content_digest="", errors=1)
    print_receipt(2024, ReportReceipt(version=2, stage=stage, draft=draft))
    assert ("须写明理由" in capsys.readouterr().out) is asked


def test_a_version_nobody_published_ends_with_exit_code_1(desk: Gongkai, tmp_path: Path) -> None:
    desk.done("report", *WHOSE, "--out", tmp_path / "out", "--publish")
    none = desk("report", *WHOSE, "--out", tmp_path / "none", "--version", 7)
    assert none.code == 1
    assert "没有公布过第 7 版" in none.err
    assert not (tmp_path / "none").exists()
    for wrong in (("--check",), ("--version", 1, "--publish")):
        assert desk("report", *WHOSE, "--out", tmp_path / "none", *wrong).code == 2


def test_a_step_out_of_order_starts_no_engine_and_says_what_comes_first(desk: Gongkai) -> None:
    refused = desk("annual-report", "publish", *WHOSE)
    assert refused.code == 1
    assert "尚未启动" in refused.err
    nobody = desk("annual-report", "submit", "--agency", "nobody", "--year", 2024)
    assert nobody.code == 1
    assert "机关尚未登记" in nobody.err
    day = desk("annual-report", "submit", *WHOSE, "--on", "昨天")
    assert day.code == 1
    assert "--on 须为日期" in day.err
    assert not (desk.data / "temporal.db").exists()


def test_the_status_of_a_report_nobody_opened_is_a_draft(desk: Gongkai) -> None:
    status = desk.asked("annual-report", "status", *WHOSE)
    assert (status["stage"], status["published"], status["history"]) == ("unopened", None, [])
    assert status["draft"]["version"] == 1
    assert "尚未启动" in desk.done("annual-report", "status", *WHOSE)
