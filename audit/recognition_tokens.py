"""A source as one row of tokens: words, figures, blank cells, each with its place.

Grids and running text go the same way from here on. What a format knows of a cell's bounds is kept
(``separated``, ``column``); in running text the bounds of a figure are white space, or nothing at
all where a page's cells were run together.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from audit.recognition_grids import unmerged
from audit.recognition_pipes import PIPE, Pipes, with_bars_joined
from audit.recognition_separators import CELL, MAYBE_CELL, with_cells_marked
from audit.recognition_text import (
    CHANGE,
    LONE_MARKS,
    LOOSE_MARKS,
    MOST_DIGITS,
    RUN_MARKS,
    folded,
    is_value,
)
from audit.source import Line, Source, SourceTable


class Kind(StrEnum):
    """What a token is."""

    WORDS = "words"
    FIGURE = "figure"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a source.

    Attributes:
        kind: words, a figure (or a mark in its place), or a cell with nothing in it.
        text: folded; words without white space.
        place: for people.
        row: number of the printed line or table row it stands in.
        block: number of its block.
        start: where it begins in its line; 0 in a table.
        end: where it ends in its line.
        column: its column in a grid, None in running text.
        separated: the source itself says where the cell begins and ends.
        closed: the end of each cell is marked, so that one that is not there was left out.
        joins: what parts it from the value before is a comma, and both may be one number (1,024).
    """

    kind: Kind
    text: str
    place: str
    row: int
    block: int
    start: int = 0
    end: int = 0
    column: int | None = None
    separated: bool = False
    closed: bool = False
    joins: bool = False

    @property
    def is_value(self) -> bool:
        """Whether it fills a place for a figure, be it with nothing."""
        return self.kind is not Kind.WORDS


