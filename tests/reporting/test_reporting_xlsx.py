import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from disclosure.outcomes import CARRIED_OUT, COLUMNS, NEW, ROWS
from reporting.identities import check_tables
from reporting.labels import ROW_LABELS, SECTION_TITLES
from reporting.narrative import Sections
from reporting.render_xlsx import render_xlsx
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES, Table3, Tables
from reporting.xlsx_identities import FAILS, FIRST, HOLDS, identities
from tests.reporting.report_makers import ANY_TABLES, a_report, city, one_request

REFERENCE = re.compile(r"'(表.)'!([A-Z]+\d+)")


def opened(file: bytes, *, formulas: bool = False) -> Workbook:
    return load_workbook(BytesIO(file), data_only=not formulas)


def sheet_of(tables: Tables, name: str, *, formulas: bool = False) -> Worksheet:
    return opened(render_xlsx(a_report(tables)), formulas=formulas)[name]


def rows_of(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def broken() -> Tables:
    """The city's tables with one request too many among those of natural persons carried out."""
    whole = city()
    cells = whole.table3.as_json()
    cells[CARRIED_OUT]["natural_person"] += 1
    return Tables(whole.table2, Table3.of(cells), whole.table4)


@settings(max_examples=8)
@given(ANY_TABLES)
def test_figures_are_numbers_in_their_cells(tables: Tables) -> None:
    book = opened(render_xlsx(a_report(tables)))
    assert [row[-len(COLUMNS) :] for row in rows_of(book["表三"])[5:]] == [
        list(row) for row in tables.table3.counts
    ]
    assert rows_of(book["表四"])[-1] == [
        getattr(getattr(tables.table4, group), state)
        for group in PROCEEDING_GROUPS
        for state in PROCEEDING_STATES
    ]
    assert rows_of(book["表二"])[-1][1] == pytest.approx(float(tables.table2.fees_10k_yuan))


def test_three_tables_their_identities_and_the_text_are_the_sheets() -> None:
    book = opened(render_xlsx(a_report()))
    assert book.sheetnames == ["表二", "表三", "表四", "勾稽关系", "正文"]
    for name, caption in zip(book.sheetnames, SECTION_TITLES[1:4], strict=False):
        assert book[name]["A1"].value == "保定市商务局2024年政府信息公开工作年度报告"
        assert book[name]["A2"].value == caption


def test_heads_are_merged_as_on_the_form() -> None:
    sheet = sheet_of(one_request(), "表三")
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"A3:C5", "D3:I3", "J3:J5", "E4:I4", "A8:A29", "B10:B17"} <= merged
    assert [sheet.cell(row, 1).value for row in (6, 7, 30)] == [
        ROW_LABELS[NEW],
        ROW_LABELS["carried_in"],
        ROW_LABELS[CARRIED_OUT],
    ]


def test_identities_are_live_formulas_over_the_cells_with_their_results_beside() -> None:
    tables = city()
    book = opened(render_xlsx(a_report(tables)), formulas=True)
    seen = sheet_of(tables, "勾稽关系")
    lines = range(FIRST + 1, FIRST + 1 + len(list(identities())))
    for line in lines:
        sides = []
        for column in "DE":
            formula = book["勾稽关系"][f"{column}{line}"].value
            cells = REFERENCE.findall(formula)
            assert formula == "=" + "+".join(f"'{name}'!{place}" for name, place in cells)
            sides.append(sum(book[name][place].value for name, place in cells))
            assert seen[f"{column}{line}"].value == sides[-1]
        assert book["勾稽关系"][f"F{line}"].value == f"=D{line}-E{line}"
        assert seen[f"F{line}"].value == sides[0] - sides[1] == 0
        assert seen[f"G{line}"].value == HOLDS
    assert len(lines) == 2 * len(COLUMNS) + len(ROWS) + len(PROCEEDING_GROUPS)
    assert seen["B2"].value == 0


@settings(max_examples=8)
@given(ANY_TABLES)
def test_the_sheet_finds_what_the_checks_find(tables: Tables) -> None:
    sheet = sheet_of(tables, "勾稽关系")
    verdicts = [row[6] for row in rows_of(sheet)[FIRST:]]
    assert verdicts.count(FAILS) == len(check_tables(tables)) == sheet["B2"].value


def test_an_identity_that_fails_says_by_how_much_and_where() -> None:
    rows = [row for row in rows_of(sheet_of(broken(), "勾稽关系"))[FIRST:] if row[6] == FAILS]
    assert [(row[2], row[3:6]) for row in rows] == [
        ("表三“自然人”列", [2917, 2918, -1]),
        (f"表三“{ROW_LABELS[CARRIED_OUT]}”行", [96, 97, -1]),
    ]


def test_a_name_that_looks_like_a_formula_is_words() -> None:
    sheet = opened(render_xlsx(a_report(agency='=HYPERLINK("x")&1')), formulas=True)["表三"]
    assert sheet["A1"].value.startswith('=HYPERLINK("x")&1')
    assert sheet["A1"].data_type == "s" or sheet["A1"].quotePrefix


def test_heads_stay_in_sight_and_the_sheets_print_on_a4() -> None:
    book = opened(render_xlsx(a_report()))
    assert [book[name].freeze_panes for name in book.sheetnames] == ["B3", "D6", "A6", "A4", None]
    assert {book[name].page_setup.paperSize for name in book.sheetnames} == {9}
    assert book["表三"].page_setup.orientation == "landscape"
    assert book["表三"].sheet_properties.pageSetUpPr.fitToPage
    assert book["表三"].print_title_rows == "$3:$5"


def test_the_properties_say_whose_it_is_and_carry_no_clock() -> None:
    report = a_report(known_at="2025-01-20T09:00:00+08:00")
    properties = opened(render_xlsx(report)).properties
    assert properties.title == "保定市商务局2024年政府信息公开工作年度报告"
    assert properties.creator == "保定市商务局"
    assert properties.description == report.digest
    assert str(properties.created) == str(properties.modified) == "2025-01-20 01:00:00"


def test_no_cell_of_a_table_is_blank() -> None:
    sheet = sheet_of(one_request(), "表三")
    covered = {place for one in sheet.merged_cells.ranges for place in list(one.cells)[1:]}
    blank = [
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is None and (cell.row, cell.column) not in covered
    ]
    assert blank == []
    assert sheet[f"J{len(ROWS) + 5}"].value == 0


def test_the_written_sections_stand_in_a_sheet_a_paragraph_a_row() -> None:
    texts = Sections(overall="## （一）主动公开\n\n做到**应公开**。\n\n1. =1+1", problems="无。")
    rows = opened(render_xlsx(a_report(texts=texts)), formulas=True)["正文"]
    words = [row[0].value for row in rows.iter_rows()]
    assert words[0] == "保定市商务局2024年政府信息公开工作年度报告"
    assert words[2:8] == [
        SECTION_TITLES[0],
        "（一）主动公开",
        "做到应公开。",
        "1. =1+1",
        SECTION_TITLES[4],
        "无。",
    ]
    assert words[8] == SECTION_TITLES[5]


def test_a_paragraph_longer_than_a_cell_goes_on_in_the_next() -> None:
    texts = Sections(overall="公" * 40_000)
    rows = opened(render_xlsx(a_report(texts=texts)))["正文"]
    assert [len(row[0].value) for row in rows.iter_rows()][3:5] == [32_000, 8_000]
