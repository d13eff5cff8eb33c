import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Mm, Pt
from docx.table import Table
from hypothesis import given, settings

from disclosure.outcomes import ROWS
from reporting.labels import BALANCE_NOTE, ROW_LABELS, SECTION_TITLES
from reporting.narrative import Sections
from reporting.render_docx import render_docx
from reporting.table_look import even_indent, fitting_size
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES, Tables
from tests.reporting.report_makers import ANY_TABLES, a_report, city, one_request

LONG_NAME = "平潭综合实验区党工委管委会办公室（综合行政执法局海坛片区大队）"


def opened(file: bytes) -> Opened:
    return Document(io.BytesIO(file))


def markup(table: Table) -> CT_Tbl:
    return table._tbl  # noqa: SLF001 - python-docx shows a table's markup nowhere else


def grid_of(table: Table) -> list[list[str]]:
    """The words at every place of a table; a merged cell's at each place it covers."""
    return [[cell.text for cell in row.cells] for row in table.rows]


@settings(max_examples=8)
@given(ANY_TABLES)
def test_figures_are_read_back_through_the_spans(tables: Tables) -> None:
    table2, table3, table4 = opened(render_docx(a_report(tables))).tables
    assert [row[3:] for row in grid_of(table3)[3:]] == [
        [str(number) for number in row] for row in tables.table3.counts
    ]
    assert grid_of(table4)[3] == [
        str(getattr(getattr(tables.table4, group), state))
        for group in PROCEEDING_GROUPS
        for state in PROCEEDING_STATES
    ]
    documents = tables.table2.normative_documents
    assert grid_of(table2)[3] == [
        "行政规范性文件",
        str(documents.issued),
        str(documents.repealed),
        str(documents.in_force),
    ]
    assert grid_of(table2)[-1][1:] == [str(tables.table2.as_json()["fees_10k_yuan"])] * 3


def test_table_three_bears_the_heads_and_rows_of_the_form() -> None:
    grid = grid_of(opened(render_docx(a_report(city()))).tables[1])
    assert grid[0] == [BALANCE_NOTE] * 3 + ["申请人情况"] * 6 + ["总计"]
    assert grid[1][3:] == ["自然人", *["法人或其他组织"] * 5, "总计"]
    assert grid[2][:4] == [BALANCE_NOTE] * 3 + ["自然人"]
    assert grid[2][4:] == ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    assert [row[2] for row in grid[3:]] == [ROW_LABELS[row] for row in ROWS]
    assert {row[0] for row in grid[5:27]} == {"三、本年度办理结果"}
    assert [row[1] for row in grid[7:26]] == (
        ["(三) 不予公开"] * 8
        + ["(四) 无法提供"] * 3
        + ["(五) 不予处理"] * 5
        + ["(六) 其他处理"] * 3
    )


def test_table_four_has_its_merged_heads_over_one_row() -> None:
    grid = grid_of(opened(render_docx(a_report())).tables[2])
    states = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert grid[0] == ["行政复议"] * 5 + ["行政诉讼"] * 10
    assert grid[1] == states + ["未经复议直接起诉"] * 5 + ["复议后起诉"] * 5
    assert grid[2] == states * 3
    assert grid[3] == ["0"] * 15


def test_tables_are_as_wide_as_the_page_and_keep_their_columns() -> None:
    for table in opened(render_docx(a_report())).tables:
        widths = [int(one.get(qn("w:w")) or 0) for one in markup(table).iter(qn("w:gridCol"))]
        assert sum(widths) == pytest.approx(156 / 25.4 * 1440, abs=len(widths))
        for row in markup(table).iter(qn("w:tr")):
            assert sum(int(cell.get(qn("w:w")) or 0) for cell in row.iter(qn("w:tcW"))) == sum(
                widths
            )


@pytest.mark.parametrize(("number", "heads"), [(0, 0), (1, 3), (2, 3)])
def test_rows_stay_whole_and_heads_are_repeated(number: int, heads: int) -> None:
    rows = list(markup(opened(render_docx(a_report())).tables[number]).iter(qn("w:tr")))
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
    repeated = [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows]
    assert repeated == [True] * heads + [False] * (len(rows) - heads)
    bound = [
        all(p.find(f".//{qn('w:keepNext')}") is not None for p in row.iter(qn("w:p")))
        for row in rows
    ]
    assert bound == [True] * (len(rows) - 1) + [False]


def test_the_page_is_that_of_an_official_document() -> None:
    section = opened(render_docx(a_report())).sections[0]
    page = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(side / Mm(1)) for side in page if side is not None] == [210, 297, 37, 35]
    sides = (section.left_margin, section.right_margin)
    assert [round(side / Mm(1)) for side in sides if side is not None] == [28, 26]


