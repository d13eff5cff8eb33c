"""The same report in every shape of text reads back to the same figures."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.recognition import recognise
from disclosure.outcomes import COLUMNS, ROWS
from reporting.tables import Tables
from tests.audit.recognition_makers import (
    TEXT_SHAPES,
    Shape,
    balanced,
    in_grids,
    lines_of,
    read,
    run_together,
    unreadable_rows,
    values_of,
)
from tests.reporting.report_makers import ANY_TABLES, city

FEW = settings(max_examples=30)
"""Each example is a whole report in several shapes."""

CELLS = tuple(f"{row}.{column}" for row in ROWS for column in COLUMNS)


@pytest.mark.parametrize("shape", TEXT_SHAPES)
def test_a_city_reads_back_from_every_shape(shape: Shape) -> None:
    figures = city().figures()
    report = read(shape(figures))
    assert values_of(report) == figures
    assert report.tables == {"table2", "table3", "table4"}
    assert report.unreadable == ()


@FEW
@given(ANY_TABLES)
def test_any_table_reads_back_from_grids_whether_it_balances_or_not(tables: Tables) -> None:
    figures = tables.figures()
    report = recognise(in_grids(figures), "report.docx")
    assert values_of(report) == figures
    assert report.unreadable == ()


@FEW
@given(ANY_TABLES, st.sampled_from(TEXT_SHAPES))
def test_any_table_reads_back_from_text_whose_cells_are_apart(tables: Tables, shape: Shape) -> None:
    figures = tables.figures()
    report = read(shape(figures))
    assert values_of(report) == figures
    assert report.unreadable == ()


def test_zeros_run_together_are_as_many_cells_as_digits() -> None:
    figures = Tables.zero().figures()
    report = read(run_together(figures))
    assert values_of(report) == figures
    assert report.unreadable == ()


def _assert_true_or_unreadable(figures: dict[str, object], text: str) -> None:
    report = read(text)
    values, given_up = values_of(report), unreadable_rows(report)
    for code, figure in figures.items():
        if code in values:
            assert values[code] == figure, code
        else:
            assert (code.rpartition(".")[0] or code) in given_up, code


@FEW
@given(balanced())
def test_run_together_figures_are_read_as_they_are_or_not_at_all(tables: Tables) -> None:
    figures = tables.figures()
    _assert_true_or_unreadable(dict(figures), run_together(figures))


@FEW
@given(balanced(), st.sampled_from(CELLS), st.integers(0, 300))
def test_a_table_that_breaks_its_sums_is_read_as_it_is_or_not_at_all(
    tables: Tables, cell: str, wrong: int
) -> None:
    figures = dict(tables.figures()) | {cell: wrong}
    _assert_true_or_unreadable(dict(figures), run_together(figures))


def test_run_together_figures_of_a_small_agency_are_read_by_the_sums_of_the_form() -> None:
    figures = dict(Tables.zero().figures())
    counted = {"new": 64, "granted": 27, "unable.not_held": 37, "total_handled": 64}
    figures |= {f"{row}.natural_person": number for row, number in counted.items()}
    figures |= {f"{row}.total": number for row, number in counted.items()}
    assert values_of(read(run_together(figures))) == figures


def test_places_say_where_a_figure_stands() -> None:
    head = "信息内容 本年制发件数 本年废止件数 现行有效件数"
    text = f"海棠市林业局2023年政府信息公开工作年度报告\n{head}\n行政规范性文件 4 1 9"
    cell = recognise(lines_of(text), "report.txt").cells["normative_documents.repealed"]
    assert (cell.printed, cell.value, cell.place) == ("1", 1, "第2行")
