from dataclasses import replace

import pytest

from audit.published import Unreadable
from audit.rules import check
from disclosure.outcomes import COLUMNS
from reporting.findings import Severity, Where
from reporting.labels import PROCEEDING_LABELS, rows_of
from tests.audit.published_makers import bureau_report, found_in, kinds, with_cells, without_cells

OTHERS = rows_of("other")


def test_a_report_in_which_all_agrees_has_no_findings() -> None:
    assert check(bureau_report()) == ()


@pytest.mark.parametrize(("table", "words"), [("table2", "表二"), ("table4", "表四")])
def test_a_table_that_is_not_there_is_missing_and_nothing_is_said_of_its_cells(
    table: str, words: str
) -> None:
    report = bureau_report()
    (found,) = check(replace(report, tables=report.tables - {table}, cells={}, sentences=()))[:1]
    assert (found.rule, found.severity, found.where) == (
        "table.missing",
        Severity.ERROR,
        Where(table),
    )
    assert words in found.message
    assert found.file == "年报.docx"


def test_a_blank_cell_is_an_error_that_names_row_and_column() -> None:
    (found,) = check(with_cells(bureau_report(), {"refused.state_secret.business": ""}))
    assert found.rule == "cell.blank"
    assert found.where == Where("table3", "refused.state_secret", "business")
    assert found.message == ("表三“1. 属于国家秘密”行“商业企业”列为空白，应当填写数字，没有的填0。")


@pytest.mark.parametrize("sign", ["/", "-", "—", "无", "约3"])
@pytest.mark.parametrize(
    ("code", "where"),
    [
        ("permits", Where("table2", "permits")),
        ("regulations.issued", Where("table2", "regulations", "issued")),
        ("refused.state_secret.total", Where("table3", "refused.state_secret", "total")),
        ("reconsideration.other", Where("table4", "reconsideration", "other")),
    ],
)
def test_a_sign_instead_of_a_number_is_an_error_and_counts_as_nothing(
    sign: str, code: str, where: Where
) -> None:
    (found,) = check(with_cells(bureau_report(), {code: sign}))
    assert (found.rule, found.severity) == ("cell.not_a_number", Severity.ERROR)
    assert (found.where, found.found) == (where, sign)


def test_a_blank_counts_as_nothing_in_the_identities() -> None:
    found = check(with_cells(bureau_report(), {"carried_out.total": ""}))
    assert kinds(found) == [("cell.blank", "error"), ("t3.flow", "error"), ("t3.total", "error")]
    assert "可能漏填总计" in found[2].message


def test_a_negative_count_is_not_a_number_of_things() -> None:
    found = check(with_cells(bureau_report(), {"regulations.in_force": -3}))
    assert kinds(found) == [("cell.not_a_number", "error")]


def test_a_cell_the_layout_does_not_have_is_no_finding() -> None:
    report = with_cells(bureau_report(), dict.fromkeys(("regulations.issued", "permits"), ""))
    absent = frozenset({"regulations.issued", "permits"})
    of_its_year = replace(report, absent=absent, year=2020, title=None, sentences=())
    assert found_in(of_its_year) == {"section.empty"}
    assert kinds(check(replace(report, absent=absent))) == [("table.layout", "warning")]


def test_no_identity_speaks_of_a_row_that_could_not_be_read() -> None:
    report = without_cells(bureau_report(), *(f"granted.{column}" for column in COLUMNS))
    torn = Unreadable("table3", "granted", "4110005", "有多种读法", "第2页")
    (found,) = check(replace(report, unreadable=(torn,)))
    assert (found.rule, found.severity) == ("cell.unreadable", Severity.WARNING)
    assert found.where == Where("table3", "granted")
    assert "4110005" in found.message
    assert "有多种读法" in found.message


def test_rows_unreadable_for_one_reason_are_one_finding() -> None:
    torn = tuple(Unreadable("table3", row, "", "文件到此为止", "第9行") for row in OTHERS)
    (found,) = check(replace(bureau_report(), unreadable=torn))
    assert found.where == Where("table3")
    assert "、".join(f"“{label}" for label in ("1. ", "2. ")) not in found.message
    assert "文件到此为止" in found.message


def test_a_blank_beside_a_row_nobody_can_name_is_only_doubtful() -> None:
    report = with_cells(bureau_report(), {"refused.state_secret.business": ""})
    torn = Unreadable("table3", None, "120", "不知是哪一行", "第2页")
    found = check(replace(report, unreadable=(torn,)))
    assert kinds(found) == [("cell.blank", "warning"), ("cell.unreadable", "warning")]


def test_a_merged_row_of_other_results_stands_for_its_three_rows() -> None:
    report = bureau_report()
    merged = {"other.natural_person": 1, "other.total": 1}
    merged |= {f"other.{column}": 0 for column in COLUMNS if f"other.{column}" not in merged}
    blank = {f"{row}.{column}": "" for row in OTHERS for column in COLUMNS}
    assert found_in(with_cells(report, {**merged, **blank})) == {"cell.blank"}


