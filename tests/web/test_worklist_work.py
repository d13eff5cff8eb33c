"""What is done from the worklist: assigning, taking, saving views, exporting."""

import csv
import io
import re
from decimal import Decimal
from zipfile import ZipFile

import openpyxl
import pytest

from disclosure.addresses import case_stream
from people import Assignments, Offices, Role, SavedViews, TrailQuery
from tests.web.case_desks import NAME, Desk, days_ago, staff
from tests.web.offices import CITY, COMMERCE, OPERATOR, TOWN, add_person
from tests.web.readers import Reader
from web.office import Office
from web.pages.worklist_export import HEAD, harmless

ASSIGNMENTS = f"/agencies/{COMMERCE}/assignments"


@pytest.fixture
def desk(office: Office) -> Desk:
    staff(office)
    return Desk(office)


@pytest.fixture
def unit(office: Office) -> str:
    """Make an office in which the worker is."""
    offices = Offices(office.people.engine, office.people.now)
    unit = offices.add(OPERATOR, COMMERCE, "政策法规科")
    offices.join(OPERATOR, COMMERCE, unit, "worker")
    return unit


def who_has(desk: Desk, case: str) -> tuple[str | None, str | None]:
    people = desk.office.people
    stream = case_stream(COMMERCE, case)
    given = Assignments(people.engine, people.now).of([stream]).get(stream)
    return (given.office, given.assignee) if given else (None, None)


def post_many(reader: Reader, path: str, **fields: str | list[str]) -> int:
    form = {"csrf_token": reader.token, **fields}
    headers = {"Origin": "http://127.0.0.1:8000"}
    return reader.send("POST", path, data=form, headers=headers).status_code


def test_a_reviewer_gives_several_cases_to_an_office_and_a_person_and_the_trail_names_each(
    desk: Desk, reader: Reader, unit: str
) -> None:
    for case in ("a", "b", "c"):
        desk.register(case)
    reader.sign_in("reviewer")
    assert "把选中的案件分给" in reader.get("/worklist").text
    status = post_many(
        reader, ASSIGNMENTS, cases=["a", "b"], assign_office=unit, assign_assignee="worker"
    )
    assert status == 303
    assert who_has(desk, "a") == who_has(desk, "b") == (unit, "worker")
    assert who_has(desk, "c") == (None, None)
    entries = desk.office.people.trail.read(TrailQuery(account="reviewer", kind="case_assigned"))
    assert {entry.object for entry in entries} == {
        f"case/{COMMERCE}/{case} office/{unit} account/worker" for case in "ab"
    }
    assert "已分办 2 件" in reader.get("/worklist").text


def test_who_takes_a_case_first_keeps_it(desk: Desk, reader: Reader) -> None:
    desk.register("甲/1")
    reader.sign_in("worker")
    assert "领办 甲/1" in reader.get("/worklist").text
    assert reader.post(f"{ASSIGNMENTS}/take", case="甲/1").status_code == 303
    assert who_has(desk, "甲/1") == (None, "worker")
    with Reader(desk.office) as other:
        other.sign_in("worker2")
        other.get("/worklist")
        answer = other.post(f"{ASSIGNMENTS}/take", case="甲/1")
        assert answer.status_code == 422
        assert "已有经办人" in answer.text
    assert who_has(desk, "甲/1") == (None, "worker")


