import pytest

from audit.readers.workbook import shown_number
from audit.reading import UnreadableFile, read_source
from reporting.render_xlsx import render_xlsx
from tests.audit.read_makers import cells, lines, rows, sheet_row, tables, xlsx_of
from tests.reporting.report_makers import a_report, city


def data(*rows_of_sheet: str) -> str:
    return f"<sheetData>{''.join(rows_of_sheet)}</sheetData>"


def test_framed_rows_are_a_table_and_a_title_above_is_a_line() -> None:
    sheet = data(
        sheet_row(1, "二、主动公开政府信息情况"),
        sheet_row(2, "第二十条第（一）项", framed=True),
        sheet_row(3, "规章", "1", framed=True),
        sheet_row(4, "说明"),
    )
    source = read_source("a.xlsx", xlsx_of(sheet))
    assert lines(source) == ["二、主动公开政府信息情况", "说明"]
    assert rows(tables(source)[0]) == [["第二十条第（一）项", ""], ["规章", "1"]]
    assert tables(source)[0].cells[0].place == "工作表“一”A2"


def test_merged_ranges_are_spans_and_what_they_cover_is_gone() -> None:
    sheet = (
        data(sheet_row(1, "注", "", "总计", framed=True), sheet_row(2, "1", "2", "", framed=True))
        + '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1:C2"/></mergeCells>'
    )
    (found,) = tables(read_source("a.xlsx", xlsx_of(sheet)))
    assert cells(found) == [
        ("注", 0, 0, 1, 2),
        ("总计", 0, 2, 2, 1),
        ("1", 1, 0, 1, 1),
        ("2", 1, 1, 1, 1),
    ]


def test_without_frames_several_cells_make_a_row_of_a_table() -> None:
    sheet = data(sheet_row(1, "年报"), sheet_row(2, "规章", "1"), sheet_row(3, "文件", "2"))
    source = read_source("a.xlsx", xlsx_of(sheet))
    assert lines(source) == ["年报"]
    assert rows(tables(source)[0]) == [["规章", "1"], ["文件", "2"]]


def test_a_blank_row_parts_two_tables() -> None:
    sheet = data(
        sheet_row(1, "规章", "1", framed=True),
        sheet_row(2, "", "", framed=False),
        sheet_row(3, "行政许可", "2", framed=True),
    )
    assert [rows(one) for one in tables(read_source("a.xlsx", xlsx_of(sheet)))] == [
        [["规章", "1"]],
        [["行政许可", "2"]],
    ]


def test_hidden_sheets_rows_and_columns_are_not_on_the_page() -> None:
    shown = '<cols><col min="2" max="2" hidden="1"/></cols>' + data(
        sheet_row(1, "规章", "旧", "1"),
        sheet_row(2, "旧", "旧", "9", hidden=True),
        sheet_row(3, "文件", "旧", "2"),
    )
    source = read_source(
        "a.xlsx", xlsx_of(shown, data(sheet_row(1, "底稿", "8")), states=["visible", "hidden"])
    )
    assert cells(tables(source)[0]) == [
        ("规章", 0, 0, 1, 1),
        ("1", 0, 1, 1, 1),
        ("文件", 1, 0, 1, 1),
        ("2", 1, 1, 1, 1),
    ]
    assert len(source.blocks) == 1


def test_values_are_read_as_they_are_shown() -> None:
    sheet = data(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2.0</v></c>'
        '<c r="C1"><f>B1*2</f><v>4</v></c><c r="D1" t="str"><f>X</f><v>0</v></c>'
        '<c r="E1" t="b"><v>1</v></c><c r="F1" t="e"><v>#DIV/0!</v></c><c r="G1"/></row>'
    )
    strings = ["<r><t>规</t></r><r><t>章</t></r><rPh><t>guizhang</t></rPh>"]
    (found,) = tables(read_source("a.xlsx", xlsx_of(sheet, strings=strings)))
    assert rows(found) == [["规章", "2", "4", "0", "TRUE", "#DIV/0!"]]


@pytest.mark.parametrize(
    ("saved", "shown"),
    [
        ("2.0", "2"),
        ("0", "0"),
        ("-0", "0"),
        ("96171.6", "96171.6"),
        ("0.30000000000000004", "0.3"),
        ("1.2E3", "1200"),
        ("3985758", "3985758"),
        ("", ""),
        ("nan", "nan"),
        ("1e999999", "1e999999"),
    ],
)
def test_numbers_are_printed_without_what_a_float_adds(saved: str, shown: str) -> None:
    assert shown_number(saved) == shown


def test_a_reference_to_no_string_is_damage() -> None:
    sheet = data('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')
    with pytest.raises(UnreadableFile, match="损坏"):
        read_source("a.xlsx", xlsx_of(sheet))


def test_two_cells_at_the_ends_of_the_sheet_are_refused_quickly() -> None:
    far = "".join(
        f'<row r="{number}"><c r="A{number}"><v>1</v></c><c r="XFD{number}"><v>1</v></c></row>'
        for number in range(1, 200)
    )
    with pytest.raises(UnreadableFile, match="过大"):
        read_source("a.xlsx", xlsx_of(data(far)))


def test_a_merge_over_the_whole_sheet_ends_with_the_used_cells() -> None:
    sheet = (
        data(sheet_row(1, "标题"), sheet_row(2, "", ""), sheet_row(3, "规章", "1"))
        + '<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>'
    )
    source = read_source("a.xlsx", xlsx_of(sheet))
    assert lines(source) == ["标题"]
    assert rows(tables(source)[0]) == [["规章", "1"]]


def test_our_own_workbook_reads_back_with_the_form_whole() -> None:
    table2, table3, table4 = tables(read_source("r.xlsx", render_xlsx(a_report(city()))))[:3]
    assert rows(table2)[3] == ["行政规范性文件", "8", "26", "66"]
    assert rows(table2)[-1] == ["行政事业性收费", "96171.6"]
    assert ("三、本年度办理结果", 5, 0, 22, 1) in cells(table3)
    assert rows(table4)[-1][:5] == ["72", "64", "178", "37", "351"]
