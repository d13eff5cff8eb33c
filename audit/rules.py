"""The audit of one published report: every rule by its name, each in a function of its own.

Source: 国办公开办函〔2021〕30号 (form of the annual report), 条例 Art. 49 and 50, and
国办函〔2020〕109号 (what section six says of the fee).
"""

from collections.abc import Iterator
from dataclasses import replace

from audit.known_figures import figures_told
from audit.narrative import claims
from audit.narrative_findings import disagreements
from audit.narrative_parts import sums
from audit.published import PublishedReport
from audit.rules_sections import copied, empty_sections, missing_sections, period
from audit.rules_tables import (
    cells_without_number,
    follows,
    identities,
    missing_tables,
    outdated_layout,
    unreadable_rows,
    years_apart,
)
from reporting.findings import Finding


def check(report: PublishedReport, previous: PublishedReport | None = None) -> tuple[Finding, ...]:
    """Return everything that is wrong with a report, tables first, then its text.

    ``previous`` is last year's report of the same agency; without it the rules across years are
    left out. Each finding names the file it is about.
    """
    return tuple(replace(finding, file=report.file) for finding in _findings(report, previous))


def _findings(report: PublishedReport, previous: PublishedReport | None) -> Iterator[Finding]:
    yield from missing_tables(report)
    yield from outdated_layout(report)
    yield from cells_without_number(report)
    yield from unreadable_rows(report)
    yield from identities(report, previous)
    yield from missing_sections(report)
    yield from empty_sections(report)
    yield from period(report)
    yield from _narrative(report, previous)
    if previous:
        yield from years_apart(report, previous)
        yield from copied(report, previous)


def _narrative(report: PublishedReport, previous: PublishedReport | None) -> Iterator[Finding]:
    last = figures_told(previous) if previous and follows(report, previous) else None
    said = claims(report.sentences, year=report.year, agency=report.agency)
    yield from disagreements(said, figures_told(report), last)
    yield from sums(report.sentences, report.year)
