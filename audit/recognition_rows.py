"""Runs of words and the values after them: the shape that every row of the form has.

A record is what one row prints: the words since the last figures, then its values. Where values
of several rows follow each other with no words between, the ones without words are records too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from audit.recognition_text import RUN_MARKS
from audit.recognition_tokens import Kind, Token


@dataclass(frozen=True, slots=True)
class Record:
    """Words, then values, as they follow each other in the tokens ``first`` to ``last``.

    Attributes:
        words: the tokens of the run of words, none of them a value.
        values: figures, marks and blank cells after it.
        first: index of the first token of the record.
        last: index of its last token.
    """

    words: tuple[Token, ...]
    values: tuple[Token, ...]
    first: int
    last: int

    @property
    def text(self) -> str:
        """The words run together."""
        return "".join(token.text for token in self.words)

    @property
    def printed(self) -> str:
        """The values as they stand there."""
        return " ".join(token.text for token in self.values).strip()

    @property
    def place(self) -> str:
        """Where the values stand."""
        return self.values[0].place

    def words_beside(self) -> str:
        """Return the words that stand in the same printed row as the first value."""
        row = self.values[0].row
        return "".join(token.text for token in self.words if token.row == row)


def digits_in(values: Sequence[Token]) -> int:
    """Count the cells that values can fill at most: digits that may be run together, or cells."""
    return sum(map(_cells_in, values))


def _cells_in(token: Token) -> int:
    return 1 if is_one_cell(token) else max(_digits(token), 1)


def is_one_cell(token: Token) -> bool:
    """Whether the source says where the cell ends, and it cannot hold a whole row all the same."""
    return token.separated and _digits(token) < RUN_TOGETHER


def _digits(token: Token) -> int:
    digits = sum(map(str.isdigit, token.text))
    marks = sum(sign in RUN_MARKS for sign in token.text)
    return digits + marks if marks > 1 else digits


RUN_TOGETHER = 7
"""Digits from which even a cell with its own bounds may hold a whole row of table three."""


def records_of(tokens: Sequence[Token], whole_row: int) -> Iterator[Record]:
    """Yield the records of a stretch of tokens.

    ``whole_row`` is the number of values that make a printed line a row of its own.
    """
    words: list[Token] = []
    first = 0
    for start, stop, is_value in _stretches(tokens):
        if not is_value:
            first = first if words else start
            words.extend(tokens[start:stop])
            continue
        values = tokens[start:stop]
        if _only_spacing(values, tokens, stop):
            continue
        for part_start, part in _rows(values, start, whole_row):
            yield Record(
                tuple(words),
                tuple(part),
                first if words else part_start,
                part_start + len(part) - 1,
            )
            words = []


def _stretches(tokens: Sequence[Token]) -> Iterator[tuple[int, int, bool]]:
    start = 0
    for is_value, members in groupby(tokens, key=lambda token: token.is_value):
        stop = start + sum(1 for _ in members)
        yield start, stop, is_value
        start = stop


def _only_spacing(values: Sequence[Token], tokens: Sequence[Token], stop: int) -> bool:
    """Whether blank cells only stand between the labels of a row, as under a merged cell."""
    return (
        all(token.kind is Kind.BLANK for token in values)
        and stop < len(tokens)
        and tokens[stop].row == values[0].row
    )


def _rows(values: Sequence[Token], start: int, whole_row: int) -> Iterator[tuple[int, list[Token]]]:
    """Cut values into rows: a printed line that is whole stands by itself."""
    pending: list[Token] = []
    place = start
    for _, members in groupby(values, key=lambda token: token.row):
        line = list(members)
        whole = len(line) >= whole_row or (not line[0].separated and digits_in(line) >= whole_row)
        if whole and pending:
            yield place, pending
            place, pending = place + len(pending), []
        pending.extend(line)
        if whole:
            yield place, pending
            place, pending = place + len(pending), []
    if pending:
        yield place, pending
