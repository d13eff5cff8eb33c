"""The worklist: what is shown of each case, to whom, in which order, and how it is narrowed."""

import re
from datetime import date

import pytest

from disclosure.addresses import case_stream
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.proceeding_commands import FileLawsuit
from disclosure.request_commands import (
    ConsultThirdParty,
    Decide,
    RequestCorrection,
)
from people import Assignments, Role
from projections import Worklist
from tests.web.case_desks import NAME, Desk, days_ago, staff
from tests.web.offices import CITY, COMMERCE, OPERATOR, TOWN, Clock, add_person
from tests.web.readers import Reader
from web.office import Office
from web.pages.worklist_filter import WorklistFilter
from web.pages.worklist_query import Reach, page_query
from web.pages.worklist_rows import WorklistReader
from workdays import date_in_shanghai


@pytest.fixture
def desk(office: Office) -> Desk:
    staff(office)
    return Desk(office)


def cases(text: str) -> list[str]:
    """Return the references in the list, in its order."""
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', text)


def line_of(text: str, case: str) -> str:
    """Return the row of a case without its markup."""
    found = re.search(rf"<tr>(?:(?!</tr>).)*>{case}</a>.*?</tr>", text, re.DOTALL)
    assert found, case
    return " ".join(re.sub("<[^>]+>", " ", found[0]).split())


def sued(desk: Desk, case: str, request: str) -> None:
    said = FileLawsuit(
        agency=COMMERCE, case=case, on=days_ago(1), request=request, after_reconsideration=False
    )
    desk.say(said)


def decided(desk: Desk, case: str, on: date, outcome: Outcome = Outcome.GRANTED) -> None:
    desk.say(Decide(agency=COMMERCE, case=case, on=on, outcome=outcome))


def test_the_nearest_limit_comes_first_and_each_limit_says_how_it_stands(
    desk: Desk, reader: Reader, clock: Clock
) -> None:
    desk.register("new", submitted=days_ago(1))
    desk.register("near", submitted=days_ago(27))
    desk.register("old", submitted=days_ago(60))
    desk.register("waits", submitted=days_ago(2), channel="online")
    reader.sign_in("worker")
    text = reader.get("/worklist").text
    assert cases(text) == ["old", "near", "new", "waits"]
    assert "逾期 已过" in line_of(text, "old")
    assert "正常 剩" in line_of(text, "new")
    assert "未起算" in line_of(text, "waits")
    assert "尚未确认" in line_of(text, "waits")
    clock.move(days=400)
    reader.sign_in("worker")
    text = reader.get("/worklist").text
    assert "逾期 已过" in line_of(text, "new")


def test_a_limit_is_near_from_the_day_of_the_reminder_on(
    desk: Desk, reader: Reader, clock: Clock
) -> None:
    desk.register("one", submitted=days_ago(1))
    law = desk.parts.law()
    due = law.calendar.after(days_ago(1), 20).day
    before = law.choices.reminder
    near = next(day for day in days_until(due) if law.calendar.count(day, due) == before)
    for day, words in ((near, "临期"), (previous_workday(desk, near), "正常"), (due, "今天到期")):
        clock.move(seconds=(day - date_in_shanghai(clock.now)).days * 86_400)
        reader.sign_in("worker")
        assert words in line_of(reader.get("/worklist").text, "one"), day


def days_until(due: date) -> list[date]:
    return [date.fromordinal(n) for n in range(due.toordinal() - 20, due.toordinal() + 1)]


def previous_workday(desk: Desk, day: date) -> date:
    calendar = desk.parts.law().calendar
    return max(each for each in days_until(day) if each < day and calendar.day(each).is_workday)


def test_a_row_says_what_is_waited_for_and_never_who_asked(desk: Desk, reader: Reader) -> None:
    desk.register("ours", submitted=days_ago(3))
    desk.register("corrects", submitted=days_ago(3))
    desk.say(RequestCorrection(agency=COMMERCE, case="corrects", on=days_ago(2), points="年度不明"))
    desk.register("asks", submitted=days_ago(3))
    desk.say(ConsultThirdParty(agency=COMMERCE, case="asks", on=days_ago(2), party=NAME))
    sued(desk, "suit", "ours")
    reader.sign_in("worker")
    text = reader.get("/worklist").text
    assert "本机关" in line_of(text, "ours")
    assert "停止计算" in line_of(text, "corrects")
    assert "申请人" in line_of(text, "corrects")
    assert "第三方" in line_of(text, "asks")
    assert "复议机关、法院" in line_of(text, "suit")
    assert "行政诉讼" in line_of(text, "suit")
    assert NAME not in text
    assert "扶持资金" not in text


