"""What changed from month to month and from year to year: figures for charts, not for tables.

They are not part of the report's JSON and of its digest. Whoever renders a sealed report again must
take them from the log at the report's own position, so that its files come out the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.plain_values import count

MONTHS = 12


class MalformedTrendsError(ValueError):
    """Trends that cannot be drawn: not twelve months, or a figure that is no count."""


@dataclass(frozen=True, slots=True)
class Trends:
    """Requests received (件) in each month of the year, and of each year the new and the handled.

    ``received_by_month`` holds January to December by the day of receipt in Asia/Shanghai; its sum
    is the report's ``new``. ``by_year`` gives (new, handled) for the report's year and up to four
    before it; a year of which nothing is known is left out, and is not 0.

    Raises ``MalformedTrendsError``.
    """

    received_by_month: tuple[int, ...]
    by_year: Mapping[int, tuple[int, int]]

    def __post_init__(self) -> None:
        if len(self.received_by_month) != MONTHS:
            raise MalformedTrendsError("received_by_month: twelve months are expected")
        try:
            for month, number in enumerate(self.received_by_month, 1):
                count(number, f"received_by_month.{month}")
            for year, (new, handled) in self.by_year.items():
                count(new, f"by_year.{year}.new")
                count(handled, f"by_year.{year}.handled")
        except ValueError as fault:
            raise MalformedTrendsError(str(fault)) from fault
