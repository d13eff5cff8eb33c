"""Files that are not what they should be: each is named, the others go in."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.entries import Line, agency, decide, fact, register, text_of, write
from tests.cli.stranger import PROGRAM, Gongkai

MEGABYTES = 1 << 20
"""Bytes of one, and kibibytes of a gigabyte: the kernel counts memory in kibibytes."""

PEAK_OF = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
"""Runs a command; the last line on stderr is the most memory it held, in kibibytes."""


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
    files["n" * 300] = tmp_path / ("n" * 300)
    return files


def test_a_file_that_cannot_be_read_is_named_with_its_reason_and_the_others_go_in(
    gongkai: Gongkai, files: dict[str, Path]
) -> None:
    finished = gongkai("import", *files.values(), "--format", "json")
    assert finished.code == 1
    assert "Traceback" not in finished.said
    report = finished.document
    rejected: dict[str, list[tuple[int, str]]] = {}
    for each in report["rejected"]:
        assert each["field"] == ""
        rejected.setdefault(Path(each["file"]).stem, []).append((each["line"], each["reason"]))
    assert list(rejected) == [name for name in files if name not in {"bom", "crlf"}]
    assert [number for number, _ in rejected["gbk"]] == [1, 2]
    assert all("不是 UTF-8 编码" in reason for _, reason in rejected["gbk"])
    assert rejected["utf-16"][0][0] == 1
    assert "不是 UTF-8 编码" in rejected["utf-16"][0][1]
    for name, words in {
        "empty": "文件是空的",
        "blank": "文件是空的",
        "missing": "不能读取文件：不存在",
        "folder": "不能读取文件：是目录",
        "loop": "不能读取文件：符号链接成环",
        "n" * 300: "不能读取文件：名称过长",
    }.items():
        ((number, reason),) = rejected[name]
        assert number == 0
        assert words in reason
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
    # A process of its own measures it: a child begins with the peak of whoever starts it.
    measured = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PEAK_OF, PROGRAM, "import", file, "--format", "json"],
        capture_output=True,
        env=gongkai.environment,
        check=False,
    )
    peak = int(measured.stderr.splitlines()[-1])

    assert measured.returncode == 1
    report = json.loads(measured.stdout)
    (rejected,) = report["rejected"]
    assert (rejected["line"], rejected["field"]) == (4, "")
    assert "不能超过 1048576 字节" in rejected["reason"]
    assert (report["lines"], report["events"]) == (6, 5)
    assert peak < 0.4 * MEGABYTES


def test_a_file_whose_name_is_not_utf_8_is_named_as_far_as_it_can_be(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xc9\xea.jsonl"))
    write(file, agency(), {"do": "approve"})
    report = gongkai("import", file, "--format", "json").document
    assert report["events"] == 1
    (rejected,) = report["rejected"]
    assert rejected["file"] == f"{tmp_path}/\ufffd\ufffd.jsonl"
