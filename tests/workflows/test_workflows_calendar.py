"""A year for which no calendar was published: the notice comes, and what runs moves with it."""

from collections.abc import Iterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from disclosure.amendment_events import LimitsRecalculated
from disclosure.request_events import DueDateNear, Overdue, RequestRegistered
from engine.calendar_watch import following_calendar
from records.holiday_notices import record_notice
from tests.disclosure.notices import UNPUBLISHED, invented_notice
from tests.disclosure.specification import LAW
from tests.workflows import a_request as facts
from tests.workflows.a_request import AGENCY, DUE, MONDAY, STREAM
from tests.workflows.office import Office, until
from tests.workflows.servers import strict_sandbox
from vault.codec import data_converter
from workdays import Holiday, Notice
from workflows.disclosure_request import DisclosureRequest
from workflows.law_in_force import current_law, use_law

MOVED = date(2035, 4, 9)
"""DUE, after the week of 19 March has been given off."""


def notices() -> Iterator[Notice]:
    """Invent a notice for each year up to 2035, whose second holiday is a week in March."""
    yield from (invented_notice(year) for year in range(UNPUBLISHED, 2035))
    week_off = Holiday(name="（虚构）假日", first=date(2035, 3, 19), last=date(2035, 3, 23))
    last = invented_notice(2035)
    yield last.model_copy(update={"holidays": (*last.holidays, week_off)})


@asynccontextmanager
async def notices_loaded(office: Office) -> Any:
    """Load the notices, and follow the calendar as a worker does while the block runs."""
    for notice in notices():
        record_notice(office.parts.log, notice, "经办人")
    async with following_calendar(office.parts, office.client):
        yield


@pytest.fixture(autouse=True)
def _the_law_as_it_was() -> Iterator[None]:
    yield
    use_law(LAW)


async def test_every_open_due_date_moves_none_of_the_closed_and_an_event_says_so(
    office: Office,
) -> None:
    closed = f"case/{AGENCY}/2035-16"
    await office.carry(facts.register())
    await office.carry(facts.register(case="2035-16"))
    await office.carry(facts.decide(MONDAY, case="2035-16"))
    clock = office.event(RequestRegistered).clock
    assert clock is not None
    assert (clock.due_on, clock.provisional) == (DUE, True)

    async with notices_loaded(office):
        await until(lambda: office.types()[-1] == "limits_recalculated")

    clock = office.event(LimitsRecalculated).clock
    assert clock is not None
    assert (clock.due_on, clock.provisional) == (MOVED, False)
    assert office.types(closed) == ["request_registered", "request_decided"]


async def test_the_timers_move_with_the_due_date(office: Office) -> None:
    await office.carry(facts.register())
    async with notices_loaded(office):
        await until(lambda: office.types()[-1] == "limits_recalculated")
        await office.open_at(date(2035, 4, 3))
        assert office.types()[-1] == "limits_recalculated"
        await office.open_at(date(2035, 12, 3))
    assert office.event(DueDateNear) == DueDateNear(on=date(2035, 4, 4), due_on=MOVED)
    assert office.event(Overdue) == Overdue(on=date(2035, 4, 10), due_on=MOVED)


async def test_what_comes_after_the_notice_is_counted_by_it(office: Office) -> None:
    async with notices_loaded(office):
        await until(lambda: current_law().calendar.version == office.parts.law().calendar.version)
        await office.carry(facts.register())
    clock = office.event(RequestRegistered).clock
    assert clock is not None
    assert (clock.due_on, clock.provisional) == (MOVED, False)


async def test_the_history_replays_under_either_calendar(office: Office) -> None:
    await office.carry(facts.register())
    async with notices_loaded(office):
        await until(lambda: office.types()[-1] == "limits_recalculated")
        await office.open_at(date(2035, 4, 5))
        await office.carry(facts.decide(date(2035, 4, 5)))
        await office.ended()
    history: WorkflowHistory = await office.request(STREAM).fetch_history()
    replayer = Replayer(
        workflows=[DisclosureRequest],
        data_converter=data_converter(office.parts.keyring),
        workflow_runner=strict_sandbox(),
    )
    for law in (office.parts.law(), LAW):
        use_law(law)
        await replayer.replay_workflow(history)
