"""A published version can be made again byte for byte, and what cannot is said honestly."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from activities.report_comparison import make_again
from cli.output import CommandFailed
from cli.sealed_reports import published_files, published_version
from disclosure.law import RULE_SET
from engine.parts import Parts
from engine.reports import assembler_of
from tests.activities.desk import AGENCY, decided, enter, publish, request
from workflows.law_in_force import current_law

YEAR = 2025


@pytest.fixture
def year(parts: Parts, tmp_path: Path) -> Parts:
    """Give a folder with a published report, and later entries."""
    enter(parts, tmp_path, request("甲-1", "2025-03-03"), decided("甲-1", "2025-03-10"))
    publish(parts, YEAR)
    enter(parts, tmp_path, request("甲-2", "2025-04-03"))
    return parts


def test_a_published_version_is_made_again_byte_for_byte_whatever_came_later(year: Parts) -> None:
    found = published_version(year, AGENCY, YEAR, 1)
    assert found.remade.same
    assert found.remade.remarks == ()
    assert {check.name for check in found.remade.checks} == {
        "report.json",
        "report.html",
        "report.docx",
        "report.pdf",
        "report.xlsx",
    }
    assert found.remade.files == published_files(found)


def test_each_version_is_made_again_as_that_version(year: Parts) -> None:
    second = publish(year, YEAR)
    assert second.version == 2
    assert published_version(year, AGENCY, YEAR, 2).remade.same
    assert published_version(year, AGENCY, YEAR, 1).remade.same


def test_another_program_calendar_or_rule_set_is_said_and_the_recorded_one_is_named(
    year: Parts,
) -> None:
    published = published_version(year, AGENCY, YEAR, 1).published
    older = replace(published.draft, rule_set="2019.1", calendar="旧历", program="0.0.9")
    calendar = current_law().calendar.version
    remade = make_again(assembler_of(year), AGENCY, YEAR, older, calendar)
    assert not remade.same
    rules, days, program = remade.remarks
    assert "2019.1" in rules
    assert RULE_SET in rules
    assert "旧历" in days
    assert "0.0.9" in program


def test_a_lost_file_is_made_again_and_put_back(year: Parts) -> None:
    found = published_version(year, AGENCY, YEAR, 1)
    before = published_files(found)
    for file in found.published.files:
        (year.folder.files / file.sha256[:2] / file.sha256).unlink()
    assert published_files(found) == before
    assert year.files.get(found.published.draft.source) == before["report.json"]


def test_a_lost_file_that_cannot_be_made_again_is_said_and_not_replaced_in_silence(
    year: Parts,
) -> None:
    found = published_version(year, AGENCY, YEAR, 1)
    files = tuple(replace(file, sha256="0" * 64) for file in found.published.files)
    other = replace(found, published=replace(found.published, files=files))
    with pytest.raises(CommandFailed, match=r"第 1 版的文件 report\.json 遗失或已被改动"):
        published_files(other)


def test_a_version_nobody_published_is_not_invented(year: Parts) -> None:
    with pytest.raises(CommandFailed, match="没有公布过第 3 版"):
        published_version(year, AGENCY, YEAR, 3)


def test_an_agency_of_part_of_the_year_counts_its_own_days(parts: Parts, tmp_path: Path) -> None:
    enter(
        parts,
        tmp_path,
        {
            "do": "register_agency",
            "agency": "new",
            "on": "2025-05-06",
            "name": "某新局",
            "opened_on": "2025-05-06",
        },
    )
    report = assembler_of(parts).now("new", YEAR).report
    assert (report.period.first, report.period.last) == (date(2025, 5, 6), date(2025, 12, 31))
