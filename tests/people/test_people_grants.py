"""Roles: kept apart, given by somebody else, never taken from the last who holds one."""

from itertools import permutations

import pytest

from people import ADMINISTRATORS, BUSINESS, Act, Grant, People, PeopleError, Role, TrailQuery
from tests.people.conftest import AddPerson
from tests.people.offices import OPERATOR


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        *permutations(ADMINISTRATORS, 2),
        *((held, BUSINESS[0]) for held in ADMINISTRATORS),
        *((BUSINESS[0], wanted) for wanted in ADMINISTRATORS),
    ],
)
def test_an_administrator_holds_no_other_role(people: People, held: Role, wanted: Role) -> None:
    people.accounts.add(OPERATOR, "zhang", "张三")
    people.grants.grant(OPERATOR, "zhang", held, "" if held in ADMINISTRATORS else "a")
    with pytest.raises(PeopleError) as refused:
        people.grants.grant(OPERATOR, "zhang", wanted, "" if wanted in ADMINISTRATORS else "a")
    assert refused.value.field == "role"
    assert [grant.role for grant in people.grants.of("zhang")] == [held]


def test_roles_of_the_office_go_together_in_one_agency_and_in_several(people: People) -> None:
    people.accounts.add(OPERATOR, "zhang", "张三")
    wanted = {Grant(Role.CASE_WORKER, "a"), Grant(Role.REVIEWER, "a"), Grant(Role.REVIEWER, "b")}
    for grant in wanted:
        people.grants.grant(OPERATOR, "zhang", grant.role, grant.agency)
    assert people.grants.of("zhang") == wanted
    people.grants.revoke(OPERATOR, "zhang", Role.REVIEWER, "a")
    assert people.grants.of("zhang") == wanted - {Grant(Role.REVIEWER, "a")}


def test_nobody_gives_themselves_a_role(people: People, add_person: AddPerson) -> None:
    admin = add_person("admin")
    with pytest.raises(PeopleError, match="自己"):
        people.grants.grant(admin, "admin", Role.CASE_WORKER, "a")
    assert people.grants.of("admin") == frozenset()


@pytest.mark.parametrize(("role", "agency"), [(Role.REVIEWER, ""), (ADMINISTRATORS[0], "a")])
def test_a_role_of_the_office_needs_its_agency_and_an_administrator_has_none(
    people: People, role: Role, agency: str
) -> None:
    people.accounts.add(OPERATOR, "zhang", "张三")
    with pytest.raises(PeopleError) as refused:
        people.grants.grant(OPERATOR, "zhang", role, agency)
    assert refused.value.field == "agency"


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_the_last_administrator_of_a_kind_stays(people: People, role: Role) -> None:
    for name in ("first", "second"):
        people.accounts.add(OPERATOR, name, name)
        people.grants.grant(OPERATOR, name, role)
    people.accounts.disable(OPERATOR, "second")
    with pytest.raises(PeopleError, match="最后一个"):
        people.grants.revoke(OPERATOR, "first", role)
    with pytest.raises(PeopleError, match="最后一个"):
        people.accounts.disable(OPERATOR, "first")
    people.accounts.enable(OPERATOR, "second")
    people.grants.revoke(OPERATOR, "first", role)
    assert people.grants.of("first") == frozenset()


def test_a_role_that_is_held_already_is_given_without_another_entry(people: People) -> None:
    people.accounts.add(OPERATOR, "zhang", "张三")
    for _ in range(2):
        people.grants.grant(OPERATOR, "zhang", Role.REVIEWER, "a")
    assert people.grants.all() == {"zhang": [Grant(Role.REVIEWER, "a")]}
    assert len(people.trail.read(TrailQuery(kind=Act.ROLE_GRANTED))) == 1


def test_every_role_has_its_words_and_its_duty() -> None:
    assert all(role.words and role.duty for role in Role)
    assert len({role.words for role in Role}) == len(Role)
