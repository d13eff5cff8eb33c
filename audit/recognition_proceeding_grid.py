"""Table four read in a grid: each figure by the heads above and beside it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from audit.labels import PROCEEDINGS, STATES
from audit.recognition_cells import TableReading
from audit.recognition_tokens import Kind, Token
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES

_CODES = frozenset(f"{group}.{state}" for group in PROCEEDING_GROUPS for state in PROCEEDING_STATES)


def read_grid(reading: TableReading, tokens: Sequence[Token]) -> bool:
    """Put the figures into the reading; False where the heads do not say enough."""
    cells = [token for token in tokens if token.column is not None]
    heads = [token for token in cells if token.kind is Kind.WORDS]
    values = _values(cells, heads)
    if not values or len({token.block for token in values}) > 1:
        return False
    codes = {_code(token, heads): token for token in values}
    # The heads must name every cell of the rows: else columns have moved, and a figure may be
    # under the head of another.
    if codes.keys() != _CODES or len(codes) < len(values):
        return False
    for code, token in codes.items():
        reading.put(str(code), token, token.place)
    return True


def _values(cells: Sequence[Token], heads: Sequence[Token]) -> list[Token]:
    """Return the cells of the rows of figures, blank ones with them, without those of the heads."""
    named = Counter(token.row for token in heads)
    filled = {token.row for token in cells if token.kind is Kind.FIGURE}
    last = max(token.row for token in cells) if cells else 0
    return [
        token
        for token in cells
        if token.is_value and (token.row in filled or (token.row == last and not named[last]))
    ]


def _code(value: Token, heads: Sequence[Token]) -> str | None:
    column = value.column or 0
    above = [
        head
        for head in heads
        if head.row < value.row and head.column is not None and head.column <= column
    ]
    beside = [head for head in heads if head.row == value.row]
    state = _named(beside, STATES) or _named(
        [head for head in above if head.column == column], STATES
    )
    nearest = sorted(above, key=lambda head: head.column or 0)
    group = _named(beside, PROCEEDINGS) or _named(nearest, PROCEEDINGS)
    return f"{group}.{state}" if group and state else None


def _named(heads: Sequence[Token], patterns: Mapping[str, str]) -> str | None:
    """Return what the last head names that names one thing."""
    for head in reversed(heads):
        named = [code for code, pattern in patterns.items() if re.search(pattern, head.text)]
        if len(named) == 1:
            return named[0]
    return None
