"""The time zone in which every legal date is meant.

The zone object lives in this module, which Temporal's sandbox passes through: a `ZoneInfo`
imported inside a workflow file would be a sandbox proxy and jam the workflow.
"""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
"""China Standard Time (北京时间)."""


def start_of(day: date) -> datetime:
    """Return 00:00 Asia/Shanghai of `day`, aware.

    The end of a legal day (24:00) is the start of the next one.
    """
    return datetime.combine(day, time.min, SHANGHAI)


def date_in_shanghai(moment: datetime) -> date:
    """Return the calendar date in Asia/Shanghai at `moment`.

    Raises:
        ValueError: `moment` is naive; guessing its zone would move legal dates.
    """
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no date in Asia/Shanghai: give it a time zone")
    return moment.astimezone(SHANGHAI).date()
