"""Table two (主动公开政府信息情况) found in the tokens of a report and read."""

import re
from collections.abc import Iterator, Sequence

from audit.labels import (
    DOCUMENT_COLUMNS,
    DOCUMENT_ROWS,
    FORMER_DECISION_COLUMNS,
    FORMER_DOCUMENT_COLUMNS,
    SECTIONS,
)
from audit.recognition_cells import NO_FIGURES, TableReading, cut_cell
from audit.recognition_document_rows import prints_noughts, row_values, why_unread, with_changes
from audit.recognition_rows import Record, records_of
from audit.recognition_tokens import Kind, Token
from reporting.tables import DOCUMENT_FIELDS, DOCUMENT_KINDS

_BEGIN = re.compile(r"第二十条|第\d+条|信息内容|本年制发|本年新?制作|处理决定数")
_END = re.compile(rf"{SECTIONS[3]}|{SECTIONS[4]}|申请人情况|本年新收")
_ROWS = tuple(
    (code, re.compile(rf"(?:{pattern})(?:\([^()]*\))?$")) for code, pattern in DOCUMENT_ROWS.items()
)
"""Each row by the end of the words before its figures, a note in brackets left off."""
_ANYWHERE = tuple((code, re.compile(pattern)) for code, pattern in DOCUMENT_ROWS.items())
FEES = "fees_10k_yuan"
DECISION = "处理决定数"
NEVER = 10_000
"""Values with no words between them are of one row: none of this table is known by its width."""
NEAR = 40
"""Tokens within which the head of table two is followed by a row of it."""


def read_documents(tokens: Sequence[Token], before: int | None) -> TableReading | None:
    """Return table two, or None where there is none; ``before`` is where table three begins."""
    stretch = _stretch(tokens, before)
    if stretch is None:
        return None
    first, last = stretch
    records = list(_rows_of(tokens[first : last + 1]))
    if not records:
        return _labels_alone(tokens, first, last)
    end = first + max(record.last for _, record, _ in records)
    reading = TableReading("table2", first, end)
    noughts = prints_noughts([record for _, record, _ in records])
    for code, record, head in records:
        if code in DOCUMENT_KINDS:
            _read_kind(reading, code, record, head, noughts=noughts)
        else:
            _read_single(reading, code, record, head, noughts=noughts)
    _account_for_missing(reading, "".join(token.text for token in tokens[first : end + 1]), records)
    return reading


def _labels_alone(tokens: Sequence[Token], first: int, last: int) -> TableReading | None:
    """Return a table two whose labels stand there without a figure; None for a few of them."""
    part = range(first, last + 1)
    named = [place for place in part if any(row.search(tokens[place].text) for _, row in _ROWS)]
    if len(named) < len(DOCUMENT_ROWS) - 1:
        return None
    reading = TableReading("table2", first, named[-1])
    reading.give_up(None, "", NO_FIGURES, tokens[first].place)
    return reading


def _stretch(tokens: Sequence[Token], before: int | None) -> tuple[int, int] | None:
    stop = len(tokens) if before is None else before
    words = [place for place in range(stop) if tokens[place].kind is Kind.WORDS]
    first = next((place for place in words if _begins(tokens, place)), None)
    if first is None:
        return None
    last = next(
        (place - 1 for place in words if place > first and _END.search(tokens[place].text)),
        stop - 1,
    )
    return first, min(last, stop - 1)


def _begins(tokens: Sequence[Token], place: int) -> bool:
    """Whether table two begins here: a head of it, and soon after it one of its rows."""
    if not _BEGIN.search(tokens[place].text):
        return False
    near = "".join(token.text for token in tokens[place : place + NEAR])
    return bool(re.search(DOCUMENT_ROWS["normative_documents"], near)) and "信息内容" in near


def _rows_of(tokens: Sequence[Token]) -> Iterator[tuple[str, Record, str]]:
    """Yield each row with its code and the heads of its columns; the first of two equals counts."""
    head = ""
    seen: set[str] = set()
    for record in with_changes(list(records_of(tokens, NEVER))):
        code = next((code for code, pattern in _ROWS if pattern.search(record.text)), None)
        if re.search(r"制发|制作|决定数|收费金额|项目数", record.text):
            head = record.text
        if code is not None and code not in seen:
            seen.add(code)
            yield code, record, head


def _read_kind(
    reading: TableReading, kind: str, record: Record, head: str, *, noughts: bool
) -> None:
    former = bool(re.search(FORMER_DOCUMENT_COLUMNS, head))
    order = ("issued", None, None) if former else _field_order(head)
    values = row_values(record, len(order), noughts=noughts)
    if values is None:
        reading.give_up(kind, record.printed, why_unread(record, len(order)), record.place)
        return
    for name, value in zip(order, values, strict=True):
        if name is not None:
            _put(reading, f"{kind}.{name}", value, record)
    if former:
        reading.absent |= {f"{kind}.repealed", f"{kind}.in_force"}
        _note_former(reading)


def _field_order(head: str) -> tuple[str | None, ...]:
    places = {
        name: found[-1].start()
        for name, pattern in DOCUMENT_COLUMNS.items()
        if (found := list(re.finditer(pattern, head)))
    }
    if len(places) < len(DOCUMENT_FIELDS):
        return DOCUMENT_FIELDS
    return tuple(sorted(DOCUMENT_FIELDS, key=places.__getitem__))


def _read_single(
    reading: TableReading, code: str, record: Record, head: str, *, noughts: bool
) -> None:
    heads = list(dict.fromkeys(re.findall(FORMER_DECISION_COLUMNS, head)))
    former = len(heads) > 1
    if former and code == FEES:
        reading.absent.add(code)
        _note_former(reading)
        return
    width = len(heads) if former else 1
    values = row_values(record, width, noughts=noughts)
    if values is None:
        reading.give_up(code, record.printed, why_unread(record, width), record.place)
        return
    place = next((n for n, words in enumerate(heads) if words == DECISION), 0) if former else 0
    if former:
        _note_former(reading)
    _put(reading, code, values[place], record)


def _note_former(reading: TableReading) -> None:
    note = "表二为2019、2020年度的旧格式，只读取与现行格式口径相同的项目"
    if note not in reading.notes:
        reading.notes.append(note)


def _put(reading: TableReading, code: str, value: Token | str | None, record: Record) -> None:
    if isinstance(value, str):
        reading.cells[code] = cut_cell(value, record.place)
    else:
        reading.put(code, value, record.place, amount=code == FEES)


def _account_for_missing(
    reading: TableReading, text: str, records: Sequence[tuple[str, Record, str]]
) -> None:
    found = {code for code, _, _ in records}
    place = records[-1][1].place
    for code, pattern in _ANYWHERE:
        if code in found:
            continue
        codes = [f"{code}.{name}" for name in DOCUMENT_FIELDS] if code in DOCUMENT_KINDS else [code]
        if code == "regulations" and not pattern.search(text):
            # Departments and townships make none, and leave the row out.
            reading.absent |= set(codes)
            reading.notes.append("表二未列“规章”行")
            continue
        for cell in codes:
            reading.put(cell, None, place)
