"""Roll-ups by command, by schedule, and again after the engine was lost; and news of publications.

A government is an agency with others below it in the year.
"""

from datetime import time
from uuid import uuid4

import sqlalchemy as sa
from temporalio.client import Client, RPCError, RPCStatusCode, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from disclosure.addresses import rollup_stream
from engine.attempts import answered
from engine.one_by_one import one_by_one
from engine.schedules import make_missing, on_new_years_day
from projections import RollupRegister
from workflows.names import TASK_QUEUE
from workflows.rollup import Rollup
from workflows.rollup_messages import RollupRelease, RollupResult, RollupStart

_AFTER_THE_REPORTS = time(1)
"""In Shanghai, half an hour after the members' own schedules."""


async def roll_up(
    client: Client, agency: str, year: int, release: RollupRelease | None = None
) -> RollupResult:
    """Assemble a year's roll-up, and publish it where it is released.

    A run that waits for the members is asked; where there is none, one is started for this alone.

    Raises:
        Refused: it cannot be made, or must not be published; the sentence names who is missing,
            counted twice or out of place.
        CommandFailedError: the engine or the log could not do it.
    """
    update_id = uuid4().hex

    async def once() -> RollupResult:
        start = WithStartWorkflowOperation(
            Rollup.run,
            RollupStart(agency=agency, year=year),
            id=rollup_stream(agency, year),
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        )
        if release is None:
            return await client.execute_update_with_start_workflow(
                Rollup.assemble, id=update_id, start_workflow_operation=start
            )
        return await client.execute_update_with_start_workflow(
            Rollup.publish, release, id=update_id, start_workflow_operation=start
        )

    return await answered(once)


async def wait_for_members(client: Client, agency: str, year: int) -> bool:
    """Start the run that waits for the members; return whether there was none yet."""
    try:
        await client.start_workflow(
            Rollup.run,
            RollupStart(agency=agency, year=year, wait=True),
            id=rollup_stream(agency, year),
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        )
    except WorkflowAlreadyStartedError:
        return False
    return True


async def resume_rollups(client: Client, engine: sa.Engine) -> int:
    """Start again the runs of roll-ups that are under way in the log; return how many were not."""
    register = RollupRegister.table.c
    under_way = sa.select(register.agency, register.year).where(
        register.opened_on.is_not(None), register.version == 0
    )
    with engine.connect() as connection:
        streams = {
            rollup_stream(agency, year): (agency, year)
            for agency, year in connection.execute(under_way)
        }

    async def start(stream: str) -> bool:
        agency, year = streams[stream]
        return await wait_for_members(client, agency, year)

    return (await one_by_one(list(streams), start)).started


def rollup_schedule_id(agency: str) -> str:
    """Name a government's schedule."""
    return f"rollup/{agency}"


async def schedule_rollups(client: Client, governments: list[str]) -> int:
    """Make the schedule of every government that has none; return how many were made."""
    comment = "岁末启动上一年度政府信息公开工作年度报告汇总"
    return await make_missing(
        client,
        {
            (name := rollup_schedule_id(agency)): on_new_years_day(
                name, Rollup.run, RollupStart(agency=agency), _AFTER_THE_REPORTS, comment
            )
            for agency in governments
        },
    )


async def tell_of_publication(client: Client, superior: str, year: int) -> None:
    """Wake the roll-up a published report enters; where none waits, nobody needs to know."""
    handle = client.get_workflow_handle(rollup_stream(superior, year))
    try:
        await handle.signal(Rollup.member_published)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
