"""A whole audit: files and folders in order, and one bad file stops nobody."""

import os
import time
from pathlib import Path

import pytest

from audit.run import Audit, audit
from audit.run_crew import Crew
from audit.run_tasks import Answer, Read, Refused
from audit.run_worker import MEMORY
from reporting.render import render
from tests.audit.run_makers import put, quiet_report, text_report, with_figure
from tests.reporting.report_makers import city


def said(made: Audit) -> list[tuple[str, str]]:
    return [(Path(one.file or "").name, one.rule) for one in made.findings]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return put(tmp_path, "好.json", text_report(2024))


def test_nothing_is_found_in_sound_reports_of_every_format(tmp_path: Path) -> None:
    for name, content in render(quiet_report()).items():
        put(tmp_path, f"年报/{name}", content)
    made = audit([tmp_path])
    assert [Path(file.file).name for file in made.files] == [
        "report.docx",
        "report.html",
        "report.json",
        "report.pdf",
        "report.xlsx",
    ]
    assert made.findings == ()


def test_a_bad_file_is_one_finding_and_the_rest_go_on(tmp_path: Path, good: Path) -> None:
    bad = [
        put(tmp_path, "a.pdf", b"%PDF-1.7\n" + bytes(400)),
        put(tmp_path, "b.docx", b"PK\x03\x04" + bytes(90)),
        put(tmp_path, "c.txt", b""),
        tmp_path / "没有.docx",
        Path(os.devnull),
    ]
    made = audit([*bad, good])
    assert [one.rule for one in made.findings] == ["file.unreadable"] * len(bad)
    assert all(one.message.endswith("。") for one in made.findings)
    assert [file.file for file in made.files] == [str(path) for path in (*bad, good)]


def test_a_pipe_and_a_far_too_large_file_are_not_even_opened(tmp_path: Path) -> None:
    pipe, large = tmp_path / "a.txt", tmp_path / "b.txt"
    os.mkfifo(pipe)
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    messages = [one.message for one in audit([pipe, large]).findings]
    assert ["普通文件" in messages[0], "文件过大" in messages[1]] == [True, True]


def test_folders_are_walked_by_name_and_office_leftovers_passed_over(tmp_path: Path) -> None:
    for name in ("b/2.json", "b/1.json", "a.json", "b/~$1.docx", ".cache/x.json", "b/图.png"):
        put(tmp_path, name, text_report(2024))
    (tmp_path / "环").symlink_to(tmp_path)
    made = audit([tmp_path, tmp_path / "a.json"])
    names = [str(Path(file.file).relative_to(tmp_path)) for file in made.files]
    assert names == ["a.json", "b/1.json", "b/2.json"]


def test_the_year_before_is_found_among_the_files(tmp_path: Path) -> None:
    put(tmp_path, "2023.json", text_report(2023))
    carried = with_figure(city(), "carried_in.natural_person", 34)
    put(tmp_path, "2024.json", text_report(2024, tables=carried))
    made = audit([tmp_path])
    assert [file.previous for file in made.files] == [None, str(tmp_path / "2023.json")]
    assert {rule for _, rule in said(made)} == {"carry_over", "in_force", "t4.pending"} - {
        "t4.pending"
    }
    assert {name for name, _ in said(made)} == {"2024.json"}


def test_last_years_report_can_be_named(tmp_path: Path, good: Path) -> None:
    renamed = put(tmp_path, "前.json", text_report(2023, agency="海棠市园林局"))
    made = audit([good], previous=renamed)
    assert [file.file for file in made.files] == [str(good)]
    assert {rule for _, rule in said(made)} == {"carry_over", "in_force"}


def test_a_named_report_of_last_year_that_cannot_be_read_is_said(good: Path) -> None:
    made = audit([good], previous=good.with_name("没有.json"))
    assert said(made) == [("没有.json", "file.unreadable")]