_PAGE_NUMBER = re.compile(
    r"[-—–]+\s*\d{1,4}\s*[-—–]+|第\s*\d{1,4}\s*页(?:\s*[,/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
_RULE = re.compile(r"[\s|:+=-]*-{3,}[\s|:+=-]*|(?=[^─━═]*[─━═])[\s|─-╿]+")
_TABS_AT_PIPE = re.compile(r"\t+(?=\|)|(?<=\|)\t+")
_THOUSANDS = re.compile(r"\d{3}(?:\.\d+)?(?:件|宗|万元|元)?")
_MARKDOWN = re.compile(r"^\s*#{1,6}\s+|\*\*|__")
LEAST_CELLS = 6
"""Cells of a row in which one mark among digits is a cell, and no sign within a word."""
_MARK = f"[{re.escape(RUN_MARKS)}]"
_RUN = (
    rf"(?=\d{{0,{MOST_DIGITS}}}(?:{_MARK}{{2}}|{_MARK}\d{{1,{MOST_DIGITS}}}{_MARK})"
    rf"|(?=\d{{0,{MOST_DIGITS}}}{_MARK})[\d{_MARK[1:-1]}]{{{LEAST_CELLS}}})"
    r"(?!\d{2,4}[-/]\d{1,2}[-/]\d{1,2}(?!\d)|0\d{2,3}-\d{7}|20\d\d[-—–]{1,2}20\d\d)"
    rf"(?:{_MARK}|\d(?![.、)]\s*[^\d\s])){{3,{MOST_DIGITS}}}"
    # Behind the label of a row of table two a single mark is a cell, whatever stands beside it.
    rf"|(?<=规章|文件|许可|处罚|强制|收费)(?=\d{{0,{MOST_DIGITS}}}{_MARK})"
    rf"[\d{_MARK[1:-1]}]{{1,{MOST_DIGITS}}}(?=\s|$|第二十|信息内容|行政|[二三]、)"
)
"""Marks run together with each other and with figures (``64/////64``); dates and telephones are
none."""
_PIECE = re.compile(
    r"第\s*\d+\s*条|20\d\d(?=\s*年)|\((?:指|含|单位)[^()]{0,80}\)"
    r"|(?P<numbering>\d[.、)](?=\s*[^\d\s]))"
    rf"|(?P<run>{_RUN})"
    # Digits run into the numbering of the next label (00000002.其他): its one digit is not theirs.
    rf"|(?P<figure>(?<!\S){CHANGE}(?!\S)|-?\d+(?=\d[.、)]\s*[^\d\s])"
    r"|-?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])(?:\s*(?:件|宗|万元|元))?"
    r"|-?\d+(?:\.\d+)?(?:\s*(?:件|宗|万元|元))?)"
    # 无 between cells is a mark; after a label alone it may be the first piece of a word.
    r"|(?P<none>(?<!\S)无(?=\s+(?:无|[-/—]|\d+)(?!\S)))"
    r"|(?P<mark>(?<!\S)\S{1,3}(?!\S))"
    rf"|(?P<words>(?:(?!{_MARK})[^\d\s(]|(?!-)(?!{_RUN}){_MARK}|\((?!指|含|单位))+|.)",
    re.DOTALL,
)


LONGEST_NOISE = 400
"""Characters of a line beyond which it is text, whatever it begins with."""


def tokens_of(source: Source) -> list[Token]:
    """Return the tokens of a source in reading order, page numbers and ruled lines left out."""
    found: list[Token] = []
    row = 0
    blocks = list(with_cells_marked(source.blocks))
    pipes = Pipes.of([folded(block.text) for block in blocks if isinstance(block, Line)])
    for block in with_bars_joined(blocks):
        if isinstance(block, SourceTable):
            for tokens in _of_table(block, row):
                found.extend(tokens)
                row += 1
        else:
            found.extend(_of_line(block, row, pipes))
            row += 1
    return found


def is_noise(line: str) -> bool:
    """Whether a line prints no text of the report: a page number, a rule of a text table."""
    if len(line) > LONGEST_NOISE:
        return False
    plain = folded(line).strip()
    return bool(_PAGE_NUMBER.fullmatch(plain) or _RULE.fullmatch(plain))


def _of_table(table: SourceTable, row: int) -> Iterator[list[Token]]:
    rows: dict[int, list[Token]] = {}
    for cell in unmerged(table.cells):
        kind = _kind_of(cell.text)
        text = _cell_text(cell.text, kind)
        token = Token(
            kind, text, cell.place, row + cell.row, table.number, column=cell.column, separated=True
        )
        rows.setdefault(cell.row, []).append(token)
    for number in range(max(rows, default=-1) + 1):
        yield rows.get(number, [])


def _kind_of(text: str) -> Kind:
    if not text.strip():
        return Kind.BLANK
    return Kind.FIGURE if is_value(text) else Kind.WORDS


def _cell_text(text: str, kind: Kind) -> str:
    plain = folded(text).strip()
    return re.sub(r"\s+", "", plain) if kind is Kind.WORDS else plain


def _of_line(line: Line, row: int, pipes: Pipes) -> Iterator[Token]:
    text = folded(line.text)
    if is_noise(text):
        return
    if "#" in text or "*" in text or "_" in text:
        text = _MARKDOWN.sub(lambda found: " " * len(found[0]), text)
    if PIPE in text:
        text = _TABS_AT_PIPE.sub(lambda found: found[0].replace("\t", " "), text)
    if "\t" in text or any(line.blanks):
        before, after = (_blank_cells(line, row, many) for many in line.blanks)
        yield from before
        yield from _of_fields(text, (0, text.split("\t")), line, row)
        yield from after
    elif CELL in text:
        yield from _of_fields(text, (0, text.split(CELL)), line, row, closed=True)
    elif MAYBE_CELL in text:
        fields = (0, text.split(MAYBE_CELL))
        yield from _with_commas(_of_fields(text, fields, line, row, closed=True))
    elif PIPE in text:
        yield from _of_fields(text, pipes.fields(text), line, row, closed=True)
    else:
        yield from _of_running_text(text, line, row)


def _blank_cells(line: Line, row: int, many: int) -> Iterator[Token]:
    token = Token(Kind.BLANK, "", line.place, row, line.number, separated=True)
    return (token for _ in range(many))


def _of_fields(
    text: str, fields: tuple[int, list[str]], line: Line, row: int, *, closed: bool = False
) -> Iterator[Token]:
    place, cells = fields
    for cell in cells:
        end = place + len(cell)
        if _is_running_text(cell):
            yield from _of_running_text(text, line, row, place, end)
        else:
            kind = _kind_of(cell)
            at = (line.place, row, line.number, place, end)
            yield Token(kind, _cell_text(cell, kind), *at, separated=True, closed=closed)
        place = end + 1


def _with_commas(tokens: Iterator[Token]) -> Iterator[Token]:
    """Yield the cells of a row parted by commas, those that may go on with a number as such."""
    above: Token | None = None
    for token in tokens:
        thousands = _THOUSANDS.fullmatch(token.text)
        joins = bool(above and above.kind is Kind.FIGURE and above.text[-1].isdigit() and thousands)
        yield replace(token, joins=True) if joins else token
        above = token


def _is_running_text(field: str) -> bool:
    """Whether a field holds a label with its figures, or whole sentences, and no single cell."""
    return len(field) > LONGEST_LABEL or bool(re.search(r"[^\d\s]\s+\d+(?:\s+\d+)+\s*$", field))


LONGEST_LABEL = 80
"""No label of the form is longer, in characters."""


def _of_running_text(
    text: str, line: Line, row: int, first: int = 0, last: int | None = None
) -> Iterator[Token]:
    kind = Kind.WORDS
    for piece in _PIECE.finditer(text, first, len(text) if last is None else last):
        if not piece[0].strip():
            continue
        alone = kind is Kind.FIGURE or piece[0] == text.strip()
        marks = LONE_MARKS if alone else LOOSE_MARKS
        mark = piece["mark"] is not None and piece["mark"] in marks
        mark = mark or piece["none"] is not None
        figure = mark or piece["figure"] is not None or piece["run"] is not None
        kind = Kind.FIGURE if figure else Kind.WORDS
        printed = piece[0].strip() if kind is Kind.FIGURE else re.sub(r"\s+", "", piece[0])
        yield Token(kind, printed, line.place, row, line.number, piece.start(), piece.end())
