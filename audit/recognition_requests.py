"""Table three found in the tokens of a report: which figures belong to which row.

A row is known by the label beside its figures, or by the only label above them. Where a page was
torn so that labels and figures no longer lie together, the order of the form decides, and only
between two rows known by their labels, with as many rows of figures as rows missing there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from audit.labels import (
    REQUEST_GROUPS,
    ROW_LABEL_TAILS,
    ROW_LABEL_WORDS,
    TABLE_CHARACTERS,
    Hit,
    groups_in,
    row_position,
    rows_in,
)
from audit.recognition_rows import Record, digits_in, records_of
from audit.recognition_tokens import Kind, Token
from disclosure.outcomes import COLUMNS, ROWS

FEWEST_CELLS = len(COLUMNS) - 1
"""Cells a row prints at least: one may be left out, or 总计 where the table has no such column."""
FEWEST_ROWS = 5
"""Rows that make another table of the same kind, and no list that only names a few rows."""


@dataclass(slots=True)
class Found:
    """One table three: its rows by code, and what could not be given a code.

    Attributes:
        rows: the record of each row and of each group with figures of its own.
        by_order: rows that have their figures by the order of the form, not by a label.
        torn: rows whose labels or figures are there and cannot be brought together, with reason.
        first: index of its first token.
        last: index of its last token.
        repeated: the source holds another table three that says something else.
    """

    rows: dict[str, Record]
    by_order: frozenset[str] = frozenset()
    torn: dict[str, tuple[Record | None, str]] = field(default_factory=dict)
    first: int = 0
    last: int = 0
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A record that may be a row.

    Attributes:
        record: words and values.
        code: the row by its label, None where that is not sure.
        certain: the label stands beside the values.
        orphans: rows named above this one that have no values there.
        weak: too few values for a row, which counts among other rows only.
    """

    record: Record
    code: str | None
    certain: bool
    orphans: tuple[str, ...] = ()
    weak: bool = False


def find_requests(tokens: Sequence[Token]) -> Found | None:
    """Return the fullest table three, the first of equals; None where there is none."""
    candidates: list[_Candidate] = []
    for record in records_of(tokens, len(COLUMNS)):
        candidate = _candidate(record, candidates[-1].code if candidates else None)
        if candidate is not None:
            candidates.append(candidate)
    tables = _tables(candidates)
    if not tables:
        return None
    best = max(tables, key=lambda table: len({candidate.code for candidate in table}))
    found = _resolved(best)
    found.repeated = any(_differs(best, other) for other in tables if other is not best)
    return found


def _candidate(record: Record, previous: str | None) -> _Candidate | None:
    """Return what row a record may be; ``previous`` is the row before it.

    The end of that one's label may follow its figures, where they stand at the label's middle.
    """
    text = record.text
    hits = rows_in(text)
    if len(hits) > 1:
        hits = [hit for hit in hits if hit.code != previous]
    if digits_in(record.values) < FEWEST_CELLS:
        return _short(record, hits)
    if not hits:
        groups = groups_in(text)
        if groups and _belongs(text[groups[-1].end :]):
            return _Candidate(record, groups[-1].code, certain=True)
        return _Candidate(record, None, certain=False)
    last = hits[-1]
    if not _belongs(text[last.end :]):
        return _Candidate(record, None, certain=False)
    certain = _stands_beside(record, last)
    orphans = tuple(hit.code for hit in hits[:-1])
    if orphans and not certain:
        return _Candidate(record, None, certain=False, orphans=tuple(hit.code for hit in hits))
    return _Candidate(record, last.code, certain, orphans)


def _short(record: Record, hits: Sequence[Hit]) -> _Candidate | None:
    """Return a row that prints fewer values than it has cells, or None for anything else."""
    if not hits or re.search(r"[。;]", record.text) or not _belongs(record.text[hits[-1].end :]):
        return None
    code = hits[-1].code
    whole = record.values[0].separated and record.text.endswith(ROW_LABEL_WORDS[code])
    return _Candidate(record, code, certain=True, weak=not whole)


def _belongs(tail: str) -> bool:
    """Whether what follows a label's piece can be the rest of a label of the form."""
    return all(letter in TABLE_CHARACTERS for letter in tail)


def _stands_beside(record: Record, hit: Hit) -> bool:
    """Whether the label, or the end of it, is printed in the same row as the first value."""
    beside = record.words_beside()
    if not beside:
        return False
    if len(record.text) - len(beside) <= hit.start:
        return True
    return record.text[hit.end :] in ROW_LABEL_TAILS[hit.code]