def test_two_of_last_year_that_differ_are_not_chosen_between(tmp_path: Path) -> None:
    put(tmp_path, "a.json", text_report(2023))
    put(tmp_path, "b.json", text_report(2023, tables=with_figure(city(), "permits", 5)))
    put(tmp_path, "c.json", text_report(2024))
    made = audit([tmp_path])
    assert said(made) == [("c.json", "carry_over")]
    assert "--previous" in made.findings[0].message


def test_a_parent_is_audited_and_held_against_the_others(tmp_path: Path, good: Path) -> None:
    tables = with_figure(city(), "permits", 447227)
    parent = put(tmp_path, "市.json", text_report(2024, agency="海棠市人民政府", tables=tables))
    made = audit([good], parent=parent)
    assert said(made) == [("市.json", "rollup.sum")]
    assert [file.file for file in made.files] == [str(parent), str(good)]


def test_the_same_files_give_the_same_answer_whoever_is_faster(tmp_path: Path) -> None:
    for number in range(12):
        tables = with_figure(city(), "reconsideration.total", number)
        put(tmp_path, f"{number:02}.json", text_report(2024, tables=tables))
    assert audit([tmp_path], workers=3) == audit([tmp_path], workers=1)


def test_progress_reaches_its_end(tmp_path: Path, good: Path) -> None:
    heard: list[tuple[int, int]] = []
    audit([good, tmp_path / "没有.txt"], tell=lambda done, of: heard.append((done, of)))
    assert heard == [(1, 4), (2, 4), (3, 4)]


def test_a_name_that_is_no_utf8_can_be_printed(tmp_path: Path) -> None:
    put(tmp_path, os.fsdecode(b"\xc4\xea\xb1\xa8.json"), text_report(2024))
    made = audit([tmp_path])
    assert made.findings == ()
    made.files[0].file.encode()


BEYOND_LIMITS = b"""
import sys
if "audit.run_worker" in " ".join(sys.orig_argv):
    import audit.run_tasks as tasks
    read = tasks.load_report
    def load_report(name, content):
        if content == b"sleep":
            import time
            time.sleep(100)
        if content == b"die":
            import os
            os.abort()
        if content == b"eat":
            return bytearray(1 << 40)
        return read(name, content)
    tasks.load_report = load_report
"""


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files that make a worker hang, die and ask for more than there is."""
    put(tmp_path, "site/sitecustomize.py", BEYOND_LIMITS)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    folder = tmp_path / "reports"
    for name in ("sleep", "die", "eat"):
        put(folder, f"{name}.txt", name.encode())
    put(folder, "z.json", text_report(2024))
    return folder


def test_a_file_that_hangs_kills_or_devours_its_worker_stops_nobody(hostile: Path) -> None:
    began = time.monotonic()
    made = audit([hostile], seconds=4)
    by_name = {Path(one.file or "").stem: one.message for one in made.findings}
    assert sorted(by_name) == ["die", "eat", "sleep"]
    assert "超过 4 秒" in by_name["sleep"]
    assert "异常退出" in by_name["die"]
    assert time.monotonic() - began < 60
    assert made.files[-1].report is not None


def test_a_worker_has_less_memory_than_the_machine(tmp_path: Path) -> None:
    code = f"""
import resource, sys
if "audit.run_worker" in " ".join(sys.orig_argv):
    import audit.run_tasks as tasks
    def load_report(name, content):
        assert resource.getrlimit(resource.RLIMIT_AS) == ({MEMORY}, {MEMORY})
        raise tasks.UnreadableFile("有限。")
    tasks.load_report = load_report
"""
    put(tmp_path, "site/sitecustomize.py", code.encode())
    file = put(tmp_path, "a.txt", b"a")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(tmp_path / "site"))
        with Crew(1) as crew:
            answers: list[Answer] = crew.carry_out([Read("a", file)], lambda _done: None)
    assert answers == [Refused("有限。")]
