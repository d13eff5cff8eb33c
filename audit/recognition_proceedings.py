"""Table four (政府信息公开行政复议、行政诉讼情况) found in the tokens of a report and read.

One row of fifteen, three rows or tables of five, or five rows of three: the words before the
figures, or in a grid the heads above and beside them, say which figure is which.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from audit.labels import PROCEEDINGS, SECTIONS, STATES, proceeding_order, state_order
from audit.recognition_cells import TableReading, digit_groups, fitted, number_cell
from audit.recognition_digits import Cut, cuts
from audit.recognition_rows import Record, records_of
from audit.recognition_tokens import Kind, Token
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES

_TITLE = re.compile(SECTIONS[4])
_HEAD = re.compile(r"维持|纠正")
_END = re.compile(rf"{SECTIONS[5]}|{SECTIONS[6]}|[。；]")
WIDTH = len(PROCEEDING_STATES)
WHOLE = WIDTH * len(PROCEEDING_GROUPS)
NEAR = 60
"""Tokens after its title within which the table's head stands."""
UNREADABLE_RUN = "数字连写在一起，按各组合计不能确定唯一读法"
UNFITTING = "数字个数与表四的列数不符，不能确定各属哪一列"

Values = Sequence[Token | int | None]


def read_proceedings(tokens: Sequence[Token], after: int | None) -> TableReading | None:
    """Return table four, or None where there is none; ``after`` is where table three ends."""
    stretch = _stretch(tokens, after)
    if stretch is None:
        return None
    first, last = stretch
    part = tokens[first : last + 1]
    records = [record for record in records_of(part, WHOLE) if not _is_stray(record)]
    if not records:
        return None
    reading = TableReading("table4", first, first + records[-1].last)
    if not _read_grid(reading, part):
        _read_records(reading, records)
    if not reading.cells and not reading.unreadable:
        reading.give_up(None, records[0].printed, UNFITTING, records[0].place)
    _account_for_missing(reading, records)
    return reading


def _stretch(tokens: Sequence[Token], after: int | None) -> tuple[int, int] | None:
    start = 0 if after is None else after + 1
    titled = after is not None
    for place in range(start, len(tokens)):
        if tokens[place].kind is not Kind.WORDS:
            continue
        if not (titled or _TITLE.search(tokens[place].text)):
            continue
        near = tokens[place : place + NEAR]
        if _is_head("".join(token.text for token in near if token.kind is Kind.WORDS)):
            return place, _last(tokens, place)
    return None


def _is_head(words: str) -> bool:
    head = re.split(r"[。；;]", words)[0]
    return bool("维持" in head and "纠正" in head and re.search(r"审结|总计|合计", head))


def _last(tokens: Sequence[Token], first: int) -> int:
    for place in range(first, len(tokens)):
        if tokens[place].kind is Kind.WORDS and _END.search(tokens[place].text):
            return max(first, place - 1)
    return len(tokens) - 1


def _is_stray(record: Record) -> bool:
    """Whether a record lies before the head of the table, as a mark in an empty frame may."""
    return not record.words and all(token.kind is Kind.BLANK for token in record.values)


def _read_grid(reading: TableReading, tokens: Sequence[Token]) -> bool:
    """Read figures by the heads above and beside them; False where these do not say enough."""
    values = [token for token in tokens if token.is_value and token.column is not None]
    if not values or len({token.block for token in values}) > 1:
        return False
    heads = [token for token in tokens if token.kind is Kind.WORDS and token.column is not None]
    codes = {_grid_code(token, heads): token for token in values if token.kind is Kind.FIGURE}
    expected = {f"{group}.{state}" for group in PROCEEDING_GROUPS for state in PROCEEDING_STATES}
    if not codes.keys() <= expected or len(codes) < sum(
        token.kind is Kind.FIGURE for token in values
    ):
        return False
    for code, token in codes.items():
        reading.put(str(code), token, token.place)
    return True


def _grid_code(value: Token, heads: Sequence[Token]) -> str | None:
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


def _named(heads: Sequence[Token], patterns: dict[str, str] | object) -> str | None:
    table = PROCEEDINGS if patterns is PROCEEDINGS else STATES
    for head in reversed(heads):
        named = [code for code, pattern in table.items() if re.search(pattern, head.text)]
        if len(named) == 1:
            return named[0]
    return None


def _read_records(reading: TableReading, records: Sequence[Record]) -> None:
    """Read figures by the words before them."""
    for matches, read in SHAPES:
        chosen = [record for record in records if matches(record)]
        if chosen:
            read(reading, chosen)
            return
    reading.give_up(None, records[0].printed, UNFITTING, records[0].place)