def test_every_run_names_its_chinese_typeface() -> None:
    texts = Sections(overall="## （一）主动公开\n\n正文**加粗**。\n\n- 项\n\n### 1.渠道")
    document = opened(render_docx(a_report(texts=texts)))
    faces: dict[str, set[str]] = {}
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            fonts = run.element.find(f".//{qn('w:rFonts')}")
            assert fonts is not None
            faces.setdefault(str(fonts.get(qn("w:eastAsia"))), set()).add(paragraph.text)
    assert set(faces) == {"方正小标宋_GBK", "仿宋_GB2312", "黑体", "楷体_GB2312"}
    assert faces["黑体"] == set(SECTION_TITLES)
    assert faces["楷体_GB2312"] == {"（一）主动公开"}
    in_tables = [fonts for table in document.tables for fonts in markup(table).iter(qn("w:rFonts"))]
    assert {fonts.get(qn("w:eastAsia")) for fonts in in_tables} == {"宋体"}


def test_body_lines_are_fixed_and_begin_two_characters_in() -> None:
    document = opened(render_docx(a_report(texts=Sections(overall="正文。"))))
    body = next(paragraph for paragraph in document.paragraphs if paragraph.text == "正文。")
    assert body.paragraph_format.line_spacing == Pt(28.9)
    assert body.paragraph_format.first_line_indent == Pt(32)
    assert body.runs[0].font.size == Pt(16)


def test_sections_follow_the_title_and_the_introduction() -> None:
    words = [paragraph.text for paragraph in opened(render_docx(a_report())).paragraphs]
    assert words[:2] == ["保定市商务局", "2024年政府信息公开工作年度报告"]
    assert [line for line in words if line in SECTION_TITLES] == list(SECTION_TITLES)
    assert any(line.endswith("自2024年1月1日至2024年12月31日。") for line in words)


def test_a_short_title_takes_one_line() -> None:
    words = [one.text for one in opened(render_docx(a_report(agency="某局"))).paragraphs]
    assert words[0] == "某局2024年政府信息公开工作年度报告"


def test_pages_are_numbered_between_dashes_on_the_outer_side() -> None:
    document = opened(render_docx(a_report()))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        words = "".join(
            text.text or "" for text in paragraph.paragraph_format.element.iter(qn("w:t"))
        )
        assert words == "— 1 —"
        (field,) = paragraph.paragraph_format.element.iter(qn("w:fldSimple"))
        assert field.get(qn("w:instr")).strip() == "PAGE"
        (alignment,) = paragraph.paragraph_format.element.iter(qn("w:jc"))
        assert alignment.get(qn("w:val")) == side


def test_the_file_says_what_it_is_who_made_it_and_when() -> None:
    report = a_report(known_at="2025-01-20T09:00:00+08:00", agency=LONG_NAME)
    properties = opened(render_docx(report)).core_properties
    assert properties.title == f"{LONG_NAME}2024年政府信息公开工作年度报告"
    assert properties.author == properties.last_modified_by == LONG_NAME
    assert properties.identifier == report.digest
    assert properties.created == properties.modified == datetime(2025, 1, 20, 1, tzinfo=UTC)


def test_without_a_time_the_file_is_dated_at_the_end_of_the_year() -> None:
    properties = opened(render_docx(a_report())).core_properties
    assert properties.created == datetime(2024, 12, 31, 16, tzinfo=UTC)


def test_html_in_a_text_is_shown_and_not_obeyed() -> None:
    words = opened(render_docx(a_report(texts=Sections(other="<b>粗</b>&amp;")))).paragraphs
    assert words[-1].text == "<b>粗</b>&amp;"


def test_no_cell_is_blank() -> None:
    for table in opened(render_docx(a_report(one_request()))).tables:
        assert all(words for row in grid_of(table) for words in row)


def test_heads_in_narrow_columns_break_into_even_lines() -> None:
    character = 9 * 25.4 / 72
    assert int((10.9 - 2 * even_indent("商业企业", 10.9, 9)) / character) == 2
    assert int((10.9 - 2 * even_indent("社会公益组织", 10.9, 9)) / character) == 3
    assert even_indent("自然人", 10.9, 9) == 0


def test_a_figure_too_long_for_its_column_is_set_smaller_and_never_larger() -> None:
    assert fitting_size("99999", 10.9, 9) == 9
    assert fitting_size("1398889", 10.9, 9) == 6.5
    assert fitting_size("0", 10.9, 9) == 9


def test_the_archive_carries_no_clock_and_no_picture() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(a_report()))) as archive:
        members = archive.infolist()
    assert members[0].filename == "[Content_Types].xml"
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert not [member for member in members if "thumbnail" in member.filename]
