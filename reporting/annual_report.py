"""The annual report (政府信息公开工作年度报告) as one frozen value, and how it is put together.

The digest of a report is ``sha256:`` and the lower-case hexadecimal SHA-256 of its JSON form
without the member ``digest``, written canonically: UTF-8, members sorted by name at every level,
no white space between tokens, no character escaped that JSON lets stand.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from reporting.default_texts import standing_texts
from reporting.figures import Figures
from reporting.findings import Finding
from reporting.identities import check_tables
from reporting.narrative import Sections
from reporting.plain_values import count, members
from reporting.tables import Table2, Table3, Tables

TABLE_NAMES = ("table2", "table3", "table4")


class MalformedReportError(ValueError):
    """A document that is not a report of ours; the text names the member at fault."""


class DigestMismatchError(ValueError):
    """A report is not what it was when its digest was taken."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days a report counts (数据统计时限), both included, in Asia/Shanghai."""

    first: date
    last: date

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """Return 1 January to 31 December."""
        return cls(date(year, 1, 1), date(year, 12, 31))


@dataclass(frozen=True, slots=True)
class Rules:
    """By what the figures were counted: the rule set and the calendar of working days."""

    rule_set: str
    calendar: str


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """One version of one agency's report, complete and unchangeable.

    ``known_at`` is the ISO 8601 instant up to which the log was believed (None: everything in it),
    ``log_position`` the last position of the log that was read.
    """

    agency: str
    agency_id: str
    year: int
    version: int
    period: Period
    known_at: str | None
    log_position: int
    rules: Rules
    tables: Tables
    sections: Sections
    findings: tuple[Finding, ...]
    digest: str

    def to_json(self) -> dict[str, object]:
        """Return the JSON form, members in the order of a reader's interest, digest last."""
        return {
            "agency": self.agency,
            "agency_id": self.agency_id,
            "year": self.year,
            "version": self.version,
            "period": {
                "from": self.period.first.isoformat(),
                "to": self.period.last.isoformat(),
            },
            "known_at": self.known_at,
            "log_position": self.log_position,
            "rules": {"rule_set": self.rules.rule_set, "calendar": self.rules.calendar},
            **self.tables.as_json(),
            "sections": {
                "overall": self.sections.overall,
                "problems": self.sections.problems,
                "other": self.sections.other,
            },
            "findings": [finding.as_json() for finding in self.findings],
            "digest": self.digest,
        }

    @classmethod
    def from_json(cls, document: object) -> "AnnualReport":
        """Read the JSON form; ``check_digest`` is a step of its own.

        Raises ``MalformedReportError`` for missing or unknown members and for values of the wrong
        kind.
        """
        try:
            return _read(members(document, MEMBERS, "report"))
        except (KeyError, TypeError, ValueError) as fault:
            raise MalformedReportError(str(fault)) from fault


def assemble(
    *,
    agency: str,
    agency_id: str,
    year: int,
    version: int,
    known_at: str | None,
    log_position: int,
    rules: Rules,
    figures: Figures,
    texts: Sections,
    period: Period | None = None,
    last_table2: Table2 | None = None,
    last_table3: Table3 | None = None,
) -> AnnualReport:
    """Put a report together: fill the texts, check the tables, take the digest.

    ``texts`` may hold placeholders; a section left empty gets the standing text of its kind.
    ``period`` is the whole calendar year unless the agency existed for part of it.

    Raises ``UnknownPlaceholder`` when a text names a figure that does not exist.
    """
    report = AnnualReport(
        agency=agency,
        agency_id=agency_id,
        year=year,
        version=version,
        period=period or Period.of_year(year),
        known_at=known_at,
        log_position=log_position,
        rules=rules,
        tables=figures.tables,
        sections=texts.filled(figures).or_else(standing_texts(figures, year)),
        findings=check_tables(figures.tables, last_table2=last_table2, last_table3=last_table3),
        digest="",
    )
    return replace(report, digest=digest_of(report.to_json()))


def digest_of(document: Mapping[str, object]) -> str:
    """Return the digest of a report's JSON form, as the module's docstring lays down."""
    covered = {name: value for name, value in document.items() if name != "digest"}
    canonical = json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def check_digest(document: Mapping[str, object]) -> None:
    """Raise ``DigestMismatchError`` when the document is not what its digest says."""
    if document.get("digest") != digest_of(document):
        raise DigestMismatchError("the report is not what it was when its digest was taken")


MEMBERS = (
    "agency",
    "agency_id",
    "year",
    "version",
    "period",
    "known_at",
    "log_position",
    "rules",
    *TABLE_NAMES,
    "sections",
    "findings",
    "digest",
)


def _read(document: Mapping[str, object]) -> AnnualReport:
    period = members(document["period"], ("from", "to"), "period")
    rules = members(document["rules"], ("rule_set", "calendar"), "rules")
    sections = members(document["sections"], ("overall", "problems", "other"), "sections")
    known_at = document["known_at"]
    findings = document["findings"]
    if not isinstance(findings, list):
        raise TypeError("findings: a list is expected")
    return AnnualReport(
        agency=_text(document, "agency"),
        agency_id=_text(document, "agency_id"),
        year=count(document["year"], "year"),
        version=count(document["version"], "version"),
        period=Period(
            date.fromisoformat(_text(period, "from")), date.fromisoformat(_text(period, "to"))
        ),
        known_at=None if known_at is None else _text(document, "known_at"),
        log_position=count(document["log_position"], "log_position"),
        rules=Rules(_text(rules, "rule_set"), _text(rules, "calendar")),
        tables=Tables.from_json(document),
        sections=Sections(
            _text(sections, "overall"), _text(sections, "problems"), _text(sections, "other")
        ),
        findings=tuple(Finding.from_json(finding) for finding in findings),
        digest=_text(document, "digest"),
    )


def _text(members_of: Mapping[str, object], name: str) -> str:
    value = members_of[name]
    if not isinstance(value, str):
        raise TypeError(f"{name}: a text is expected")
    return value
