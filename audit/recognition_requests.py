"""Table three found in the tokens of a report: which figures belong to which row.

A row is known by the label beside its figures, or by the only label above them. Where a page was
torn so that labels and figures no longer lie together, the order of the form decides, and only
between two rows known by their labels, with as many rows of figures as rows missing there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audit.recognition_request_candidates import Candidate, candidate_of
from audit.recognition_rows import Record, digits_in, records_of
from audit.recognition_tokens import Kind, Token
from disclosure.outcomes import COLUMNS, ROWS

FEWEST_ROWS = 5
"""Rows that make another table of the same kind, and no list that only names a few rows."""


FEWEST_TOGETHER = 2
"""Rows of figures below one label that are more than one row."""


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


def find_requests(tokens: Sequence[Token]) -> Found | None:
    """Return the fullest table three, the first of equals; None where there is none."""
    candidates: list[Candidate] = []
    for record in records_of(tokens, len(COLUMNS)):
        for part in _rows_apart(record):
            candidate = candidate_of(part, candidates[-1].code if candidates else None)
            if candidate is not None:
                candidates.append(candidate)
    tables = _tables(candidates)
    if not tables:
        return None
    best = max(tables, key=lambda table: len({candidate.code for candidate in table}))
    found = _resolved(best)
    found.repeated = any(_differs(best, other) for other in tables if other is not best)
    return found


def _rows_apart(record: Record) -> Iterator[Record]:
    """Yield a record row by row where the figures of whole rows stand a line each below one label.

    The labels of the other rows were lost; which they were is for the order of the form to say.
    """
    width, values = len(COLUMNS), record.values
    rows, rest = divmod(len(values), width)
    if rows < FEWEST_TOGETHER or rest or len({token.row for token in values}) < len(values):
        yield record
        return
    start = record.last - len(values) + 1
    for number in range(rows):
        part = values[number * width : (number + 1) * width]
        last = start + (number + 1) * width - 1
        first = last - width + 1 if number else record.first
        yield Record(() if number else record.words, part, first, last)


def _tables(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Cut the candidates into tables: a row that comes again begins the next one."""
    tables: list[list[Candidate]] = []
    current: dict[str, Candidate] = {}
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
    table: list[Candidate], current: dict[str, Candidate], following: Candidate
) -> None:
    """Drop a lone figure that stands between a label and a whole row: a page left it behind."""
    last = table[-1]
    if last.weak and last.code and not following.record.words:
        table.pop()
        del current[last.code]


def _trimmed(table: list[Candidate]) -> list[Candidate]:
    """Leave off what follows the last row known by its label."""
    last = max(place for place, candidate in enumerate(table) if candidate.code is not None)
    return table[: last + 1]


def _same(one: Candidate, other: Candidate) -> bool:
    return one.record.printed.split() == other.record.printed.split()


def _differs(best: Sequence[Candidate], other: Sequence[Candidate]) -> bool:
    known = {candidate.code: candidate for candidate in best if candidate.code}
    pairs = [
        (known[candidate.code], candidate)
        for candidate in other
        if candidate.code is not None and candidate.code in known
    ]
    return len(pairs) >= FEWEST_ROWS and not all(_same(*pair) for pair in pairs)


def _resolved(table: list[Candidate]) -> Found:
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
    table: Sequence[Candidate],
) -> list[tuple[str | None, str | None, list[Candidate]]]:
    """Return the stretches between rows whose label stands beside the figures."""
    gaps: list[tuple[str | None, str | None, list[Candidate]]] = []
    before: str | None = None
    gap: list[Candidate] = []
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
    gap: list[Candidate],
    orphans: set[str],
) -> set[str]:
    """Give the records of one gap their rows by order, or say that they have none for certain."""
    start = -1 if before is None else ROWS.index(before)
    stop = len(ROWS) if after is None else ROWS.index(after)
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


def _certain(found: Found, row: str, gap: Sequence[Candidate]) -> bool:
    return not any(candidate.record is found.rows[row] for candidate in gap)


def _is_row(record: Record) -> bool:
    return len(record.values) == len(COLUMNS) or (
        digits_in(record.values) >= len(COLUMNS)
        and all(token.kind is Kind.FIGURE for token in record.values)
    )


def _give_up(
    found: Found, gap: Sequence[Candidate], missing: Sequence[str], orphans: set[str]
) -> None:
    reason = "标签与数字不在一处，不能确定数字属于哪一行"
    spare = [candidate.record for candidate in gap if candidate.code is None]
    for row in missing:
        record = found.rows.pop(row, None)
        if record is None and not spare and row not in orphans:
            continue
        found.torn[row] = (record or (spare[0] if spare else None), reason)
