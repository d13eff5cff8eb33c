"""Cells that a text parts by commas, stops, drawn lines or nothing but marks."""

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.loading import load_report
from audit.published import PublishedReport
from disclosure.outcomes import COLUMNS
from reporting.tables import Tables
from tests.audit.recognition_makers import (
    Figures,
    balanced,
    read,
    unreadable_rows,
    values_of,
    whole,
)
from tests.reporting.report_makers import ANY_TABLES, city

CITY = city().figures()
COMMAS = ("，", ",", ", ")
STOPS = ("；", ";", "、")
DRAWN = ("│", " ┃ ", "¦", " ¦ ", "｜", "\t|\t")
MARKS = ("/", "-", "—", "无")
FEW = settings(max_examples=25)


class _Printed(dict[str, object]):
    """Figures as an office prints them: thousands parted, a mark where there is none."""

    def __init__(self, figures: Figures, *, mark: str = "0", thousands: bool = False) -> None:
        super().__init__(
            (code, mark if not figure else f"{figure:,}" if thousands else str(figure))
            for code, figure in figures.items()
        )


def _text(figures: Figures, joint: str, *, mark: str = "0", thousands: bool = False) -> str:
    return whole(_Printed(figures, mark=mark, thousands=thousands), joint)  # type: ignore[arg-type]  # whole() prints whatever stands there


def _assert_true_or_unreadable(report: PublishedReport, figures: Figures) -> None:
    given_up = unreadable_rows(report)
    for code, figure in figures.items():
        cell = report.cells.get(code)
        if cell is None:
            assert {code, code.rpartition(".")[0], None} & given_up, code
        else:
            assert (cell.value or 0) == figure, code


@pytest.mark.parametrize("joint", [*COMMAS, *STOPS, *DRAWN])
def test_a_report_reads_back_whatever_parts_its_cells(joint: str) -> None:
    report = read(_text(CITY, joint))
    assert values_of(report) == CITY
    assert report.unreadable == ()


@pytest.mark.parametrize("joint", [*STOPS, *DRAWN, "  ", "\u3000", "&nbsp;", "&nbsp;&nbsp;"])
def test_thousands_are_parts_of_numbers_where_something_else_parts_the_cells(joint: str) -> None:
    report = load_report("report.txt", _text(CITY, joint, thousands=True).encode())
    assert values_of(report) == CITY
    assert report.unreadable == ()


@pytest.mark.parametrize("joint", COMMAS)
def test_commas_between_cells_and_within_numbers_are_told_apart_by_the_sums(joint: str) -> None:
    report = read(_text(CITY, joint, thousands=True))
    assert values_of(report) == CITY
    assert report.unreadable == ()


@FEW
@given(balanced(few=8, most=30_000), st.sampled_from(COMMAS), st.sampled_from(["0", "", "/"]))
def test_commas_are_read_as_they_are_meant_or_not_at_all(
    tables: Tables, joint: str, mark: str
) -> None:
    figures = tables.figures()
    _assert_true_or_unreadable(read(_text(figures, joint, mark=mark, thousands=True)), figures)


@FEW
@given(ANY_TABLES, st.sampled_from([*COMMAS, *STOPS, *DRAWN]))
def test_any_table_reads_back_where_no_number_has_a_comma(tables: Tables, joint: str) -> None:
    figures = tables.figures()
    report = read(_text(figures, joint))
    assert values_of(report) == figures
    assert report.unreadable == ()


def test_two_ways_to_read_commas_that_both_add_up_are_none() -> None:
    figures = dict(Tables.zero().figures()) | {"permits": 1}
    row = "一、本年新收政府信息公开申请数量,"
    text = _text(figures, ",").replace(f"{row}0,0,0,0,0,0,0", f"{row}1,200,0,0,0,0,0,1,200")
    report = read(text)
    assert report.cells["new.total"].value == 1200
    both = text.replace(f"{row}1,200,0,0,0,0,0,1,200", f"{row}1,200,300,0,0,0,1,200,300")
    assert unreadable_rows(read(both)) == {"new"}


def test_the_only_way_to_join_commas_is_not_taken_where_it_does_not_add_up() -> None:
    row = "一、本年新收政府信息公开申请数量,"
    text = _text(Tables.zero().figures(), ",").replace(f"{row}0,", f"{row}12,345,")
    assert unreadable_rows(read(text)) == {"new"}


