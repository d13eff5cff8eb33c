"""The yearly Schedules: at the turn of the year in Shanghai, about the year that has ended."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
)

from engine.one_by_one import one_by_one
from workflows.annual_report_messages import ReportStart
from workflows.names import TASK_QUEUE
from workflows.turn_of_the_year import TurnOfTheYear

_CATCH_UP = timedelta(days=90)
"""How long after the turn of the year a machine that was off still starts the report: past the end
of March, when even a government's own must be out (条例 Art. 49)."""

_REPORTS_AT = time(0, 30)
"""In Shanghai; in UTC it is still 31 December."""


def on_new_years_day(schedule_id: str, run: Any, start: Any, at: time, comment: str) -> Schedule:
    """Return a schedule that starts a workflow each 1 January.

    Args:
        schedule_id: of the schedule; its runs are named after it.
        run: the workflow's run method.
        start: the message each run is started with.
        at: time of day in Shanghai.
        comment: what it is for, in Chinese, shown in Temporal's own pages.
    """
    return Schedule(
        action=ScheduleActionStartWorkflow(
            run, start, id=f"{schedule_id}/scheduled", task_queue=TASK_QUEUE
        ),
        spec=ScheduleSpec(
            calendars=[
                ScheduleCalendarSpec(
                    month=[ScheduleRange(1)],
                    day_of_month=[ScheduleRange(1)],
                    hour=[ScheduleRange(at.hour)],
                    minute=[ScheduleRange(at.minute)],
                    comment=comment,
                )
            ],
            time_zone_name="Asia/Shanghai",
        ),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.BUFFER_ONE, catchup_window=_CATCH_UP),
    )


async def make_missing(client: Client, wanted: Mapping[str, Schedule]) -> int:
    """Make the schedules, by id, that are not there; return how many were made.

    One that cannot be made is logged and holds up no other.
    """
    known = {entry.id async for entry in await client.list_schedules()}

    async def make(schedule_id: str) -> bool:
        try:
            await client.create_schedule(schedule_id, wanted[schedule_id])
        except ScheduleAlreadyRunningError:
            return False
        return True

    missing = [schedule_id for schedule_id in wanted if schedule_id not in known]
    return (await one_by_one(missing, make)).started


def schedule_id(agency: str) -> str:
    """Name an agency's schedule."""
    return f"annual-report/{agency}"


async def schedule_annual_reports(client: Client, agencies: list[str]) -> int:
    """Make the schedule of every agency that has none; return how many were made."""
    comment = "岁末编制上一年度政府信息公开工作年度报告"
    return await make_missing(
        client,
        {
            (name := schedule_id(agency)): on_new_years_day(
                name, TurnOfTheYear.run, ReportStart(agency=agency), _REPORTS_AT, comment
            )
            for agency in agencies
        },
    )
