"""What page converters make of a report: read as it is, or said to be unreadable, never guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.loading import load_report
from audit.published import PublishedReport
from audit.rules import check
from disclosure.outcomes import COLUMNS, ROWS
from reporting.identities import check_cells
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES, Tables
from tests.audit.converter_makers import (
    CLOSED,
    OPEN,
    Printed,
    Shape,
    between_tabs,
    blank_for_none,
    blanks_moved,
    cell_a_line,
    cell_with_pipe,
    converted,
    dash_for_none,
    pipe_below_cell,
    row_with_pipes,
)
from tests.audit.recognition_makers import Figures, balanced, read, unreadable_rows, values_of
from tests.reporting.report_makers import city

CITY = city().figures()
NOTHING = Tables.zero().figures()
FEW = settings(max_examples=12)
INDEX = "索 引 号： | 0001/2024 | 发布机构： | 林业局 |\n---|---|---|---|\n文 号： | 无 | |\n"
"""The table of contents system's data above a report, with the ruled line of Markdown."""


def _shown(figures: Figures) -> dict[str, object]:
    return {code: figure or None for code, figure in figures.items()}


def _false(report: PublishedReport, figures: Figures) -> list[str]:
    """Return the cells that say another number than the report prints."""
    given_up = {torn.row for torn in report.unreadable if torn.blanks}
    return [
        code
        for code, cell in report.cells.items()
        if cell.value is not None
        and cell.value != figures[code]
        and code.rpartition(".")[0] not in given_up
    ]


@pytest.mark.parametrize("shape", [*CLOSED, *OPEN, between_tabs])
@pytest.mark.parametrize("figures", [CITY, NOTHING], ids=["city", "nothing"])
def test_every_shape_reads_back_where_each_cell_prints_a_number(
    shape: Shape, figures: Figures
) -> None:
    report = read(converted(figures, shape))
    assert values_of(report) == figures
    assert report.unreadable == ()


@pytest.mark.parametrize("shape", [*CLOSED, between_tabs])
@pytest.mark.parametrize("printed", [blank_for_none, dash_for_none])
def test_a_cell_without_a_number_is_that_cell_in_every_shape_that_closes_its_cells(
    shape: Shape, printed: Printed
) -> None:
    report = load_report("report.txt", converted(CITY, shape, printed).encode())
    assert values_of(report) == _shown(CITY)
    assert {cell.printed for cell in report.cells.values() if cell.value is None} == {printed(0)}


@pytest.mark.parametrize("shape", CLOSED)
def test_the_data_of_a_content_system_above_a_report_change_nothing_in_its_tables(
    shape: Shape,
) -> None:
    text = INDEX + converted(CITY, shape)
    assert values_of(load_report("report.txt", text.encode())) == CITY


@FEW
@given(balanced(), st.sampled_from(CLOSED), st.sampled_from([blank_for_none, dash_for_none]))
def test_no_figure_is_ever_read_under_another_head(
    tables: Tables, shape: Shape, printed: Printed
) -> None:
    figures = tables.figures()
    report = load_report("report.txt", converted(figures, shape, printed).encode())
    assert _false(report, figures) == []


@FEW
@given(balanced(), st.sampled_from(OPEN))
def test_where_the_places_of_blank_cells_are_lost_no_figure_is_guessed(
    tables: Tables, shape: Shape
) -> None:
    figures = tables.figures()
    report = read(converted(figures, shape, blank_for_none))
    assert _false(report, figures) == []
    assert report.tables == {"table2", "table3", "table4"}


def test_noughts_beside_cells_whose_places_are_lost_are_noughts_with_so_many_blanks() -> None:
    figures = dict(NOTHING) | {f"new.{column}": 0 for column in COLUMNS}
    lines = converted(figures, cell_with_pipe).splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith("一、本年新收"))
    lines[place + 1 : place + 9] = ["0 |", "0 |", "|||||||"]
    report = read("\n".join(lines))
    assert [(torn.row, torn.printed, torn.blanks) for torn in report.unreadable] == [
        ("new", "00", 5)
    ]


def test_a_text_without_any_repetition_has_tables_of_which_nothing_is_read() -> None:
    lines = dict.fromkeys(converted(CITY, cell_a_line).splitlines())
    report = read("\n".join(lines))
    assert report.tables == {"table2", "table3", "table4"}
    assert report.cells == {}
    assert all("重复" in torn.reason for torn in report.unreadable)


def test_tables_of_labels_alone_are_unreadable_and_not_missing() -> None:
    report = read(converted(NOTHING, cell_a_line, blank_for_none))
    assert report.tables == {"table2", "table3", "table4"}
    assert report.cells == {}
    assert unreadable_rows(report) == {None}
    assert {finding.rule for finding in check(report)} == {"cell.unreadable"}


