from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.outcomes import COLUMNS, ROWS
from reporting.figures import Fees, Figures, known_names
from reporting.narrative import Sections, UnknownPlaceholder, check_placeholders, fill
from reporting.tables import Tables
from tests.reporting.report_makers import ANY_TABLES, city

PUBLISHED = {
    ("政府网站", "政策解读"): 11,
    ("政府网站", "规划、计划 信息"): 6,
    ("微信公众号“保定商务”", "文章"): 7,
    ("www.example.gov.cn", "公示.公告"): 21,
}
FEES = Fees(notices=2, demanded=Decimal("300.50"), received=Decimal(100))
FIGURES = Figures(city(), PUBLISHED, FEES)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("new", "3000"),
        ("carried_in", "34"),
        ("refused", "178"),
        ("refused.natural_person", "176"),
        ("refused.process_information", "178"),
        ("refused.process_information.business", "2"),
        ("unable", "768"),
        ("not_processed", "62"),
        ("other", "114"),
        ("other.other.legal_service", "1"),
        ("total_handled", "2938"),
        ("carried_out", "96"),
        ("reconsideration.total", "351"),
        ("litigation_direct.pending", "1"),
        ("litigation_after_reconsideration.upheld", "12"),
        ("regulations.in_force", "11"),
        ("normative_documents.repealed", "26"),
        ("permits", "447228"),
        ("coercive_measures", "88283"),
        ("fees_10k_yuan", "96171.6"),
        ("published.total", "45"),
        ("published.政府网站", "17"),
        ("published.政府网站.规划、计划 信息", "6"),
        ("published.微信公众号“保定商务”", "7"),
        ("published.www.example.gov.cn", "21"),
        ("published.www.example.gov.cn.公示.公告", "21"),
        ("fees.notices", "2"),
        ("fees.demanded", "300.5"),
        ("fees.received", "100"),
    ],
)
def test_a_placeholder_becomes_the_figure_of_its_name(name: str, printed: str) -> None:
    assert fill(f"共{{{{{name}}}}}件，{{{{ {name} }}}}", FIGURES) == f"共{printed}件，{printed}"


@given(ANY_TABLES, st.sampled_from(ROWS), st.sampled_from(COLUMNS))
def test_every_cell_can_be_quoted_and_is_quoted_true(tables: Tables, row: str, column: str) -> None:
    assert fill(f"{{{{{row}.{column}}}}}", Figures(tables)) == str(tables.table3.cell(row, column))


def test_a_channel_with_a_dot_is_not_taken_for_a_channel_with_a_category() -> None:
    published = {("甲", "乙.丙"): 1, ("甲.乙", "丙"): 2, ("甲", "乙"): 4}
    figures = Figures(Tables.zero(), published)
    assert fill("{{published.甲.乙}} {{published.甲.乙.丙}}", figures) == "2 2"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("{{received}}", ["received"]),
        ("{{new}}{{ new.robots }}{{granted.}}", ["new.robots", "granted."]),
        ("{{x}} {{x}} {{y}}", ["x", "y"]),
        ("{{}}", [""]),
        ("共{{new}件", ["{{new}件"]),
        ("共{new}}件", ["共{new}}"]),
        ("{{published.电视台}}", ["published.电视台"]),
    ],
)
def test_an_unknown_placeholder_is_refused_by_name(text: str, unknown: list[str]) -> None:
    with pytest.raises(UnknownPlaceholder) as refused:
        fill(text, FIGURES)
    assert refused.value.names == unknown
    assert all(name in str(refused.value) for name in unknown)


def test_texts_are_checked_before_the_figures_are_known() -> None:
    text = "{{new}} {{published.电视台.新闻}} {{fees.notices}} {{permits}} {{nonsense}} {{new"
    assert check_placeholders(text) == ["nonsense", "{{new"]


def test_what_passes_the_early_check_can_be_filled() -> None:
    text = " ".join(f"{{{{{name}}}}}" for name in sorted(known_names()))
    assert check_placeholders(text) == []
    assert "{{" not in fill(text, Figures(Tables.zero()))


def test_a_text_without_placeholders_stays_as_it_was() -> None:
    assert fill("**加粗** {单括号} 100%", FIGURES) == "**加粗** {单括号} 100%"


def test_a_section_of_blanks_counts_as_not_written() -> None:
    written = Sections(overall=" \n", problems="{{new}}", other="").filled(FIGURES)
    assert written.or_else(Sections("一", "五", "六")) == Sections("一", "3000", "六")
