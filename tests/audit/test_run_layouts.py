"""Layouts offices give the form in their files: read as printed, never blamed for the layout."""

import pytest

from audit.loading import load_report
from audit.published import PublishedReport
from audit.rules import check
from reporting.findings import Severity
from tests.audit.layout_makers import (
    CAPTIONS,
    FORMATS,
    Part,
    Rows,
    as_docx,
    as_html,
    columns_of,
    cut_below,
    grid,
    report,
    sheet_of,
    with_head_again,
    with_noughts_merged,
    with_row_below,
    with_row_on_top,
)
from tests.audit.read_makers import pdf_of, xlsx_of
from tests.audit.recognition_makers import values_of
from tests.reporting.report_makers import city

CITY = city().figures()
TABLE2, TABLE3, TABLE4 = (grid(number, CITY) for number in range(3))
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def _in_units(figure: object) -> str:
    return f"{figure}万元" if "." in str(figure) else f"{figure} 件"


def _called(rows: Rows, name: str) -> Rows:
    """The lawsuits after reconsideration under another name."""
    return [
        [(name if cell[0] == "复议后起诉" else cell[0], *cell[1:]) for cell in row] for row in rows
    ]


LAYOUTS: dict[str, dict[int, list[Part]]] = {
    "titles in the tables": {
        0: [with_row_on_top(TABLE2, CAPTIONS[0])],
        1: [with_row_on_top(TABLE3, CAPTIONS[1])],
        2: [with_row_on_top(TABLE4, CAPTIONS[2])],
    },
    "units in the tables": {
        0: [with_row_on_top(TABLE2, "单位：件")],
        1: [with_row_on_top(TABLE3, "单位：件")],
        2: [with_row_on_top(TABLE4, "（单位：件）")],
    },
    "notes in and below the tables": {
        0: [with_row_below(TABLE2, "注：行政许可含委托事项12件。")],
        1: [with_row_below(TABLE3, "备注：其他处理含撤回3件、合并2件。")],
        2: [TABLE4, "说明：尚未审结37件已转下年。"],
    },
    "full width": {
        number: [grid(number, CITY, lambda figure: str(figure).translate(FULL_WIDTH))]
        for number in range(3)
    },
    "units in the cells": {number: [grid(number, CITY, _in_units)] for number in range(3)},
    "a page's end in a group": {1: [*cut_below(TABLE3, 14)]},
    "heads again on the next page": {
        1: [
            cut_below(TABLE3, 20)[0],
            "续表",
            with_head_again(TABLE3, cut_below(TABLE3, 20)[1]),
        ]
    },
    "a page's end below the heads": {2: [*cut_below(TABLE4, 3)]},
    "reconsideration and lawsuits apart": {
        2: [columns_of(TABLE4, 0, 5), columns_of(TABLE4, 5, 15)]
    },
    "lawsuits apart under a longer name": {
        2: [columns_of(TABLE4, 0, 5), _called(columns_of(TABLE4, 5, 15), "经行政复议后起诉")]
    },
    "each group apart, the last under a longer name": {
        2: [
            columns_of(TABLE4, 0, 5),
            columns_of(TABLE4, 5, 10),
            _called(columns_of(TABLE4, 10, 15), "行政复议后起诉"),
        ]
    },
    "the last group apart": {2: [columns_of(TABLE4, 0, 10), columns_of(TABLE4, 10, 15)]},
    "three tables with titles": {
        2: [
            "（一）行政复议情况",
            columns_of(TABLE4, 0, 5),
            "（二）行政诉讼情况",
            columns_of(TABLE4, 5, 10),
            columns_of(TABLE4, 10, 15),
        ]
    },
    "noughts merged": {1: [with_noughts_merged(TABLE3, "0")]},
}


def _read(name: str, parts: list[Part]) -> PublishedReport:
    return load_report(name, FORMATS[name](parts))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_changes_no_figure_and_is_no_finding(name: str, layout: str) -> None:
    found = _read(name, report(CITY, LAYOUTS[layout]))
    assert values_of(found) == CITY
    assert found.unreadable == ()
    assert check(found) == ()


@pytest.mark.parametrize("name", FORMATS)
def test_titles_that_stand_in_the_tables_alone_are_those_of_the_sections(name: str) -> None:
    parts = report(CITY, LAYOUTS["titles in the tables"])
    found = _read(name, [part for part in parts if part not in CAPTIONS])
    assert values_of(found) == CITY
    assert check(found) == ()


