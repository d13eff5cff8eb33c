"""One row of table four given to its fifteen cells, and cut apart where it was run together."""

from collections.abc import Iterator, Sequence
from itertools import islice

from audit.recognition_cells import digit_groups, every_joining, fitted
from audit.recognition_digits import Cut, as_printed, cuts, longest_cell, number_of
from audit.recognition_text import RUN_MARKS, whole_number
from audit.recognition_tokens import Token
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES

WIDTH = len(PROCEEDING_STATES)
WHOLE = WIDTH * len(PROCEEDING_GROUPS)
_MOST_DIGITS = 5
"""Digits of one figure of table four where cells were run together: nobody has 100,000 lawsuits."""


def fifteen(values: Sequence[Token], total: int) -> Sequence[Token | str | None] | None:
    """Return what each cell holds, or None where that is not sure.

    Args:
        values: of the row.
        total: place of 总计 among the states.
    """
    ready = fitted(values, WHOLE)
    if ready is not None:
        return ready
    if any(token.joins for token in values):
        return _among_commas(values, total)
    groups = digit_groups(values)
    cut = _cut_of(groups, total) if groups and len(groups) <= WHOLE else None
    return as_printed(groups, cut) if groups and cut else None


def _among_commas(values: Sequence[Token], total: int) -> Sequence[Token] | None:
    """Return the one way to tell commas between cells from those in numbers that adds up."""
    ways = [
        way
        for way in every_joining(values, WHOLE)
        if _adds_up(tuple(whole_number(token.text) or 0 for token in way), total)
    ]
    return ways[0] if len(ways) == 1 else None


def _cut_of(groups: tuple[str, ...], total: int) -> Cut | None:
    digits = "".join(groups)
    if len(digits) == WHOLE and digits.isdecimal() and (len(groups) == 1 or total != WIDTH - 1):
        # As many digits as cells.
        as_digits = cuts(groups, WHOLE)
        # Where blank cells stand for noughts there are few of them, and fewer cells than digits.
        sure = digits.count("0") >= WIDTH or (as_digits and _adds_up(as_digits[0], total))
        return as_digits[0] if as_digits and sure else None
    if total != WIDTH - 1:
        return None
    adding = list(islice(_adding_up(groups, len(PROCEEDING_GROUPS)), 2))
    return adding[0] if len(adding) == 1 else None


def _adds_up(cut: Cut, total: int) -> bool:
    """Whether each group of a row has its sum under 总计."""
    groups = (cut[start : start + WIDTH] for start in range(0, WHOLE, WIDTH))
    return all(2 * group[total] == sum(group) for group in groups)


def _adding_up(groups: tuple[str, ...], left: int) -> Iterator[Cut]:
    """Yield every cut whose groups of five each end in the sum of the four before."""
    if left == 0:
        if not groups:
            yield ()
        return
    for parts, rest in _prefixes(groups, WIDTH - 1):
        total = _total_at(rest[0], sum(parts)) if rest else ""
        if total:
            after = (rest[0][len(total) :], *rest[1:]) if rest[0] != total else rest[1:]
            for tail in _adding_up(after, left - 1):
                yield (*parts, sum(parts), *tail)


def _total_at(group: str, total: int) -> str:
    """Return how a group prints a total at its beginning, the empty text where it does not."""
    mark = group[0] if not total and group[0] in RUN_MARKS else ""
    return mark or (str(total) if group.startswith(str(total)) else "")


def _prefixes(groups: tuple[str, ...], cells: int) -> Iterator[tuple[Cut, tuple[str, ...]]]:
    """Yield every way to read so many numbers off the front, with what remains."""
    if cells == 0:
        yield (), groups
        return
    if not groups:
        return
    first, rest = groups[0], groups[1:]
    for length in range(1, min(longest_cell(first), _MOST_DIGITS) + 1):
        remaining = (first[length:], *rest) if length < len(first) else rest
        for tail, after in _prefixes(remaining, cells - 1):
            yield (number_of(first[:length]), *tail), after
