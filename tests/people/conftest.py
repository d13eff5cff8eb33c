"""The people's room on both databases."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from people import Doer, People
from tests.databases import NewDatabase
from tests.people.offices import OPERATOR, PASSWORD, POLICY, Clock
from vault import KeyRing

AddPerson = Callable[[str], Doer]


@pytest.fixture
def clock() -> Clock:
    """Give the clock of sign-in."""
    return Clock()


@pytest.fixture
def people(new_database: NewDatabase, tmp_path: Path, clock: Clock) -> Iterator[People]:
    """Give an empty room: a file of its own, or a schema beside a log in PostgreSQL."""
    keyring = KeyRing({"test": b"1" * 32})
    with People.opened(tmp_path, new_database(), keyring, POLICY, clock) as people:
        yield people


@pytest.fixture
def add_person(people: People, clock: Clock) -> AddPerson:
    """Give a function that makes an account whose first password has been changed."""

    def add(name: str) -> Doer:
        first = people.accounts.add(OPERATOR, name, "某人")
        clock.move(seconds=1)
        people.accounts.change_password(Doer(name), first, PASSWORD)
        return Doer(name)

    return add
