"""Table four (政府信息公开行政复议、行政诉讼情况): one rule a cell over the register.

A proceeding counts by its own state in the year, whatever year its request was of: concluded in the
year, by its result; open at 24:00 on 31 December, as pending, and again next year. A judgment under
appeal is pending. 总计 has a rule of its own, so that its being the sum of the four is a check on
the record and not a definition.

Source: 国办公开办函〔2021〕30号.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from disclosure.outcomes import TOTAL
from disclosure.proceeding_results import GROUP_LABELS, RESULT_LABELS
from projections.annual_statistics import Year
from projections.proceedings import PENDING, turns_of


@dataclass(frozen=True, slots=True)
class Contest:
    """One proceeding as table four sees it.

    Attributes:
        group: of the form.
        turns: days, oldest first, and what it has been since: pending, or its result.
    """

    case: str
    group: str
    turns: tuple[tuple[date, str], ...]

    def stood_on(self, day: date) -> tuple[date, str] | None:
        """Return the last turn at 24:00 of a day; None before it was filed."""
        taken = [turn for turn in self.turns if turn[0] <= day]
        return taken[-1] if taken else None


def is_pending(contest: Contest, year: Year) -> bool:
    """尚未审结: open at 24:00 on 31 December."""
    last = contest.stood_on(year.last)
    return last is not None and last[1] == PENDING


def has_result(result: str) -> Callable[[Contest, Year], bool]:
    """结果维持、结果纠正、其他结果: concluded in the year with this result, and not reopened."""

    def rule(contest: Contest, year: Year) -> bool:
        last = contest.stood_on(year.last)
        return last is not None and last[1] == result and last[0] >= year.first

    return rule


def is_in_the_year(contest: Contest, year: Year) -> bool:
    """总计: open when the year began, or it took a turn in the year."""
    open_before = [what for day, what in contest.turns if day < year.first][-1:] == [PENDING]
    return open_before or any(year.first <= day <= year.last for day, _ in contest.turns)


CELL_RULES: dict[str, Callable[[Contest, Year], bool]] = {
    **{result: has_result(result) for result in RESULT_LABELS},
    PENDING: is_pending,
    TOTAL: is_in_the_year,
}
"""Which proceedings each column of table four counts, in each of its three groups."""


def count_table_four(contests: Iterable[Contest], year: int) -> dict[str, dict[str, int]]:
    """Count every cell of table four."""
    period = Year.of(year)
    cells = {group: dict.fromkeys(CELL_RULES, 0) for group in GROUP_LABELS}
    for contest in contests:
        for state, counts in CELL_RULES.items():
            cells[contest.group][state] += counts(contest, period)
    return cells


def contests_of(rows: Iterable[Mapping[str, Any]]) -> Iterable[Contest]:
    """Read rows of the register."""
    for row in rows:
        yield Contest(row["case_reference"], row["proceeding_group"], tuple(turns_of(row)))
