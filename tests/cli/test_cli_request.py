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
        assert "与该案最后一次登记的内容相同，视为重复提交，没有变化" in said.out

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


NO_BYTES = "\udcff"
"""A byte that is no UTF-8, as Python reads it from a command line."""


@pytest.mark.parametrize(
    ("field", "command"),
    [
        ("amount", ("pay-fee", "--amount", "abc")),
        ("amount", ("pay-fee", "--amount", "1e5")),
        ("amount", ("pay-fee", "--amount", "1,000")),
        ("on", ("withdraw", "--on", "20240520")),
        ("on", ("withdraw", "--on", "1738368000")),
        ("signed_on", ("deliver", "--method", "mail", "--signed-on", "9999-12-31")),
        ("outcome", ("decide", "--outcome", "yes")),
        ("case", ("withdraw", "--case", " ")),
        ("", ("withdraw", "--case", NO_BYTES)),
        ("", ("withdraw", "--note", NO_BYTES)),
    ],
)
def test_an_option_that_cannot_be_read_is_named_with_a_reason_before_anything_starts(
    gongkai: Gongkai, field: str, command: tuple[str, ...]
) -> None:
    finished = gongkai("request", command[0], *THIS, *command[1:])
    assert (finished.code, finished.out) == (1, "")
    (sentence,) = finished.err.splitlines()
    assert sentence.startswith(f"字段 {field}：" if field else "含有无效的字符")
    assert not gongkai.data.exists()


def test_a_number_that_cannot_be_is_refused_with_field_and_reason(
    desk: Gongkai, tmp_path: Path
) -> None:
    open_request = register("公开-1", days_ago(5), channel="in_person")
    with desk.serving():
        desk.done("import", write(tmp_path / "open.jsonl", open_request))
        recorded = desk.log()
        extend = ("extend", "--reason", "检索", "--approved-by", "负责人", "--working-days")
        charge = ("charge-fee", "--mode", "pages", "--notice-received-on", days_ago(0))
        for field, command in (
            ("working_days", (*extend, 0)),
            ("working_days", (*extend, -1)),
            ("working_days", (*extend, 10**30)),
            ("working_days", ("request-correction", "--points", "明确", "--working-days", 0)),
            ("quantity", (*charge, "--quantity", 0)),
            ("quantity", (*charge, "--quantity", -5)),
        ):
            finished = desk("request", command[0], *THIS, *command[1:])
            assert finished.code == 1
            assert finished.err.startswith(f"字段 {field}："), finished.err
        for words in ("abc", "1.5", "二十"):
            assert desk("request", *extend[:1], *THIS, *extend[1:], words).code == 2
        assert desk.log() == recorded


@pytest.mark.parametrize(
    "command",
    [
        ("show", "--agency", AGENCY, "--case", NO_BYTES),
        ("show", "--agency", NO_BYTES, "--case", "1"),
        ("stats", "--agency", NO_BYTES, "--year", "2024"),
        ("request", "list", "--agency", NO_BYTES),
    ],
)
def test_bytes_that_are_no_text_are_said_to_be_none(
    desk: Gongkai, command: tuple[str, ...]
) -> None:
    finished = desk(*command)
    assert finished.code == 1
    assert finished.err == "输入含有不是 UTF-8 编码的字符，请检查后重新输入\n"
