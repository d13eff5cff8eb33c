from audit.reading import read_source
from reporting.render_docx import render_docx
from tests.audit.read_makers import (
    cell,
    cells,
    docx_of,
    headings,
    lines,
    paragraph,
    row,
    rows,
    table,
    tables,
)
from tests.reporting.report_makers import a_report, city


def test_paragraphs_and_tables_come_in_the_order_of_the_body() -> None:
    body = paragraph("前言") + table(row(cell("规章"), cell("3"))) + paragraph("后文")
    source = read_source("a.docx", docx_of(body))
    assert [type(block).__name__ for block in source.blocks] == ["Line", "SourceTable", "Line"]
    assert [block.number for block in source.blocks] == [1, 2, 3]
    assert [block.place for block in source.blocks] == ["第1段", "表1", "第2段"]


def test_spans_over_columns_and_rows_are_one_cell() -> None:
    body = table(
        row(
            cell("合并", '<w:gridSpan w:val="2"/>'),
            cell("竖", '<w:vMerge w:val="restart"/>'),
        ),
        row(cell("1"), cell("2"), cell("看不见", "<w:vMerge/>")),
    )
    (found,) = tables(read_source("a.docx", docx_of(body)))
    assert cells(found) == [
        ("合并", 0, 0, 1, 2),
        ("竖", 0, 2, 2, 1),
        ("1", 1, 0, 1, 1),
        ("2", 1, 1, 1, 1),
    ]


def test_a_row_that_begins_further_right_keeps_its_columns() -> None:
    body = table(
        row(cell("甲"), cell("乙"), cell("丙")),
        row(cell("丁"), cell("戊"), properties='<w:gridBefore w:val="1"/>'),
    )
    (found,) = tables(read_source("a.docx", docx_of(body)))
    assert ("丁", 1, 1, 1, 1) in cells(found)


def test_deleted_text_is_gone_and_inserted_text_is_there() -> None:
    body = (
        "<w:p><w:r><w:t>新收</w:t></w:r><w:del><w:r><w:delText>3</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>5</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r></w:p>"
    )
    assert lines(read_source("a.docx", docx_of(body))) == ["新收5件"]


def test_a_deleted_row_is_no_row() -> None:
    body = table(
        row(cell("规章"), cell("1")),
        row(cell("旧"), cell("9"), properties='<w:del w:id="1"/>'),
        row(cell("规范性文件"), cell("2")),
    )
    (found,) = tables(read_source("a.docx", docx_of(body)))
    assert rows(found) == [["规章", "1"], ["规范性文件", "2"]]


def test_hidden_text_field_codes_and_notes_are_not_on_the_page() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>可见</w:t></w:r>'
        "<w:r><w:footnoteReference/></w:r></w:p>"
    )
    assert lines(read_source("a.docx", docx_of(body))) == ["可见"]


def test_the_lines_of_a_text_box_stand_once_and_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('附注')}</w:txbxContent>"
    alternate = f"<w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback>"
    body = f"<w:p><w:r><w:t>正</w:t></w:r><w:r>{alternate}</w:r><w:r><w:t>文</w:t></w:r></w:p>"
    assert lines(read_source("a.docx", docx_of(body))) == ["正文", "附注"]


def test_headings_are_told_by_style_level_and_inheritance() -> None:
    styles = (
        '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="2"><w:name w:val="公文一级"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:styleId="3"><w:name w:val="正文"/></w:style>'
    )
    body = (
        paragraph("一", '<w:pStyle w:val="1"/>')
        + paragraph("二", '<w:pStyle w:val="2"/>')
        + paragraph("三", '<w:pStyle w:val="3"/>')
        + paragraph("四", '<w:outlineLvl w:val="0"/>')
        + paragraph("五", '<w:outlineLvl w:val="9"/>')
    )
    assert headings(read_source("a.docx", docx_of(body, styles))) == ["一", "二", "四"]


def test_breaks_in_a_cell_vanish_between_chinese_characters_only() -> None:
    two = "<w:tc><w:p><w:r><w:t>社会公</w:t><w:br/><w:t>益组织</w:t></w:r></w:p></w:tc>"
    figures = f"<w:tc>{paragraph('12')}{paragraph('34')}</w:tc>"
    (found,) = tables(read_source("a.docx", docx_of(table(row(two, figures)))))
    assert rows(found) == [["社会公益组织", "12 34"]]


def test_a_table_that_holds_tables_is_poured_out() -> None:
    inner = table(row(cell("规章"), cell("1")))
    frame = f"<w:tc>{paragraph('标题')}{inner}{paragraph('')}</w:tc>"
    source = read_source("a.docx", docx_of(table(row(frame, cell("侧栏")))))
    assert lines(source) == ["标题", "侧栏"]
    assert [rows(found) for found in tables(source)] == [[["规章", "1"]]]


def test_a_table_of_one_cell_inside_a_cell_is_its_text() -> None:
    inner = f"<w:tc>{table(row(cell('7')))}{paragraph('')}</w:tc>"
    (found,) = tables(read_source("a.docx", docx_of(table(row(cell("行政许可"), inner)))))
    assert rows(found) == [["行政许可", "7"]]


def test_cells_in_content_controls_are_cells() -> None:
    body = table(row(cell("规章"), f"<w:sdt><w:sdtContent>{cell('4')}</w:sdtContent></w:sdt>"))
    (found,) = tables(read_source("a.docx", docx_of(body)))
    assert rows(found) == [["规章", "4"]]


def test_a_word_file_under_another_name_is_read() -> None:
    assert lines(read_source("年报.wps", docx_of(paragraph("正文")))) == ["正文"]


def test_our_own_report_reads_back_with_the_form_whole() -> None:
    source = read_source("report.docx", render_docx(a_report(city())))
    table2, table3, table4 = tables(source)
    assert rows(table2)[3] == ["行政规范性文件", "8", "26", "66"]
    assert ("三、本年度办理结果", 5, 0, 22, 1) in cells(table3)
    assert rows(table3)[3][1:] == ["2883", "53", "0", "0", "61", "3", "3000"]
    assert rows(table4)[-1] == [
        *("72", "64", "178", "37", "351"),
        *("13", "4", "8", "1", "26"),
        *("12", "1", "1", "6", "20"),
    ]
