"""The pages about figures: the form live, each figure a way to what it counts, moments past."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from people import Role
from people.assignments import Assignments
from people.offices import Offices
from tests.web.figure_lives import YEAR, a_year, record, recorded_on
from tests.web.offices import CITY, COMMERCE, OPERATOR, TOWN, add_person
from tests.web.readers import Reader
from web.office import Office
from workdays import date_in_shanghai

HERE = f"/figures/{COMMERCE}/{YEAR}"
CELLS = re.compile(rf'href="{HERE}/cells/([a-z0-9_.]+)(?:\?[^"]*)?">([0-9.]+)</a>')


@pytest.fixture
def lived(office: Office, tmp_path: Path) -> Office:
    """Give an office whose agency has lived a year."""
    a_year(office.parts, tmp_path)
    return office


@pytest.fixture
def worker(lived: Office, reader: Reader) -> Reader:
    """Give the case worker at the pages of that office."""
    assert lived.parts.store.head()
    reader.sign_in("worker")
    return reader


def test_the_form_shows_the_figures_of_the_log_and_each_leads_to_its_cases(worker: Reader) -> None:
    page = worker.get(HERE)
    assert page.status_code == 200
    shown = dict(CELLS.findall(page.text))
    assert shown["new.natural_person"] == "4"
    assert shown["new.business"] == "1"
    assert shown["refused.state_secret.total"] == "1"
    assert shown["carried_out.total"] == "1"
    assert shown["litigation_direct.pending"] == "1"
    assert shown["permits"] == "12"
    assert shown["fees_10k_yuan"] == "1.50005"
    for cell, figure in shown.items():
        answer = worker.get(f"{HERE}/cells/{cell}")
        assert answer.status_code == 200, cell
        if "." in cell and cell.count(".") and "fees" not in cell:
            assert f"共 {figure} 件" in answer.text, cell


def test_a_cell_tells_its_cases_with_dates_and_events_and_no_personal_data(worker: Reader) -> None:
    page = worker.get(f"{HERE}/cells/partial.natural_person").text
    assert "甲-3" in page
    assert "2025-09-01" in page
    assert "2025-11-20" in page
    assert "答复" in page
    carried = worker.get(f"{HERE}/cells/carried_out").text
    assert "甲/4" in carried
    assert f"/agencies/{COMMERCE}/requests/%E7%94%B2%2F4" in carried
    permits = worker.get(f"{HERE}/cells/permits").text
    assert "2025-05-06" in permits
    assert "为 0，没有案件计入" in worker.get(f"{HERE}/cells/granted.business").text
    assert worker.get(f"{HERE}/cells/nonsense").status_code == 404


def test_identities_stand_beside_the_tables(worker: Reader) -> None:
    page = worker.get(HERE).text
    assert "42 项全部成立" in page
    assert page.count(">成立<") >= 42


def test_an_identity_against_last_years_balance_is_told(lived: Office, tmp_path: Path) -> None:
    repealed = {"do": "record_documents", "on": "2025-05-06", "kind": "normative_documents"}
    record(lived.parts, tmp_path, {**repealed, "repealed": 3})
    with Reader(lived) as reader:
        reader.sign_in("worker")
        page = reader.get(HERE).text
    assert "现行有效件数为负（-3件）" in page
    assert "有 1 处不衔接" in page


def test_figures_of_a_day_past_are_those_that_were_on_record_then(
    lived: Office, tmp_path: Path
) -> None:
    recorded_on(lived.parts, datetime(2025, 12, 31, 12, tzinfo=UTC))
    answered = {"do": "decide", "case": "甲/4", "on": "2025-12-30", "outcome": "granted"}
    record(lived.parts, tmp_path, answered)
    with Reader(lived) as reader:
        reader.sign_in("worker")
        now = dict(CELLS.findall(reader.get(HERE).text))
        assert (now["granted.total"], now.get("carried_out.total")) == ("2", None)
        then = reader.get(f"{HERE}?known_at=2026-01-05").text
        assert "2026-01-05 结束时已登记的情况" in then
        past_cells = dict(CELLS.findall(then))
        assert (past_cells["granted.total"], past_cells["carried_out.total"]) == ("1", "1")
        assert "known_at=2026-01-05" in then, "the way to the cases stays at the day"
        counted = reader.get(f"{HERE}/cells/carried_out?known_at=2026-01-05").text
        assert "甲/4" in counted
        assert "结束时已登记的情况" in counted
        moved = reader.get(f"{HERE}?day={(date(2026, 1, 5) - date(YEAR, 1, 1)).days}")
        assert dict(CELLS.findall(moved.text)) == past_cells
        to_the_end = reader.get(f"{HERE}?day=4000")
        assert dict(CELLS.findall(to_the_end.text)) == now
        before = reader.get(f"{HERE}?known_at=2025-06-30").text
        assert "尚未在系统登记" in before


def test_a_date_that_is_none_is_said_at_its_field(worker: Reader) -> None:
    answer = worker.get(f"{HERE}?known_at=31.12.")
    assert answer.status_code == 422
    assert "日期应写作 2026-01-31" in answer.text
    tomorrow = date_in_shanghai(datetime.now(UTC)) + timedelta(days=1)
    assert "统计时点" in worker.get(f"{HERE}?known_at={tomorrow}").text


def test_handling_times_lead_to_the_replies_behind_them(worker: Reader) -> None:
    page = worker.get(f"{HERE}/handling").text
    assert "66.6%" in page
    assert f'href="{HERE}/replies?month=11&amp;late=true">1</a>' in page
    late = worker.get(f"{HERE}/replies?late=true").text
    assert "甲-3" in late
    assert "甲-1" not in late
    march = worker.get(f"{HERE}/replies?month=3").text
    assert "甲-1" in march
    assert "甲-2" in march
    assert "甲-3" not in march
    assert worker.get(f"{HERE}/replies?month=13").status_code == 422


def test_handling_times_are_told_by_office_once_there_are_offices(lived: Office) -> None:
    with Reader(lived) as reader:
        reader.sign_in("worker")
        assert "按科室" not in reader.get(f"{HERE}/handling").text
    offices = Offices(lived.people.engine, lived.people.now)
    law = offices.add(OPERATOR, COMMERCE, "法规科")
    offices.add(OPERATOR, TOWN, "办公室")
    assigned = Assignments(lived.people.engine, lived.people.now)
    streams = [f"case/{COMMERCE}/甲-2", f"case/{COMMERCE}/甲-3"]
    assigned.assign(OPERATOR, COMMERCE, streams, law, "")
    with Reader(lived) as reader:
        reader.sign_in("worker")
        page = reader.get(f"{HERE}/handling").text
        assert "法规科" in page
        assert "50.0%" in page
        assert "未分派科室" in page
        assert "办公室" not in page
        theirs = reader.get(f"{HERE}/replies?office={law}").text
        assert "甲-2" in theirs
        assert "甲-3" in theirs
        assert "甲-1" not in theirs
        assert "甲-1" in reader.get(f"{HERE}/replies?office=none").text


def test_an_answer_is_in_the_figures_of_the_next_page(lived: Office, tmp_path: Path) -> None:
    with Reader(lived) as reader:
        reader.sign_in("worker")
        before = dict(CELLS.findall(reader.get(HERE).text))
        answered = {"do": "decide", "case": "甲/4", "on": "2025-12-30", "outcome": "granted"}
        record(lived.parts, tmp_path, answered)
        after = dict(CELLS.findall(reader.get(HERE).text))
    assert (before["granted.total"], after["granted.total"]) == ("1", "2")


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("worker", {COMMERCE}),
        ("supervisor", {CITY, COMMERCE}),
        ("editor", {TOWN}),
        ("admin", set()),
        ("auditor", set()),
    ],
)
def test_figures_are_for_who_works_there_or_supervises(
    lived: Office, who: str, sees: set[str]
) -> None:
    add_person(lived, "supervisor", (Role.SUPERVISOR, CITY))
    add_person(lived, "editor", (Role.REPORT_EDITOR, TOWN))
    with Reader(lived) as reader:
        reader.sign_in(who)
        for agency in (CITY, COMMERCE, TOWN):
            for below in ("", "/cells/new", "/handling", "/replies"):
                wanted = 200 if agency in sees else 403
                assert reader.get(f"/figures/{agency}/{YEAR}{below}").status_code == wanted


def test_one_agency_is_gone_to_and_several_are_listed(lived: Office) -> None:
    add_person(lived, "supervisor", (Role.SUPERVISOR, CITY))
    with Reader(lived) as reader:
        reader.sign_in("worker")
        assert reader.get("/figures").headers["location"].startswith(f"/figures/{COMMERCE}/")
    with Reader(lived) as reader:
        reader.sign_in("supervisor")
        listed = reader.get("/figures").text
        assert "保定市商务局" in listed
        assert "保定市人民政府" in listed
        assert "某镇人民政府" not in listed


def test_no_year_before_the_law_and_no_agency_nobody_knows(worker: Reader) -> None:
    for year in ("2007", "0", "-1", "99999", "9" * 30):
        for page in ("", "/cells/new", "/handling", "/replies"):
            assert worker.get(f"/figures/{COMMERCE}/{year}{page}").status_code == 404, year
    assert worker.get("/figures/nowhere/2025").status_code == 403
