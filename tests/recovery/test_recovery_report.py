"""A report whose worker was killed goes on with the next worker; nobody ends it."""

import asyncio
import dataclasses
import signal
import sys
import time
from datetime import UTC, datetime

from activities.figures import AgencyFigures, FigureReader
from disclosure.report_commands import ReleaseReport
from engine.reports import carry_report, draft_report
from engine.server import embedded_server
from tests.recovery.lives import AGENCY
from workdays import date_in_shanghai
from worker import Parts, connect, running_worker

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
            made = await draft_report(client, parts.log, AGENCY, LAST_YEAR)
    assert made.version == 1
    assert slow.reads <= 2, "once for the workflow's own draft, once for ours"


async def test_a_step_left_behind_by_a_killed_worker_is_waited_for_and_ends_well(
    parts: Parts,
) -> None:
    folder = parts.folder
    release = ReleaseReport(
        agency=AGENCY, year=LAST_YEAR, on=date_in_shanghai(datetime.now(UTC)), approved_by="李科长"
    )
    async with (
        asyncio.timeout(PATIENCE),
        embedded_server(folder.temporal_database, folder.engine_log) as server,
    ):
        client = await connect(parts, server.address)
        left_behind = asyncio.create_task(carry_report(client, parts.log, "form-1", release))
        dying = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.recovery.dying_report"),
            *(server.address, str(folder.path)),
        )
        assert await dying.wait() == -signal.SIGKILL
        async with running_worker(parts, client):
            published = await left_behind
            drafted = await draft_report(client, parts.log, AGENCY, LAST_YEAR)
    assert published.stage == "published"
    assert published.draft is not None
    assert published.draft.version == 1
    assert drafted.position > published.draft.log_position
    assert [entry.event.type for entry in parts.log.read(f"report/{AGENCY}/{LAST_YEAR}")] == [
        "annual_report_opened",
        "annual_report_submitted",
        "annual_report_approved",
        "annual_report_published",
    ]
