"""Programs and their tokens, on both databases."""

import dataclasses
from typing import Any

import pytest
import sqlalchemy as sa

from people import EVERY_AGENCY, Clients, People, PeopleError, Scope, TrailQuery
from people.clients_schema import client_keys, clients
from tests.people.offices import OPERATOR, Clock

SOUND: dict[str, Any] = {
    "name": "portal",
    "display_name": "门户网站",
    "scopes": {Scope.READ, Scope.WRITE},
    "agencies": {"baoding-commerce"},
}


@pytest.fixture
def programs(people: People, clock: Clock) -> Clients:
    """Give the programs of an empty room."""
    return Clients(people.engine, clock)


def test_a_token_is_shown_once_and_only_its_hash_is_kept(people: People, programs: Clients) -> None:
    token = programs.add(OPERATOR, **SOUND)
    with people.engine.connect() as connection:
        (row,) = connection.execute(sa.select(clients)).mappings()
    assert token.startswith("gk_")
    assert token not in str(dict(row))
    found = programs.find(token)
    assert found is not None
    assert (found.name, found.scopes, found.account) == (
        "portal",
        frozenset({Scope.READ, Scope.WRITE}),
        "client:portal",
    )
    assert programs.find(f"{token}x") is None


def test_a_token_opens_nothing_after_its_time_or_once_it_is_revoked(
    programs: Clients, clock: Clock
) -> None:
    short = programs.add(OPERATOR, **SOUND, days=2)
    long = programs.add(OPERATOR, **(SOUND | {"name": "other"}))
    clock.move(days=1, hours=23)
    assert _valid(programs, short, clock)
    clock.move(hours=1)
    assert not _valid(programs, short, clock)
    assert _valid(programs, long, clock)
    programs.revoke(OPERATOR, "other")
    assert not _valid(programs, long, clock)
    with pytest.raises(PeopleError, match="已经撤销"):
        programs.revoke(OPERATOR, "other")


def test_the_name_of_a_revoked_program_never_comes_to_mean_another(programs: Clients) -> None:
    programs.add(OPERATOR, **SOUND)
    programs.revoke(OPERATOR, "portal")
    with pytest.raises(PeopleError, match="不能再用"):
        programs.add(OPERATOR, **SOUND)


def test_last_use_is_noted_at_most_once_a_minute(programs: Clients, clock: Clock) -> None:
    token = programs.add(OPERATOR, **SOUND)
    first = clock()
    programs.find(token)
    clock.move(seconds=59)
    programs.find(token)
    assert programs.all()[0].used_at == first
    clock.move(seconds=1)
    programs.find(token)
    assert programs.all()[0].used_at == clock()


def test_a_program_reaches_its_agencies_or_all_of_them(programs: Clients) -> None:
    programs.add(OPERATOR, **SOUND)
    (one,) = programs.all()
    assert one.reaches("baoding-commerce")
    assert not one.reaches("baoding")
    every = dataclasses.replace(one, agencies=frozenset({EVERY_AGENCY}))
    assert every.reaches("baoding")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "Portal"}, "name"),
        ({"name": "a:b"}, "name"),
        ({"display_name": " "}, "display_name"),
        ({"scopes": set()}, "scopes"),
        ({"agencies": set()}, "agencies"),
        ({"days": 1096}, "days"),
        ({"per_minute": 0}, "per_minute"),
    ],
)
def test_a_program_that_cannot_be_is_refused_and_the_field_named(
    programs: Clients, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(PeopleError) as refused:
        programs.add(OPERATOR, **(SOUND | wrong))
    assert refused.value.field == field
    assert programs.all() == []


def test_a_key_comes_with_one_body_for_good_and_each_program_has_its_own(
    people: People, programs: Clients
) -> None:
    programs.add(OPERATOR, **SOUND)
    programs.add(OPERATOR, **(SOUND | {"name": "other"}))
    other, portal = programs.all()
    assert programs.take_key(portal, "key-0001", "a") == "new"
    assert programs.take_key(portal, "key-0001", "a") == "repeated"
    assert programs.take_key(portal, "key-0001", "b") == "reused"
    assert programs.take_key(other, "key-0001", "b") == "new"
    with people.engine.connect() as connection:
        assert len(connection.execute(sa.select(client_keys)).all()) == 2


def test_making_and_revoking_a_program_is_in_the_trail_without_its_token(
    people: People, programs: Clients
) -> None:
    token = programs.add(OPERATOR, **SOUND)
    programs.revoke(OPERATOR, "portal")
    revoked, added = people.trail.read(TrailQuery(account=OPERATOR.account))
    assert (added.words, added.object) == (
        "新增接口应用",
        "client/portal read write baoding-commerce",
    )
    assert (revoked.words, revoked.object) == ("撤销接口应用", "client/portal")
    assert token not in f"{added}{revoked}"


def _valid(programs: Clients, token: str, clock: Clock) -> bool:
    found = programs.find(token)
    return found is not None and found.valid(clock())
