"""A report whose worker was killed goes on with the next worker; nobody ends it."""

import asyncio
import dataclasses
import signal
import sys
import time
from datetime import UTC, datetime

from activities.figures import AgencyFigures, FigureReader
from engine.reports import make_report
from engine.server import embedded_server
from tests.recovery.lives import AGENCY
from workdays import date_in_shanghai
from worker import Parts, connect, running_worker
from workflows.annual_report import AnnualReport
from workflows.messages import ReportStart
from workflows.names import TASK_QUEUE

PATIENCE = 60
LAST_YEAR = date_in_shanghai(datetime.now(UTC)).year - 1


class SlowFigures(FigureReader):
    """Figures that take longer than a worker may be silent."""

    reads = 0

    def at(self, agency: str, position: int | None = None) -> AgencyFigures:
        """Take twelve seconds."""
        self.reads += 1
        time.sleep(12)
        return super().at(agency, position)


async def test_a_worker_that_takes_long_over_a_report_is_not_taken_for_dead(parts: Parts) -> None:
    folder = parts.folder
    slow = SlowFigures(parts.store, parts.engine, parts.projector)
    async with (
        asyncio.timeout(PATIENCE),
        embedded_server(folder.temporal_database, folder.engine_log) as server,
    ):
        client = await connect(parts, server.address)
        async with running_worker(dataclasses.replace(parts, figures=slow), client):
            made = await make_report(client, ReportStart(agency=AGENCY, year=LAST_YEAR))
    assert (made.version, slow.reads) == (1, 1)


async def test_a_run_left_behind_by_a_killed_worker_is_waited_for_and_ends_well(
    parts: Parts,
) -> None:
    folder = parts.folder
    start = ReportStart(agency=AGENCY, year=LAST_YEAR, publish=True, approved_by="李科长")
    waited: list[None] = []
    async with (
        asyncio.timeout(PATIENCE),
        embedded_server(folder.temporal_database, folder.engine_log) as server,
    ):
        client = await connect(parts, server.address)
        left_behind = await client.start_workflow(
            AnnualReport.run, start, id=f"report/{AGENCY}/{LAST_YEAR}", task_queue=TASK_QUEUE
        )
        dying = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.recovery.dying_report"),
            *(server.address, str(folder.path)),
        )
        assert await dying.wait() == -signal.SIGKILL
        async with running_worker(parts, client):
            ours = await make_report(
                client, start.model_copy(update={"publish": False}), lambda: waited.append(None)
            )
        first = await left_behind.result()
    assert len(waited) == 1
    assert first.version == 1
    assert ours.position > first.position
    assert [entry.event.type for entry in parts.log.read(f"report/{AGENCY}/{LAST_YEAR}")] == [
        "annual_report_opened",
        "annual_report_published",
    ]
