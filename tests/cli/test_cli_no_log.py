"""A command that only reads makes nothing where nothing is on record."""

from pathlib import Path

import pytest

from tests.cli.entries import AGENCY
from tests.cli.stranger import SAMPLE, Gongkai

THIS = ("--agency", AGENCY, "--case", "2024-001")
NUMBERS = ("--agency", AGENCY, "--year", 2024)

READING = [
    ("show", *THIS),
    ("stats", *NUMBERS),
    ("verify",),
    ("rebuild",),
    ("request", "list", "--agency", AGENCY),
    ("proceeding", "list", "--agency", AGENCY),
    ("document", "list", *NUMBERS),
    ("document", "issue", *THIS, "--kind", "reply"),
    ("document", "void", *NUMBERS, "--kind", "reply", "--number", 1, "--reason", "打印错误"),
]


@pytest.mark.parametrize("command", READING, ids=lambda command: " ".join(command[:2]))
def test_a_command_that_reads_says_that_there_is_no_log_and_makes_none(
    gongkai: Gongkai, command: tuple[object, ...]
) -> None:
    finished = gongkai(*command)
    assert (finished.code, finished.out) == (1, "")
    assert f"数据目录 {gongkai.data} 中没有事件日志" in finished.err
    assert not gongkai.data.exists()


def test_a_folder_without_a_log_is_left_as_it_is(gongkai: Gongkai, tmp_path: Path) -> None:
    mistyped = tmp_path / "mistyped"
    mistyped.mkdir()
    finished = gongkai("stats", *NUMBERS, "--data", mistyped)
    assert finished.code == 1
    assert f"数据目录 {mistyped} 中没有事件日志" in finished.err
    assert list(mistyped.iterdir()) == []


def test_a_command_that_records_makes_the_folder(gongkai: Gongkai) -> None:
    gongkai.done("import", SAMPLE)
    assert gongkai.asked("verify") == {"events": 10, "faults": []}
