"""When a report was made, as its files say: never the clock of the machine that renders them."""

from datetime import datetime, time, timedelta, timezone

from reporting.annual_report import AnnualReport

CHINA_STANDARD_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The zone's one offset since 1991; reports begin with 2008."""


def made_at(report: AnnualReport) -> datetime:
    """Return the report's own time in Asia/Shanghai, to the second.

    That is the instant up to which the log was believed, or the end of the last day counted.
    """
    if report.known_at is None:
        day_after = report.period.last + timedelta(days=1)
        return datetime.combine(day_after, time(), CHINA_STANDARD_TIME)
    made = datetime.fromisoformat(report.known_at)
    made = made if made.tzinfo else made.replace(tzinfo=CHINA_STANDARD_TIME)
    return made.astimezone(CHINA_STANDARD_TIME).replace(microsecond=0)