def _is_whole(record: Record) -> bool:
    return len(record.values) >= WHOLE or (
        record.values[0].separated is False
        and sum(len(token.text) for token in record.values) >= WHOLE - 1
        and state_of(record) in {None, "total"}
    )


def state_of(record: Record) -> str | None:
    """Return the last state of table four that the words of a record name."""
    ends = {
        code: max(match.end() for match in found)
        for code, pattern in STATES.items()
        if (found := list(re.finditer(pattern, record.text)))
    }
    return max(ends, key=ends.__getitem__) if ends else None


def group_named(record: Record) -> str | None:
    """Return the last group of table four that the words of a record name."""
    ends = {
        code: max(match.end() for match in found)
        for code, pattern in PROCEEDINGS.items()
        if (found := list(re.finditer(pattern, record.text)))
    }
    return max(ends, key=ends.__getitem__) if ends else None


def _read_whole(reading: TableReading, records: Sequence[Record]) -> None:
    record = records[0]
    groups = proceeding_order(_head_of(record))
    states = state_order(record.text)
    if states is None:
        reading.notes.append("表四的表头无法完整识别，各列按格式规定的次序读取")
        states = PROCEEDING_STATES
    values = _fifteen(record, states.index("total"))
    if values is None:
        for group in groups:
            reading.give_up(group, record.printed, UNREADABLE_RUN, record.place)
        return
    for place, value in enumerate(values):
        code = f"{groups[place // WIDTH]}.{states[place % WIDTH]}"
        _put(reading, code, value, record)


def _head_of(record: Record) -> str:
    return _TITLE.sub("", record.text)


def _fifteen(record: Record, total: int) -> Values | None:
    ready = fitted(record.values, WHOLE)
    if ready is not None:
        return ready
    groups = digit_groups(record.values)
    if groups is None or len(groups) > WHOLE:
        return None
    if sum(map(len, groups)) == WHOLE:
        # As many digits as cells.
        return cuts(groups, WHOLE)[0] if cuts(groups, WHOLE) else None
    if total != WIDTH - 1:
        return None
    adding = list(islice(_adding_up(groups, len(PROCEEDING_GROUPS)), 2))
    return adding[0] if len(adding) == 1 else None


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
    longest = 1 if first[0] == "0" else min(len(first), MOST_DIGITS)
    for length in range(1, longest + 1):
        remaining = (first[length:], *rest) if length < len(first) else rest
        for tail, after in _prefixes(remaining, cells - 1):
            yield (int(first[:length]), *tail), after


MOST_DIGITS = 5
"""Digits of one figure of table four where cells were run together: nobody has 100,000 lawsuits."""


def _is_group_row(record: Record) -> bool:
    return len(record.values) == WIDTH and group_named(record) is not None


def _read_group_rows(reading: TableReading, records: Sequence[Record]) -> None:
    order: tuple[str, ...] = PROCEEDING_STATES
    for record in records:
        order = state_order(record.text) or order
        for state, value in zip(order, record.values, strict=True):
            _put(reading, f"{group_named(record)}.{state}", value, record)


def _is_state_row(record: Record) -> bool:
    return len(record.values) == len(PROCEEDING_GROUPS) and state_of(record) is not None


def _read_state_rows(reading: TableReading, records: Sequence[Record]) -> None:
    order = proceeding_order(_head_of(records[0]))
    for record in records:
        for group, value in zip(order, record.values, strict=True):
            _put(reading, f"{group}.{state_of(record)}", value, record)


def _is_single(record: Record) -> bool:
    return len(record.values) == 1 and state_of(record) is not None


def _read_singles(reading: TableReading, records: Sequence[Record]) -> None:
    group: str | None = None
    for record in records:
        group = group_named(record) or group
        if group:
            _put(reading, f"{group}.{state_of(record)}", record.values[0], record)


def _put(reading: TableReading, code: str, value: Token | int | None, record: Record) -> None:
    if code in reading.cells:
        return
    if isinstance(value, int):
        reading.cells[code] = number_cell(value, record.place)
    else:
        reading.put(code, value, record.place)


SHAPES: tuple[
    tuple[Callable[[Record], bool], Callable[[TableReading, Sequence[Record]], None]], ...
] = (
    (_is_whole, _read_whole),
    (_is_group_row, _read_group_rows),
    (_is_state_row, _read_state_rows),
    (_is_single, _read_singles),
)
"""The shapes of table four: by what its records are known, and how they are read then."""


def _account_for_missing(reading: TableReading, records: Sequence[Record]) -> None:
    given_up = {found.row for found in reading.unreadable}
    if None in given_up:
        return
    for group in PROCEEDING_GROUPS:
        if group in given_up:
            continue
        for state in PROCEEDING_STATES:
            if f"{group}.{state}" not in reading.cells:
                reading.put(f"{group}.{state}", None, records[-1].place)
