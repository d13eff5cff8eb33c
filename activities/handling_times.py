"""How long replies took (办理时效): working days from receipt to reply, and how many came in time.

The day of receipt is not counted, the day of the reply is. Days on which the period stood still
are counted too: this is how long the applicant waited. Whether a reply was in time is what the
record says of it (条例 Art. 33), pauses, extension and the day of posting considered. Requests that
ended without a reply (lapsed, withdrawn, merged: （六）其他处理) are left out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from disclosure.flags import Flag
from disclosure.law import WorkingDays
from reporting.labels import group_of

Spans = Counter[tuple[date, date, bool]]
"""How many replies there are of each: day of receipt, day of reply, whether it came too late."""

NOT_REPLIED = "other"
"""The group of results that are no replies."""

_NINE_TENTHS = 0.9


@dataclass(frozen=True, slots=True)
class Reply:
    """One request that was replied to.

    Attributes:
        replied_on: the day of the decision.
        due_on: by which it was judged; None where none was worked out.
        late: whether the record says so, by the day it was sent.
    """

    case: str
    received_on: date
    replied_on: date
    due_on: date | None
    outcome: str
    late: bool

    def working_days(self, calendar: WorkingDays) -> int:
        """Count the working days from receipt to reply."""
        return calendar.count(self.received_on, self.replied_on)


@dataclass(frozen=True, slots=True)
class HandlingTimes:
    """Replies added up.

    Attributes:
        replies: how many.
        late: how many of them came too late.
        median, ninth_decile: working days; the least number that half, and nine in ten, of the
            replies did not exceed. None where there are none.
    """

    replies: int
    late: int
    median: int | None
    ninth_decile: int | None

    @property
    def on_time_percent(self) -> str:
        """The share that came in time, in per cent with one decimal; never rounded up to all."""
        if not self.replies:
            return ""
        tenths = (self.replies - self.late) * 1000 // self.replies
        return f"{tenths // 10}.{tenths % 10}"


def reply_of(row: Mapping[str, Any]) -> Reply | None:
    """Read a row of the register of requests; None where there was no reply."""
    received, closed, outcome = row["received_on"], row["closed_on"], row["outcome"]
    if received is None or closed is None or outcome is None or group_of(outcome) == NOT_REPLIED:
        return None
    late = Flag.ANSWERED_LATE.value in row["flags"].split()
    return Reply(row["case_reference"], received, closed, row["due_on"], outcome, late)


def spans_of(replies: Iterable[Reply], year: int) -> Spans:
    """Add up the replies given in a year."""
    return Counter(
        (reply.received_on, reply.replied_on, reply.late)
        for reply in replies
        if reply.replied_on.year == year
    )


def handling_times(spans: Spans, calendar: WorkingDays) -> HandlingTimes:
    """Return how long the replies took."""
    days: Counter[int] = Counter()
    late = 0
    first = min((received for received, _, _ in spans), default=date.min)
    ranks: dict[date, int] = {}
    for (received, replied, is_late), number in spans.items():
        for day in (received, replied):
            if day not in ranks:
                ranks[day] = calendar.count(first, day)
        days[ranks[replied] - ranks[received]] += number
        late += number * is_late
    total = days.total()
    return HandlingTimes(
        replies=total,
        late=late,
        median=_within(days, total, 0.5),
        ninth_decile=_within(days, total, _NINE_TENTHS),
    )


def by_month(spans: Spans, calendar: WorkingDays) -> dict[int, HandlingTimes]:
    """Return how long the replies of each month took; a month without any is left out."""
    months: dict[int, Spans] = {}
    for span, number in spans.items():
        months.setdefault(span[1].month, Counter())[span] = number
    of_month = {month: handling_times(months[month], calendar) for month in sorted(months)}
    return {month: times for month, times in of_month.items() if times.replies}


def _within(days: Counter[int], total: int, share: float) -> int | None:
    """Return the least number of days that this share of the replies did not exceed."""
    wanted, seen = ceil(share * total), 0
    for length in sorted(days):
        seen += days[length]
        if seen >= wanted:
            return length
    return None