@pytest.mark.parametrize(
    ("cells", "cause"),
    [
        ({"reconsideration.total": 0}, "可能漏填总计"),
        ({"new.natural_person": 8, "new.research": 2}, "可能与“科研机构”列的数填写错位"),
        ({"partial.business": 2, "partial.total": 2}, "重复了“自然人”列的数"),
    ],
)
def test_the_likely_cause_is_said_where_the_arithmetic_shows_it(
    cells: dict[str, int], cause: str
) -> None:
    found = check(with_cells(bureau_report({1: ("略",)}), cells))
    assert any(cause in one.message for one in found)


def test_a_request_answered_and_carried_over_at_once_is_recognised() -> None:
    cells = {
        "carried_in.natural_person": 0,
        "carried_in.total": 0,
        "carried_out.natural_person": 2,
        "carried_out.total": 2,
        "new.natural_person": 11,
        "new.total": 13,
    }
    found = check(with_cells(bureau_report({1: ("略",)}), cells))
    assert [one.rule for one in found] == ["t3.flow", "t3.flow"]
    assert all("同时计入了本年度办理结果" in one.message for one in found)


def test_digits_exchanged_or_lost_are_named_as_the_likely_cause() -> None:
    penalties = {"reconsideration.upheld": 213, "reconsideration.corrected": 0}
    exchanged = check(with_cells(bureau_report(), {**penalties, "reconsideration.total": 123}))
    lost = check(with_cells(bureau_report(), {**penalties, "reconsideration.total": 21}))
    assert "数字颠倒" in exchanged[0].message
    assert "少写或多写一位" in lost[0].message


@pytest.mark.parametrize("column", COLUMNS)
def test_what_last_year_carried_out_this_year_carries_in(column: str) -> None:
    carried = {
        f"carried_out.{one}": number
        for one, number in zip(COLUMNS, (2, 0, 0, 0, 0, 0, 2), strict=True)
    }
    documents = {"normative_documents.in_force": 17}
    previous = with_cells(bureau_report(year=2023), {**carried, **documents})
    assert check(bureau_report(), previous)[:0] == ()
    assert not found_in(bureau_report(), previous) & {"carry_over", "in_force"}
    spoilt = with_cells(previous, {f"carried_out.{column}": 7})
    (found,) = [one for one in check(bureau_report(), spoilt) if one.rule == "carry_over"]
    assert found.where == Where("table3", "carried_in", column)
    assert (found.severity, found.expected) == (Severity.ERROR, 7)


def test_a_blank_in_last_years_report_makes_the_comparison_doubtful() -> None:
    previous = with_cells(
        bureau_report(year=2023),
        {
            "carried_out.natural_person": 2,
            "carried_out.total": "",
            "normative_documents.in_force": 17,
        },
    )
    (found,) = [one for one in check(bureau_report(), previous) if one.rule == "carry_over"]
    assert found.severity is Severity.WARNING
    assert "空白" in found.message


def test_documents_in_force_follow_from_last_years_report() -> None:
    carried = {"carried_out.natural_person": 2, "carried_out.total": 2}
    previous = with_cells(bureau_report(year=2023), {**carried, "normative_documents.in_force": 18})
    (found,) = [one for one in check(bureau_report(), previous) if one.rule == "in_force"]
    assert (found.expected, found.found) == (21, 20)


def test_reports_that_do_not_follow_each_other_are_not_compared() -> None:
    found = check(bureau_report(), bureau_report(year=2021))
    assert kinds(found)[0] == ("carry_over", "warning")
    assert "不相衔接" in found[0].message
    assert "in_force" not in {one.rule for one in found}


@pytest.mark.parametrize("group", PROCEEDING_LABELS)
def test_a_proceeding_still_open_last_year_must_appear_this_year(group: str) -> None:
    previous = with_cells(bureau_report(year=2023), {f"{group}.pending": 9, f"{group}.total": 99})
    found = [one for one in check(bureau_report(), previous) if one.rule == "t4.pending"]
    assert [(one.severity, one.where.row) for one in found] == [(Severity.WARNING, group)]


def test_a_total_left_at_last_years_figure_is_named_as_the_likely_cause() -> None:
    report = with_cells(bureau_report(), {"litigation_direct.total": 9})
    previous = with_cells(bureau_report(year=2023), {"litigation_direct.total": 9})
    (found,) = [one for one in check(report, previous) if one.rule == "t4.total"]
    assert "与上一年度报告相同" in found.message


def test_a_bureau_that_leaves_out_the_row_of_rules_uses_the_form_of_its_year() -> None:
    rules = {code for code in bureau_report().cells if code.startswith("regulations.")}
    report = without_cells(bureau_report(), *rules)
    assert check(replace(report, absent=frozenset(rules))) == ()
    older = replace(report, absent=frozenset({*rules, "normative_documents.repealed"}))
    assert kinds(check(older)) == [("table.layout", "warning")]


def test_a_row_of_fewer_noughts_than_cells_has_a_blank_wherever_it_is() -> None:
    torn = Unreadable("table3", "carried_out", "000000", "数字少于应有列数", "第11行", blanks=1)
    found = check(replace(bureau_report(), unreadable=(torn,)))
    assert kinds(found) == [("cell.blank", "error")]
    assert found[0].where == Where("table3", "carried_out")
    assert found[0].message == (
        "表三“四、结转下年度继续办理”行只填有6个0（第11行），有1格为空白，"
        "文本中看不出是哪一格，应当填写数字，没有的填0。"
    )