def test_blank_cells_at_the_beginning_of_a_row_of_tabs_keep_their_places() -> None:
    figures = dict(NOTHING) | {"litigation_direct.other": 3, "litigation_direct.total": 3}
    report = load_report("a.txt", converted(figures, between_tabs, blank_for_none).encode())
    fours = [f"{group}.{state}" for group in PROCEEDING_GROUPS for state in PROCEEDING_STATES]
    assert {code: report.cells[code].value for code in fours} == {
        code: figures[code] or None for code in fours
    }


def test_digits_where_no_nought_is_printed_may_be_fewer_numbers_than_digits() -> None:
    figures = dict(NOTHING) | {"normative_documents.issued": 9, "normative_documents.in_force": 36}
    text = converted(figures, lambda row, _: ["".join(row)], blank_for_none)
    assert unreadable_rows(read(text)) >= {"normative_documents"}


def test_a_surplus_pipe_that_looks_like_a_blank_cell_is_told_by_the_total() -> None:
    figures = dict(NOTHING) | dict.fromkeys(["granted.business", "granted.total"], 4)
    text = converted(figures, cell_with_pipe, blank_for_none)
    cells = read(text).cells
    granted = [cells[f"granted.{column}"].value for column in COLUMNS]
    assert granted == [None, 4, None, None, None, None, 4]


def test_heads_torn_over_lines_before_their_pipe_are_heads() -> None:
    text = converted(CITY, pipe_below_cell).replace("商业企业\n", "商业\n企业\n")
    assert values_of(read(text)) == CITY


def test_a_table_of_which_no_row_can_be_named_is_answered() -> None:
    lines = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"]
    lines += ["（一）予以公开", *["1 0 0 0 0 0 1"] * 4]
    report = read("\n".join(lines))
    assert not [code for code in report.cells if code.startswith("granted")]


@FEW
@given(
    balanced(few=6),
    st.sampled_from([*CLOSED, between_tabs, cell_a_line]),
    st.sampled_from([f"{row}.{column}" for row in ROWS for column in COLUMNS]),
    st.integers(1, 9),
)
def test_one_wrong_figure_gives_the_findings_of_the_identities_and_no_other(
    tables: Tables, shape: Shape, code: str, more: int
) -> None:
    figures = dict(tables.figures())
    figures[code] += more
    report = load_report("report.txt", converted(figures, shape).encode())
    found = {(one.rule, one.where) for one in check(report) if one.rule.startswith(("t3", "cell"))}
    wanted = {(one.rule, one.where) for one in check_cells(figures, {})}
    assert found == wanted
    assert found


def test_moved_blanks_of_other_rows_leave_a_whole_row_readable() -> None:
    whole = {f"new.{column}": 1 for column in COLUMNS} | {"new.total": 6}
    report = read(converted(dict(CITY) | whole, blanks_moved, blank_for_none))
    assert {code: report.cells[code].value for code in whole} == whole
    assert {"carried_in", "granted"} <= unreadable_rows(report)


def test_a_first_row_of_one_figure_is_there_though_no_figure_stands_above_it() -> None:
    figures = dict(NOTHING) | dict.fromkeys(["new.business", "new.total"], 4)
    report = read(converted(figures, blanks_moved, blank_for_none))
    assert "new" in unreadable_rows(report)
    assert "new.total" not in report.cells


LOST = ("2. 重复申请", "3. 要求提供公开出版物")


def test_rows_that_lost_their_labels_are_read_by_order_where_all_sums_bear_them_out() -> None:
    lines = [line for line in converted(CITY, cell_a_line).splitlines() if line not in LOST]
    report = read("\n".join(lines))
    assert values_of(report) == CITY
    assert any("按次序" in note for note in report.notes)


def test_rows_that_lost_their_labels_are_unreadable_where_more_than_figures_is_left() -> None:
    lost = {f"{label} |" for label in LOST}
    lines = [line for line in converted(CITY, cell_with_pipe).splitlines() if line not in lost]
    report = read("\n".join(lines))
    assert unreadable_rows(report) == {
        "not_processed.petition",
        "not_processed.repeat",
        "not_processed.publication",
    }
    assert "not_processed.repeat.total" not in report.cells


def test_a_last_row_of_a_few_figures_is_there_though_another_table_follows() -> None:
    figures = dict(CITY) | dict.fromkeys(["carried_out.business", "carried_out.total"], 4)
    report = read(converted(figures, cell_a_line, blank_for_none))
    assert "carried_out" in unreadable_rows(report)
    assert "carried_out.total" not in report.cells


def test_a_leading_pipe_is_a_blank_cell_where_rows_begin_without_one() -> None:
    figures = dict(NOTHING) | {"reconsideration.other": 2, "reconsideration.total": 2}
    cells = read(converted(figures, row_with_pipes, blank_for_none)).cells
    assert (cells["reconsideration.upheld"].printed, cells["reconsideration.other"].value) == (
        "",
        2,
    )
