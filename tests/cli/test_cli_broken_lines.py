"""A line that cannot be true is rejected with file, line, field and reason, and nothing is kept."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.broken_lines import STANDING, Broken, broken_lines
from tests.cli.entries import NAME, decide, fact, register, write
from tests.cli.stranger import Finished, Gongkai, Log

BROKEN = list(broken_lines())


@dataclass(frozen=True, slots=True)
class Attempt:
    """An import of all the broken lines."""

    file: Path
    finished: Finished
    before: Log
    after: Log

    def rejections_of(self, number: int) -> list[tuple[str, str]]:
        """Return field and reason of each rejection of a line."""
        return [
            (each["field"], each["reason"])
            for each in self.finished.document["rejected"]
            if (each["file"], each["line"]) == (str(self.file), number)
        ]


@pytest.fixture(scope="module")
def attempt(tmp_path_factory: pytest.TempPathFactory) -> Attempt:
    """Import sound lines, then every broken line in one file."""
    folder = tmp_path_factory.mktemp("broken")
    gongkai = Gongkai(folder / "data")
    gongkai.done("import", write(folder / "sound.jsonl", *STANDING))
    file = folder / "broken.jsonl"
    file.write_text("".join(f"{broken.text}\n" for broken in BROKEN), "utf-8")
    before = gongkai.log()
    finished = gongkai("import", file, "--format", "json")
    return Attempt(file, finished, before, gongkai.log())


@pytest.mark.parametrize(
    ("number", "broken"), list(enumerate(BROKEN, start=1)), ids=[each.name for each in BROKEN]
)
def test_a_broken_line_is_rejected_once_with_its_field_and_a_reason(
    attempt: Attempt, number: int, broken: Broken
) -> None:
    ((field, reason),) = attempt.rejections_of(number)
    assert field == broken.field
    assert broken.reason in reason
    assert reason.strip()


def test_the_log_is_as_it_was_to_the_byte(attempt: Attempt) -> None:
    assert attempt.after == attempt.before


def test_the_import_ends_with_exit_code_1_and_without_a_traceback(attempt: Attempt) -> None:
    assert attempt.finished.code == 1
    assert "Traceback" not in attempt.finished.said
    assert 'File "' not in attempt.finished.said


def test_no_value_of_a_broken_line_is_quoted(attempt: Attempt) -> None:
    said = attempt.finished.said
    assert NAME not in said
    assert json.dumps(NAME)[1:-1] not in said
    assert "13900000001" not in said
    assert "77777" not in said


def test_people_read_file_line_field_and_reason_on_stderr(attempt: Attempt) -> None:
    told = attempt.finished.err.splitlines()
    assert len(told) == len(BROKEN)
    for number, broken in enumerate(BROKEN, start=1):
        ((field, reason),) = attempt.rejections_of(number)
        where = f"{attempt.file} 第 {number} 行："
        assert f"{where}{f'字段 {field}：' if field else ''}{reason}" in told, broken.name


def test_the_document_has_these_members_and_no_others(attempt: Attempt) -> None:
    document = attempt.finished.document
    assert set(document) == {"lines", "cases", "events", "already_there", "rejected"}
    assert (document["lines"], document["events"], document["already_there"]) == (
        len(BROKEN),
        0,
        0,
    )
    assert all(set(each) == {"file", "line", "field", "reason"} for each in document["rejected"])


def test_the_rest_of_a_case_is_held_back_and_listed_while_other_cases_go_on(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    sound = register("乙-1", "2024-03-04"), decide("乙-1", "2024-03-11")
    lines = [
        STANDING[0],
        register("甲-1", "2024-03-04"),
        decide("甲-1", "2024-03-01"),
        sound[0],
        fact("deliver", "甲-1", "2024-03-12", method="mail"),
        register("甲-1", "2024-03-05"),
        sound[1],
        register("丙-1", "2024-03-04"),
        decide("丙-1", "2024-03-05"),
        register("丙-1", "2024-03-06"),
    ]
    file = write(tmp_path / "mixed.jsonl", *lines)
    finished = gongkai("import", file, "--format", "json")
    rejected = finished.document["rejected"]
    assert finished.code == 1
    assert [(each["line"], each["field"]) for each in rejected] == [
        (3, "on"),
        (5, ""),
        (6, ""),
        (10, "case"),
    ]
    assert all("第 3 行未能导入，本行暂缓" in each["reason"] for each in rejected[1:3])
    assert [kind for kind, _ in gongkai.events("乙-1")] == ["request_registered", "request_decided"]
    assert [kind for kind, _ in gongkai.events("甲-1")] == ["request_registered"]

    # Put right, the same file goes in: what is there is known again, the rest is recorded.
    lines[2] = decide("甲-1", "2024-03-11")
    del lines[9], lines[5]
    report = gongkai.asked("import", write(file, *lines))
    assert (report["events"], report["already_there"], report["rejected"]) == (2, 6, [])
    assert gongkai.events("甲-1")[1:] == [
        ("request_decided", "2024-03-11"),
        ("reply_delivered", "2024-03-12"),
    ]
