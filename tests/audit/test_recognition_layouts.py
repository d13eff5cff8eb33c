"""Layouts of other years and other tools: changes, notes in heads, marks, tables in one frame."""

import pytest

from audit.loading import load_report
from audit.recognition_text import is_value, money, whole_number
from audit.rules import check
from reporting.form import GRIDS
from reporting.grid import Kind
from reporting.tables import PROCEEDING_STATES
from tests.audit.recognition_makers import (
    CLOSING,
    OPENING,
    Figures,
    documents,
    in_rows,
    in_tabs,
    proceedings,
    read,
    unreadable_rows,
    values_of,
)
from tests.reporting.report_makers import city

CITY = city().figures()
NOTED = (
    "上一年项目数量（指2019年事项数）",
    "本年增/减（指2020年增加或减少的事项数，减用负值表示，如-8）",
    "处理决定数量（指2020年办件量）",
)


def _former(joint: str, changes: tuple[str, str, str], heads: tuple[str, ...]) -> str:
    """Table two of 2019 with a note in the label, these changes and these heads."""
    decisions = joint.join(["信息内容", *heads])
    rows = [
        "第二十条第（一）项",
        joint.join(["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]),
        joint.join(["规章（设区的市人民政府提供）", "0", "0", "0"]),
        joint.join(["规范性文件（指标题为“规定”“办法”的公文）", "4", "5", "6"]),
        joint.join(["其他主动公开文件", "7", "8", "9"]),
        "第二十条第（五）项",
        decisions,
        joint.join(["行政许可", "421", changes[0], "1844"]),
        joint.join(["其他对外管理服务事项", "0", "0", "0"]),
        "第二十条第（六）项",
        decisions,
        joint.join(["行政处罚", "80", changes[1], "42"]),
        joint.join(["行政强制", "2", changes[2], "5"]),
        "第二十条第（八）项",
        joint.join(["信息内容", *heads[:2]]),
        joint.join(["行政事业性收费", "0", "0"]),
        "第二十条第（九）项",
        joint.join(["信息内容", "采购项目数量", "采购总金额"]),
        joint.join(["政府集中采购", "13", "2601.953875万"]),
    ]
    return "\n".join(rows)


@pytest.mark.parametrize("joint", ["\t", "\n", " ", " | "])
@pytest.mark.parametrize(
    "changes", [("+21", "-38", "--2"), ("增1423", "减38", "0"), ("增加3", "减少2", "+0")]
)
def test_a_change_in_words_or_signs_is_a_cell_of_its_row(
    joint: str, changes: tuple[str, str, str]
) -> None:
    former = _former(joint, changes, ("上一年项目数量", "本年增/减", "处理决定数量"))
    values = values_of(read(in_tabs(CITY).replace(documents(CITY, "\t"), former)))
    assert values["normative_documents.issued"] == 4
    assert [values[code] for code in ("permits", "penalties", "coercive_measures")] == [1844, 42, 5]


@pytest.mark.parametrize("joint", ["\t", "\n", " | "])
def test_years_and_examples_in_the_notes_of_heads_are_no_figures(joint: str) -> None:
    former = _former(joint, ("+21", "-8", "0"), NOTED)
    values = values_of(read(in_tabs(CITY).replace(documents(CITY, "\t"), former)))
    assert [values[code] for code in ("permits", "penalties", "coercive_measures")] == [1844, 42, 5]


def test_a_change_run_together_with_its_neighbours_is_not_cut() -> None:
    former = _former("", ("增1423", "减38", "0"), ("上一年项目数量", "本年增/减", "处理决定数量"))
    report = read(in_tabs(CITY).replace(documents(CITY, "\t"), former))
    assert {"permits", "penalties"} <= unreadable_rows(report)


@pytest.mark.parametrize(
    "text", ["+21", "增1423", "减 3", "增加2项", "--253", "暂无", "不涉及", "×"]
)
def test_a_change_or_a_word_for_none_fills_a_cell_and_is_no_count(text: str) -> None:
    assert is_value(text)
    assert whole_number(text) is None


def test_an_amount_says_ten_thousand_with_or_without_yuan() -> None:
    assert money("20.3万") == money("20.3万元") == money("20.3")
    assert money("203元") is None
    assert whole_number("3万") is None


def test_none_in_words_between_blanks_is_a_mark_of_its_cell() -> None:
    text = in_rows(dict(CITY) | {"regulations.repealed": 0})
    report = read(text.replace("规章 1 0 11", "规章 1  无  无"))
    printed = [report.cells[f"regulations.{name}"].printed for name in ("issued", "repealed")]
    assert printed == ["1", "无"]
    assert report.cells["regulations.in_force"].printed == "无"


def _page(figures: Figures) -> str:
    """The whole report in one frame of a page, its titles and sentences rows of the table."""
    parts = [OPENING.splitlines(), [], []]
    titles = ["三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"]
    for part, title in zip(parts[1:], titles, strict=True):
        part.append(title)
    rows = []
    for grid, part in zip(GRIDS, parts, strict=True):
        rows += [f"<td colspan=15>{line}</td>" for line in part]
        for row in grid.rows:
            rows.append(
                "".join(
                    f"<td colspan={cell.colspan} rowspan={cell.rowspan}>"
                    f"{figures[cell.content] if cell.kind is Kind.FIGURE else cell.content}</td>"
                    for cell in row
                )
            )
    rows += [f"<td colspan=15>{line}</td>" for line in CLOSING.splitlines()]
    return f"<html><body><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table></body></html>"


def test_a_report_in_one_frame_has_its_sections_and_its_figures() -> None:
    report = load_report("page.html", _page(CITY).encode())
    assert values_of(report) == CITY
    assert sorted(report.sections) == [1, 2, 3, 4, 5, 6]
    assert report.year == 2023
    assert not [one for one in check(report) if one.rule.startswith("section")]


def test_table_four_in_a_grid_whose_heads_have_moved_is_read_by_order() -> None:
    states = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [
        ["行政复议", "行政诉讼"],
        [*states, "未经复议直接起诉", "复议后起诉"],
        states * 2,
        ["", "", "", "", "", "", "", "2", "", "2", "", "1", "", "", "1"],
    ]
    wide = ["| " + " | ".join([*row, *[""] * (15 - len(row))]) + " |" for row in rows]
    table = "\n".join([wide[0], "|---" * 15 + "|", *wide[1:]])
    text = in_tabs(CITY).replace(proceedings(CITY, "\t"), table)
    cells = load_report("report.md", text.encode()).cells
    direct = [cells[f"litigation_direct.{state}"].value for state in PROCEEDING_STATES]
    after = [
        cells[f"litigation_after_reconsideration.{state}"].value for state in PROCEEDING_STATES
    ]
    assert direct == [None, None, 2, None, 2]
    assert after == [None, 1, None, None, 1]


UPRIGHT = """行政复议 行政诉讼
未经复议直接起诉 复议后起诉
结 结 其 尚
结 结 其 尚 结 结 其 尚
果 果 他 未
总计 果 果 他 未 总 果 果 他 未 总
维 纠 结 审
维 纠 结 审 计 维 纠 结 审 计
持 正 果 结
持 正 果 结 持 正 果 结
"""


def test_heads_of_table_four_set_upright_are_its_heads() -> None:
    table = proceedings(CITY, " ")
    report = read(in_rows(CITY).replace(table, UPRIGHT + table.splitlines()[-1]))
    assert values_of(report) == CITY


def test_a_few_figures_below_all_heads_are_no_row_of_one_group() -> None:
    states = "结果维持 结果纠正 其他结果 尚未审结 总计"
    heads = f"行政复议 行政诉讼\n{states} 未经复议直接起诉 复议后起诉\n{states} {states}"
    text = in_tabs(CITY).replace(proceedings(CITY, "\t"), f"{heads}\n1 1 2 2 2")
    report = read(text)
    assert not [code for code in report.cells if code.startswith(("reconsid", "litigation"))]
    assert "table4" in {torn.table for torn in report.unreadable}
