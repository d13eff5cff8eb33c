"""One record of a report held against the rows of table three: which of them it may be.

A row is known by the label beside its figures, or by the only label above them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audit.labels import ROW_LABEL_TAILS, ROW_LABEL_WORDS, TABLE_CHARACTERS, Hit, groups_in, rows_in
from audit.recognition_rows import Record, digits_in
from disclosure.outcomes import COLUMNS

FEWEST_CELLS = len(COLUMNS) - 1
"""Cells a row prints at least: one may be left out, or 总计 where the table has no such column."""


@dataclass(frozen=True, slots=True)
class Candidate:
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


def candidate_of(record: Record, previous: str | None) -> Candidate | None:
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
            return Candidate(record, groups[-1].code, certain=True)
        return Candidate(record, None, certain=False)
    last = hits[-1]
    if not _belongs(text[last.end :]):
        return Candidate(record, None, certain=False)
    certain = _stands_beside(record, last)
    orphans = tuple(hit.code for hit in hits[:-1])
    if orphans and not certain:
        return Candidate(record, None, certain=False, orphans=tuple(hit.code for hit in hits))
    return Candidate(record, last.code, certain, orphans)


def _short(record: Record, hits: Sequence[Hit]) -> Candidate | None:
    """Return a row that prints fewer values than it has cells, or None for anything else."""
    if not hits or not _belongs(record.text[hits[-1].end :]):
        return None
    code = hits[-1].code
    whole = record.values[0].separated and record.text.endswith(ROW_LABEL_WORDS[code])
    if not whole and re.search(r"[。;]", record.text):
        return None
    return Candidate(record, code, certain=True, weak=not whole)


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
