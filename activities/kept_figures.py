"""The rows of one agency that its figures are counted from, with each year's sums beside them.

Given the rows of the cases that were touched, the sums change by the difference: what was counted
of them goes out, what is to be counted comes in. The rules are those of
`projections.annual_statistics`, applied request by request.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from activities.figures import AgencyFigures, table_two
from activities.handling_times import Reply, Spans, reply_of, spans_of
from projections import Agencies, CaseRegister, Proceedings, Publication, RequestFacts, Sections
from projections.annual_statistics import Facts, count_table_three, facts_of
from projections.publication import YearlyAmounts
from projections.table_four import Contest, contests_of, count_table_four
from reporting.figures import Fees, Figures
from reporting.tables import Table3, Table4, Tables
from reporting.trends import MONTHS, Trends

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows by the name of their projection."""

_YEARS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class YearAtHand:
    """An agency's year at one position of the log.

    Attributes:
        whole: what the figures are counted from, for the way back from a cell.
        first_year: of the first request on record; None before there is any.
        texts: the sections as written, by name.
        spans: the replies given in the year, added up.
        replies: every reply of the agency, of whatever year.
    """

    whole: AgencyFigures
    year: int
    figures: Figures
    trends: Trends
    first_year: int | None
    texts: Mapping[str, str]
    spans: Spans
    replies: Sequence[Reply]

    @property
    def position(self) -> int:
        """The log position of all of it."""
        return self.whole.position


@dataclass(slots=True)
class _YearSums:
    """What is added up of the requests of one year."""

    year: int
    table3: Counter[tuple[str, str]] = field(default_factory=Counter)
    months: Counter[int] = field(default_factory=Counter)
    spans: Spans = field(default_factory=Counter)

    def add(self, facts: Iterable[Facts], sign: int) -> None:
        """Count requests in, or out again."""
        counted = list(facts)
        for row, cells in count_table_three(counted, self.year).items():
            for column, number in cells.items():
                self.table3[row, column] += sign * number
        for each in counted:
            if each.received_on.year == self.year:
                self.months[each.received_on.month] += sign

    def add_replies(self, replies: Iterable[Reply], sign: int) -> None:
        """Count replies in, or out again."""
        for span, number in spans_of(replies, self.year).items():
            self.spans[span] += sign * number

    def table(self) -> Table3:
        """Return table three."""
        rows: dict[str, dict[str, int]] = {}
        for (row, column), number in self.table3.items():
            rows.setdefault(row, {})[column] = number
        return Table3.of(rows)


class KeptFigures:
    """One agency's rows at a position; not safe between threads by itself.

    Attributes:
        position: of the log; below 0 before anything was read.
    """

    def __init__(self, agency: str) -> None:
        self.agency = agency
        self.position = -1
        self._row: Mapping[str, Any] = {}
        self._amounts = YearlyAmounts([])
        self._texts: dict[tuple[int, str], str] = {}
        self._counted: dict[int, tuple[Figures, Trends]] = {}
        self._listed: tuple[AgencyFigures | None, Sequence[Reply] | None] = (None, None)
        self._forget_cases()

    @property
    def registered(self) -> bool:
        """Whether there is such an agency."""
        return bool(self._row)

    def take(self, rows: Rows, position: int, *, only_touched: bool) -> None:
        """Put rows in the place of those before.

        Args:
            rows: of every read model; of those with a row a case only the touched cases, where so.
            position: at which all of them stand.
            only_touched: whether the other cases stay as they are.
        """
        if not only_touched:
            self._forget_cases()
        self._take_facts(rows[RequestFacts.name])
        self._take_replies(rows[CaseRegister.name])
        self._contests |= {each.case: each for each in contests_of(rows[Proceedings.name])}
        self._amounts = YearlyAmounts(rows[Publication.name])
        self._texts = {(row["year"], row["section"]): row["text"] for row in rows[Sections.name]}
        self._row = next(iter(rows[Agencies.name]), {})
        self._counted = {}
        self._listed = (None, None)
        self.position = position

    def of_year(self, year: int) -> YearAtHand:
        """Return a year; what it gives does not change afterwards."""
        if year not in self._years:
            self._years[year] = _YearSums(year)
            self._years[year].add(self._facts.values(), 1)
            self._years[year].add_replies(self._replies.values(), 1)
        if year not in self._counted:
            self._counted[year] = self._figures(year), self._trends(year)
        figures, trends = self._counted[year]
        return YearAtHand(
            whole=self._whole(),
            year=year,
            figures=figures,
            trends=trends,
            first_year=min((each for each, number in self._new.items() if number), default=None),
            texts={name: text for (its, name), text in self._texts.items() if its == year},
            spans=self._years[year].spans.copy(),
            replies=self._listed_replies(),
        )

    def _forget_cases(self) -> None:
        self._facts: dict[str, Facts] = {}
        self._contests: dict[str, Contest] = {}
        self._replies: dict[str, Reply] = {}
        self._years: dict[int, _YearSums] = {}
        self._new: Counter[int] = Counter()
        self._handled: Counter[int] = Counter()

    def _take_facts(self, rows: Sequence[Mapping[str, Any]]) -> None:
        before = [self._facts.pop(case) for case in _cases(rows) if case in self._facts]
        after = list(facts_of(rows))
        self._facts |= {each.case: each for each in after}
        for sign, counted in ((-1, before), (1, after)):
            for sums in self._years.values():
                sums.add(counted, sign)
            for each in counted:
                self._new[each.received_on.year] += sign
                if each.closed_on is not None:
                    self._handled[each.closed_on.year] += sign

    def _take_replies(self, rows: Sequence[Mapping[str, Any]]) -> None:
        before = [self._replies.pop(case) for case in _cases(rows) if case in self._replies]
        after = [reply for reply in map(reply_of, rows) if reply is not None]
        self._replies |= {each.case: each for each in after}
        for sums in self._years.values():
            sums.add_replies(before, -1)
            sums.add_replies(after, 1)

    def _figures(self, year: int) -> Figures:
        return Figures(
            tables=Tables(
                table2=table_two(self._amounts, year),
                table3=self._years[year].table(),
                table4=Table4.from_json(count_table_four(self._contests.values(), year)),
            ),
            published=self._amounts.published(year),
            fees=Fees(*self._amounts.information_fees(year)),
        )

    def _trends(self, year: int) -> Trends:
        known = [each for each, number in self._new.items() if number]
        first = max(min(known, default=year), year - _YEARS_SHOWN + 1)
        months = self._years[year].months
        return Trends(
            received_by_month=tuple(months[month] for month in range(1, MONTHS + 1)),
            by_year={
                each: (self._new[each], self._handled[each]) for each in range(first, year + 1)
            },
        )

    def _whole(self) -> AgencyFigures:
        """Return what the figures are counted from; listed once, however often it is asked for."""
        whole, replies = self._listed
        if whole is None:
            whole = AgencyFigures(
                agency=self.agency,
                name=self._row["name"],
                position=self.position,
                facts=list(self._facts.values()),
                contests=list(self._contests.values()),
                amounts=self._amounts,
                texts=self._texts,
                opened_on=self._row["opened_on"],
                ended_on=self._row["ended_on"],
            )
            self._listed = whole, replies
        return whole if whole.position == self.position else replace(whole, position=self.position)

    def _listed_replies(self) -> Sequence[Reply]:
        whole, replies = self._listed
        if replies is None:
            replies = list(self._replies.values())
            self._listed = whole, replies
        return replies


def _cases(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    return (row["case_reference"] for row in rows)
