"""Where two versions of a report differ, cell by cell, in words; and whether one can be made again.

What a reviewer has read is compared with what the log now gives; what was published is compared,
byte for byte, with what the log and the recorded rules give today.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from activities.cell_words import cell_words
from activities.report_assembly import PROGRAM, ReportAssembler
from disclosure.law import RULE_SET
from disclosure.report_events import SealedDraft
from reporting.annual_report import AnnualReport
from reporting.figures import printed


def differences(before: bytes, now: AnnualReport) -> list[str]:
    """Return a sentence for each cell or text that is not what a report.json says."""
    was = AnnualReport.from_json(json.loads(before))
    return [*_cells(was, now), *_texts(was, now)]


def _cells(was: AnnualReport, now: AnnualReport) -> Iterator[str]:
    figures = now.tables.figures()
    for code, value in was.tables.figures().items():
        if figures[code] != value:
            yield f"{cell_words(code)}由 {printed(value)} 变为 {printed(figures[code])}"


def _texts(was: AnnualReport, now: AnnualReport) -> Iterator[str]:
    for name in ("overall", "problems", "other"):
        if getattr(was.sections, name) != getattr(now.sections, name):
            yield f"{cell_words(f'sections.{name}')}有改动"
    if was.period != now.period:
        yield "数据统计时限有改动"


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One file of a sealed report, made again.

    Attributes:
        recorded: SHA-256 in the log.
        made: SHA-256 of what was made again; None where it is not made any more.
    """

    name: str
    recorded: str
    made: str | None

    @property
    def same(self) -> bool:
        """Whether not a byte differs."""
        return self.recorded == self.made


@dataclass(frozen=True, slots=True)
class Remade:
    """A sealed report made again from the log.

    Attributes:
        digest: of the report made now.
        files: the content of each file made now.
        checks: each file on record against what was made.
        remarks: what of this program is not what it was, in Chinese.
    """

    digest: str
    files: Mapping[str, bytes]
    checks: tuple[FileCheck, ...]
    remarks: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether every file on record was made again byte for byte."""
        return bool(self.checks) and all(check.same for check in self.checks)


def make_again(
    assembler: ReportAssembler, agency: str, year: int, sealed: SealedDraft, calendar: str
) -> Remade:
    """Make a sealed report again from the log up to its position, by the rules it names.

    Args:
        assembler: of reports.
        agency: whose report.
        year: the year it is about.
        sealed: what the log recorded of it.
        calendar: version of this program's working-day calendar.
    """
    made = assembler.again(agency, year, sealed)
    files = made.files()
    checks = tuple(
        FileCheck(file.name, file.sha256, _hash(files[file.name]) if file.name in files else None)
        for file in sealed.files
    )
    return Remade(made.report.digest, files, checks, tuple(_remarks(sealed, calendar)))


def _remarks(sealed: SealedDraft, calendar: str) -> Iterator[str]:
    if sealed.rule_set != RULE_SET:
        yield f"该版按规则 {sealed.rule_set or '（未记录）'} 统计，本程序的规则为 {RULE_SET}"
    if sealed.calendar != calendar:
        yield (
            f"该版按工作日历 {sealed.calendar or '（未记录）'} 编制，现行工作日历为 {calendar}；"
            "已登记的日期不再变动，数据不受影响"
        )
    if sealed.program != PROGRAM:
        yield (
            f"该版由程序 {sealed.program or '（未记录）'} 排版，本程序为 {PROGRAM}；"
            "report.json 相同的，数据和文字即相同"
        )


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