def test_a_case_worker_gives_nothing_to_others_and_a_supervisor_takes_nothing(
    desk: Desk, reader: Reader
) -> None:
    desk.register("a")
    reader.sign_in("worker")
    assert "把选中的案件分给" not in reader.get("/worklist").text
    given = {"cases": "a", "assign_assignee": "worker2"}
    assert reader.post(ASSIGNMENTS, **given).status_code == 403
    with Reader(desk.office) as other:
        other.sign_in("supervisor")
        other.get("/worklist")
        assert other.post(f"{ASSIGNMENTS}/take", case="a").status_code == 403
    assert who_has(desk, "a") == (None, None)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"assign_assignee": "worker"}, "请选择要分办的案件"),
        ({"cases": "unknown", "assign_assignee": "worker"}, "不在台账上"),
        ({"cases": "theirs", "assign_assignee": "worker"}, "不在台账上"),
        ({"cases": "a", "assign_assignee": "auditor"}, "不能在本机关办理"),
        ({"cases": "a", "assign_assignee": "stranger"}, "不能在本机关办理"),
        ({"cases": "a", "assign_office": "00000000"}, "没有这个科室"),
    ],
)
def test_an_assignment_that_cannot_be_is_refused_and_changes_nothing(
    desk: Desk, reader: Reader, fields: dict[str, str], words: str
) -> None:
    desk.register("a")
    desk.register("theirs", agency=TOWN)
    reader.sign_in("reviewer")
    reader.get("/worklist")
    answer = reader.post(ASSIGNMENTS, **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert who_has(desk, "a") == (None, None)


@pytest.mark.usefixtures("desk")
def test_cases_are_not_assigned_in_an_agency_where_one_is_no_reviewer(reader: Reader) -> None:
    reader.sign_in("reviewer")
    reader.get("/worklist")
    assert reader.post(f"/agencies/{TOWN}/assignments", cases="a").status_code == 403
    assert reader.post(f"/agencies/{CITY}/offices", name="科").status_code == 403


def test_a_closed_office_takes_no_new_cases_and_keeps_its_old_ones(
    desk: Desk, reader: Reader, unit: str
) -> None:
    desk.register("a")
    desk.register("b")
    reader.sign_in("reviewer")
    reader.get("/worklist")
    reader.post(ASSIGNMENTS, cases="a", assign_office=unit)
    reader.post(f"/agencies/{COMMERCE}/offices/{unit}/close")
    answer = reader.post(ASSIGNMENTS, cases="b", assign_office=unit)
    assert answer.status_code == 422
    assert "已停用" in answer.text
    assert who_has(desk, "a") == (unit, None)
    reader.post(f"/agencies/{COMMERCE}/offices/{unit}/open")
    assert reader.post(ASSIGNMENTS, cases="b", assign_office=unit).status_code == 303


def test_members_of_an_office_come_and_go_and_strangers_are_refused(
    desk: Desk, reader: Reader, unit: str
) -> None:
    reader.sign_in("reviewer")
    path = f"/agencies/{COMMERCE}/offices"
    assert "worker先生" in reader.get(path).text
    assert reader.post(f"{path}/{unit}/members", name="auditor").status_code == 422
    assert reader.post(f"{path}/{unit}/members", name="worker2").status_code == 303
    reader.post(f"{path}/{unit}/members/remove", name="worker")
    offices = Offices(desk.office.people.engine, desk.office.people.now)
    assert offices.members(COMMERCE) == {unit: ["worker2"]}
    assert reader.post(path, name=" 政策法规科 ").status_code == 422
    assert reader.post(path, name="").status_code == 422


def test_a_saved_view_brings_its_filters_back_and_may_be_shared_with_ones_office(
    desk: Desk, reader: Reader, unit: str
) -> None:
    Offices(desk.office.people.engine, desk.office.people.now).join(
        OPERATOR, COMMERCE, unit, "worker2"
    )
    reader.sign_in("worker")
    reader.get("/worklist?due=overdue&waits_for=us")
    saved = reader.post(
        "/worklist/views",
        view_name="快看",
        view_office=unit,
        query="due=overdue&waits_for=us&state=open&evil=1",
    )
    assert saved.headers["location"] == "/worklist?waits_for=us&due=overdue"
    assert 'href="/worklist?waits_for=us&amp;due=overdue"' in reader.get("/worklist").text
    with Reader(desk.office) as colleague:
        colleague.sign_in("worker2")
        text = colleague.get("/worklist").text
        assert "快看" in text
        (view,) = SavedViews(desk.office.people.engine, desk.office.people.now).of("worker")
        assert f"/worklist/views/{view.id}/remove" not in text
        assert colleague.post(f"/worklist/views/{view.id}/remove").status_code == 422
    with Reader(desk.office) as stranger:
        stranger.sign_in("reviewer")
        assert "快看" not in stranger.get("/worklist").text
    reader.post(f"/worklist/views/{view.id}/remove")
    assert "快看" not in reader.get("/worklist").text


@pytest.mark.usefixtures("desk")
def test_filters_that_nobody_could_have_chosen_are_saved_as_none(reader: Reader) -> None:
    reader.sign_in("worker")
    reader.get("/worklist")
    for query in (f"scope={'a' * 99}", "%%%", "after=x&&==", "evil=1"):
        saved = reader.post("/worklist/views", view_name="视图", query=query)
        assert saved.headers["location"] == "/worklist", query


def test_a_view_without_name_or_for_an_office_of_others_is_refused(
    desk: Desk, reader: Reader, unit: str
) -> None:
    reader.sign_in("worker2")
    reader.get("/worklist")
    assert "请填写视图名称" in reader.post("/worklist/views", view_name=" ").text
    refused = reader.post("/worklist/views", view_name="视图", view_office=unit)
    assert refused.status_code == 422
    assert "只能共享给自己所在的科室" in refused.text
    assert 'value="视图"' in refused.text
    assert SavedViews(desk.office.people.engine, desk.office.people.now).of("worker2") == []


def test_the_export_has_every_case_that_fits_and_no_applicant(
    desk: Desk, reader: Reader, unit: str
) -> None:
    for n in range(60):
        desk.register(f"N-{n:02}", submitted=days_ago(3))
    desk.register("late", submitted=days_ago(90))
    Assignments(desk.office.people.engine, desk.office.people.now).assign(
        OPERATOR, COMMERCE, [case_stream(COMMERCE, "late")], unit, "worker"
    )
    reader.sign_in("worker")
    answer = reader.get("/worklist/export.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert NAME not in answer.text
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert tuple(head) == HEAD
    assert len(rows) == 61
    late = dict(zip(head, rows[0], strict=True))
    assert late["案号"] == "late"
    assert late["期限状态"] == "逾期"
    assert late["科室"] == "政策法规科"
    assert late["经办人"] == "worker先生"
    assert int(late["剩余工作日"]) < 0
    book = openpyxl.load_workbook(io.BytesIO(reader.get("/worklist/export.xlsx").content))
    sheet = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert tuple(sheet[0]) == HEAD
    assert [row[1] for row in sheet[1:]] == [row[1] for row in rows]
    assert sheet[1][3].date() == days_ago(90)
    narrowed = reader.get("/worklist/export.csv?due=overdue").content.decode("utf-8-sig")
    assert len(narrowed.splitlines()) == 2


def test_each_export_is_in_the_trail_with_its_filters(desk: Desk, reader: Reader) -> None:
    desk.register("a")
    reader.sign_in("worker")
    reader.get("/worklist/export.xlsx?due=normal")
    reader.get("/worklist/export.csv?due=soon")
    entries = desk.office.people.trail.read(TrailQuery(kind="worklist_exported"))
    assert [(entry.account, entry.object) for entry in entries] == [("worker", "xlsx due=normal")]


def test_a_case_that_looks_like_a_formula_stays_text_in_both_files(
    desk: Desk, reader: Reader
) -> None:
    case = '=HYPERLINK("http://evil.example")'
    desk.register(case)
    reader.sign_in("worker")
    text = reader.get("/worklist/export.csv").content.decode("utf-8-sig")
    (_, row) = csv.reader(io.StringIO(text))
    assert row[1] == f"'{case}"
    content = reader.get("/worklist/export.xlsx").content
    with ZipFile(io.BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    cell = openpyxl.load_workbook(io.BytesIO(content)).active["B2"]
    assert (cell.value, cell.data_type) == (case, "s")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_text_of_a_csv_begins_like_a_formula(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", ["2025-001", "", None, -3, Decimal(-1)])
def test_other_values_of_a_csv_stay_as_they_are(value: object) -> None:
    assert harmless(value) == value


def test_a_role_taken_away_takes_its_cases_out_of_sight(desk: Desk, reader: Reader) -> None:
    add_person(desk.office, "moving", (Role.CASE_WORKER, COMMERCE), (Role.CASE_WORKER, CITY))
    desk.register("a")
    reader.sign_in("moving")
    assert re.search(r">a</a>", reader.get("/worklist").text)
    desk.office.people.grants.revoke(OPERATOR, "moving", Role.CASE_WORKER, COMMERCE)
    assert not re.search(r">a</a>", reader.get("/worklist?scope=all&state=all").text)
