"""The charts of a report: what is drawn, and when there is something to see.

A chart stands after table three and never in its stead. It is drawn only where at least two of its
figures are not 0: one bar alone says no more than its cell.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.outcomes import RESULT_ROWS, TOTAL
from reporting.annual_report import AnnualReport
from reporting.labels import GROUP_WORDS, group_of
from reporting.tables import Table3
from reporting.trends import Trends

RESULT_WORDS = {"granted": "予以公开", "partial": "部分公开"} | GROUP_WORDS
"""The six kinds of results, as the form numbers them (一) to (六)."""
YEARS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars: its name in the legend, a figure for each label."""

    name: str
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars over labels (``lines`` false) or lines over labels; every figure is a count (件)."""

    name: str
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    lines: bool = False

    @property
    def description(self) -> str:
        """Every figure in a sentence, for whoever cannot see the chart."""
        told = (
            f"{one.name}：" + "，".join(f"{label}{n}件" for label, n in self.of(one)) + "。"
            for one in self.series
        )
        return "".join(told)

    def of(self, series: Series) -> Iterator[tuple[str, int]]:
        """Yield the figures of a series, each with its label."""
        return zip(self.labels, series.figures, strict=True)


def charts(report: AnnualReport, trends: Trends | None = None) -> tuple[Chart, ...]:
    """Return the charts in which there is something to see, in the order of the document."""
    return charts_of(report.year, report.tables.table3, trends)


def charts_of(year: int, table: Table3, trends: Trends | None = None) -> tuple[Chart, ...]:
    """Return the same charts for figures that are no report yet."""
    possible = [_results(year, table)]
    if trends:
        possible += [_months(year, trends), _years(year, trends)]
    return tuple(chart for chart in possible if _is_telling(chart))


def _is_telling(chart: Chart) -> bool:
    seen = [label for one in chart.series for label, number in chart.of(one) if number]
    return len(set(seen)) > 1


def _results(year: int, table: Table3) -> Chart:
    return Chart(
        "results",
        f"{year}年政府信息公开申请办理结果",
        tuple(RESULT_WORDS.values()),
        (Series("办结", tuple(_handled(table, kind) for kind in RESULT_WORDS)),),
    )


def _handled(table: Table3, kind: str) -> int:
    return sum(table.cell(row, TOTAL) for row in RESULT_ROWS if (group_of(row) or row) == kind)


def _months(year: int, trends: Trends) -> Chart:
    return Chart(
        "months",
        f"{year}年各月新收政府信息公开申请数量",
        tuple(f"{month}月" for month in range(1, 13)),
        (Series("新收", trends.received_by_month),),
    )


def _years(year: int, trends: Trends) -> Chart:
    shown = [known for known in sorted(trends.by_year) if year - YEARS_SHOWN < known <= year]
    new, handled = ([trends.by_year[one][side] for one in shown] for side in (0, 1))
    first = f"{shown[0]}—" if shown else ""
    return Chart(
        "years",
        f"{first}{year}年政府信息公开申请新收和办结数量",
        tuple(f"{one}年" for one in shown),
        (Series("新收", tuple(new)), Series("办结", tuple(handled))),
        lines=True,
    )
