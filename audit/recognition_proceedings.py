"""Table four (政府信息公开行政复议、行政诉讼情况) found in the tokens of a report and read.

One row of fifteen, three rows or tables of five, or five rows of three: the words before the
figures, or in a grid the heads above and beside them, say which figure is which.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from audit.heads import proceeding_order, state_order
from audit.labels import PROCEEDINGS, SECTIONS, STATES
from audit.recognition_cells import NO_FIGURES, TableReading, number_cell
from audit.recognition_proceeding_digits import WHOLE, WIDTH, fifteen
from audit.recognition_proceeding_grid import read_grid
from audit.recognition_rows import Record, records_of
from audit.recognition_tokens import Kind, Token
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES

_TITLE = re.compile(SECTIONS[4])
_END = re.compile(rf"{SECTIONS[5]}|{SECTIONS[6]}|[。；]")
UPRIGHT_STATES = "结结其尚"
"""The first letters of the states set upright in narrow columns, as a page's text gives them."""
HEADS = 2
"""Words in a row from which it is a row of heads: a row of figures has one label."""
NEAR = 60
"""Tokens after its title within which the table's head stands."""
UNREADABLE_RUN = "数字连写在一起，按各组合计不能确定唯一读法"
UNFITTING = "数字个数与表四的列数不符，不能确定各属哪一列"


def read_proceedings(tokens: Sequence[Token], after: int | None) -> TableReading | None:
    """Return table four, or None where there is none; ``after`` is where table three ends."""
    stretch = _stretch(tokens, after)
    if stretch is None:
        return None
    first, last = stretch
    places = _without_blank_heads(tokens, first, last)
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
    if UPRIGHT_STATES in head and "未经复议" in head and "复议后" in head:
        return True
    return bool("维持" in head and "纠正" in head and re.search(r"审结|总计|合计", head))


def _last(tokens: Sequence[Token], first: int) -> int:
    for place in range(first, len(tokens)):
        if tokens[place].kind is Kind.WORDS and _END.search(tokens[place].text):
            return max(first, place - 1)
    return len(tokens) - 1


def _is_stray(record: Record) -> bool:
    """Whether a record lies before the head of the table, as a mark in an empty frame may."""
    return not record.words and all(token.kind is Kind.BLANK for token in record.values)


def _without_blank_heads(tokens: Sequence[Token], first: int, last: int) -> list[int]:
    """Return the places of a stretch but for the blank cells beside heads, as merged ones leave."""
    part = tokens[first : last + 1]
    heads = Counter(token.row for token in part if token.kind is Kind.WORDS)
    figures = {token.row for token in part if token.kind is Kind.FIGURE}
    return [
        place
        for place, token in enumerate(part, start=first)
        if token.kind is not Kind.BLANK or heads[token.row] < HEADS or token.row in figures
    ]


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
    return _TITLE.sub("", record.text)


def _is_group_row(record: Record) -> bool:
    head = _head_of(record)
    named = [code for code, pattern in PROCEEDINGS.items() if re.search(pattern, head)]
    return len(record.values) == WIDTH and 0 < len(named) < len(PROCEEDING_GROUPS)


def _read_group_rows(reading: TableReading, records: Sequence[Record]) -> None:
    order: tuple[str, ...] = PROCEEDING_STATES
    for record in records:
        order = state_order(record.text) or order
        for state, value in zip(order, record.values, strict=True):
            _put(reading, f"{_group_named(record)}.{state}", value, record)


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
