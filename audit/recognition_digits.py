"""Figures whose cells were run together (``640020470``), cut apart only where one cut is left.

Marks for “none” (``64/////64``) are a cell each and count as 0.

A row is cut where its digits are as many as its cells, and otherwise where the sums of the form
(勾稽关系) leave exactly one way. A table that breaks its own sums proves nothing: there a cut must
be better than every other by two sums at least, for one wrong figure spoils up to two of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from audit.recognition_text import RUN_MARKS

Cut = tuple[int, ...]

LONGEST = 18
"""Digits of one row beyond which no cut is tried: there are too many for the sums to tell apart."""
MOST_SUMS = 4_000
"""Partial sums kept while the results are added up; beyond it the table proves nothing."""
MARGIN = 2


def cuts(groups: Sequence[str], cells: int) -> list[Cut]:
    """Return every way to read digit groups as exactly so many numbers, borders kept.

    No number begins with a needless 0, so that ``0018`` is three numbers at least.
    """
    if sum(map(len, groups)) > LONGEST:
        return []
    found: list[Cut] = []
    _cut(groups, cells, (), found)
    return found


def _cut(groups: Sequence[str], cells: int, done: Cut, found: list[Cut]) -> None:
    if not groups:
        if cells == 0:
            found.append(done)
        return
    head, rest = groups[0], groups[1:]
    room = cells - len(rest)
    if room < 1 or sum(map(len, groups)) < cells:
        return
    for length in range(1, longest_cell(head) + 1):
        remaining = (head[length:], *rest) if length < len(head) else rest
        _cut(remaining, cells - 1, (*done, number_of(head[:length])), found)


def longest_cell(group: str) -> int:
    """Return how many characters the first cell of a group has at most."""
    if group[0] == "0" or group[0] in RUN_MARKS:
        return 1
    return len(group) - len(group.lstrip("0123456789"))


def number_of(cell: str) -> int:
    """Return the number a cell counts as."""
    return 0 if cell in RUN_MARKS else int(cell)


def as_printed(groups: Sequence[str], cut: Cut) -> tuple[str, ...]:
    """Return what each cell of a cut prints: its digits, or a mark."""
    rest = "".join(groups)
    cells: list[str] = []
    for number in cut:
        length = 1 if rest[0] in RUN_MARKS else len(str(number))
        cells.append(rest[:length])
        rest = rest[length:]
    return tuple(cells)


def adds_up(cut: Cut, total: int) -> bool:
    """Whether the cell at ``total`` is the sum of the others."""
    return 2 * cut[total] == sum(cut)


@dataclass(frozen=True, slots=True)
class Balance:
    """The rows of table three by their part in the identities, each with its possible readings.

    ``total`` is the place of 总计 in a row, None where the table has no such column.
    """

    readings: Mapping[str, Sequence[Cut]]
    inflow: tuple[str, ...]
    handled: str
    outflow: str
    results: tuple[str, ...]
    total: int | None

    def complete(self) -> bool:
        """Whether every row the identities speak of has a reading."""
        needed = (*self.inflow, self.handled, self.outflow, *self.results)
        return all(self.readings.get(row) for row in needed)


def settled(balance: Balance) -> dict[str, Cut]:
    """Return the rows that have exactly one reading under all sums of the form together.

    Rows that several solutions read differently are left out; so is everything where no solution
    exists (``best_alone`` is for those).
    """
    if not balance.complete():
        return {}
    layers = _layers([balance.readings[row] for row in balance.results])
    if layers is None:
        return {}
    frames = [frame for frame in _frames(balance) if frame[len(balance.inflow)] in layers[-1]]
    named = (*balance.inflow, balance.handled, balance.outflow)
    possible = {row: {frame[place] for frame in frames} for place, row in enumerate(named)}
    wanted = {frame[len(balance.inflow)] for frame in frames}
    possible |= _surviving(balance, layers, wanted)
    return {row: next(iter(cuts_)) for row, cuts_ in possible.items() if len(cuts_) == 1}


def _frames(balance: Balance) -> Iterable[tuple[Cut, ...]]:
    named = (*balance.inflow, balance.handled, balance.outflow)
    for frame in product(*(balance.readings[row] for row in named)):
        came, went = frame[: len(balance.inflow)], frame[len(balance.inflow) :]
        if _sum(came) == _sum(went):
            yield frame


def _sum(rows: Iterable[Cut]) -> Cut:
    return tuple(map(sum, zip(*rows, strict=True)))


def _layers(rows: Sequence[Sequence[Cut]]) -> list[set[Cut]] | None:
    """Return the sums reachable after each result, or None where they are too many."""
    layers = [{(0,) * len(rows[0][0])}]
    for readings in rows:
        reached = {_sum((before, reading)) for before in layers[-1] for reading in readings}
        if len(reached) > MOST_SUMS:
            return None
        layers.append(reached)
    return layers


def _surviving(balance: Balance, layers: list[set[Cut]], wanted: set[Cut]) -> dict[str, set[Cut]]:
    """Return for each result the readings that lie on a way to one of the wanted sums."""
    surviving: dict[str, set[Cut]] = {}
    for place in reversed(range(len(balance.results))):
        row = balance.results[place]
        kept: set[Cut] = set()
        before: set[Cut] = set()
        for after in wanted:
            for reading in balance.readings[row]:
                origin = tuple(a - b for a, b in zip(after, reading, strict=True))
                if origin in layers[place]:
                    kept.add(reading)
                    before.add(origin)
        surviving[row] = kept
        wanted = before
    return surviving


def best_alone(balance: Balance, row: str, every: Sequence[Cut]) -> Cut | None:
    """Return the cut of one row that beats every other by ``MARGIN`` sums, the rest standing.

    Made for tables that break a sum somewhere. Columns are judged only where each other row they
    need has one reading; the cut must add up in its own row.
    """
    total = balance.total
    if total is None or not any(adds_up(cut, total) for cut in every):
        return None
    expected = list(_expected(balance, row))
    judged = sorted((_broken(cut, total, expected), cut) for cut in every)
    if not adds_up(judged[0][1], total):
        return None
    if len(judged) > 1 and judged[1][0] - judged[0][0] < MARGIN:
        return None
    return judged[0][1]


def _broken(cut: Cut, total: int, expected: Sequence[Cut]) -> int:
    """Count the sums that do not hold with this cut, of those that can be judged."""
    return int(not adds_up(cut, total)) + sum(
        number != wanted for row in expected for number, wanted in zip(cut, row, strict=True)
    )


def _expected(balance: Balance, row: str) -> Iterable[Cut]:
    """Yield what the other rows make this one, by the flow and by the sum of the results."""
    came, went = balance.inflow, (balance.handled, balance.outflow)
    for plus, minus in ((came, went), (balance.results, (balance.handled,))):
        side, opposite = (plus, minus) if row in plus else (minus, plus)
        others = [name for name in side if name != row]
        needed = [balance.readings.get(name, ()) for name in (*opposite, *others)]
        if row in side and all(len(readings) == 1 for readings in needed):
            zero = (0,) * len(needed[0][0])
            taken = _sum((zero, *(balance.readings[name][0] for name in others)))
            given = _sum((zero, *(balance.readings[name][0] for name in opposite)))
            yield tuple(a - b for a, b in zip(given, taken, strict=True))
