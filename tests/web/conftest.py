"""Offices with pages: in the process for most tests, on real servers for browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from engine.parts import Parts
from people import Role
from tests.web.browsers import CHROMIUM, Application, running_application
from tests.web.case_desks import Desk, opened_desk
from tests.web.offices import COMMERCE, Clock, add_person, opened_office, opened_parts, web_settings
from tests.web.readers import Reader
from web.office import Office


@pytest.fixture
def clock() -> Clock:
    """Give the clock of sign-in."""
    return Clock()


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    """Give a new data folder with three agencies."""
    with opened_parts(tmp_path) as parts:
        yield parts


@pytest.fixture
def office(parts: Parts, clock: Clock) -> Iterator[Office]:
    """Give an office with the three administrators, a case worker, and nobody else."""
    with opened_office(parts, web_settings(), clock) as office:
        add_person(office, "admin", (Role.SYSTEM_ADMINISTRATOR, ""))
        add_person(office, "security", (Role.SECURITY_ADMINISTRATOR, ""))
        add_person(office, "auditor", (Role.AUDIT_ADMINISTRATOR, ""))
        add_person(office, "worker", (Role.CASE_WORKER, COMMERCE))
        yield office


@pytest.fixture
def reader(office: Office) -> Iterator[Reader]:
    """Give somebody at the office's pages."""
    with Reader(office) as reader:
        yield reader


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give one browser a module; a test opens contexts of its own.

    Not one for the session: while Playwright is open its loop runs in this thread, and no async
    test could. A module with browsers has none.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """Give a running application on a new data folder: engine, worker, projections, pages."""
    with (
        opened_parts(tmp_path_factory.mktemp("application")) as parts,
        running_application(parts, web_settings(web_port=0)) as application,
    ):
        yield application


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give an office with a running engine, for a module whose tests have cases of their own."""
    with opened_desk(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest.fixture
def worker(desk: Desk) -> Iterator[Reader]:
    """Give the case worker at the pages of that office."""
    with Reader(desk.office) as reader:
        reader.sign_in("worker")
        yield reader
