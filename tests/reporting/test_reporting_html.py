from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from disclosure.outcomes import ROWS
from reporting.labels import ROW_LABELS, SECTION_TITLES
from reporting.narrative import Sections
from reporting.render_html import render_html
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES, Tables
from tests.reporting.report_makers import ANY_TABLES, a_report, city, one_request

VOID = {"meta", "col", "br", "img", "link", "input", "hr"}
Attributes = dict[str, str | None]


@dataclass
class Element:
    """An element with its attributes and the text inside it."""

    tag: str
    attributes: Attributes
    words: str = ""
    inside: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """Every element of a page in the order of its start; raises where tags do not nest."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(page.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), inside=[one.tag for one in self._open])
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.words += data

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def tables(self) -> list[list[list[Element]]]:
        """Rows of cells of each table, as written, spans not resolved."""
        tables: list[list[list[Element]]] = []
        for element in self.all("table", "tr", "th", "td"):
            if element.tag == "table":
                tables.append([])
            elif element.tag == "tr":
                tables[-1].append([])
            else:
                tables[-1][-1].append(element)
        return tables


def figures_of(rows: list[list[Element]]) -> list[int]:
    """Every plain number of a table in reading order; the remark in its corner is none."""
    cells = [cell for row in rows for cell in row if cell.attributes["class"] == "gk-figure"]
    assert all(cell.tag == "td" for cell in cells)
    return [int(cell.words) for cell in cells]


@settings(max_examples=15)
@given(ANY_TABLES)
def test_figures_are_read_back_as_they_were(tables: Tables) -> None:
    table2, table3, table4 = Page(render_html(a_report(tables))).tables()
    assert figures_of(table3) == [number for row in tables.table3.counts for number in row]
    assert figures_of(table4) == [
        getattr(getattr(tables.table4, group), state)
        for group in PROCEEDING_GROUPS
        for state in PROCEEDING_STATES
    ]
    assert [row[-1].words for row in table2[-1:]] == [str(tables.table2.as_json()["fees_10k_yuan"])]


def test_figures_stand_beside_the_words_of_the_form() -> None:
    _, table3, _ = Page(render_html(a_report(city()))).tables()
    read = [(row[-8].words, [int(cell.words) for cell in row[-7:]]) for row in table3[3:]]
    assert read == [
        (ROW_LABELS[row], list(numbers))
        for row, numbers in zip(ROWS, city().table3.counts, strict=True)
    ]


def test_sections_stand_in_order_under_their_titles() -> None:
    page = Page(render_html(a_report()))
    assert [head.words for head in page.all("h1")] == ["保定市商务局2024年政府信息公开工作年度报告"]
    assert [head.words for head in page.all("h2")] == list(SECTION_TITLES)
    assert [caption.words for caption in page.all("caption")] == list(SECTION_TITLES[1:4])


def test_the_introduction_states_the_period() -> None:
    first = Page(render_html(a_report())).all("p")[0].words
    assert "现公布保定市商务局2024年政府信息公开工作年度报告" in first
    assert first.endswith("本报告中数据统计时限自2024年1月1日至2024年12月31日。")


def test_each_figure_names_the_heads_it_stands_under() -> None:
    page = Page(render_html(a_report()))
    identities = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    assert len(identities) == len(set(identities))
    words = {one.attributes["id"]: one.words for one in page.all("th")}
    figures = [one for one in page.all("td") if one.attributes["class"] == "gk-figure"]
    assert len(figures) == 10 + 25 * 7 + 15
    heads = [
        [words[identity] for identity in (one.attributes["headers"] or "").split()]
        for one in figures
    ]
    assert [
        "申请人情况",
        "自然人",
        "三、本年度办理结果",
        "(四) 无法提供",
        "1. 本机关不掌握相关政府信息",
    ] in heads
    assert ["第二十条第（五）项", "本年处理决定数量", "行政许可"] in heads
    assert ["行政诉讼", "复议后起诉", "尚未审结"] in heads


def test_heads_are_th_with_a_scope() -> None:
    heads = Page(render_html(a_report())).all("th")
    assert {head.attributes["scope"] for head in heads} == {"col", "colgroup", "row", "rowgroup"}


def test_the_page_is_self_contained_and_in_chinese() -> None:
    written = render_html(a_report(city()))
    page = Page(written)
    assert page.all("html")[0].attributes["lang"] == "zh-CN"
    assert page.all("script", "link", "img", "iframe") == []
    assert b"url(" not in written
    assert b"http" not in written
    assert b"@import" not in written
    assert not [one for one in page.elements if {"src", "href"} & set(one.attributes)]


def test_styles_touch_nothing_outside_the_article() -> None:
    style = Page(render_html(a_report())).all("style")[0].words
    selectors = [
        selector.strip()
        for line in style.splitlines()
        if "{" in line and not line.lstrip().startswith("@")
        for selector in line.split("{")[0].split(",")
    ]
    assert selectors
    assert all(selector.startswith(".gk-report") for selector in selectors)


def test_wide_tables_scroll_in_a_region_that_keyboard_and_reader_can_find() -> None:
    page = Page(render_html(a_report()))
    regions = [one for one in page.all("div") if one.attributes.get("role") == "region"]
    titles = {one.attributes.get("id"): one.words for one in page.all("h2")}
    assert [titles[one.attributes["aria-labelledby"]] for one in regions] == list(
        SECTION_TITLES[1:4]
    )
    assert {one.attributes["tabindex"] for one in regions} == {"0"}


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "<b>粗</b>", "&lt;a&gt;"])
def test_html_in_a_text_or_a_name_is_shown_and_not_obeyed(evil: str) -> None:
    page = Page(render_html(a_report(agency=evil, texts=Sections(overall=f"{evil}\n\n- {evil}"))))
    assert page.all("script", "b", "a") == []
    assert [one.words for one in page.all("p")][1:3] == [evil, f"• {evil}"]


def test_markdown_becomes_heads_and_bold() -> None:
    texts = Sections(overall="## （一）主动公开\n\n做到**“应公开尽公开”**。\n\n### 1.渠道")
    page = Page(render_html(a_report(texts=texts)))
    assert [one.words for one in page.all("h3", "h4", "strong")] == [
        "（一）主动公开",
        "“应公开尽公开”",
        "1.渠道",
    ]


def test_zero_is_printed_and_no_cell_is_blank() -> None:
    cells = Page(render_html(a_report(one_request()))).all("td", "th")
    assert all(cell.words.strip() for cell in cells)
