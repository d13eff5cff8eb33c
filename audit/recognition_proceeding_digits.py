"""One row of table four given to its fifteen cells, and cut apart where it was run together."""

from collections.abc import Iterator, Sequence
from itertools import islice

from audit.recognition_cells import digit_groups, fitted
from audit.recognition_digits import Cut, cuts
from audit.recognition_tokens import Token
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES

WIDTH = len(PROCEEDING_STATES)
WHOLE = WIDTH * len(PROCEEDING_GROUPS)
_MOST_DIGITS = 5
"""Digits of one figure of table four where cells were run together: nobody has 100,000 lawsuits."""


def fifteen(values: Sequence[Token], total: int) -> Sequence[Token | int | None] | None:
    """Return what each cell holds, or None where that is not sure.

    Args:
        values: of the row.
        total: place of 总计 among the states.
    """
    ready = fitted(values, WHOLE)
    if ready is not None:
        return ready
    groups = digit_groups(values)
    if groups is None or len(groups) > WHOLE:
        return None
    if sum(map(len, groups)) == WHOLE and (len(groups) == 1 or total != WIDTH - 1):
        # As many digits as cells.
        as_digits = cuts(groups, WHOLE)
        # Where blank cells stand for noughts there are few of them, and fewer cells than digits.
        sure = "".join(groups).count("0") >= WIDTH or (as_digits and _adds_up(as_digits[0], total))
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
        total = str(sum(parts))
        if rest and rest[0].startswith(total):
            after = (rest[0][len(total) :], *rest[1:]) if rest[0] != total else rest[1:]
            for tail in _adding_up(after, left - 1):
                yield (*parts, int(total), *tail)


def _prefixes(groups: tuple[str, ...], cells: int) -> Iterator[tuple[Cut, tuple[str, ...]]]:
    """Yield every way to read so many numbers off the front, with what remains."""
    if cells == 0:
        yield (), groups
        return
    if not groups:
        return
    first, rest = groups[0], groups[1:]
    longest = 1 if first[0] == "0" else min(len(first), _MOST_DIGITS)
    for length in range(1, longest + 1):
        remaining = (first[length:], *rest) if length < len(first) else rest
        for tail, after in _prefixes(remaining, cells - 1):
            yield (int(first[:length]), *tail), after
