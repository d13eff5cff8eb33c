"""Published reports of anybody are checked by the page: shown or taken away, and not kept."""

import json
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from reporting.annual_report import Rules, assemble
from reporting.figures import Figures
from reporting.narrative import Sections
from reporting.render import render
from reporting.tables import Table3, Tables
from tests.web.readers import HOME, Reader
from web.pages.audits import AT_ONCE


def a_report(year: int = 2024, **cells: int) -> dict[str, bytes]:
    """Return the files of a report in which only these cells of a column are not 0."""
    zero = Tables.zero()
    rows: Any = zero.table3.as_json()
    for row, number in cells.items():
        rows[row]["natural_person"] = rows[row]["total"] = number
    tables = Tables(zero.table2, Table3.of(rows), zero.table4)
    report = assemble(
        agency="某市商务局",
        agency_id="commerce",
        year=year,
        version=1,
        known_at=None,
        log_position=1,
        rules=Rules("1", "1"),
        figures=Figures(tables),
        texts=Sections(),
    )
    return render(report)


SOUND = a_report(new=1, granted=1, total_handled=1)
BROKEN = a_report(new=2, granted=1, total_handled=1)


@pytest.fixture
def worker(reader: Reader) -> Reader:
    reader.sign_in("worker")
    reader.get("/audits")
    return reader


def give(
    reader: Reader, *files: tuple[str, bytes], previous: bytes | None = None, answer: str = "page"
) -> httpx.Response:
    """Send the form with files."""
    given: list[tuple[str, tuple[str, bytes]]] = [("reports", file) for file in files]
    if previous is not None:
        given.append(("previous", ("last.html", previous)))
    form = {"csrf_token": reader.token, "answer": answer}
    return reader.send("POST", "/audits", data=form, files=given, headers={"Origin": HOME})


@pytest.mark.parametrize("name", ["report.docx", "report.pdf", "report.html", "report.xlsx"])
def test_a_sound_report_of_any_format_passes_and_a_broken_one_is_told(
    worker: Reader, name: str
) -> None:
    answer = give(worker, (f"好{name}", SOUND[name]), (f"坏{name}", BROKEN[name]))
    assert answer.status_code == 200, answer.text
    assert "共核对 2 份文件" in answer.text
    assert "两者应当相等" in answer.text
    good, bad = answer.text.split(f"坏{name}", 1)
    assert "没有发现问题" in good
    assert "表三勾稽" in bad


def test_findings_are_taken_away_under_the_names_that_were_given(worker: Reader) -> None:
    answer = give(worker, ("某局/2024.html", BROKEN["report.html"]), answer="json")
    assert answer.headers["content-disposition"].startswith("attachment;")
    found = json.loads(answer.content)
    assert {each["file"] for each in found["findings"]} == {"2024.html"}
    assert tempfile.gettempdir() not in answer.text
    for kind, start in (("xlsx", b"PK"), ("html", b"<!DOCTYPE html>")):
        taken = give(worker, ("2024.html", BROKEN["report.html"]), answer=kind)
        assert taken.content.startswith(start)


def test_last_years_report_is_held_against_it(worker: Reader) -> None:
    last = a_report(2023, new=3, carried_out=3)["report.html"]
    found = json.loads(
        give(worker, ("2024.html", SOUND["report.html"]), previous=last, answer="json").content
    )
    assert "carry_over" in {each["rule"] for each in found["findings"]}


def test_what_is_no_report_is_said_and_nothing_is_left_behind(worker: Reader) -> None:
    before = set(Path(tempfile.gettempdir()).glob("gongkai-audit-*"))
    answer = give(worker, ("..", b"\x00\x01"), ("空.pdf", b""), ("压缩.docx", b"PK\x03\x04broken"))
    assert answer.status_code == 200, answer.text
    assert answer.text.count("文件不能读取") >= 2
    assert set(Path(tempfile.gettempdir()).glob("gongkai-audit-*")) <= before


def test_no_file_and_too_many_are_said_at_the_field(worker: Reader) -> None:
    many = [(f"{n}.txt", b"x") for n in range(21)]
    answer = give(worker, *many)
    assert answer.status_code == 422
    assert "一次最多核验 20 份" in answer.text
    empty = worker.send(
        "POST",
        "/audits",
        data={"csrf_token": worker.token},
        files=[("reports", ("", b""))],
        headers={"Origin": HOME},
    )
    assert empty.status_code == 422


def test_while_others_are_checked_a_file_is_turned_away_soon_and_told_when_to_come_back(
    worker: Reader,
) -> None:
    with ExitStack() as others:
        for _ in range(2):
            assert AT_ONCE.acquire(timeout=0)
            others.callback(AT_ONCE.release)
        begun = time.monotonic()
        answer = give(worker, ("2024.html", SOUND["report.html"]))
        assert time.monotonic() - begun < 10
    assert answer.status_code == 503
    assert "您的文件没有核验，也没有留存" in answer.text
    assert answer.headers["retry-after"] == "60"
    assert give(worker, ("2024.html", SOUND["report.html"])).status_code == 200


def test_administrators_do_not_audit_reports(reader: Reader) -> None:
    reader.sign_in("admin")
    assert reader.get("/audits").status_code == 403
