"""A request's whole life by command line, each command with an engine of its own."""

import json
from pathlib import Path

import pytest

from tests.cli.entries import AGENCY, NAME, agency, days_ago, register, write
from tests.cli.stranger import Finished, Gongkai

THIS = ("--agency", AGENCY, "--case", "公开-1")


@pytest.fixture
def applicant(tmp_path: Path) -> Path:
    """Give the file of an invented applicant."""
    return write(tmp_path / "applicant.json", {"type": "legal_service", "name": NAME})


@pytest.fixture
def desk(gongkai: Gongkai, tmp_path: Path) -> Gongkai:
    """Give the command on a folder in which one agency is registered."""
    gongkai.done("import", write(tmp_path / "agency.jsonl", agency()))
    return gongkai


def request(desk: Gongkai, verb: str, on: str, *options: object) -> Finished:
    return desk("request", verb, *THIS, "--on", on, *options, "--format", "json")


def test_a_request_goes_from_receipt_to_delivery_without_a_server(
    desk: Gongkai, applicant: Path
) -> None:
    who = ("--applicant", applicant, "--description", "预算")
    steps: list[tuple[str, int, tuple[object, ...]]] = [
        ("register", 9, ("--channel", "fax", "--confirmed-on", days_ago(8), *who)),
        ("request-correction", 7, ("--points", "哪一年", "--working-days", "10")),
        ("receive-correction", 4, ("--description", "2024年预算")),
        ("decide", 1, ("--outcome", "partial", "--already-public")),
        ("deliver", 0, ("--method", "mail", "--posted-on", days_ago(0))),
    ]
    stages = []
    for verb, days, options in steps:
        finished = request(desk, verb, days_ago(days), *options)
        assert finished.code == 0, finished.err
        stages.append(finished.document["case"]["stage"])
    assert stages == [
        "in_progress",
        "awaiting_correction",
        "in_progress",
        "closed",
        "closed",
    ]
    assert [kind for kind, _ in desk.events("公开-1")] == [
        "request_registered",
        "correction_requested",
        "correction_received",
        "request_decided",
        "reply_delivered",
    ]
    assert desk.engines() == []


def test_a_refusal_exits_1_with_field_and_reason_and_a_repetition_says_so(
    desk: Gongkai, applicant: Path
) -> None:
    registration = ("--channel", "in_person", "--applicant", applicant, "--description", "预算")
    with desk.serving():
        first = request(desk, "register", days_ago(5), *registration)
        assert (first.code, first.document["already_recorded"]) == (0, False)
        recorded = desk.log()

        said = desk("request", "register", *THIS, "--on", days_ago(5), *registration)
        assert "此前已经登记，没有变化" in said.out

        early = request(desk, "decide", days_ago(6), "--outcome", "granted")
        assert (early.code, early.out) == (1, "")
        assert "字段 on：" in early.err
        assert "早于收到申请之日" in early.err

        elsewhere = desk("request", "withdraw", "--agency", "nobody", "--case", "1")
        assert elsewhere.code == 1
        assert "机关尚未登记" in elsewhere.err
        assert desk.log() == recorded

        # What came in by command line is the same fact when it comes in by file.
        who = json.loads(applicant.read_text("utf-8"))
        line = register("公开-1", days_ago(5), applicant=who, description="预算")
        report = desk.asked("import", write(applicant.parent / "same.jsonl", line))
        assert (report["events"], report["already_there"]) == (0, 1)


@pytest.mark.parametrize("content", [None, '{"type": "robot"}'])
def test_an_applicant_that_cannot_be_read_is_said_before_anything_starts(
    gongkai: Gongkai, applicant: Path, content: str | None
) -> None:
    if content is None:
        applicant.unlink()
    else:
        applicant.write_text(content, "utf-8")
    finished = request(
        gongkai,
        "register",
        days_ago(5),
        *("--channel", "in_person", "--applicant", applicant, "--description", "预算"),
    )
    assert finished.code == 1
    assert "Traceback" not in finished.err
    assert "applicant" in finished.err or "申请人文件" in finished.err
    assert not gongkai.data.exists()
