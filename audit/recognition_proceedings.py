"""Table four (政府信息公开行政复议、行政诉讼情况) found in the tokens of a report and read.

One row of fifteen, three rows or tables of five, or five rows of three: the words before the
figures, or in a grid the heads above and beside them, say which figure is which.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from audit.heads import proceeding_order, state_order
from audit.labels import PROCEEDINGS, STATES
from audit.recognition_cells import NO_FIGURES, TableReading, cut_cell
from audit.recognition_proceeding_digits import WHOLE, WIDTH, fifteen
from audit.recognition_proceeding_grid import read_grid
from audit.recognition_proceeding_place import TITLE, stretch_of, without_blank_heads
from audit.recognition_rows import Record, records_of
from audit.recognition_tokens import Kind, Token
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES

AFTER_RECONSIDERATION = re.compile("行政复议后")
"""The name of a kind of lawsuit, with that of another group in it."""
UNREADABLE_RUN = "数字连写在一起，按各组合计不能确定唯一读法"
UNFITTING = "数字个数与表四的列数不符，不能确定各属哪一列"


def read_proceedings(tokens: Sequence[Token], after: int | None) -> TableReading | None:
    """Return table four, or None where there is none; ``after`` is where table three ends."""
    stretch = stretch_of(tokens, after)
    if stretch is None:
        return None
    first, last = stretch
    places = without_blank_heads(tokens, first, last)
    part = [tokens[place] for place in places]
    records = [record for record in records_of(part, WHOLE) if not _is_stray(record)]
    if not records:
        reading = TableReading("table4", first, last)
        reading.give_up(None, "", NO_FIGURES, tokens[first].place)
        return reading
    reading = TableReading("table4", first, places[records[-1].last])
    if not read_grid(reading, part):
        _read_records(reading, records)
    if not reading.cells and not reading.unreadable:
        reading.give_up(None, records[0].printed, UNFITTING, records[0].place)
    _account_for_missing(reading, records)
    return reading


def _is_stray(record: Record) -> bool:
    """Whether a record lies before the head of the table, as a mark in an empty frame may."""
    return not record.words and all(token.kind is Kind.BLANK for token in record.values)


def _read_records(reading: TableReading, records: Sequence[Record]) -> None:
    """Read figures by the words before them."""
    for matches, read in SHAPES:
        chosen = [record for record in records if matches(record)]
        if chosen:
            read(reading, chosen)
            _give_up_others(reading, [record for record in records if record not in chosen])
            return
    reading.give_up(None, records[0].printed, UNFITTING, records[0].place)


def _give_up_others(reading: TableReading, records: Sequence[Record]) -> None:
    """Say of the groups not read that their figures may stand in a row of another shape."""
    figures = [one for one in records if any(token.kind is Kind.FIGURE for token in one.values)]
    read = {code.partition(".")[0] for code in reading.cells}
    given_up = {found.row for found in reading.unreadable}
    for group in PROCEEDING_GROUPS:
        if figures and group not in read | given_up:
            reading.give_up(group, figures[0].printed, UNFITTING, figures[0].place)


def _is_whole(record: Record) -> bool:
    return len(record.values) >= WHOLE or (
        record.values[0].separated is False
        and sum(len(token.text) for token in record.values) >= WHOLE - 1
        and _state_of(record) in {None, "total"}
    )


def _state_of(record: Record) -> str | None:
    """Return the last state of table four that the words of a record name."""
    return _last_named(record, STATES)


def _group_named(record: Record) -> str | None:
    """Return the last group of table four that the words of a record name."""
    return _last_named(record, PROCEEDINGS)


def _last_named(record: Record, patterns: Mapping[str, str]) -> str | None:
    ends = {
        code: max(match.end() for match in found)
        for code, pattern in patterns.items()
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
    values = fifteen(record.values, states.index("total"))
    if values is None:
        for group in groups:
            reading.give_up(group, record.printed, UNREADABLE_RUN, record.place)
        return
    for place, value in enumerate(values):
        code = f"{groups[place // WIDTH]}.{states[place % WIDTH]}"
        _put(reading, code, value, record)


def _head_of(record: Record) -> str:
    return TITLE.sub("", record.text)


def _groups_in(record: Record) -> tuple[str, ...]:
    """Return the groups a record has figures of, in the order of its words; empty where unsure."""
    named = _groups_named(_head_of(record))
    if len(_shown(record)) > WIDTH:
        named = _groups_named(AFTER_RECONSIDERATION.sub("复议后", _head_of(record)))
    elif 0 < len(named) < len(PROCEEDING_GROUPS):
        named = [_group_named(record) or named[-1]]
    return tuple(named) if len(named) < len(PROCEEDING_GROUPS) else ()


def _groups_named(head: str) -> list[str]:
    places = {
        code: found.start()
        for code, pattern in PROCEEDINGS.items()
        if (found := re.search(pattern, head))
    }
    return sorted(places, key=places.__getitem__)


def _shown(record: Record) -> Sequence[Token]:
    """Return the values without the blank cells behind the last figure, down to whole groups."""
    filled = [place for place, token in enumerate(record.values) if token.kind is Kind.FIGURE]
    whole = -(-(filled[-1] + 1) // WIDTH) * WIDTH if filled else WIDTH
    return record.values[:whole]


def _is_group_row(record: Record) -> bool:
    """Whether a record has one or two of the three groups, as a table cut in parts prints them."""
    groups = _groups_in(record)
    return bool(groups) and len(_shown(record)) == WIDTH * len(groups)


def _read_group_rows(reading: TableReading, records: Sequence[Record]) -> None:
    order: tuple[str, ...] = PROCEEDING_STATES
    for record in records:
        order = state_order(record.text) or order
        codes = [f"{group}.{state}" for group in _groups_in(record) for state in order]
        for code, value in zip(codes, _shown(record), strict=True):
            _put(reading, code, value, record)


def _is_state_row(record: Record) -> bool:
    return len(record.values) == len(PROCEEDING_GROUPS) and _names_one_state(record)


def _names_one_state(record: Record) -> bool:
    return sum(bool(re.search(pattern, record.text)) for pattern in STATES.values()) == 1


def _read_state_rows(reading: TableReading, records: Sequence[Record]) -> None:
    order = proceeding_order(_head_of(records[0]))
    for record in records:
        for group, value in zip(order, record.values, strict=True):
            _put(reading, f"{group}.{_state_of(record)}", value, record)


def _is_single(record: Record) -> bool:
    return len(record.values) == 1 and _names_one_state(record)


def _read_singles(reading: TableReading, records: Sequence[Record]) -> None:
    group: str | None = None
    for record in records:
        group = _group_named(record) or group
        if group:
            _put(reading, f"{group}.{_state_of(record)}", record.values[0], record)


def _put(reading: TableReading, code: str, value: Token | str | None, record: Record) -> None:
    if code in reading.cells:
        return
    if isinstance(value, str):
        reading.cells[code] = cut_cell(value, record.place)
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
