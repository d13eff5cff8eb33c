"""Reports of one agency found for one another by their years, among many that were given."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from audit.known_figures import figures_told
from audit.published import PublishedReport
from audit.recognition_text import squeezed
from reporting.findings import Finding, Severity, Where
from reporting.identities import CARRY_OVER


def agency_key(report: PublishedReport) -> str | None:
    """Return the agency's name in the form in which names are compared, None where it is unknown.

    The government of a place is the place: 宿迁市 and 宿迁市人民政府 publish one report.
    """
    if not report.agency:
        return None
    return re.sub(r"(?<=[省市县区州盟旗镇乡])人民政府$", "", squeezed(report.agency))


@dataclass(frozen=True, slots=True)
class YearPairs:
    """Which report is last year's of which, by their files.

    Attributes:
        before: last year's report of each file that has one.
        undecided: files with several, whose figures differ: none of them is taken.
    """

    before: Mapping[str, PublishedReport] = field(default_factory=dict)
    undecided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def paired(reports: Iterable[PublishedReport]) -> YearPairs:
    """Find last year's report of each report: the same agency by its title, the year before.

    Where there are several, the nearest in the folders counts, then the same format, then the one
    best read. Agencies of two places may print the same short name (区统计局): where the nearest
    differ in their figures, none is taken, for a wrong neighbour would accuse the innocent.
    """
    known = [one for one in reports if one.agency and one.year]
    by_year: dict[tuple[str | None, int | None], list[PublishedReport]] = defaultdict(list)
    for one in known:
        by_year[agency_key(one), one.year].append(one)
    before: dict[str, PublishedReport] = {}
    undecided: dict[str, tuple[str, ...]] = {}
    for one in known:
        candidates = by_year.get((agency_key(one), (one.year or 0) - 1), [])
        nearest = _nearest(one, candidates)
        if not nearest:
            continue
        if _at_odds(nearest):
            undecided[one.file] = tuple(sorted(other.file for other in nearest))
        else:
            before[one.file] = min(nearest, key=lambda other: _preference(one, other))
    return YearPairs(before, undecided)


def said_of_undecided(file: str, others: tuple[str, ...]) -> Finding:
    """Return what is said where last year's report could be one of several."""
    return Finding(
        CARRY_OVER.name,
        Severity.WARNING,
        Where(),
        "一份上一年度报告",
        f"{len(others)}份",
        f"所给文件中有{len(others)}份同名机关的上一年度报告，数字互不相同，不能确定以哪一份为准，"
        "未作跨年度核对，请用 --previous 指明。",
        file,
    )


def _nearest(one: PublishedReport, candidates: list[PublishedReport]) -> list[PublishedReport]:
    shared = {other.file: _shared(one.file, other.file) for other in candidates}
    most = max(shared.values(), default=0)
    return [other for other in candidates if shared[other.file] == most]


def _shared(one: str, other: str) -> int:
    """Count the folders two files have in common, from the root on."""
    count = 0
    for here, there in zip(PurePath(one).parent.parts, PurePath(other).parent.parts, strict=False):
        if here != there:
            break
        count += 1
    return count


def _at_odds(reports: list[PublishedReport]) -> bool:
    told = [figures_told(one) for one in reports]
    return any(
        first.get(code, figure) != figure
        for first in told[:1]
        for other in told[1:]
        for code, figure in other.items()
    )


def _preference(one: PublishedReport, other: PublishedReport) -> tuple[bool, int, int, str]:
    other_format = PurePath(one.file).suffix.lower() != PurePath(other.file).suffix.lower()
    return other_format, len(other.unreadable), -len(other.cells), other.file
