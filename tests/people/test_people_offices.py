"""Offices, assignments and saved views, on both databases."""

from pathlib import Path

import pytest

from people import (
    Assignment,
    Assignments,
    Doer,
    Offices,
    People,
    PeopleError,
    Role,
    SavedViews,
    TrailQuery,
)
from people.copying import copy_people
from people.database import migrate_people, open_people
from tests.people.conftest import AddPerson
from tests.people.offices import OPERATOR

AGENCY, OTHER = "commerce", "elsewhere"
STREAM = f"case/{AGENCY}/甲/1"


@pytest.fixture
def offices(people: People, add_person: AddPerson) -> Offices:
    for name in ("zhang", "li"):
        add_person(name)
        people.grants.grant(OPERATOR, name, Role.CASE_WORKER, AGENCY)
    return Offices(people.engine, people.now)


@pytest.fixture
def assignments(people: People) -> Assignments:
    return Assignments(people.engine, people.now)


@pytest.fixture
def views(people: People) -> SavedViews:
    return SavedViews(people.engine, people.now)


def test_an_office_has_one_name_in_its_agency_and_members_who_work_there(
    people: People, offices: Offices, add_person: AddPerson
) -> None:
    unit = offices.add(OPERATOR, AGENCY, " 政策  法规科 ")
    with pytest.raises(PeopleError, match="同名"):
        offices.add(OPERATOR, AGENCY, "政策 法规科")
    offices.add(OPERATOR, OTHER, "政策 法规科")
    offices.join(OPERATOR, AGENCY, unit, "zhang")
    offices.join(OPERATOR, AGENCY, unit, "zhang")
    add_person("stranger")
    for account in ("stranger", "nobody"):
        with pytest.raises(PeopleError, match="不能在本机关办理"):
            offices.join(OPERATOR, AGENCY, unit, account)
    with pytest.raises(PeopleError, match="没有这个科室"):
        offices.join(OPERATOR, OTHER, unit, "zhang")
    assert offices.members(AGENCY) == {unit: ["zhang"]}
    assert [each.name for each in offices.of_account("zhang")] == ["政策 法规科"]
    assert len(offices.of_agencies([AGENCY, OTHER])) == 2
    assert len(people.trail.read(TrailQuery(kind="office_joined"))) == 1


def test_only_those_who_can_work_in_an_agency_are_its_colleagues(
    people: People, offices: Offices
) -> None:
    people.grants.grant(OPERATOR, "li", Role.CASE_WORKER, OTHER)
    assert [name for name, _ in offices.colleagues([AGENCY])] == ["li", "zhang"]
    assert [name for name, _ in offices.colleagues([OTHER])] == ["li"]
    people.accounts.disable(OPERATOR, "zhang")
    assert [name for name, _ in offices.colleagues([AGENCY])] == ["li"]


def test_a_case_is_assigned_changed_and_taken_back_and_each_time_is_in_the_trail(
    people: People, offices: Offices, assignments: Assignments
) -> None:
    unit = offices.add(OPERATOR, AGENCY, "法规科")
    head = Doer("head")
    assert assignments.assign(head, AGENCY, [STREAM], unit, "") == 1
    assert assignments.assign(head, AGENCY, [STREAM], unit, "li") == 1
    assert assignments.assign(head, AGENCY, [STREAM], unit, "li") == 0
    assert assignments.of([STREAM]) == {STREAM: Assignment(unit, "li")}
    assert assignments.assign(head, AGENCY, [STREAM], "", "") == 1
    assert assignments.of([STREAM, "case/x/y"]) == {STREAM: Assignment()}
    told = [entry.object for entry in people.trail.read(TrailQuery(kind="case_assigned"))]
    assert told == [
        f"{STREAM} -",
        f"{STREAM} office/{unit} account/li",
        f"{STREAM} office/{unit}",
    ]


