"""One row of table two given to its columns; no sums of the form help here to cut digits apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from audit.recognition_cells import digit_groups, every_joining, fitted
from audit.recognition_digits import as_printed, cuts
from audit.recognition_rows import Record, is_one_cell
from audit.recognition_text import RUN_MARKS
from audit.recognition_tokens import Kind, Token

UNREADABLE_RUN = "数字连写在一起，没有可用的勾稽关系，不能确定读法"
TOO_FEW = "数字少于应有列数，不能确定缺的是哪一列"
UNFITTING = "数字个数与列数不符，不能确定各属哪一列"
_CHANGE_WORD = re.compile(r"[增减+](?:加|少)?")


def with_changes(records: Sequence[Record]) -> Iterator[Record]:
    """Yield the records, those put together that the word of a change (增5) cut in two."""
    for record, following in pairwise([*records, None]):
        if record is None or _CHANGE_WORD.fullmatch(record.text):
            continue
        if following is not None and _CHANGE_WORD.fullmatch(following.text):
            values = (*record.values, *following.values)
            yield replace(record, values=values, last=following.last)
        else:
            yield record


def prints_noughts(records: Sequence[Record]) -> bool:
    """Whether a 0 or a mark is printed where there is nothing: digits can be as many cells.

    Where such cells are blank instead, digits that were run together may be any of fewer numbers.
    """
    values = (token.text for record in records for token in record.values)
    return any(text.startswith(("0", *RUN_MARKS)) for text in values)


def row_values(record: Record, width: int, *, noughts: bool) -> Sequence[Token | str | None] | None:
    """Return one value for each column, or None where the text does not say which is which.

    ``noughts`` says of the whole table what ``prints_noughts`` does.
    """
    values = _leading(record.values, width)
    ready = fitted(values, width)
    if ready is not None:
        return ready
    joined = every_joining(values, width)
    if joined:
        return joined[0] if len(joined) == 1 else None
    groups = digit_groups(values)
    if groups is None or not noughts or _is_apart(values, groups):
        return None
    every = cuts(groups, width)
    return as_printed(groups, every[0]) if len(every) == 1 else None


def _is_apart(values: Sequence[Token], groups: Sequence[str]) -> bool:
    """Whether something parts the cells: then fewer figures than cells were not run together."""
    return len(groups) > 1 or is_one_cell(values[0])


def _leading(values: Sequence[Token], width: int) -> Sequence[Token]:
    """Leave off what a merged cell left behind: blank cells at the end, or itself once more."""
    if width == 1 and all(one.separated and one.text == values[0].text for one in values):
        return values[:1]
    shown = len(values)
    while shown > width and values[shown - 1].kind is Kind.BLANK:
        shown -= 1
    return values[:shown]


def why_unread(record: Record, width: int) -> str:
    """Return the reason, in Chinese, why the row has no reading."""
    if len(record.values) > width:
        return UNFITTING
    groups = digit_groups(record.values)
    return TOO_FEW if groups and _is_apart(record.values, groups) else UNREADABLE_RUN
