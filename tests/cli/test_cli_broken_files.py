"""Files that are not what they should be: each is named once, the others go in."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.entries import Line, agency, decide, fact, register, text_of, write
from tests.cli.stranger import PROGRAM, Gongkai

MEGABYTES = 1 << 20
"""Bytes of one, and kibibytes of a gigabyte: the kernel counts memory in kibibytes."""


def closed_case(case: str) -> list[Line]:
    return [register(case, "2024-03-04"), decide(case, "2024-03-11")]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Give files by what is the matter with them."""
    files = {
        name: tmp_path / f"{name}.jsonl"
        for name in ("bom", "crlf", "gbk", "utf-16", "empty", "blank", "missing", "folder", "loop")
    }
    files["bom"].write_text(text_of([agency(), *closed_case("甲-1")]), "utf-8-sig")
    files["crlf"].write_bytes(text_of(closed_case("甲-2")).replace("\n", "\r\n\r\n").encode())
    files["gbk"].write_text(text_of(closed_case("甲-3")), "gbk")
    files["utf-16"].write_text(text_of(closed_case("甲-4")), "utf-16")
    files["empty"].touch()
    files["blank"].write_text("\n \n\t\r\n")
    files["folder"].mkdir()
    files["loop"].symlink_to(files["loop"])
    return files


def test_a_file_that_cannot_be_read_is_named_once_and_the_others_go_in(
    gongkai: Gongkai, files: dict[str, Path]
) -> None:
    finished = gongkai("import", *files.values(), "--format", "json")
    assert finished.code == 1
    assert "Traceback" not in finished.said
    report = finished.document
    rejected = {
        Path(each["file"]).stem: (each["line"], each["field"], each["reason"])
        for each in report["rejected"]
    }
    assert len(rejected) == len(report["rejected"])
    assert rejected.keys() == files.keys() - {"bom", "crlf"}
    for name, (line, words) in {
        "gbk": (1, "不是 UTF-8 编码"),
        "utf-16": (1, "不是 UTF-8 编码"),
        "empty": (0, "文件是空的"),
        "blank": (0, "文件是空的"),
        "missing": (0, "不能读取文件"),
        "folder": (0, "不能读取文件"),
        "loop": (0, "不能读取文件"),
    }.items():
        assert rejected[name][:2] == (line, "")
        assert words in rejected[name][2]
    assert (report["events"], report["cases"]) == (5, 2)
    assert gongkai.log().events == 5


def test_a_line_of_two_hundred_megabytes_costs_no_memory_and_the_others_go_in(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    before, after = closed_case("甲-1"), closed_case("甲-2")
    file = write(tmp_path / "huge.jsonl", agency(), *before)
    with file.open("r+b") as writing:
        writing.seek(0, os.SEEK_END)
        writing.write(
            json.dumps(fact("deliver", "甲-1", "2024-03-12", method="mail"))[:-1].encode()
        )
        writing.seek(200 * MEGABYTES, os.SEEK_CUR)  # a hole: the disk keeps nothing of it
        writing.write(b"}\n" + text_of(after).encode())
    answer = tmp_path / "answer.json"
    with answer.open("wb") as out:
        command: list[str | Path] = [PROGRAM, "import", file, "--format", "json"]
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, stdout=out, stderr=subprocess.DEVNULL, env=gongkai.environment
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)

    assert process.returncode == 1
    report = json.loads(answer.read_text("utf-8"))
    (rejected,) = report["rejected"]
    assert (rejected["line"], rejected["field"]) == (4, "")
    assert "不能超过 1048576 字节" in rejected["reason"]
    assert (report["lines"], report["events"]) == (6, 5)
    assert used.ru_maxrss < 0.4 * MEGABYTES
