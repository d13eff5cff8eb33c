"""An office that brings out reports, for tests: an engine, somebody at each role, a year lived."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from people import Role
from tests.web.case_desks import running_engine
from tests.web.figure_lives import a_year
from tests.web.offices import (
    CITY,
    COMMERCE,
    TOWN,
    Clock,
    add_person,
    opened_office,
    opened_parts,
    web_settings,
)
from tests.web.readers import Reader
from web.office import Office

_MARKS = re.compile(r'name="(command_id|seen)" value="([^"]*)"')


@dataclass(frozen=True, slots=True)
class ReportDesk:
    """An office with an engine; each test takes a year, or an agency, of its own."""

    office: Office

    @contextmanager
    def somebody(self, name: str) -> Iterator[Reader]:
        """Sign somebody in."""
        with Reader(self.office) as reader:
            reader.sign_in(name)
            yield reader

    def does(self, name: str, path: str, step: str, **fields: str) -> httpx.Response:
        """Open a report's page as somebody and send one of its forms."""
        with self.somebody(name) as reader:
            return send(reader, path, step, **fields)

    def brought_out(self, path: str) -> None:
        """Take a report from its draft to the public."""
        for who, step in (("editor", "submit"), ("head", "approve"), ("editor", "publish")):
            done = self.does(who, path, step)
            assert done.status_code == 303, done.text


def marks(page: httpx.Response) -> dict[str, str]:
    """Return what the first form of a page carries."""
    found: dict[str, str] = {}
    for name, value in _MARKS.findall(page.text):
        found.setdefault(name, value)
    return found


def send(reader: Reader, path: str, step: str, **fields: str) -> httpx.Response:
    """Send a form of the page at a path as its reader sees it."""
    page = reader.get(path)
    assert page.status_code == 200, page.text
    return reader.post(f"{path}/{step}", **{**marks(page), **fields})


def staff(office: Office) -> None:
    """Let somebody hold each role that has to do with reports."""
    add_person(office, "worker", (Role.CASE_WORKER, COMMERCE))
    add_person(office, "editor", (Role.REPORT_EDITOR, COMMERCE))
    add_person(office, "reviewer", (Role.REVIEWER, COMMERCE))
    add_person(office, "head", (Role.DISCLOSURE_HEAD, COMMERCE))
    add_person(office, "both", (Role.REPORT_EDITOR, COMMERCE), (Role.REVIEWER, COMMERCE))
    add_person(office, "supervisor", (Role.SUPERVISOR, CITY))
    add_person(office, "elsewhere", (Role.REPORT_EDITOR, TOWN), (Role.REVIEWER, TOWN))
    add_person(office, "deputy", (Role.REVIEWER, CITY))
    add_person(office, "mayor", (Role.DISCLOSURE_HEAD, CITY), (Role.REPORT_EDITOR, CITY))


@contextmanager
def opened_report_desk(path: Path) -> Iterator[ReportDesk]:
    """Open an office with a running engine, its staff, and a year on record."""
    with (
        opened_parts(path) as parts,
        running_engine(parts) as client,
        opened_office(parts, web_settings(), Clock(), client) as office,
    ):
        staff(office)
        a_year(parts, path)
        yield ReportDesk(office)