@pytest.mark.parametrize("name", ["report.csv", "report.txt"])
def test_quotation_marks_around_cells_are_no_part_of_them(name: str) -> None:
    rows = _text(CITY, "\t", thousands=True).splitlines()
    quoted = [
        ",".join(f'"{cell}"' for cell in row.split("\t")) if "\t" in row else row for row in rows
    ]
    assert values_of(load_report(name, "\n".join(quoted).encode())) == CITY


@pytest.mark.parametrize("joint", [",", "，", "；"])
@pytest.mark.parametrize("mark", ["", "/", "—", "无"])
def test_a_cell_without_a_number_between_commas_is_that_cell(joint: str, mark: str) -> None:
    report = read(_text(CITY, joint, mark=mark))
    assert values_of(report) == {code: figure or None for code, figure in CITY.items()}
    assert {cell.printed for cell in report.cells.values() if cell.value is None} == {mark}


def test_a_row_of_commas_that_lacks_a_cell_is_not_guessed() -> None:
    row = "二、上年结转政府信息公开申请数量,"
    text = re.sub(rf"({row}\d+),\d+", r"\1", _text(CITY, ","))
    assert unreadable_rows(read(text)) == {"carried_in"}


def test_a_drawn_frame_around_the_rows_is_no_cell_and_no_text() -> None:
    lines = _text(CITY, "│").splitlines()
    framed = [f"│{line}│\n├────┼────┼────┤" if "│" in line else line for line in lines]
    report = read("\n".join(framed))
    assert values_of(report) == CITY
    assert not any("─" in sentence.text for sentence in report.sentences)


def test_commas_of_a_narrative_part_no_cells() -> None:
    text = whole(CITY, "\t").replace("主动公开信息57条。", "其中网站40，微信10，其他7，3，5，6。")
    assert values_of(read(text)) == CITY


@pytest.mark.parametrize("mark", MARKS)
def test_marks_run_together_with_figures_are_cells_where_the_row_adds_up(mark: str) -> None:
    figures = dict(Tables.zero().figures())
    counted = {"new": 64, "granted": 27, "unable.not_held": 37, "total_handled": 64}
    figures |= {f"{row}.natural_person": number - 1 for row, number in counted.items()}
    figures |= {f"{row}.business": 1 for row in counted}
    figures |= {f"{row}.total": number for row, number in counted.items()}
    figures |= {f"{row}.natural_person": 62 for row in ("new", "total_handled")}
    figures |= {f"{row}.business": 2 for row in ("new", "total_handled")}
    report = read(_text(figures, "", mark=mark).replace("\n", ""))
    assert values_of(report) == {code: figure or None for code, figure in figures.items()}
    assert {cell.printed for cell in report.cells.values() if cell.value is None} == {mark}
    assert report.unreadable == ()


@FEW
@given(balanced(), st.sampled_from(MARKS))
def test_marks_run_together_are_read_as_they_are_or_not_at_all(tables: Tables, mark: str) -> None:
    figures = tables.figures()
    report = read(_text(figures, "", mark=mark).replace("\n", ""))
    _assert_true_or_unreadable(report, figures)


@FEW
@given(balanced(), st.sampled_from(MARKS), st.sampled_from(COLUMNS), st.integers(1, 300))
def test_marks_in_a_row_that_does_not_add_up_are_not_guessed(
    tables: Tables, mark: str, column: str, more: int
) -> None:
    figures = dict(tables.figures())
    figures[f"new.{column}"] = Decimal(figures[f"new.{column}"]) + more
    report = read(_text(figures, "", mark=mark))
    _assert_true_or_unreadable(report, figures)


def test_dates_and_telephones_are_no_run_of_marks() -> None:
    opening = "咨询电话：0990-8438-9999，2023-01-01/2023-12-31，网址http://www.ht.gov.cn///。\n"
    assert values_of(read(opening + whole(CITY, " "))) == CITY


@pytest.mark.parametrize(
    "hostile",
    ["1,200,300," * 30, "1,200," * 30_000, "/1" * 60_000, "1/" * 60_000, "无" * 90_000],
)
def test_rows_made_to_be_slow_are_not(hostile: str) -> None:
    text = whole(CITY, ",").replace("1.属于国家秘密", f"1.属于国家秘密,{hostile}")
    began = time.perf_counter()
    read(text)
    assert time.perf_counter() - began < 5
