"""A case on the desk for tests: an engine that runs, requests on record, somebody at each role."""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from temporalio.client import Client

from disclosure.addresses import case_stream
from disclosure.agency_events import AgencyConfigured
from disclosure.outcomes import ApplicantType
from disclosure.request_commands import Applicant, Register, RequestCommand
from engine.cases import load_case
from engine.parts import Parts
from engine.server import embedded_server
from people import Role
from records import Write
from tests.web.offices import (
    COMMERCE,
    Clock,
    add_person,
    opened_office,
    opened_parts,
    web_settings,
)
from web.office import Office
from workdays import date_in_shanghai
from worker import connect, running_worker
from workflows.case_records import record_for
from workflows.law_in_force import current_law

NAME, ID_NUMBER, PHONE = "张三丰", "130602199001011234", "13812345678"
DESCRIPTION = "<script>alert('申请')</script>2024 年度商务扶持资金分配方案"
TODAY = date_in_shanghai(datetime.now(UTC))

_commands = count(1)
_MARKS = re.compile(r'<input type="hidden" name="(command_id|seen|revision)" value="([^"]*)">')


def days_ago(days: int) -> date:
    """Return a day before today."""
    return TODAY - timedelta(days=days)


@contextmanager
def running_engine(parts: Parts) -> Iterator[Client]:
    """Run an embedded engine with a worker in a thread of its own, while the block runs."""
    ready, found = threading.Event(), list[Client]()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def run() -> None:
        folder = parts.folder
        async with embedded_server(folder.temporal_database, folder.engine_log) as server:
            client = await connect(parts, server.address)
            async with running_worker(parts, client):
                found.append(client)
                ready.set()
                await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()))
    thread.start()
    try:
        assert ready.wait(60), "the engine did not start"
        yield found[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


@dataclass
class Desk:
    """An office with an engine, and what tests put on record behind the pages' back."""

    office: Office

    @property
    def parts(self) -> Parts:
        """The office's parts."""
        return self.office.parts

    def say(self, command: RequestCommand | Any) -> None:
        """Put a fact on record as somebody else at the same moment would."""
        stream = case_stream(command.agency, command.case)
        log = self.parts.log
        record = load_case(log, stream) or record_for(command)
        events = record.decide(command, current_law())
        log.write(Write(stream, record.version, f"other:{next(_commands)}", command.by, events))
        self.parts.projector.catch_up()

    def register(self, case: str, *, submitted: date | None = None, **more: Any) -> str:
        """Put a request on record and return the address of its page."""
        applicant = Applicant(
            type=ApplicantType.NATURAL_PERSON,
            name=NAME,
            id_number=ID_NUMBER,
            phone=PHONE,
            address="保定市竞秀区某路 1 号",
        )
        known: dict[str, Any] = {
            "agency": COMMERCE,
            "case": case,
            "on": submitted or days_ago(3),
            "by": "worker",
            "channel": "in_person",
            "applicant": applicant,
            "description": DESCRIPTION,
        }
        self.say(Register(**{**known, **more}))
        return f"/agencies/{COMMERCE}/requests/{case}"

    def version(self, case: str) -> int:
        """Return how many events a case has."""
        return self.parts.store.stream_version(case_stream(COMMERCE, case))

    def types(self, case: str) -> list[str]:
        """Return the types of a case's events."""
        return [entry.event.type for entry in self.parts.log.read(case_stream(COMMERCE, case))]


def staff(office: Office) -> None:
    """Let somebody hold each role of the office, and give the agency its code."""
    add_person(office, "worker2", (Role.CASE_WORKER, COMMERCE))
    add_person(office, "reviewer", (Role.REVIEWER, COMMERCE))
    add_person(office, "head", (Role.DISCLOSURE_HEAD, COMMERCE))
    add_person(office, "supervisor", (Role.SUPERVISOR, COMMERCE))
    coded = AgencyConfigured(on=days_ago(300), document_code="保商公开")
    log = office.parts.log
    log.write(Write(f"agency/{COMMERCE}", 1, "code", "", [coded]))
    office.parts.projector.catch_up()


def marks(text: str) -> dict[str, str]:
    """Return what a form's hidden fields hold."""
    found = re.findall(
        r'<input type="hidden" name="(command_id|seen|revision)" value="([^"]*)">', text
    )
    return dict(found)


def client_of_a_lost_engine(parts: Parts) -> Client:
    """Return the client of an engine that ran and is gone."""
    with running_engine(parts) as client:
        return client


@contextmanager
def opened_desk(path: Path) -> Iterator[Desk]:
    """Open an office with a running engine and its staff."""
    with (
        opened_parts(path) as parts,
        running_engine(parts) as client,
        opened_office(parts, web_settings(), Clock(), client) as office,
    ):
        add_person(office, "worker", (Role.CASE_WORKER, COMMERCE))
        staff(office)
        yield Desk(office)