def _tables(candidates: Sequence[_Candidate]) -> list[list[_Candidate]]:
    """Cut the candidates into tables: a row that comes again begins the next one."""
    tables: list[list[_Candidate]] = []
    current: dict[str, _Candidate] = {}
    for candidate in candidates:
        code = candidate.code
        if code is None:
            if current:
                _drop_stray(tables[-1], current, candidate)
                tables[-1].append(candidate)
            continue
        if code in current and _same(current[code], candidate):
            continue
        if candidate.weak:
            if current and code not in current:
                current[code] = candidate
                tables[-1].append(candidate)
            continue
        if not current or code in current:
            tables.append([])
            current = {}
        current[code] = candidate
        tables[-1].append(candidate)
    return [_trimmed(table) for table in tables]


def _drop_stray(
    table: list[_Candidate], current: dict[str, _Candidate], following: _Candidate
) -> None:
    """Drop a lone figure that stands between a label and a whole row: a page left it behind."""
    last = table[-1]
    if last.weak and last.code and last.record.last + 1 == following.record.first:
        table.pop()
        del current[last.code]


def _trimmed(table: list[_Candidate]) -> list[_Candidate]:
    """Leave off what follows the last row known by its label."""
    last = max(place for place, candidate in enumerate(table) if candidate.code is not None)
    return table[: last + 1]


def _same(one: _Candidate, other: _Candidate) -> bool:
    return one.record.printed.split() == other.record.printed.split()


def _differs(best: Sequence[_Candidate], other: Sequence[_Candidate]) -> bool:
    known = {candidate.code: candidate for candidate in best if candidate.code}
    pairs = [
        (known[candidate.code], candidate)
        for candidate in other
        if candidate.code is not None and candidate.code in known
    ]
    return len(pairs) >= FEWEST_ROWS and not all(_same(*pair) for pair in pairs)


def _resolved(table: list[_Candidate]) -> Found:
    found = Found(
        {candidate.code: candidate.record for candidate in table if candidate.code},
        first=table[0].record.first,
        last=table[-1].record.last,
    )
    known = set(found.rows)
    orphans = {code for candidate in table for code in candidate.orphans} - known
    loose = [candidate for candidate in table if candidate.code is None]
    if not loose and not orphans:
        return found
    by_order: set[str] = set()
    for before, after, gap in _gaps(table):
        by_order |= _settle(found, before, after, gap, orphans)
    found.by_order = frozenset(by_order)
    return found


def _gaps(
    table: Sequence[_Candidate],
) -> list[tuple[str | None, str | None, list[_Candidate]]]:
    """Return the stretches between rows whose label stands beside the figures."""
    gaps: list[tuple[str | None, str | None, list[_Candidate]]] = []
    before: str | None = None
    gap: list[_Candidate] = []
    for candidate in table:
        if candidate.certain and candidate.code in ROWS:
            gaps.append((before, candidate.code, gap))
            before, gap = candidate.code, []
        else:
            gap.append(candidate)
    gaps.append((before, None, gap))
    return gaps


def _settle(
    found: Found,
    before: str | None,
    after: str | None,
    gap: list[_Candidate],
    orphans: set[str],
) -> set[str]:
    """Give the records of one gap their rows by order, or say that they have none for certain."""
    start = -1 if before is None else row_position(before)
    stop = len(ROWS) if after is None else row_position(after)
    inside = ROWS[start + 1 : stop]
    disturbed = any(candidate.code is None for candidate in gap) or orphans & set(inside)
    missing = [row for row in inside if row not in found.rows or not _certain(found, row, gap)]
    if not disturbed:
        return set()
    whole = [candidate.record for candidate in gap if _is_row(candidate.record)]
    if len(whole) == len(missing) > 0:
        found.rows |= dict(zip(missing, whole, strict=True))
        return set(missing)
    _give_up(found, gap, missing, orphans)
    return set()


def _certain(found: Found, row: str, gap: Sequence[_Candidate]) -> bool:
    return not any(candidate.record is found.rows[row] for candidate in gap)


def _is_row(record: Record) -> bool:
    return len(record.values) == len(COLUMNS) or (
        digits_in(record.values) >= len(COLUMNS)
        and all(token.kind is Kind.FIGURE for token in record.values)
    )


def _give_up(
    found: Found, gap: Sequence[_Candidate], missing: Sequence[str], orphans: set[str]
) -> None:
    reason = "标签与数字不在一处，不能确定数字属于哪一行"
    spare = [candidate.record for candidate in gap if candidate.code is None]
    for row in missing:
        record = found.rows.pop(row, None)
        if record is None and not spare and row not in orphans:
            continue
        found.torn[row] = (record or (spare[0] if spare else None), reason)


def is_group(code: str) -> bool:
    """Whether a code names a group of results, which has figures of its own in 2019's layout."""
    return code in REQUEST_GROUPS
