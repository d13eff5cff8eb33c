"""What is said of one day, and what comes out of counting days."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

DayKind = Literal["workday", "weekend", "holiday", "adjusted_workday"]
"""工作日, 周末休息日, 节假日, 调休上班日."""

_WEEKDAYS: Final = "一二三四五六日"
_UNPUBLISHED: Final = "（放假安排未公布，暂按周一至周五计）"


class Due(NamedTuple):
    """The day a count of working days arrives at.

    `provisional` is true when any day of the count lies outside the published notices and
    was taken as plain Monday to Friday: the date is worked out again once a notice is loaded.
    """

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One date (Asia/Shanghai) as the notices see it.

    `name` is the holiday's name (for 调休 the holiday the day is worked for), `notice` the
    number of the notice that names the day; both are empty on ordinary days.
    """

    date: date
    kind: DayKind
    name: str = ""
    notice: str = ""
    provisional: bool = False

    @property
    def is_workday(self) -> bool:
        """Tell whether the day counts."""
        return self.kind in {"workday", "adjusted_workday"}

    @property
    def sentence(self) -> str:
        """Say in Chinese what the day is and by which notice, for ledgers people read."""
        if self.kind == "holiday":
            return f"{self.name}放假（{self.notice}）"
        if self.kind == "adjusted_workday":
            return f"{self.name}调休上班（{self.notice}）"
        said = "工作日" if self.kind == "workday" else "休息日"
        weekday = f"星期{_WEEKDAYS[self.date.weekday()]}"
        return f"{weekday}，{said}{_UNPUBLISHED if self.provisional else ''}"
