"""What happens to the working-day calendar: a holiday notice becomes part of the record."""

from dataclasses import dataclass
from typing import ClassVar

from disclosure.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayNoticeLoaded(Event):
    """载入节假日安排通知; `on` is the day the State Council's office published it.

    Attributes:
        number: document number (发文字号).
        year: whose holidays it arranges.
        document: the whole notice as JSON, with its source, as it was checked and loaded.
    """

    type: ClassVar[str] = "holiday_notice_loaded"

    number: str
    year: int
    document: str
