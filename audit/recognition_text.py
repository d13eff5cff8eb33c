"""Text of a report made comparable, and what stands in a cell read as a number or not.

Folding keeps the length of a text, so that a place in the folded text is one in the printed text.
"""

import re
from decimal import Decimal

_FOLDED = {0xFF01 + step: 0x21 + step for step in range(94)} | {
    ord(space): " " for space in "\u00a0\u3000\u2002\u2003\u2009\u202f\ufeff\u200b"
}
_FOLDED |= {ord(dash): "-" for dash in "\u2212\u2010\u2011\ufe63"}
_FOLDED |= {ord(line): "|" for line in "¦│┃║┆┇┊┋"}
_FOLDED |= {ord("〈"): "《", ord("〉"): "》", ord("﹒"): ".", ord("．"): "."}

_UNITS = r"(?:件|宗|个|项|条|次|份|起|例|篇|部|笔|万元|万|元)"
_MONEY = frozenset({"万元", "万", "元"})
_WHOLE = re.compile(rf"(-?)((?:\d{{1,3}}(?:[, ]\d{{3}})+|[\d ]*\d))\s*({_UNITS}?)")
_DECIMAL = re.compile(rf"(-?)((?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?)\s*({_UNITS}?)")

CHANGE = r"(?:[+]|--|[增减](?:加|少)?[+-]?)\s*\d+"
"""A difference to last year as the layout of 2019 asks for it (本年增/减): ``+21``, ``减3``."""
_CHANGE = re.compile(rf"{CHANGE}\s*{_UNITS}?")

MARKS = frozenset(
    [
        "/",
        "\\",
        "-",
        "--",
        "—",
        "——",
        "–",
        "一",
        "无",
        "O",
        "o",
        "○",
        "〇",
        "零",
        "N/A",
        "n/a",
        "*",
        "、",
        "---",
        "──",
        "×",
        "//",
        "暂无",
        "没有",
        "不涉及",
        "不适用",
        "无此项",
    ]
)
"""What offices print for “none”: no numbers, never read as 0 in silence."""

LONE_MARKS = MARKS - {"一", "、"}
"""Those that stand for themselves where they are all that a line of text holds."""

LOOSE_MARKS = LONE_MARKS - {"无", "零", "暂无", "没有", "不涉及", "不适用", "无此项"}
"""Those that do so between other words too, where 无 and 一 are pieces of words."""

RUN_MARKS = "/\\-—–无"
"""Those of one character that stand side by side where cells were run together (``64/////64``)."""

MOST_DIGITS = 30
"""Characters of the longest figure that is a number: beyond it is a bar code or worse."""


def folded(text: str) -> str:
    """Return the text with full-width forms made half-width; its length stays."""
    return text.translate(_FOLDED)


def squeezed(text: str) -> str:
    """Return the folded text without any white space: the form in which labels are compared."""
    return re.sub(r"\s+", "", folded(text))


def whole_number(text: str) -> int | None:
    """Return the count a cell prints (``1,024``, ``12件``, ``1 024``), or None when it is none."""
    match = _WHOLE.fullmatch(folded(text).strip())
    if match is None or match[3] in _MONEY or len(match[2]) > MOST_DIGITS:
        return None
    return int(match[1] + re.sub(r"[, ]", "", match[2]))


def money(text: str) -> Decimal | None:
    """Return the amount in units of 10,000 yuan a cell prints, or None; ``12元`` is none."""
    match = _DECIMAL.fullmatch(re.sub(r"\s+", "", folded(text)))
    if match is None or match[3] not in {"", "万元", "万"} or len(match[2]) > MOST_DIGITS:
        return None
    return Decimal(match[1] + match[2].replace(",", ""))


def is_value(text: str) -> bool:
    """Whether a cell of a table holds a number or one of the marks for “none”."""
    plain = folded(text).strip()
    if plain in MARKS or _CHANGE.fullmatch(plain):
        return True
    return bool(re.fullmatch(rf"-?\d[\d,. ]*\s*{_UNITS}?|(?:\d[\d ]*\s*{_UNITS}\s*)+", plain))
