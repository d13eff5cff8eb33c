"""The published report as an ordered document: title, introduction, six sections.

What every renderer draws, in the order it is read; how it looks is the renderer's own business.
The findings of the checks are not part of what is published.

Source: 国办公开办函〔2021〕30号 (six sections, introduction with the period of the figures).
"""

from dataclasses import dataclass
from datetime import date

from reporting.annual_report import AnnualReport
from reporting.charts import Chart, charts
from reporting.figures import printed
from reporting.form import TABLE2, TABLE3, TABLE4
from reporting.grid import Grid
from reporting.labels import SECTION_TITLES, title
from reporting.section_text import Block, blocks
from reporting.trends import Trends

TITLE_LINE = 20
"""Characters of 二号 that one line of 156 mm holds."""


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections: written text, or a table of the form with charts after it."""

    title: str
    text: tuple[Block, ...] = ()
    grid: Grid | None = None
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Composition:
    """The whole document; ``figures`` holds what is printed for each code of the grids."""

    agency: str
    subject: str
    introduction: str
    sections: tuple[Section, ...]
    figures: dict[str, str]

    @property
    def title(self) -> str:
        """The title in one line."""
        return f"{self.agency}{self.subject}"

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title as it is set in 二号: one line, or one that begins with the year."""
        whole = len(self.title) <= TITLE_LINE
        return (self.title,) if whole else (self.agency, self.subject)


def compose(report: AnnualReport, trends: Trends | None = None) -> Composition:
    """Lay the report out as it is published, with the charts its figures and trends allow."""
    one, two, three, four, five, six = SECTION_TITLES
    agency, subject = title(report.agency, report.year)
    return Composition(
        agency=agency,
        subject=subject,
        introduction=_introduction(report),
        sections=(
            Section(one, text=blocks(report.sections.overall)),
            Section(two, grid=TABLE2),
            Section(three, grid=TABLE3, charts=charts(report, trends)),
            Section(four, grid=TABLE4),
            Section(five, text=blocks(report.sections.problems)),
            Section(six, text=blocks(report.sections.other)),
        ),
        figures={code: printed(value) for code, value in report.tables.figures().items()},
    )


def _introduction(report: AnnualReport) -> str:
    names = "、".join(words.split("、", 1)[1] for words in SECTION_TITLES)
    return (
        "根据《中华人民共和国政府信息公开条例》和国务院办公厅政府信息与政务公开办公室"
        "《关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》"
        f"（国办公开办函〔2021〕30号）要求，现公布{''.join(title(report.agency, report.year))}。"
        f"本报告包括{names}六部分。"
        f"本报告中数据统计时限自{_day(report.period.first)}至{_day(report.period.last)}。"
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
