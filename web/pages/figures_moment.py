"""The moment figures are asked for: now, or what was known at the end of a day in Shanghai."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query
from pydantic import BaseModel, Field

from workdays import SHANGHAI, date_in_shanghai


class Asked(BaseModel):
    """What the two forms give: a date as it was typed, or the days a slider was moved."""

    known_at: str = Field(default="", max_length=10)
    day: int | None = Field(default=None, ge=0, le=40_000)


AskedMoment = Annotated[Asked, Query()]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day's end, or now.

    Attributes:
        first, last: the days the slider runs between: the year's first, and today.
        known_on: the day whose end is meant; None for now.
        error: why what was typed is no day; empty where it is one.
    """

    first: date
    last: date
    known_on: date | None = None
    error: str = ""

    @property
    def day(self) -> int:
        """Where the slider stands, in days from `first`."""
        return max(0, ((self.known_on or self.last) - self.first).days)

    @property
    def days(self) -> int:
        """How far the slider goes."""
        return (self.last - self.first).days

    @property
    def instant(self) -> datetime | None:
        """The last instant of the day; None for now."""
        if self.known_on is None:
            return None
        next_day = datetime.combine(self.known_on + timedelta(days=1), time(), SHANGHAI)
        return next_day - timedelta(microseconds=1)

    def query(self, **more: str | int) -> str:
        """Return what an address must carry to stay at this moment; empty, or from the ``?`` on."""
        given = {name: value for name, value in more.items() if value != ""}
        if self.known_on is not None:
            given = {"known_at": self.known_on.isoformat(), **given}
        return f"?{urlencode(given)}" if given else ""


def moment(asked: Asked, year: int) -> Moment:
    """Read the moment asked for; a day that has not ended yet is now."""
    today = date_in_shanghai(datetime.now(UTC))
    now = Moment(min(date(year, 1, 1), today), today)
    if asked.known_at:
        try:
            wanted = date.fromisoformat(asked.known_at)
        except ValueError:
            return Moment(now.first, now.last, error="日期应写作 2026-01-31")
    elif asked.day is not None:
        wanted = now.first + timedelta(days=asked.day)
    else:
        return now
    return now if wanted >= today else Moment(now.first, now.last, wanted)
