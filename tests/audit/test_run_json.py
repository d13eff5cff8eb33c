"""Other programs' data: read by the names that lead to a cell, and never guessed."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from audit.json_foreign import foreign_report
from audit.json_names import code_of
from audit.json_tree import json_tree
from audit.loading import load_report
from audit.rules import check
from disclosure.outcomes import COLUMNS, ROWS
from reporting.labels import (
    COLUMN_LABELS,
    DECISION_LABELS,
    DOCUMENT_COLUMN_LABELS,
    DOCUMENT_LABELS,
    FEE_LABEL,
    GROUP_WORDS,
    PROCEEDING_LABELS,
    ROW_LABELS,
    STATE_LABELS,
    group_of,
)
from tests.audit.recognition_makers import values_of
from tests.reporting.report_makers import city

FIGURES = city().figures()
KINDS = {"commercial": "business", "social": "social_welfare", "legal": "legal_service"}


def in_chinese() -> dict[str, Any]:
    """The city's tables under the words of the form, rows above columns."""
    rows: dict[str, Any] = {"本年度办理结果": {}}
    for row in ROWS:
        cells = {COLUMN_LABELS[column]: FIGURES[f"{row}.{column}"] for column in COLUMNS}
        group = group_of(row)
        if group:
            rows["本年度办理结果"].setdefault(GROUP_WORDS[group], {})[ROW_LABELS[row]] = cells
        elif row in {"granted", "partial", "total_handled"}:
            rows["本年度办理结果"][ROW_LABELS[row]] = cells
        else:
            rows[ROW_LABELS[row]] = cells
    documents: dict[str, Any] = {
        label: {
            words: FIGURES[f"{kind}.{field}"] for field, words in DOCUMENT_COLUMN_LABELS.items()
        }
        for kind, label in DOCUMENT_LABELS.items()
    }
    documents |= {label: {"本年处理决定数量": FIGURES[k]} for k, label in DECISION_LABELS.items()}
    documents[FEE_LABEL] = {"本年收费金额": str(FIGURES["fees_10k_yuan"])}
    proceedings = {
        label: {words: FIGURES[f"{group}.{state}"] for state, words in STATE_LABELS.items()}
        for group, label in PROCEEDING_LABELS.items()
    }
    return {
        "机关名称": "海棠市",
        "年度": "2024",
        "表二": documents,
        "表三": rows,
        "表四": proceedings,
    }


def by_columns() -> dict[str, Any]:
    """The city's tables as one tool writes them: columns above rows, names of its own."""
    table: dict[str, Any] = {"legalPerson": {}}
    for column in COLUMNS:
        results: dict[str, Any] = {}
        cells = {"newReceived": FIGURES[f"new.{column}"], "results": results}
        cells["carriedOver"] = FIGURES[f"carried_in.{column}"]
        for row in ROWS[2:-2]:
            group, _, name = row.rpartition(".")
            (results.setdefault(group, {}) if group else results)[name] = FIGURES[f"{row}.{column}"]
        results["totalProcessed"] = FIGURES[f"total_handled.{column}"]
        results["carriedForward"] = FIGURES[f"carried_out.{column}"]
        names = {code: name for name, code in KINDS.items()}
        if column in {"natural_person", "total"}:
            table[column] = cells
        else:
            table["legalPerson"][names.get(column, column.removesuffix("_org"))] = cells
    return {"data": [{"title": "三、收到和处理政府信息公开申请情况", "tableData": table}]}


def test_the_words_of_the_form_are_names_enough() -> None:
    report = load_report("a.json", json.dumps(in_chinese(), ensure_ascii=False).encode())
    assert values_of(report) == FIGURES
    assert (report.agency, report.year, report.unreadable) == ("海棠市", 2024, ())
    assert report.notes == ("文件是其他程序的数据，按其中的名称逐项对应读取",)


