"""One defect planted in a report that was right gives that finding and no other."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.published import PublishedReport, Sentence
from audit.rules import check
from disclosure.outcomes import COLUMNS, RESULT_ROWS, ROWS, TOTAL
from reporting.labels import PROCEEDING_LABELS
from reporting.tables import Table3
from tests.audit.published_makers import bureau_report, cell, found_in, kinds, with_cells
from tests.reporting.report_makers import Cells, balanced_cells

FLOW_ROWS = {"new", "carried_in", "total_handled", "carried_out"}
SILENT = {1: ("2024年，工作稳步推进。",)}
STATES = ("upheld", "corrected", "other", "pending", "total")
NOUNS = (
    "政府信息公开申请",
    "上年结转",
    "自然人",
    "行政复议",
    "行政诉讼",
    "行政规范性文件",
    "信息处理费",
)
VERBS = (
    "收到",
    "未收到",
    "办结",
    "结转下年度",
    "予以公开",
    "结果维持",
    "制发",
    "废止",
    "收取",
    "现行有效",
)
NUMBERS = ("十二", "3", "14", "18万余", "66.5%", "2023年", "2024年", "本年度", "12345热线", "同比")
MARKS = (
    "件",
    "条",
    "元",
    "次",
    "，",
    "。",
    "；",
    "、",
    "（",
    "）",
    "：",
    "其中",
    "和",
    "均为",
    "无",
)
WORDS = (*NOUNS, *VERBS, *NUMBERS, *MARKS)


@given(balanced_cells(), st.sampled_from(ROWS), st.sampled_from(COLUMNS), st.integers(1, 1000))
def test_one_wrong_count_in_table_three_breaks_its_identities_and_nothing_else(
    cells: Cells, row: str, column: str, by: int
) -> None:
    right = with_cells(bureau_report(SILENT), dict(Table3.of(cells).figures()))
    assert check(right) == ()
    expected = {"t3.total"}
    if row in FLOW_ROWS:
        expected.add("t3.flow")
    if row in {*RESULT_ROWS, "total_handled"}:
        expected.add("t3.sum")
    spoilt = with_cells(right, {f"{row}.{column}": cells[row][column] + by})
    assert found_in(spoilt) == expected
    assert all(one.severity.value == "error" for one in check(spoilt))


@pytest.mark.parametrize("group", PROCEEDING_LABELS)
@pytest.mark.parametrize("state", STATES)
def test_one_wrong_count_in_table_four_breaks_its_total(group: str, state: str) -> None:
    spoilt = with_cells(bureau_report(SILENT), {f"{group}.{state}": 77})
    assert kinds(check(spoilt)) == [("t4.total", "error")]


def plus(*sentences: str) -> Callable[[PublishedReport], PublishedReport]:
    added = tuple(Sentence(text, 1, "第1页") for text in sentences)
    return lambda report: replace(report, sentences=(*report.sentences, *added))


PLANTED: list[tuple[str, Callable[[PublishedReport], PublishedReport]]] = [
    ("cell.blank", lambda report: with_cells(report, {"refused.state_secret.research": ""})),
    ("cell.not_a_number", lambda report: with_cells(report, {"regulations.repealed": "/"})),
    ("text.requests", plus("2024年我局未收到政府信息公开申请。")),
    ("text.results", plus("我局受理政府信息公开申请12件，予以公开6件。")),
    ("text.proceedings", plus("我局未发生政府信息公开行政复议。")),
    ("text.documents", plus("全年制发行政规范性文件5件。")),
    ("text.fees", plus("全年行政事业性收费13万元。")),
    ("text.sum", plus("公开信息10条，其中政策2条，财政3条，其他4条。")),
    ("text.period", lambda report: replace(report, title="2023年政府信息公开工作年度报告")),
]


@pytest.mark.parametrize(("rule", "plant"), PLANTED, ids=[rule for rule, _ in PLANTED])
def test_one_planted_defect_is_the_one_finding(
    rule: str, plant: Callable[[PublishedReport], PublishedReport]
) -> None:
    assert kinds(check(plant(bureau_report()))) == [(rule, "error")]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=25).map("".join), max_size=6))
def test_no_text_whatever_breaks_the_reader(texts: list[str]) -> None:
    sentences = tuple(Sentence(text, 1, "第1页") for text in texts if text)
    report = replace(bureau_report(), sentences=(*bureau_report().sentences, *sentences))
    assert {one.file for one in check(report)} <= {"年报.docx"}


def test_a_total_column_left_out_is_one_finding_for_each_row_that_has_a_count() -> None:
    nought = {f"{row}.{TOTAL}": cell(0) for row in ROWS}
    report = bureau_report(SILENT)
    spoilt = replace(report, cells={**report.cells, **nought})
    assert {rule for rule, _ in kinds(check(spoilt))} == {"t3.total"}


@pytest.mark.parametrize(
    "text",
    [
        f"政府信息公开申请，结转上年{'的' * 3000}有3件。",
        f"政府信息公开申请{'已全部共计' * 800}完。",
        f"未收到{'有关' * 2000}材料。",
        f"未发生{'政府信息公开' * 800}。",
        f"政府信息公开行政复议{'的案件' * 1000}有。",
        f"公开信息9条，{'其中3条、' * 1000}。",
        f"在法定期限内{'及时依法' * 1000}办3件。",
    ],
)
def test_a_text_made_to_be_slow_is_read_as_quickly_as_any(text: str) -> None:
    report = replace(bureau_report(), sentences=(Sentence(text, 1, "第1页"),))
    began = time.process_time()
    check(report)
    assert time.process_time() - began < 2