def test_a_case_is_taken_by_one_only_and_its_office_stays(
    offices: Offices, assignments: Assignments
) -> None:
    unit = offices.add(OPERATOR, AGENCY, "法规科")
    assignments.assign(OPERATOR, AGENCY, [STREAM], unit, "")
    assignments.take(Doer("zhang"), AGENCY, STREAM)
    assignments.take(Doer("zhang"), AGENCY, STREAM)
    assert assignments.of([STREAM]) == {STREAM: Assignment(unit, "zhang")}
    with pytest.raises(PeopleError, match="已有经办人"):
        assignments.take(Doer("li"), AGENCY, STREAM)
    with pytest.raises(PeopleError, match="不能在本机关办理"):
        assignments.take(Doer("li"), OTHER, f"case/{OTHER}/1")


def test_a_disabled_account_gets_no_cases(
    people: People, offices: Offices, assignments: Assignments
) -> None:
    assert offices.of_account("li") == []
    people.accounts.disable(OPERATOR, "li")
    with pytest.raises(PeopleError, match="不能在本机关办理"):
        assignments.assign(OPERATOR, AGENCY, [STREAM], "", "li")
    assert assignments.of([STREAM]) == {}


def test_many_cases_are_looked_up_at_once(offices: Offices, assignments: Assignments) -> None:
    assert offices.of_agencies([AGENCY]) == []
    streams = [f"case/{AGENCY}/{n}" for n in range(1200)]
    assignments.assign(OPERATOR, AGENCY, streams[::400], "", "li")
    assert set(assignments.of(streams)) == set(streams[::400])


def test_a_view_belongs_to_one_and_is_seen_by_the_office_it_is_shared_with(
    offices: Offices, views: SavedViews
) -> None:
    unit = offices.add(OPERATOR, AGENCY, "法规科")
    offices.join(OPERATOR, AGENCY, unit, "zhang")
    offices.join(OPERATOR, AGENCY, unit, "li")
    own = views.save(Doer("zhang"), "逾期", "due=overdue")
    shared = views.save(Doer("zhang"), "第三方", "waits_for=third_party", unit)
    assert {view.id for view in views.of("zhang")} == {own, shared}
    assert [view.id for view in views.of("li")] == [shared]
    again = views.save(Doer("zhang"), "第三方", "waits_for=agency", unit)
    assert again == shared
    assert [view.query for view in views.of("li")] == ["waits_for=agency"]
    with pytest.raises(PeopleError):
        views.remove(Doer("li"), shared)
    views.remove(Doer("zhang"), shared)
    assert views.of("li") == []
    with pytest.raises(PeopleError, match="自己所在"):
        views.save(Doer("zhang"), "别处", "", offices.add(OPERATOR, OTHER, "别处"))


def test_there_is_an_end_to_the_views_of_one_person(offices: Offices, views: SavedViews) -> None:
    assert offices.of_agencies([AGENCY]) == []
    for n in range(50):
        views.save(Doer("zhang"), f"视图{n}", "")
    with pytest.raises(PeopleError, match="至多保存"):
        views.save(Doer("zhang"), "再一个", "")
    views.save(Doer("zhang"), "视图3", "state=all")
    for name in ("", "长" * 31):
        with pytest.raises(PeopleError, match="视图名称"):
            views.save(Doer("zhang"), name, "")


def test_offices_assignments_and_views_travel_with_a_backup(
    people: People,
    offices: Offices,
    assignments: Assignments,
    views: SavedViews,
    tmp_path: Path,
) -> None:
    unit = offices.add(OPERATOR, AGENCY, "法规科")
    offices.join(OPERATOR, AGENCY, unit, "li")
    assignments.assign(OPERATOR, AGENCY, [STREAM], unit, "li")
    views.save(Doer("li"), "逾期", "due=overdue", unit)
    (tmp_path / "copy").mkdir()
    copy = open_people(tmp_path / "copy", None)
    try:
        migrate_people(copy)
        copy_people(people.engine, copy)
        assert Assignments(copy, people.now).of([STREAM]) == {STREAM: Assignment(unit, "li")}
        assert Offices(copy, people.now).members(AGENCY) == {unit: ["li"]}
        assert SavedViews(copy, people.now).of("li") == views.of("li")
    finally:
        copy.dispose()