@pytest.mark.parametrize("name", FORMATS)
def test_a_mark_merged_over_a_row_is_a_mark_in_each_of_its_cells(name: str) -> None:
    found = _read(name, report(CITY, {1: [with_noughts_merged(TABLE3, "无")]}))
    marked = {code for code, cell in found.cells.items() if cell.printed == "无"}
    assert {cell.value for code, cell in found.cells.items() if code in marked} == {None}
    assert {code.partition(".")[0] for code in marked} <= {"refused", "unable", "not_processed"} | {
        "other"
    }
    assert all(found.cells[code].value == figure for code, figure in CITY.items() if figure)
    assert {one.rule for one in check(found)} == {"cell.not_a_number"}


def _askew(rows: Rows) -> Rows:
    """The third column twice as wide in the grid, but for one row whose second column is that."""
    return [
        [
            (text, row, column + (column > turn), high, wide + (column <= turn < column + wide))
            for text, row, column, high, wide in cells
        ]
        for number, cells in enumerate(rows)
        for turn in [4 if number == len(rows) - 1 else 5]
    ]


@pytest.mark.parametrize("name", ["report.docx", "report.html"])
def test_cells_over_two_columns_of_a_grid_drawn_askew_are_one_cell(name: str) -> None:
    found = _read(name, report(CITY, {1: [_askew(TABLE3)]}))
    assert values_of(found) == CITY
    assert found.unreadable == ()


@pytest.mark.parametrize("name", FORMATS)
def test_groups_cut_in_the_middle_are_unreadable_and_not_blank(name: str) -> None:
    parts: list[Part] = [columns_of(TABLE4, 0, 8), columns_of(TABLE4, 8, 15)]
    findings = check(_read(name, report(CITY, {2: parts})))
    assert [(one.rule, one.severity) for one in findings] == [("cell.unreadable", Severity.WARNING)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
def test_sheets_of_a_workbook_may_have_any_order(order: tuple[int, ...]) -> None:
    tables = (TABLE2, TABLE3, TABLE4)
    found = load_report("report.xlsx", xlsx_of(*(sheet_of([tables[one]]) for one in order)))
    assert values_of(found) == CITY
    assert found.tables == {"table2", "table3", "table4"}


PICTURE = "〔此处为图〕"
DRAWING = (
    '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
    "</w:drawing></w:r></w:p>"
)
PIXEL = (
    "137,80,78,71,13,10,26,10,0,0,0,13,73,72,68,82,0,0,0,1,0,0,0,1,8,0,0,0,0,58,126,155,85,0,0,0,"
    "10,73,68,65,84,120,156,99,104,0,0,0,130,0,129,119,205,114,182,0,0,0,0,73,69,78,68,174,66,96,130"
)
"""A picture of one grey point (PNG)."""


def _with_picture(name: str, parts: list[Part]) -> bytes:
    match name:
        case "report.docx":
            return as_docx(parts, {PICTURE: DRAWING})
        case "report.html":
            return as_html(parts).replace(PICTURE.encode(), b'<img src="3.png" alt="">')
        case "report.md":
            return "\n\n".join(
                "![表](3.png)" if part == PICTURE else str(part) for part in parts
            ).encode()
        case _:
            lines = [f"#{part!r}".replace("'", '"') for part in parts if isinstance(part, str)]
            image = f'#image(bytes(({PIXEL})), width: 15cm, height: 9cm, alt: "表")'
            return pdf_of("\n\n".join(image if PICTURE in line else line for line in lines))


@pytest.mark.parametrize("name", ["report.docx", "report.html", "report.md", "report.pdf"])
def test_a_table_that_is_a_picture_is_said_to_be_one(name: str) -> None:
    parts = report(CITY, {1: [PICTURE], 0: [PICTURE], 2: ["（略）"]})
    findings = check(load_report(name, _with_picture(name, parts)))
    told = {one.where.table: one for one in findings if one.where.table}
    assert {one.rule for one in told.values()} == {"table.missing"}
    assert {table: "只有图片，没有文字" in one.message for table, one in told.items()} == {
        "table2": True,
        "table3": True,
        "table4": False,
    }
