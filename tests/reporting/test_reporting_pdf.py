from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pdfplumber
import pypdfium2
import pytest
from hypothesis import given, settings
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

from disclosure.outcomes import ROWS
from reporting.labels import ROW_LABELS, SECTION_TITLES
from reporting.narrative import Sections
from reporting.pdf_table import upright
from reporting.render_pdf import render_pdf
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES, Tables
from reporting.trends import Trends
from tests.reporting.report_makers import ANY_TABLES, a_report, city, one_request

LONG_NAME = "平潭综合实验区党工委管委会办公室（综合行政执法局海坛片区大队）"
TRENDS = Trends((1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 5, 0), {2023: (4, 3), 2024: (8, 9)})
Row = list[str | None]


@contextmanager
def opened(file: bytes) -> Iterator[pdfplumber.pdf.PDF]:
    with pdfplumber.open(BytesIO(file)) as document:
        yield document


def tables_of(file: bytes) -> list[list[Row]]:
    """Every ruled table of the file in reading order, line breaks inside cells taken out."""
    with opened(file) as document:
        return [
            [[words and words.replace("\n", "") for words in row] for row in table]
            for page in document.pages
            for table in page.extract_tables()
        ]


def words_of(file: bytes) -> str:
    document = pypdfium2.PdfDocument(file)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return words.replace("\r\n", "")


def bookmarks_of(file: bytes) -> list[tuple[int, str]]:
    document = pypdfium2.PdfDocument(file)
    found = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    document.close()
    return found


@settings(max_examples=4)
@given(ANY_TABLES)
def test_figures_are_read_back_from_the_ruled_tables(tables: Tables) -> None:
    table2, table3, table4 = tables_of(render_pdf(a_report(tables)))
    assert [row[-7:] for row in table3[3:]] == [
        [str(number) for number in row] for row in tables.table3.counts
    ]
    assert table4[-1] == [
        str(getattr(getattr(tables.table4, group), state))
        for group in PROCEEDING_GROUPS
        for state in PROCEEDING_STATES
    ]
    assert table2[-1][1] == tables.table2.as_json()["fees_10k_yuan"]


def test_figures_stand_beside_the_words_of_the_form() -> None:
    _, table3, _ = tables_of(render_pdf(a_report(city())))
    heads = [next(words for words in reversed(row[:-7]) if words) for row in table3[3:]]
    assert [head.replace(" ", "") for head in heads] == [
        ROW_LABELS[row].replace(" ", "") for row in ROWS
    ]


def test_sections_stand_in_order_and_are_bookmarks() -> None:
    file = render_pdf(a_report(city()))
    words = words_of(file)
    places = [words.rindex(title) for title in SECTION_TITLES]
    assert places == sorted(places)
    assert [title for level, title in bookmarks_of(file) if level == 0] == list(SECTION_TITLES)
    assert words.startswith("保定市商务局2024年政府信息公开工作年度报告根据《中华人民共和国")
    assert "本报告中数据统计时限自2024年1月1日至2024年12月31日。" in words


def test_heads_of_a_text_are_bookmarks_below_their_section() -> None:
    texts = Sections(
        overall="## （一）主动公开\n\n正文。\n\n### 1.渠道\n\n正文。", other="### 1.其他\n\n无。"
    )
    marks = bookmarks_of(render_pdf(a_report(texts=texts)))
    assert marks[:3] == [(0, SECTION_TITLES[0]), (1, "（一）主动公开"), (2, "1.渠道")]
    assert marks[-1] == (1, "1.其他")


def test_every_table_stands_on_one_page_under_its_head_with_its_note() -> None:
    with opened(render_pdf(a_report(city(), texts=Sections(overall="正文。\n" * 30)))) as document:
        pages = [page for page in document.pages for _ in page.find_tables()]
        heads = [page.extract_text() for page in pages]
    assert len(heads) == 3
    for title, words in zip(SECTION_TITLES[1:4], heads, strict=True):
        assert title in words


def test_figures_of_seven_digits_stay_on_one_line_inside_their_cell() -> None:
    with opened(render_pdf(a_report(city()))) as document:
        tables = [table.extract() for page in document.pages for table in page.find_tables()]
    assert ["行政处罚", "3985758"] in [[words for words in row if words] for row in tables[0]]


def test_a_long_name_breaks_the_title_before_the_year() -> None:
    with opened(render_pdf(a_report(agency=LONG_NAME))) as document:
        lines = document.pages[0].extract_text().splitlines()
    assert "".join(lines[:2]) == LONG_NAME
    assert lines[2] == "2024年政府信息公开工作年度报告"


@pytest.mark.parametrize("evil", ["#panic()", "*粗* $x$ @a <b>", "\\u{41}#[", "<script>&amp;"])
def test_markup_in_a_text_or_a_name_is_shown_and_not_obeyed(evil: str) -> None:
    file = render_pdf(
        a_report(agency=f"甲{evil}", texts=Sections(overall=f"乙{evil}\n\n- 丙{evil}"))
    )
    words = words_of(file).replace(" ", "")
    for before in "甲乙丙":
        assert f"{before}{evil}".replace(" ", "") in words


def test_bold_and_lists_are_set_as_written() -> None:
    texts = Sections(overall="做到**应公开尽公开**。\n\n1. 第一\n2. 第二\n\n- 点")
    with opened(render_pdf(a_report(texts=texts))) as document:
        page = document.pages[0]
        bold = "".join(
            one["text"]
            for one in page.chars
            if one["fontname"].endswith("Bold") and round(one["size"]) == 16
        )
        lines = page.extract_text().splitlines()
    assert bold == "应公开尽公开"
    assert [line for line in lines if line[:2] in {"1.", "2.", "• "}] == [
        "1. 第一",
        "2. 第二",
        "• 点",
    ]


def test_heads_are_set_in_hei_and_text_in_song() -> None:
    with opened(render_pdf(a_report())) as document:
        chars = document.pages[0].chars
    head = [one for one in chars if "CJK" in one["fontname"]]
    assert "".join(one["text"] for one in head).startswith("一、总体情况")
    assert "NotoSerifSC-Regular" in {one["fontname"].split("+")[1] for one in chars}


def test_charts_are_drawn_and_told_where_there_is_something_to_see() -> None:
    words = words_of(render_pdf(a_report(city()), TRENDS))
    assert "图1　2024年政府信息公开申请办理结果（单位：件）" in words.replace(" ", "　")
    assert "图3" in words
    assert "图1" not in words_of(render_pdf(a_report(one_request())))


def test_the_file_says_what_it_is_and_whose() -> None:
    report = a_report(known_at="2025-01-20T23:59:59+08:00")
    (information,) = PDFDocument(PDFParser(BytesIO(render_pdf(report)))).info
    assert information["Title"].decode("utf-16") == "保定市商务局2024年政府信息公开工作年度报告"
    assert information["Author"].decode("utf-16") == "保定市商务局"
    assert report.digest in information["Keywords"].decode()
    assert information["CreationDate"] == b"D:20250119160000Z"


def test_words_set_upright_keep_their_marks_with_the_character_before() -> None:
    assert upright("三、本年度办理结果")[:3] == ["三、", "本", "年"]
