from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.checking import check_texts
from reporting.default_texts import standing_texts
from reporting.figures import Fees, Figures
from reporting.findings import Severity
from reporting.tables import Table2, Table3, Table4, Tables
from tests.audit.published_makers import bureau_tables, kinds
from tests.reporting.report_makers import (
    COUNTS,
    DOCUMENTS,
    MONEY,
    PROCEEDINGS,
    Cells,
    balanced_cells,
    city,
)

FIGURES = Figures(bureau_tables(), {}, Fees(1, Decimal(40), Decimal(40)))
FINE = {
    "overall": "2024年，本机关新收政府信息公开申请12件。",
    "problems": "2024年，答复质量有待提高。",
    "other": "2024年发出收费通知1件，要求缴纳信息处理费40元，实际收取信息处理费40元。",
}
FEES_OF_ANY_YEAR = st.one_of(
    st.just(Fees()), st.builds(Fees, st.integers(1, 999), MONEY.map(abs), MONEY.map(abs))
)
PUBLISHED = st.dictionaries(
    st.tuples(st.sampled_from(["门户网站", "政府公报", "微信公众号", "新闻发布会"]), st.just("")),
    st.integers(0, 9999),
)


def with_text(name: str, text: str) -> Mapping[str, str]:
    return {**FINE, name: text}


@given(
    balanced_cells(),
    st.builds(Table2, DOCUMENTS, DOCUMENTS, COUNTS, COUNTS, COUNTS, MONEY),
    st.builds(Table4, PROCEEDINGS, PROCEEDINGS, PROCEEDINGS),
    PUBLISHED,
    FEES_OF_ANY_YEAR,
)
def test_our_own_standing_texts_never_disagree_with_the_figures_they_were_made_of(
    cells: Cells,
    table2: Table2,
    table4: Table4,
    published: dict[tuple[str, str], int],
    fees: Fees,
) -> None:
    figures = Figures(Tables(table2, Table3.of(cells), table4), published, fees)
    errors = [
        one
        for one in check_texts(asdict(standing_texts(figures, 2024)), figures, 2024)
        if one.rule != "text.fees" or fees.notices or not cells["other.fee_lapsed"]["total"]
    ]
    assert errors == []


@pytest.mark.parametrize("tables", [Tables.zero(), bureau_tables(), city()])
def test_standing_texts_of_known_years_agree(tables: Tables) -> None:
    figures = Figures(tables)
    assert check_texts(asdict(standing_texts(figures, 2024)), figures, 2024) == ()


def test_typed_figures_that_agree_give_nothing() -> None:
    assert check_texts(FINE, FIGURES, 2024) == ()


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        (
            "overall",
            "## （二）依申请公开\n\n- **本年度**新收政府信息公开申请21件。",
            "text.requests",
        ),
        ("overall", "2024年收到政府信息公开申请12件，予以公开6件。", "text.results"),
        ("overall", "2024年政府信息公开行政复议1件。", "text.proceedings"),
        ("overall", "2024年制发行政规范性文件9件。", "text.documents"),
        ("problems", "2024年未收到政府信息公开申请，经验不足。", "text.requests"),
        ("problems", "无", "section.empty"),
        ("other", "2024年实际收取信息处理费80元。", "text.fees"),
        ("other", "2024年要求缴纳信息处理费80元。", "text.fees"),
        ("other", "2024年发出收费通知3件，收取信息处理费40元。", "text.fees"),
        ("other", "2024年本机关未收取信息处理费。", "text.fees"),
        ("other", "无其他需要报告的事项。", "section.empty"),
    ],
)
def test_a_typed_figure_that_differs_is_named(name: str, text: str, rule: str) -> None:
    assert kinds(check_texts(with_text(name, text), FIGURES, 2024)) == [(rule, "error")]


def test_a_text_left_from_last_year_is_doubtful() -> None:
    (found,) = check_texts(with_text("problems", "2023年，答复质量有待提高。"), FIGURES, 2024)
    assert (found.rule, found.severity) == ("text.period", Severity.WARNING)


def test_a_section_that_is_not_given_is_not_asked_for() -> None:
    assert check_texts({"overall": FINE["overall"]}, FIGURES, 2024) == ()
    assert check_texts({}, FIGURES, 2024) == ()
