"""A report from the bytes of its file: a ``report.json`` directly, anything else by its form."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from audit.published import PrintedCell, PublishedReport, Sentence
from audit.reading import is_report_json, read_source
from audit.recognition import recognise
from audit.recognition_outline import split_sentences
from disclosure.outcomes import COLUMNS, ROWS
from reporting.annual_report import TABLE_NAMES, DigestMismatchError, check_digest
from reporting.labels import SECTION_TITLES, title
from reporting.tables import (
    DOCUMENT_FIELDS,
    DOCUMENT_KINDS,
    PROCEEDING_GROUPS,
    PROCEEDING_STATES,
    TABLE2_MEMBERS,
)

FEES = "fees_10k_yuan"
WRITTEN = {"overall": 1, "problems": 5, "other": 6}
"""The sections an agency writes, by their names in report.json."""
_MARKDOWN = re.compile(r"^\s*(?:#{1,6}|[-*+]|\d+\.)\s+|\*\*|__|`")


def load_report(name: str, content: bytes) -> PublishedReport:
    """Return the report a file holds, whatever its format.

    Raises ``audit.reading.UnreadableFile`` with a Chinese sentence for a file that cannot be read.
    """
    if is_report_json(content):
        return _from_json(json.loads(content.decode("utf-8-sig")), name)
    return recognise(read_source(name, content), name)


def _from_json(document: Mapping[str, object], file: str) -> PublishedReport:
    """Take the cells of a report.json, or of its tables alone, as they stand there.

    Nothing is asked of it but the names: a report that another program wrote may have ``"/"`` where
    a count should be, and the audit is there to say so.
    """
    found = [table for table in TABLE_NAMES if isinstance(document.get(table), dict)]
    cells = {
        code: _cell(value, code, place)
        for table in found
        for code, value, place in _cells_of(table, document[table])
    }
    year = document.get("year")
    year = year if isinstance(year, int) and not isinstance(year, bool) else None
    agency = document.get("agency")
    agency = agency if isinstance(agency, str) else None
    sections = _members(document.get("sections"))
    return PublishedReport(
        file=file,
        title="".join(title(agency, year)) if agency and year else None,
        year=year,
        agency=agency,
        tables=frozenset(found),
        cells=cells,
        sections=dict(enumerate(SECTION_TITLES, start=1)) if sections else {},
        sentences=tuple(_sentences(sections)),
        notes=tuple(_notes(document)),
    )


def _cells_of(table: str, data: object) -> Iterator[tuple[str, object, str]]:
    """Yield every cell the form has in a table: its code, what the document says, its place."""
    members = _members(data)
    shape: Mapping[str, tuple[str, ...]] = {
        "table2": dict.fromkeys(DOCUMENT_KINDS, DOCUMENT_FIELDS),
        "table3": dict.fromkeys(ROWS, COLUMNS),
        "table4": dict.fromkeys(PROCEEDING_GROUPS, PROCEEDING_STATES),
    }[table]
    for row, names in shape.items():
        cells = _members(members.get(row))
        for name in names:
            yield f"{row}.{name}", cells.get(name), f"{table}.{row}.{name}"
    if table == TABLE_NAMES[0]:
        for name in TABLE2_MEMBERS[len(DOCUMENT_KINDS) :]:
            yield name, members.get(name), f"{table}.{name}"


def _members(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _cell(value: object, code: str, place: str) -> PrintedCell:
    printed = "" if value is None else str(value)
    number: int | Decimal | None = None
    if code == FEES:
        number = _amount(printed)
    elif isinstance(value, int) and not isinstance(value, bool):
        number = value
    return PrintedCell(printed, number, place)


def _amount(printed: str) -> Decimal | None:
    try:
        amount = Decimal(printed)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _sentences(sections: Mapping[str, object]) -> Iterator[Sentence]:
    for name, number in WRITTEN.items():
        for line in str(sections.get(name) or "").splitlines():
            yield from split_sentences(_MARKDOWN.sub("", line), number, f"sections.{name}")


def _notes(document: Mapping[str, object]) -> Iterator[str]:
    if "digest" not in document:
        return
    try:
        check_digest(document)
    except (DigestMismatchError, UnicodeError):
        yield "文件内容与其摘要（digest）不一致，生成以后被改动过"
