"""Personal texts come from a file or the standard input, so that no process list shows them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cli.personal_texts import personal_options
from disclosure.commands import REQUEST_VERBS
from tests.cli.entries import AGENCY, NAME, Line, agency, days_ago, register, write
from tests.cli.stranger import Finished, Gongkai

THIS = ("--agency", AGENCY, "--case", "公开-1")
TEXT = f"{NAME}想知道\n第二行"


@pytest.fixture
def desk(gongkai: Gongkai, tmp_path: Path) -> Gongkai:
    """Give the command on a folder in which one agency is registered."""
    gongkai.done("import", write(tmp_path / "agency.jsonl", agency()))
    return gongkai


def registers(gongkai: Gongkai, *options: object, stdin: str = "") -> Finished:
    """Register a request, its applicant and all else by these options."""
    common = ("--on", days_ago(3), "--channel", "in_person", "--format", "json")
    return gongkai("request", "register", *THIS, *common, *options, stdin=stdin)


def personal(gongkai: Gongkai) -> Line:
    """Return the sealed fields of the request's first event."""
    shown = gongkai.asked("show", *THIS, "--reveal")
    fields: Line = shown["timeline"][0]["personal"]
    return fields


def test_every_text_the_events_seal_may_be_read_from_elsewhere() -> None:
    options = {verb: personal_options(model) for verb, model in REQUEST_VERBS.items()}
    assert options["register"] == {"description", "form", "note"}
    assert options["third_party_reply"] == {"party", "reason", "note"}
    assert options["agency_reply"] == {"party", "opinion", "note"}
    assert options["notify_third_party"] == {"party", "content", "note"}
    assert options["demand_reasons"] == {"facts", "note"}
    assert options["decide"] == {"grounds", "note"}
    assert options["request_correction"] == {"points", "note"}
    assert options["correct_record"] == {"value", "reason", "note"}
    assert all("note" in names for names in options.values())
    assert not {"agency", "case", "by", "on"} & set().union(*options.values())


def test_a_text_may_stand_in_a_file_and_one_in_the_standard_input(
    desk: Gongkai, tmp_path: Path
) -> None:
    text = tmp_path / "text"
    text.write_text(f"\ufeff{TEXT}\n", "utf-8")
    who = write(tmp_path / "who.json", {"type": "natural_person", "name": NAME})
    given = ("--applicant", who, "--description", f"@{text}", "--note", "-", "--form", "@@纸质")
    finished = registers(desk, *given, stdin="备注\r\n")
    assert finished.code == 0, finished.err
    fields = personal(desk)
    assert (fields["description"], fields["note"], fields["form"]) == (TEXT, "备注", "@纸质")
    assert fields["applicant"]["name"] == NAME
    with closing(sqlite3.connect(desk.data / "gongkai.db")) as connection:
        (data,) = connection.execute("SELECT data FROM events WHERE position = 2").fetchone()
    assert NAME not in str(data)

    # What was read from a file is the same fact when it comes in by an entry line.
    applicant = {"type": "natural_person", "name": NAME}
    line = register("公开-1", days_ago(3), applicant=applicant, description=TEXT)
    line |= {"note": "备注", "form": "@纸质"}
    report = desk.asked("import", write(tmp_path / "same.jsonl", line))
    assert (report["events"], report["already_there"]) == (0, 1)


def test_the_applicant_may_come_from_the_standard_input(desk: Gongkai) -> None:
    who = '{"type": "natural_person", "name": "' + NAME + '"}'
    assert registers(desk, "--applicant", "-", "--description", "预算", stdin=who).code == 0
    assert personal(desk)["applicant"]["name"] == NAME


@pytest.mark.parametrize(
    ("source", "content", "reason"),
    [
        ("@missing", None, "--description 所指文件不能读取：不存在"),
        ("@.", None, "--description 所指文件不能读取：是目录"),
        ("@text", "申请".encode("gbk"), "--description 所指文件不是 UTF-8 编码"),
        ("@text", b"a" * ((1 << 20) + 1), "--description 所指文件不能超过 1048576 字节"),
        ("@text", b"\0", "含有空字符"),
        ("-", None, "标准输入（-）只能供一个选项使用"),
    ],
)
def test_a_text_that_cannot_be_read_is_said_before_anything_starts(
    gongkai: Gongkai,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    source: str,
    content: bytes | None,
    reason: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        (tmp_path / "text").write_bytes(content)
    who = '{"type": "natural_person"}'
    finished = registers(gongkai, "--applicant", "-", "--description", source, stdin=who)
    assert finished.code == 1
    assert reason in finished.err
    assert "Traceback" not in finished.err
    assert not gongkai.data.exists()


def test_the_help_says_how_to_keep_personal_texts_off_the_command_line(gongkai: Gongkai) -> None:
    for arguments in (("request", "--help"), ("request", "withdraw", "--help")):
        told = "".join(gongkai.done(*arguments, COLUMNS="400").split())
        assert "写作@文件的，取该UTF-8文件的内容" in told
        assert "写作-的，取标准输入" in told
        assert "以@开头的原文写作@@" in told
