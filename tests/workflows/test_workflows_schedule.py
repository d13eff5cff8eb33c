"""The yearly schedule on a real server: next times in Shanghai, the year it is about, once."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

from temporalio.client import ScheduleBackfill, ScheduleHandle

from disclosure.report_events import AnnualReportOpened
from engine.reports import draft_report
from engine.schedules import schedule_annual_reports, schedule_id
from tests.workflows.a_request import AGENCY
from tests.workflows.office import PATIENCE, Office, until
from workdays import SHANGHAI, date_in_shanghai
from workflows.annual_report_messages import ReportStart
from workflows.turn_of_the_year import TurnOfTheYear

TURN_OF_2025 = datetime(2025, 1, 1, 0, 30, tzinfo=SHANGHAI)


async def scheduled(served: Office) -> ScheduleHandle:
    """Make the schedules and return the agency's."""
    await schedule_annual_reports(served.client, [AGENCY])
    return served.client.get_schedule_handle(schedule_id(AGENCY))


async def started_by(served: Office, schedule: ScheduleHandle) -> ReportStart:
    """Return the report the schedule started last."""
    async with asyncio.timeout(PATIENCE):
        while not (actions := (await schedule.describe()).info.recent_actions):  # noqa: ASYNC110 - the server has no event
            await asyncio.sleep(0.05)
        action: Any = actions[-1].action
        handle = served.client.get_workflow_handle_for(TurnOfTheYear.run, action.workflow_id)
        return await handle.result()


async def test_the_schedule_names_the_next_first_of_january_at_half_past_midnight_in_shanghai(
    served: Office,
) -> None:
    schedule = await scheduled(served)
    times = (await schedule.describe()).info.next_action_times
    this_year = date_in_shanghai(datetime.now(UTC)).year
    expected = [datetime(this_year + n, 1, 1, 0, 30, tzinfo=SHANGHAI) for n in (1, 2, 3)]
    assert [time.astimezone(SHANGHAI) for time in times[:3]] == expected
    assert times[0].astimezone(UTC).date() == datetime(this_year, 12, 31, tzinfo=UTC).date()


async def test_a_schedule_is_made_once(served: Office) -> None:
    assert await schedule_annual_reports(served.client, [AGENCY, "other"]) == 2
    assert await schedule_annual_reports(served.client, [AGENCY, "other"]) == 0


async def test_at_the_turn_of_the_year_the_report_is_about_the_year_that_has_ended(
    served: Office,
) -> None:
    schedule = await scheduled(served)
    minute = timedelta(minutes=1)
    await schedule.backfill(ScheduleBackfill(TURN_OF_2025 - minute, TURN_OF_2025 + minute))
    started = await started_by(served, schedule)
    assert (started.agency, started.year) == (AGENCY, 2024)
    slot = f"report/{AGENCY}/2024"
    await until(lambda: served.types(slot)[:1] == ["annual_report_opened"])
    opened = served.entries(slot)[0].event
    assert isinstance(opened, AnnualReportOpened)
    assert (opened.on, opened.due_on) == (TURN_OF_2025.date(), date(2025, 1, 31))


async def test_a_year_whose_last_day_to_publish_has_passed_meanwhile_is_recorded_as_missed(
    served: Office,
) -> None:
    schedule = await scheduled(served)
    minute = timedelta(minutes=1)
    await schedule.backfill(ScheduleBackfill(TURN_OF_2025 - minute, TURN_OF_2025 + minute))
    slot = f"report/{AGENCY}/2024"
    await until(lambda: "annual_report_overdue" in served.types(slot))
    missed = served.entries(slot)[-1].event
    assert missed.on == date(2025, 2, 1)


async def test_triggered_by_hand_the_report_is_about_the_year_before_the_present_one(
    served: Office,
) -> None:
    schedule = await scheduled(served)
    await schedule.trigger()
    started = await started_by(served, schedule)
    assert started.year == date_in_shanghai(datetime.now(UTC)).year - 1


async def test_a_report_under_way_is_not_started_again_by_the_schedule(served: Office) -> None:
    year = date_in_shanghai(datetime.now(UTC)).year - 1
    await draft_report(served.client, served.parts.log, AGENCY, year)
    schedule = await scheduled(served)
    await schedule.trigger()
    await started_by(served, schedule)
    assert served.types(f"report/{AGENCY}/{year}") == ["annual_report_opened"]