def test_columns_above_rows_read_the_same() -> None:
    report = load_report("a.txt", b"# made elsewhere\n" + json.dumps(by_columns()).encode())
    three = {code: figure for code, figure in FIGURES.items() if code.rpartition(".")[0] in ROWS}
    assert values_of(report) == three
    assert report.tables == {"table3"}


def test_our_own_tables_inside_something_else_are_found() -> None:
    wrapped = {"meta": {"count": 1}, "items": [{"report": city().as_json(), "year": 2023}]}
    report = load_report("a.json", json.dumps(wrapped).encode())
    assert (values_of(report), report.year) == (FIGURES, 2023)


def test_a_name_nobody_knows_leaves_its_row_unread_and_says_so() -> None:
    document = in_chinese()
    granted = ROW_LABELS["granted"]
    document["表三"]["本年度办理结果"]["同意"] = document["表三"]["本年度办理结果"].pop(granted)
    report = load_report("a.json", json.dumps(document).encode())
    assert [one.row for one in report.unreadable] == ["granted"]
    assert not any(code.startswith("granted.") for code in report.cells)
    assert "t3.sum" not in {one.rule for one in check(report)}


def test_two_values_for_one_cell_are_none() -> None:
    one = in_chinese()
    other = in_chinese()
    other["表四"]["行政复议"]["总计"] = 1
    report = load_report("a.json", json.dumps([one, other]).encode())
    assert [(torn.row, torn.printed) for torn in report.unreadable] == [
        ("reconsideration", "351、1")
    ]
    assert "reconsideration.total" not in report.cells


def without_quotation_mark(text: str) -> str:
    return text.replace('情况"', "情\ufffd?", 1)


def without_its_end(text: str) -> str:
    return text[: text.rindex("}") - 1]


@pytest.mark.parametrize("damage", [without_quotation_mark, without_its_end])
def test_damaged_data_are_read_as_far_as_they_can_be_told_apart(
    damage: Callable[[str], str],
) -> None:
    text = damage(json.dumps(by_columns(), ensure_ascii=False))
    report = load_report("a.json", text.encode())
    assert report.cells["new.total"].value == FIGURES["new.total"]
    assert report.notes[-1] == "数据文件已损坏，只读取了仍能辨认的部分"


def test_texts_beside_their_titles_become_the_sections() -> None:
    document = {
        "sections": [
            {"title": "一、总体情\ufffd?", "content": "全年平稳。\n收到申请2883件。"},
            {"title": "三、", **by_columns()["data"][0]},
            {"title": "六、其他需要报告的事项", "content": "没有收取信息处理费。"},
        ]
    }
    report = load_report("a.json", json.dumps(document).encode())
    assert report.sections == {
        1: "一、总体情况",
        3: "三、收到和处理政府信息公开申请情况",
        6: "六、其他需要报告的事项",
    }
    assert [one.text for one in report.sentences if one.section == 1] == [
        "全年平稳。",
        "收到申请2883件。",
    ]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (("legalPerson", "other", "results", "other", "otherReasons"), "other.other.other_org"),
        (("refused.state_secret", "total"), "refused.state_secret.total"),
        (("自然人", "本年度办理结果", "(七) 总计"), "total_handled.natural_person"),
        (("行政诉讼", "复议后起诉", "尚未审结"), "litigation_after_reconsideration.pending"),
        (("fees", "amount"), "fees_10k_yuan"),
        (("fees",), None),
        (("total",), None),
        (("other", "other"), None),
        (("自然人", "本年新收政府信息公开申请数量", "备注"), None),
    ],
)
def test_a_path_leads_to_one_cell_or_nowhere(path: tuple[str, ...], code: str | None) -> None:
    assert code_of(path) == code


@pytest.mark.parametrize("text", ["", "年报", "# 年报\n正文 {", '"a"', "{", "[" * 5000, "{}"])
def test_what_is_no_data_of_a_report_is_left_to_the_other_readers(text: str) -> None:
    tree = json_tree(text.encode())
    assert tree is None or foreign_report(tree, "a.json") is None
