"""Where table four lies in the tokens of a report, and which of them are its heads."""

import re
from collections import Counter
from collections.abc import Sequence

from audit.labels import SECTIONS
from audit.recognition_tokens import Kind, Token

TITLE = re.compile(SECTIONS[4])
_END = re.compile(rf"{SECTIONS[5]}|{SECTIONS[6]}|[。；]")
UPRIGHT_STATES = "结结其尚"
"""The first letters of the states set upright in narrow columns, as a page's text gives them."""
HEADS = 2
"""Words in a row from which it is a row of heads: a row of figures has one label."""
NEAR = 60
"""Tokens after its title within which the table's head stands."""


def stretch_of(tokens: Sequence[Token], after: int | None) -> tuple[int, int] | None:
    """Return the first and last token of table four, ``after`` being where table three ends."""
    start = 0 if after is None else after + 1
    titled = after is not None
    for place in range(start, len(tokens)):
        if tokens[place].kind is not Kind.WORDS:
            continue
        if not (titled or TITLE.search(tokens[place].text)):
            continue
        near = tokens[place : place + NEAR]
        if _is_head("".join(token.text for token in near if token.kind is Kind.WORDS)):
            return place, _last(tokens, place)
    return None


def _is_head(words: str) -> bool:
    head = re.split(r"[。；;]", words)[0]
    if UPRIGHT_STATES in head and "未经复议" in head and "复议后" in head:
        return True
    return bool("维持" in head and "纠正" in head and re.search(r"审结|总计|合计", head))


def _last(tokens: Sequence[Token], first: int) -> int:
    for place in range(first, len(tokens)):
        if tokens[place].kind is Kind.WORDS and _END.search(tokens[place].text):
            return max(first, place - 1)
    return len(tokens) - 1


def without_blank_heads(tokens: Sequence[Token], first: int, last: int) -> list[int]:
    """Return the places of a stretch but for the blank cells beside heads, as merged ones leave.

    A lone head with a row of heads below it is one too: 行政复议 over the names of its results. So
    is a row of nothing over a row of figures, where the heads above cover both.
    """
    part = tokens[first : last + 1]
    heads = Counter(token.row for token in part if token.kind is Kind.WORDS)
    figures = {token.row for token in part if token.kind is Kind.FIGURE}

    def beside_heads(row: int) -> bool:
        over_figures = not heads[row] and row + 1 in figures and not heads[row + 1]
        return row not in figures and (over_figures or max(heads[row], heads[row + 1]) >= HEADS)

    return [
        place
        for place, token in enumerate(part, start=first)
        if token.kind is not Kind.BLANK or not beside_heads(token.row)
    ]
