"""The yearly Schedule of every agency: 1 January in Shanghai, about the year that has ended."""

from datetime import timedelta

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


def schedule_id(agency: str) -> str:
    """Name an agency's schedule."""
    return f"annual-report/{agency}"


def turn_of_the_year(agency: str) -> Schedule:
    """Return the schedule: 1 January 00:30 in Shanghai, which is still 31 December in UTC."""
    return Schedule(
        action=ScheduleActionStartWorkflow(
            TurnOfTheYear.run,
            ReportStart(agency=agency),
            id=f"{schedule_id(agency)}/scheduled",
            task_queue=TASK_QUEUE,
        ),
        spec=ScheduleSpec(
            calendars=[
                ScheduleCalendarSpec(
                    month=[ScheduleRange(1)],
                    day_of_month=[ScheduleRange(1)],
                    hour=[ScheduleRange(0)],
                    minute=[ScheduleRange(30)],
                    comment="岁末编制上一年度政府信息公开工作年度报告",
                )
            ],
            time_zone_name="Asia/Shanghai",
        ),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.BUFFER_ONE, catchup_window=_CATCH_UP),
    )


async def schedule_annual_reports(client: Client, agencies: list[str]) -> int:
    """Make the schedule of every agency that has none; return how many were made.

    One that cannot be made is logged and holds up no other.
    """
    known = {entry.id async for entry in await client.list_schedules()}

    async def schedule(agency: str) -> bool:
        try:
            await client.create_schedule(schedule_id(agency), turn_of_the_year(agency))
        except ScheduleAlreadyRunningError:
            return False
        return True

    missing = [agency for agency in agencies if schedule_id(agency) not in known]
    return (await one_by_one(missing, schedule)).started
