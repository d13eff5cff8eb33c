import re
from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from disclosure.outcomes import TOTAL
from reporting.default_texts import standing_texts
from reporting.figures import Fees, Figures
from reporting.section_text import BlockKind, blocks
from reporting.tables import Tables
from tests.reporting.report_makers import (
    ANY_TABLES,
    balanced_cells,
    city,
    one_request,
    table3_of,
)

FIVE_PARTS = [
    "（一）主动公开",
    "（二）依申请公开",
    "（三）政府信息管理",
    "（四）平台建设",
    "（五）监督保障",
]


def part(tables: Tables, number: int, published: dict[tuple[str, str], int] | None = None) -> str:
    """The text of one of the five parts of section one."""
    overall = standing_texts(Figures(tables, published or {}), 2024).overall
    return overall.split("## ")[number].split("\n\n")[1]


def test_section_one_has_its_five_parts() -> None:
    read = blocks(standing_texts(Figures(city()), 2024).overall)
    heads = [block.spans[0].words for block in read if block.kind is BlockKind.HEAD]
    assert heads == FIVE_PARTS


def test_a_year_without_requests_is_told_in_words() -> None:
    assert part(Tables.zero(), 2) == (
        "本年度未收到政府信息公开申请，无上年结转的申请，也无结转下年度继续办理的申请。"
    )
    assert part(Tables.zero(), 5).startswith("本年度未发生政府信息公开行政复议、行政诉讼。")


def test_one_request_is_told_with_its_result() -> None:
    assert part(one_request(), 2) == (
        "本年度新收政府信息公开申请1件，由自然人提出；无上年结转的申请。"
        "全年办结1件，结果为无法提供（本机关不掌握相关政府信息）；无结转下年度继续办理的申请。"
    )


def test_three_thousand_requests_are_broken_down() -> None:
    assert part(city(), 2) == (
        "本年度新收政府信息公开申请3000件，其中自然人2883件、商业企业53件、法律服务机构61件、"
        "其他3件；上年结转34件。全年办结2938件，其中予以公开1362件、部分公开454件、"
        "不予公开178件、无法提供768件、不予处理62件、其他处理114件；结转下年度继续办理96件。"
    )
    assert part(city(), 5).startswith(
        "本年度政府信息公开行政复议351件，其中结果维持72件、结果纠正64件、其他结果178件、"
        "尚未审结37件；政府信息公开行政诉讼46件，其中未经复议直接起诉26件、复议后起诉20件。"
    )


def test_requests_that_only_came_from_last_year_are_not_called_new() -> None:
    cells = table3_of({"carried_in": {TOTAL: 2}, "carried_out": {TOTAL: 2}})
    assert part(replace(Tables.zero(), table3=cells), 2) == (
        "本年度未收到新的政府信息公开申请，上年结转2件。本年度未办结申请，结转下年度继续办理2件。"
    )


def test_what_was_published_is_told_by_channel() -> None:
    published = {("政府网站", "政策解读"): 11, ("政府网站", "公告"): 6, ("公众号", "文章"): 7}
    assert "全年主动公开政府信息24条，其中政府网站17条、公众号7条。" in part(
        one_request(), 1, published
    )
    assert part(one_request(), 4, published).startswith("本年度主要通过政府网站、公众号公开")
    alone = {("政府网站", "政策解读"): 11}
    assert "全年主动公开政府信息11条，均通过政府网站公开。" in part(one_request(), 1, alone)


def test_nothing_is_said_of_publishing_that_was_not_recorded() -> None:
    assert "条，" not in part(Tables.zero(), 1)
    assert "主要通过" not in part(Tables.zero(), 4)


def test_documents_and_decisions_are_told_in_words_when_there_were_none() -> None:
    assert part(Tables.zero(), 1).startswith(
        "全年未制发、未废止规章和行政规范性文件；截至年末，无现行有效的规章和行政规范性文件。"
        "未作出行政许可、行政处罚、行政强制决定；未收取行政事业性收费。"
    )
    assert part(city(), 1).startswith(
        "全年制发规章1件、行政规范性文件8件，废止行政规范性文件26件；"
        "截至年末，现行有效规章11件、行政规范性文件66件。"
        "作出行政许可决定447228件、行政处罚决定3985758件、行政强制决定88283件；"
        "行政事业性收费96171.6万元。"
    )


def test_section_six_states_the_fee_in_figures_or_says_none() -> None:
    none = standing_texts(Figures(city()), 2024).other
    assert "2024年本机关未发出信息处理费收费通知，未收取信息处理费。" in none
    charged = Figures(city(), fees=Fees(3, Decimal("2700.0"), Decimal(100)))
    assert (
        "2024年本机关发出收费通知3件，要求缴纳信息处理费2700元，实际收取信息处理费100元。"
    ) in standing_texts(charged, 2024).other
    late = Figures(city(), fees=Fees(0, Decimal(0), Decimal(700)))
    assert "未发出信息处理费收费通知，实际收取信息处理费700元。" in standing_texts(late, 2024).other


def test_section_five_speaks_of_what_the_figures_show() -> None:
    assert "结果被纠正的有69件" in standing_texts(Figures(city()), 2024).problems
    assert "申请数量较多" in standing_texts(Figures(city()), 2024).problems
    assert "纠正" not in standing_texts(Figures(one_request()), 2024).problems
    assert "办理实践较少" in standing_texts(Figures(Tables.zero()), 2024).problems


@given(balanced_cells())
def test_parts_named_in_a_sentence_make_up_the_whole(cells: dict[str, dict[str, int]]) -> None:
    text = part(replace(Tables.zero(), table3=table3_of(cells)), 2)
    for whole, parts in re.findall(r"(\d+)件，其中([^；。]*)", text):
        assert sum(map(int, re.findall(r"(\d+)件", parts))) == int(whole)
    assert ("未收到" in text) == (cells["new"][TOTAL] == 0)


@given(ANY_TABLES)
def test_tables_that_disagree_are_never_broken_down_wrongly(tables: Tables) -> None:
    texts = standing_texts(Figures(tables), 2024)
    for whole, parts in re.findall(r"(\d+)件，其中([^；。]*)", texts.overall):
        assert sum(map(int, re.findall(r"(\d+)件", parts))) == int(whole)
