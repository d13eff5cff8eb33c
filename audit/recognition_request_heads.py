"""The columns of table three by their heads, in the order a report prints them."""

import re
from collections import Counter
from collections.abc import Sequence

from audit.heads import applicant_of, applicant_order, order_is_doubtful
from audit.labels import SECTIONS, rows_in
from audit.recognition_cells import TableReading
from audit.recognition_requests import Found
from audit.recognition_tokens import Kind, Token
from disclosure.outcomes import COLUMNS

_HEAD = re.compile(r"[勾钩]稽|申请人情况|^自然人$|本年度?新收")
HEAD_REACH = 80
"""Tokens before the first row among which the heads of the columns stand."""


def beginning(tokens: Sequence[Token], found: Found) -> int:
    """Return where the heads of the table begin, or else its first row's words."""
    places = range(found.first, found.last)
    return next((place for place in places if _HEAD.search(tokens[place].text)), found.first)


def columns_of(
    tokens: Sequence[Token], found: Found, reading: TableReading
) -> tuple[str, ...] | None:
    """Return the columns in the order of the head, None where that is torn and looks different."""
    grid = grid_columns(tokens, found)
    if len(grid) >= len(COLUMNS) - 1:
        order: tuple[str, ...] | None = tuple(grid[column] for column in sorted(grid))
    else:
        order = applicant_order(_head_words(tokens, found))
    widths = Counter(len(record.values) for record in found.rows.values())
    if order is None:
        if order_is_doubtful(_head_words(tokens, found)):
            return None
        reading.notes.append("表三的表头无法完整识别，各列按格式规定的次序读取")
        order = COLUMNS
    if COLUMNS[-1] not in order:
        if widths[len(COLUMNS)] >= widths[len(COLUMNS) - 1]:
            return (*order, COLUMNS[-1])
        reading.notes.append("表三没有“总计”列")
    return order


def _head_words(tokens: Sequence[Token], found: Found) -> str:
    record = min(found.rows.values(), key=lambda record: record.first)
    before = tokens[max(0, record.first - HEAD_REACH) : record.first]
    hits = rows_in(record.text)
    words = "".join(token.text for token in before if token.kind is Kind.WORDS)
    words += record.text[: hits[-1].start if hits else len(record.text)]
    titles = list(re.finditer(SECTIONS[3], words))
    return words[titles[-1].end() if titles else words.rfind("。") + 1 :]


def grid_columns(tokens: Sequence[Token], found: Found) -> dict[int, str]:
    """Return the column of the grid under each head, empty where heads are not cells of a grid."""
    record = min(found.rows.values(), key=lambda record: record.first)
    block = record.values[0].block
    heads: dict[str, int] = {}
    first_value = record.last - len(record.values) + 1
    for token in tokens[max(0, record.first - HEAD_REACH) : first_value]:
        if token.block == block and token.column is not None and token.kind is Kind.WORDS:
            code = applicant_of(token.text)
            if code and token.row < record.values[0].row:
                heads[code] = token.column
    return {column: code for code, column in heads.items()}
