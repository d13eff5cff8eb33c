"""A report from the bytes of its file: a ``report.json`` directly, anything else by its form."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from audit.json_foreign import YEARS, foreign_report
from audit.json_tree import JsonTree, json_tree, printable
from audit.published import PrintedCell, PublishedReport, Sentence
from audit.reading import read_source
from audit.recognition import recognise
from audit.recognition_outline import split_sentences
from audit.recognition_text import money, whole_number
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
    tree = json_tree(content)
    return (tree and _from_tree(tree, name)) or recognise(read_source(name, content), name)


def _from_tree(tree: JsonTree, name: str) -> PublishedReport | None:
    """Return the report in JSON: a report.json, or whatever another program calls the cells."""
    root = tree.root
    if not isinstance(root, dict) or not any(
        isinstance(root.get(one), dict) for one in TABLE_NAMES
    ):
        return foreign_report(tree, name)
    ours = any(_members(root.get(table)).keys() & _shape(table).keys() for table in TABLE_NAMES)
    foreign = None if ours else foreign_report(tree, name)
    return foreign or _from_json(root, name)


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
    year = year if isinstance(year, int) and year in YEARS else None
    agency = document.get("agency")
    agency = printable(agency) if isinstance(agency, str) else None
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
        period=_period(document.get("period")),
        notes=tuple(_notes(document)),
    )


def _period(stated: object) -> tuple[str, str] | None:
    """Return what stands as the period of the figures, None where the document has none."""
    if stated is None:
        return None
    days = _members(stated)
    first, last = (printable(str(days.get(name) or "")) for name in ("from", "to"))
    return first, last


def _cells_of(table: str, data: object) -> Iterator[tuple[str, object, str]]:
    """Yield every cell the form has in a table: its code, what the document says, its place."""
    members = _members(data)
    for row, names in _shape(table).items():
        cells = _members(members.get(row))
        for name in names:
            yield f"{row}.{name}", cells.get(name), f"{table}.{row}.{name}"
    if table == TABLE_NAMES[0]:
        for name in TABLE2_MEMBERS[len(DOCUMENT_KINDS) :]:
            yield name, members.get(name), f"{table}.{name}"


def _shape(table: str) -> Mapping[str, tuple[str, ...]]:
    """Return the rows of a table, each with its columns, by our names."""
    match table:
        case "table2":
            return dict.fromkeys(DOCUMENT_KINDS, DOCUMENT_FIELDS)
        case "table3":
            return dict.fromkeys(ROWS, COLUMNS)
        case _:
            return dict.fromkeys(PROCEEDING_GROUPS, PROCEEDING_STATES)


def _members(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _cell(value: object, code: str, place: str) -> PrintedCell:
    printed = "" if value is None else printable(str(value))
    number: int | Decimal | None = None
    if code == FEES:
        number = money(printed)
    elif isinstance(value, int) and not isinstance(value, bool):
        number = whole_number(printed)
    return PrintedCell(printed, number, place)


def _sentences(sections: Mapping[str, object]) -> Iterator[Sentence]:
    for name, number in WRITTEN.items():
        for line in printable(str(sections.get(name) or "")).splitlines():
            yield from split_sentences(_MARKDOWN.sub("", line), number, f"sections.{name}")


def _notes(document: Mapping[str, object]) -> Iterator[str]:
    if "digest" not in document:
        return
    try:
        check_digest(document)
    except (DigestMismatchError, UnicodeError, RecursionError):
        yield "文件内容与其摘要（digest）不一致，生成以后被改动过"
