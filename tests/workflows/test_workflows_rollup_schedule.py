"""The yearly schedule of roll-ups on a real server: it goes on under the year's own name."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from temporalio.client import ScheduleBackfill

from disclosure.addresses import rollup_stream
from engine.publication_watch import following_publications
from engine.rollups import rollup_schedule_id, schedule_rollups
from tests.workflows.government import register
from tests.workflows.office import PATIENCE, Office, until
from workdays import SHANGHAI

CITY = "shi"
TURN_OF_2025 = datetime(2025, 1, 1, 1, 0, tzinfo=SHANGHAI)


async def test_at_the_turn_of_the_year_the_members_of_the_year_that_has_ended_are_waited_for(
    served: Office,
) -> None:
    register(served.parts, CITY)
    register(served.parts, "ju", CITY)
    assert await schedule_rollups(served.client, [CITY]) == 1
    assert await schedule_rollups(served.client, [CITY]) == 0
    schedule = served.client.get_schedule_handle(rollup_schedule_id(CITY))
    minute = timedelta(minutes=1)
    await schedule.backfill(ScheduleBackfill(TURN_OF_2025 - minute, TURN_OF_2025 + minute))
    slot = rollup_stream(CITY, 2024)
    await until(lambda: served.types(slot) == ["rollup_opened", "rollup_deadline_missed"])
    await served.request(slot).describe()


async def test_a_government_gets_its_schedule_and_a_lost_run_its_like_when_a_worker_starts(
    served: Office,
) -> None:
    register(served.parts, CITY)
    register(served.parts, "ju", CITY)
    async with following_publications(served.parts, served.client):
        description: Any = None
        async with asyncio.timeout(PATIENCE):
            while description is None:
                known = [one.id async for one in await served.client.list_schedules()]
                description = rollup_schedule_id(CITY) in known or None
                await asyncio.sleep(0.05)
    schedule = served.client.get_schedule_handle(rollup_schedule_id(CITY))
    (first, *_) = (await schedule.describe()).info.next_action_times
    local = first.astimezone(SHANGHAI)
    assert (local.month, local.day, local.hour, local.minute) == (1, 1, 1, 0)
