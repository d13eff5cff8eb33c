"""The life of a roll-up that is recorded: it waits, is told, is late, and goes out."""

import asyncio

from disclosure.addresses import rollup_stream
from engine.rollups import roll_up, tell_of_publication
from tests.workflows.government import YEAR, publish_own, register
from tests.workflows.office import PATIENCE, Office
from workflows.names import TASK_QUEUE
from workflows.rollup import Rollup
from workflows.rollup_messages import RollupRelease, RollupStart

CITY = "shi"


async def rollup(office: Office) -> str:
    """Wait for a department past 31 March, look at a draft, and publish."""
    register(office.parts, CITY)
    register(office.parts, "ju", CITY)
    publish_own(office.parts, CITY)
    stream = rollup_stream(CITY, YEAR)
    handle = await office.client.start_workflow(
        Rollup.run,
        RollupStart(agency=CITY, year=YEAR, wait=True, look_every=864_000),
        id=stream,
        task_queue=TASK_QUEUE,
    )
    with office.environment.auto_time_skipping_disabled():
        async with asyncio.timeout(PATIENCE):
            await roll_up(office.client, CITY, YEAR)
            publish_own(office.parts, "ju")
            await tell_of_publication(office.client, CITY, YEAR)
            while (await handle.query(Rollup.standing)).missing:  # noqa: ASYNC110 - a query has no event
                await asyncio.sleep(0.02)
            await roll_up(office.client, CITY, YEAR, RollupRelease(approved_by="（虚构）丙"))
            await handle.result()
    return stream
