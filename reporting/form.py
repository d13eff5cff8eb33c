"""The three tables of the annual report exactly as the official form draws them.

Source: 国办公开办函〔2021〕30号.
"""

from collections.abc import Iterator

from disclosure.outcomes import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    NEW,
    RESULT_ROWS,
    TOTAL,
    TOTAL_HANDLED,
)
from reporting.grid import Cell, Grid, Kind, Row
from reporting.labels import (
    BALANCE_NOTE,
    COLUMN_LABELS,
    DECISION_LABELS,
    DOCUMENT_COLUMN_LABELS,
    DOCUMENT_LABELS,
    FEE_LABEL,
    GROUP_LABELS,
    PROCEEDING_LABELS,
    RESULTS_LABEL,
    ROW_LABELS,
    SECTION_TITLES,
    STATE_LABELS,
    group_of,
    rows_of,
)
from reporting.tables import DOCUMENT_FIELDS, PROCEEDING_GROUPS, PROCEEDING_STATES


def _head(words: str, *, rowspan: int = 1, colspan: int = 1) -> Cell:
    return Cell(Kind.COLUMN_HEAD, words, rowspan, colspan)


def _side(words: str, *, rowspan: int = 1, colspan: int = 1, upright: bool = False) -> Cell:
    return Cell(Kind.ROW_HEAD, words, rowspan, colspan, upright)


def _figure(code: str, *, colspan: int = 1) -> Cell:
    return Cell(Kind.FIGURE, code, colspan=colspan)


def _decision_block(article: str, counted: str, labels: dict[str, str]) -> tuple[Row, ...]:
    return (
        (_head(article, colspan=4),),
        (_head("信息内容"), _head(counted, colspan=3)),
        *((_side(label), _figure(kind, colspan=3)) for kind, label in labels.items()),
    )


def _document_block() -> tuple[Row, ...]:
    return (
        (_head("第二十条第（一）项", colspan=4),),
        (_head("信息内容"), *(_head(DOCUMENT_COLUMN_LABELS[name]) for name in DOCUMENT_FIELDS)),
        *(
            (_side(label), *(_figure(f"{kind}.{name}") for name in DOCUMENT_FIELDS))
            for kind, label in DOCUMENT_LABELS.items()
        ),
    )


TABLE2 = Grid(
    name="table2",
    caption=SECTION_TITLES[1],
    widths=(51, 35, 35, 35),
    head=(),
    bodies=(
        _document_block(),
        _decision_block(
            "第二十条第（五）项", "本年处理决定数量", {"permits": DECISION_LABELS["permits"]}
        ),
        _decision_block(
            "第二十条第（六）项",
            "本年处理决定数量",
            {kind: DECISION_LABELS[kind] for kind in ("penalties", "coercive_measures")},
        ),
        _decision_block(
            "第二十条第（八）项", "本年收费金额（单位：万元）", {"fees_10k_yuan": FEE_LABEL}
        ),
    ),
)


def _figures(row: str) -> Row:
    return tuple(_figure(f"{row}.{column}") for column in COLUMNS)


def _results() -> Iterator[Row]:
    """Yield the 22 rows of 三、本年度办理结果; the first row of a group carries its label."""
    for row in (*RESULT_ROWS, TOTAL_HANDLED):
        group = group_of(row)
        label = _side(ROW_LABELS[row], colspan=1 if group else 2)
        before: list[Cell] = []
        if row == RESULT_ROWS[0]:
            before.append(_side(RESULTS_LABEL, rowspan=len(RESULT_ROWS) + 1, upright=True))
        if group and row == rows_of(group)[0]:
            before.append(_side(GROUP_LABELS[group], rowspan=len(rows_of(group))))
        yield (*before, label, *_figures(row))


TABLE3 = Grid(
    name="table3",
    caption=SECTION_TITLES[2],
    widths=(8, 16, 51.5, *(11.5,) * 7),
    head=(
        (
            Cell(Kind.NOTE, BALANCE_NOTE, rowspan=3, colspan=3),
            _head("申请人情况", colspan=len(COLUMNS) - 1),
            _head(COLUMN_LABELS[TOTAL], rowspan=3),
        ),
        (
            _head(COLUMN_LABELS[COLUMNS[0]], rowspan=2),
            _head("法人或其他组织", colspan=5),
        ),
        tuple(_head(COLUMN_LABELS[column]) for column in COLUMNS[1:-1]),
    ),
    bodies=(
        (
            (_side(ROW_LABELS[NEW], colspan=3), *_figures(NEW)),
            (_side(ROW_LABELS[CARRIED_IN], colspan=3), *_figures(CARRIED_IN)),
            *_results(),
            (_side(ROW_LABELS[CARRIED_OUT], colspan=3), *_figures(CARRIED_OUT)),
        ),
    ),
)


def _states(*, rowspan: int = 1) -> Row:
    return tuple(_head(STATE_LABELS[state], rowspan=rowspan) for state in PROCEEDING_STATES)


TABLE4 = Grid(
    name="table4",
    caption=SECTION_TITLES[3],
    widths=(10.4,) * 15,
    head=(
        (_head(PROCEEDING_LABELS["reconsideration"], colspan=5), _head("行政诉讼", colspan=10)),
        (
            *_states(rowspan=2),
            _head(PROCEEDING_LABELS["litigation_direct"], colspan=5),
            _head(PROCEEDING_LABELS["litigation_after_reconsideration"], colspan=5),
        ),
        (*_states(), *_states()),
    ),
    bodies=(
        (
            tuple(
                _figure(f"{group}.{state}")
                for group in PROCEEDING_GROUPS
                for state in PROCEEDING_STATES
            ),
        ),
    ),
)

GRIDS = (TABLE2, TABLE3, TABLE4)