def test_the_reason_of_a_date_is_one_click_away(desk: Desk, reader: Reader) -> None:
    at = desk.register("甲/1", submitted=days_ago(3))
    reader.sign_in("worker")
    text = reader.get("/worklist").text
    href = f"{at.rpartition('甲')[0]}%E7%94%B2%2F1"
    assert f'href="{href}#ledger"' in text
    assert reader.get(href).status_code == 200


def test_another_agencys_cases_are_neither_shown_nor_found_by_asking_for_them(
    desk: Desk, reader: Reader
) -> None:
    desk.register("ours")
    desk.register("theirs", agency=TOWN)
    reader.sign_in("worker")
    for query in ("", "?state=all", "?scope=unassigned"):
        assert cases(reader.get(f"/worklist{query}").text) == ["ours"]
    for path in (
        f"/worklist?agency={TOWN}",
        f"/worklist/export.csv?agency={TOWN}",
        f"/worklist/export.xlsx?agency={TOWN}",
        f"/agencies/{TOWN}/offices",
    ):
        assert reader.get(path).status_code == 403, path
    assert "theirs" not in reader.get("/worklist/export.csv?state=all").text


def test_a_supervisor_sees_the_cases_below_with_the_agency_named(
    desk: Desk, reader: Reader
) -> None:
    add_person(desk.office, "above", (Role.SUPERVISOR, CITY))
    desk.register("ours")
    reader.sign_in("above")
    text = reader.get("/worklist").text
    assert "保定市商务局" in line_of(text, "ours")
    assert "领办 ours" not in text
    assert cases(reader.get(f"/worklist?agency={COMMERCE}").text) == ["ours"]


@pytest.mark.parametrize("name", ["admin", "security", "auditor"])
def test_administrators_have_no_worklist(reader: Reader, name: str) -> None:
    reader.sign_in(name)
    for path in ("/worklist", "/worklist/search", "/worklist/export.csv"):
        assert reader.get(path).status_code == 403


def test_each_filter_narrows_to_what_it_says(desk: Desk, reader: Reader) -> None:
    desk.register("open", submitted=days_ago(3))
    desk.register("firm", submitted=days_ago(3), applicant=firm())
    desk.register("late", submitted=days_ago(90))
    desk.register("done", submitted=days_ago(30))
    decided(desk, "done", days_ago(10))
    desk.register("refused", submitted=days_ago(80))
    decided(desk, "refused", days_ago(5), Outcome.NOT_HELD)
    desk.register("posted", submitted=days_ago(2), channel="online")
    sued(desk, "suit", "done")
    reader.sign_in("worker")
    year = days_ago(3).year
    for query, expected in {
        "": {"open", "firm", "late", "posted", "suit"},
        "state=closed": {"done", "refused"},
        "state=all": {"open", "firm", "late", "done", "refused", "posted", "suit"},
        "applicant=business": {"firm"},
        "due=overdue": {"late"},
        "due=normal": {"open", "firm"},
        "due=none": {"posted"},
        "due=others": {"suit"},
        "kind=lawsuit": {"suit"},
        "stage=awaiting_receipt": {"posted"},
        "waits_for=authority": {"suit"},
        "channel=online": {"posted"},
        "state=closed&outcome=granted": {"done"},
        "state=all&flag=answered_late": {"refused"},
        f"state=all&received_from={days_ago(31)}&received_to={days_ago(20)}": {"done"},
        f"limit_to={days_ago(1)}": {"late"},
        f"limit_from={days_ago(1)}&kind=request&stage=in_progress": {"open", "firm"},
        f"year={year}&applicant=business": {"firm"},
        f"year={year - 5}": set(),
    }.items():
        answer = reader.get(f"/worklist?{query}")
        assert answer.status_code == 200, query
        assert set(cases(answer.text)) == expected, query


