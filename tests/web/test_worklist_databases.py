"""The worklist's queries on both databases: the register beside the people's own tables."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosure.addresses import case_stream
from disclosure.request_commands import Decide
from people import Assignments, Offices, OfficeUnit, Role
from tests.databases import NewDatabase
from tests.web.case_desks import Desk, days_ago
from tests.web.offices import CITY, COMMERCE, OPERATOR, TOWN, add_person, opened_parts, web_settings
from web.finding import Finding
from web.office import open_office
from web.pages.worklist_filter import WorklistFilter
from web.pages.worklist_query import Reach, page_query
from web.pages.worklist_rows import WorklistReader


@pytest.fixture
def desk(new_database: NewDatabase, tmp_path: Path) -> Iterator[Desk]:
    with (
        opened_parts(tmp_path, database_url=new_database()) as parts,
        open_office(parts, web_settings()) as office,
    ):
        yield Desk(office)


@pytest.fixture
def unit(desk: Desk) -> OfficeUnit:
    people = desk.office.people
    add_person(desk.office, "worker", (Role.CASE_WORKER, COMMERCE))
    offices = Offices(people.engine, people.now)
    offices.join(OPERATOR, COMMERCE, offices.add(OPERATOR, COMMERCE, "法规科"), "worker")
    for case in ("a", "b", "c", "%_' \\"):
        desk.register(case, submitted=days_ago(30))
    desk.register("theirs", agency=TOWN)
    desk.say(Decide(agency=COMMERCE, case="c", on=days_ago(1), outcome="granted"))
    (unit,) = offices.of_account("worker")
    assignments = Assignments(people.engine, people.now)
    streams = [case_stream(COMMERCE, case) for case in "abc"]
    assignments.assign(OPERATOR, COMMERCE, streams[:1], "", "worker")
    assignments.assign(OPERATOR, COMMERCE, streams[1:], unit.id, "")
    return unit


def reach_of(desk: Desk, unit: OfficeUnit, *agencies: str) -> Reach:
    return Reach("worker", agencies, [unit], days_ago(0), desk.parts.law())


EXPECTED: list[tuple[dict[str, str], list[str]]] = [
    ({}, ["%_' \\", "a", "b"]),
    ({"scope": "mine"}, ["a"]),
    ({"scope": "office"}, ["b"]),
    ({"scope": "office", "state": "all"}, ["c", "b"]),
    ({"scope": "unassigned"}, ["%_' \\", "b"]),
    ({"state": "closed"}, ["c"]),
    ({"state": "closed", "flag": "answered_late"}, ["c"]),
    ({"assignee": "worker", "waits_for": "us"}, ["a"]),
    ({"due": "overdue"}, ["%_' \\", "a", "b"]),
    ({"due": "near"}, []),
    ({"agency": TOWN}, ["%_' \\", "a", "b"]),
]


def test_each_scope_finds_its_cases_on_both_databases(desk: Desk, unit: OfficeUnit) -> None:
    reader = WorklistReader(desk.parts, desk.office.people)
    reach = reach_of(desk, unit, COMMERCE)
    for fields, expected in EXPECTED:
        wanted, errors = WorklistFilter.model_validate(fields).read()
        assert errors == {}
        cases = [case.row["case_reference"] for case in reader.page(reach, wanted, 50).cases]
        assert sorted(cases) == sorted(expected), fields
        assert [case.row["case_reference"] for case in reader.all(reach, wanted)] == cases
        assert reader.counts(reach, wanted).total == len(expected), fields


def test_pages_follow_each_other_on_both_databases(desk: Desk, unit: OfficeUnit) -> None:
    reader = WorklistReader(desk.parts, desk.office.people)
    reach = reach_of(desk, unit, COMMERCE, TOWN, CITY)
    for state, expected in (("open", 4), ("all", 5), ("closed", 1)):
        seen: list[str] = []
        after = ""
        while True:
            wanted, _ = WorklistFilter(state=state, after=after).read()
            page = reader.page(reach, wanted, 1)
            seen += [case.row["stream"] for case in page.cases]
            after = page.next
            if not after:
                break
        assert len(seen) == len(set(seen)) == expected


def test_who_sees_no_agency_sees_no_case(desk: Desk, unit: OfficeUnit) -> None:
    reader = WorklistReader(desk.parts, desk.office.people)
    wanted, _ = WorklistFilter(state="all").read()
    reach = reach_of(desk, unit)
    assert reader.page(reach, wanted, 50).cases == []
    assert reader.of(reach, [case_stream(COMMERCE, "a")]) == []


def test_the_database_says_how_it_finds_a_page(desk: Desk, unit: OfficeUnit) -> None:
    reader = WorklistReader(desk.parts, desk.office.people)
    reach = reach_of(desk, unit, COMMERCE)
    wanted, _ = WorklistFilter(scope="mine").read()
    assert any("worklist_v2" in line for line in reader.explain(page_query(reach, wanted, 51)))


def test_texts_are_found_and_forgotten_on_both_databases(desk: Desk) -> None:
    desk.register("a", description="道路养护")
    desk.register("b", description="道路检测")
    finding = Finding(desk.parts)
    finding.begin()
    assert finding.wait(30)
    assert len(finding.search([COMMERCE], "道路", 10)) == 2
    desk.parts.vault.erase(case_stream(COMMERCE, "a"))
    (found,) = finding.search([COMMERCE], "道路", 10)
    assert found.stream == case_stream(COMMERCE, "b")
