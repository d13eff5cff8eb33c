"""An office with pages for tests: real log, real people, hands on the clock of sign-in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from temporalio.client import Client

from disclosure.agency_events import AgencyRegistered
from engine.parts import Parts, open_parts
from engine.settings import Settings
from people import Doer, People, Role
from records import Write
from tests.databases import as_after_a_first_start
from web.office import Office
from web.settings import WebSettings

MASTER_KEY = "test:MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="
OPERATOR = Doer("os:test")
PASSWORD = "Correct-horse-7"

CITY, COMMERCE, TOWN = "baoding", "baoding-commerce", "elsewhere"
AGENCIES = {
    CITY: ("保定市人民政府", None),
    COMMERCE: ("保定市商务局", CITY),
    TOWN: ("某镇人民政府", None),
}


@dataclass
class Clock:
    """What time it is for sign-in; it moves when told."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        """Return the instant."""
        return self.now

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


def web_settings(**values: Any) -> WebSettings:
    """Return settings past the environment's."""
    return WebSettings.model_validate(values)


@contextmanager
def opened_parts(path: Path, **settings: Any) -> Iterator[Parts]:
    """Open a new data folder with three agencies, one of them below another."""
    values = {"data": path, "master_key": MASTER_KEY, "database_synchronous": "NORMAL", **settings}
    as_after_a_first_start(path)
    with open_parts(Settings.model_validate(values)) as parts:
        for agency, (name, parent) in AGENCIES.items():
            registered = AgencyRegistered(on=date(2019, 1, 1), name=name, parent=parent)
            parts.log.write(Write(f"agency/{agency}", 0, "register", "", [registered]))
        parts.projector.catch_up()
        yield parts


@contextmanager
def opened_office(
    parts: Parts, settings: WebSettings, clock: Clock, client: Client | None = None
) -> Iterator[Office]:
    """Open the office of a folder, its passwords hashed as cheaply as argon2 allows."""
    policy = replace(settings.policy, hashing_memory=64, hashing_time=1)
    folder, key = parts.folder.path, parts.keyring
    with People.opened(folder, None, key, policy, clock) as people:
        yield Office(parts, people, settings, client)


def add_person(office: Office, name: str, *grants: tuple[Role, str]) -> str:
    """Make an account that has changed its first password; return the one it has now."""
    people = office.people
    first = people.accounts.add(OPERATOR, name, f"{name}先生")
    people.accounts.change_password(Doer(name), first, PASSWORD)
    for role, agency in grants:
        people.grants.grant(OPERATOR, name, role, agency)
    return PASSWORD