def firm() -> dict[str, str]:
    return {"type": ApplicantType.BUSINESS.value, "name": "（虚构）某公司"}


def test_a_filter_that_cannot_be_read_is_told_and_nothing_is_shown(
    desk: Desk, reader: Reader
) -> None:
    desk.register("one")
    reader.sign_in("worker")
    answer = reader.get("/worklist?due=soon&year=year&limit_from=yesterday&received_to=2026-02-30")
    assert answer.status_code == 422
    assert answer.text.count("有误") >= 1
    assert "4 处需要改正" in answer.text
    assert cases(answer.text) == []


def test_pages_follow_each_other_without_losing_or_repeating_a_case(
    desk: Desk, reader: Reader
) -> None:
    for n in range(120):
        desk.register(f"N-{n:03}", submitted=days_ago(1 + n % 7))
    for n in range(60):
        decided(desk, f"N-{n:03}", days_ago(0))
    reader.sign_in("worker")
    for query, expected in (("", 60), ("?state=closed", 60), ("?state=all", 120)):
        seen: list[str] = []
        path = f"/worklist{query}"
        while path:
            text = reader.get(path).text
            seen += cases(text)
            following = re.search(r'href="([^"]+)" rel="next"', text)
            path = following[1].replace("&amp;", "&") if following else ""
        assert len(seen) == len(set(seen)) == expected, query


def test_a_place_that_was_made_up_is_the_first_page(desk: Desk, reader: Reader) -> None:
    desk.register("one")
    reader.sign_in("worker")
    for place in ("x", "~", "2026-13-01~case", "2026-01-01~'; DROP TABLE worklist_v2; --"):
        assert cases(reader.get("/worklist", params={"after": place}).text) == ["one"]


def test_the_numbers_above_the_list_count_what_is_overdue_and_near(
    desk: Desk, reader: Reader
) -> None:
    for n in range(3):
        desk.register(f"late-{n}", submitted=days_ago(90))
    desk.register("new", submitted=days_ago(1))
    reader.sign_in("worker")
    text = reader.get("/worklist").text
    assert "逾期 3 件" in text
    assert "临期 0 件" in text
    assert "共 4 件" in text


def test_the_scopes_are_mine_my_offices_and_what_nobody_has(desk: Desk, reader: Reader) -> None:
    people = desk.office.people
    reader.sign_in("reviewer")
    reader.get(f"/agencies/{COMMERCE}/offices")
    reader.post(f"/agencies/{COMMERCE}/offices", name="政策法规科")
    (office,) = re.findall(r"/offices/([0-9a-f]{8})/close", offices_page(reader))
    reader.post(f"/agencies/{COMMERCE}/offices/{office}/members", name="worker")
    for case in ("mine", "ours", "nobodys"):
        desk.register(case)
    given = Assignments(people.engine, people.now)
    given.assign(OPERATOR, COMMERCE, [case_stream(COMMERCE, "mine")], "", "worker")
    given.assign(OPERATOR, COMMERCE, [case_stream(COMMERCE, "ours")], office, "worker2")
    reader.post("/sign-out")
    reader.sign_in("worker")
    for query, expected in {
        "scope=mine": {"mine"},
        "scope=office": {"ours"},
        "scope=unassigned": {"nobodys"},
        "assignee=worker2": {"ours"},
        f"office={office}": {"ours"},
    }.items():
        assert set(cases(reader.get(f"/worklist?{query}").text)) == expected, query
    text = reader.get("/worklist").text
    assert "worker2先生 政策法规科" in line_of(text, "ours")


def offices_page(reader: Reader) -> str:
    return reader.get(f"/agencies/{COMMERCE}/offices").text


def test_the_query_of_a_page_goes_by_an_index_in_the_order_of_the_page(desk: Desk) -> None:
    reader = WorklistReader(desk.parts, desk.office.people)
    reach = Reach("worker", [COMMERCE], [], days_ago(0), desk.parts.law())
    for state, index in (("open", "open"), ("closed", "closed"), ("all", "came")):
        wanted, _ = WorklistFilter(state=state).read()
        plan = "\n".join(reader.explain(page_query(reach, wanted, 51)))
        assert f"USING INDEX {Worklist.table.name}_{index}" in plan
        assert "TEMP B-TREE" not in plan
