"""An audit of many reports: read each, find its last year's, check it, add up the levels.

Reading and checking go on in processes of their own (`audit.run_crew`), so that a hostile file
costs its own finding and nothing else. The same files give the same findings in the same order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from audit.across_levels import against_children
from audit.across_years import YearPairs, agency_key, paired, said_of_undecided
from audit.published import PublishedReport
from audit.run_crew import SECONDS, Crew
from audit.run_files import Source, sources_of
from audit.run_tasks import Answer, Check, Read, Refused, Task
from reporting.findings import Finding, Severity, Where

UNREADABLE = "file.unreadable"
WORKERS = 2


@dataclass(frozen=True, slots=True)
class AuditedFile:
    """One file and what was found in it.

    Attributes:
        file: its name as it was given.
        report: what was read; None where it cannot be read.
        previous: the file of last year's report it was held against.
        findings: in the order of the rules.
    """

    file: str
    report: PublishedReport | None
    previous: str | None
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """Return how many findings weigh so much."""
        return sum(finding.severity is severity for finding in self.findings)

    def by_rule(self) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
        """Return the findings of each rule, errors first, in the order they were found."""
        order = {Severity.ERROR: 0, Severity.WARNING: 1}
        ranked = sorted(self.findings, key=lambda one: (order[one.severity], one.rule))
        groups = groupby(ranked, key=lambda one: (one.severity, one.rule))
        return tuple((rule, tuple(found)) for (_, rule), found in groups)


@dataclass(frozen=True, slots=True)
class Audit:
    """Every file of one audit, in the order given, folders by name."""

    files: tuple[AuditedFile, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding of every file."""
        return tuple(finding for file in self.files for finding in file.findings)

    def count(self, severity: Severity) -> int:
        """Return how many findings weigh so much."""
        return sum(file.count(severity) for file in self.files)


def audit(
    paths: Sequence[Path],
    *,
    previous: Path | None = None,
    parent: Path | None = None,
    workers: int = WORKERS,
    seconds: float = SECONDS,
    tell: Callable[[int, int], object] = lambda _done, _of: None,
) -> Audit:
    """Audit files and the reports in folders.

    Args:
        paths: files and folders.
        previous: last year's report; held against the one report given, or against those of the
            same agency where there are several. Reports given together are paired by themselves.
        parent: the report of the government all others belong to; audited with them.
        workers: processes at a time.
        seconds: wall-clock limit for reading, and for checking, one file.
        tell: hears how many steps are done, of how many: two for each file.
    """
    above = sources_of([parent] if parent else [])
    last = sources_of([previous] if previous else [])
    sources = sources_of([*([parent] if parent else []), *paths])
    every = tuple(dict.fromkeys((*last, *sources)))
    steps = len(every) + len(sources)
    with Crew(min(workers, len(every) or 1), seconds) as crew:
        reading: list[Task] = [Read(one.name, one.path) for one in every]
        answers = crew.carry_out(reading, lambda done: tell(done, steps))
        read = {one.name: answer for one, answer in zip(every, answers, strict=True)}
        reports = _reports(read, sources)
        below = [one for one in reports if one.file not in _names(above)]
        pairs = _with_given(paired(reports), below, _reports(read, last))
        checking: list[Task] = [Check(one, pairs.before.get(one.file)) for one in reports]
        found = crew.carry_out(checking, lambda done: tell(len(every) + done, steps))
    checked = {one.file: answer for one, answer in zip(reports, found, strict=True)}
    files = [_audited(one.name, read[one.name], checked, pairs) for one in sources]
    for one in _reports(read, above):
        files[0] = replace(files[0], findings=(*files[0].findings, *against_children(one, below)))
    unread = [one for one in last if one not in sources and isinstance(read[one.name], Refused)]
    return Audit((*(_audited(one.name, read[one.name], {}, pairs) for one in unread), *files))


def _names(sources: Sequence[Source]) -> set[str]:
    return {one.name for one in sources}


def _reports(read: Mapping[str, Answer], sources: Sequence[Source]) -> list[PublishedReport]:
    answers = (read[one.name] for one in sources)
    return [answer for answer in answers if isinstance(answer, PublishedReport)]


def _with_given(
    pairs: YearPairs, below: Sequence[PublishedReport], last: Sequence[PublishedReport]
) -> YearPairs:
    """Let last year's report that was named stand before one that was found.

    One report takes it whatever it says of itself, for agencies are renamed and titles misprinted;
    of many reports those take it that are the same agency's of the year after.
    """
    before, undecided = dict(pairs.before), dict(pairs.undecided)
    for given in last:
        key = agency_key(given)
        for one in below:
            after = one.year is not None and given.year == one.year - 1
            if len(below) == 1 or (key is not None and key == agency_key(one) and after):
                before[one.file] = given
                undecided.pop(one.file, None)
    return YearPairs(before, undecided)


def _audited(
    name: str, read: Answer, checked: Mapping[str, Answer], pairs: YearPairs
) -> AuditedFile:
    if not isinstance(read, PublishedReport):
        reason = read.reason if isinstance(read, Refused) else ""
        return AuditedFile(name, None, None, (unreadable(name, reason),))
    answer = checked[name]
    found = answer if isinstance(answer, tuple) else ()
    if isinstance(answer, Refused):
        found = (unreadable(name, answer.reason),)
    if name in pairs.undecided:
        found = (*found, said_of_undecided(name, pairs.undecided[name]))
    before = pairs.before.get(name)
    return AuditedFile(name, read, before.file if before else None, found)


def unreadable(file: str, reason: str) -> Finding:
    """Return the finding of a file that is not read: an error, for nothing in it was checked."""
    return Finding(UNREADABLE, Severity.ERROR, Where(), None, None, reason, file)
