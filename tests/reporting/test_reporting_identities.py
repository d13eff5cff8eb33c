from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.outcomes import COLUMNS, RESULT_ROWS, ROWS, TOTAL
from reporting.findings import Finding, Severity, Where
from reporting.identities import RULES, check_tables
from reporting.tables import DocumentCounts, Table3, Tables
from tests.reporting.report_makers import Cells, balanced_cells, city, one_request

FLOW_ROWS = {"new", "carried_in", "total_handled", "carried_out"}


def broken(findings: tuple[Finding, ...]) -> set[tuple[str, str | None, str | None]]:
    return {(found.rule, found.where.row, found.where.column) for found in findings}


def with_table3(table3: Table3) -> Tables:
    return replace(Tables.zero(), table3=table3)


@pytest.mark.parametrize(
    "tables", [Tables.zero(), one_request(), city()], ids=["zero", "one", "city"]
)
def test_tables_that_agree_have_no_findings(tables: Tables) -> None:
    assert check_tables(tables) == ()


@given(balanced_cells(), st.sampled_from(ROWS), st.sampled_from(COLUMNS), st.integers(1, 1000))
def test_a_changed_cell_breaks_its_own_identities_and_no_other(
    cells: Cells, row: str, column: str, by: int
) -> None:
    before = Table3.of(cells)
    assert check_tables(with_table3(before), last_table3=carrying(before)) == ()
    cells[row][column] += by
    expected: set[tuple[str, str | None, str | None]] = {("t3.total", row, TOTAL)}
    if row in FLOW_ROWS:
        expected.add(("t3.flow", None, column))
    if row in {*RESULT_ROWS, "total_handled"}:
        expected.add(("t3.sum", "total_handled", column))
    if row == "carried_in":
        expected.add(("carry_over", "carried_in", column))
    after = with_table3(Table3.of(cells))
    assert broken(check_tables(after, last_table3=carrying(before))) == expected


def carrying(this_year: Table3) -> Table3:
    """Last year's table, carrying out what this year's carries in."""
    cells = Tables.zero().table3.as_json()
    cells["carried_out"] = this_year.as_json()["carried_in"]
    return Table3.of(cells)


def test_fewer_than_none_in_force_is_an_error_that_says_what_to_enter() -> None:
    counted = DocumentCounts(issued=1, repealed=4, in_force=-3)
    table2 = replace(Tables.zero().table2, regulations=counted)
    (found,) = check_tables(replace(Tables.zero(), table2=table2))
    assert found == Finding(
        rule="in_force",
        severity=Severity.ERROR,
        where=Where("table2", "regulations", "in_force"),
        expected=None,
        found=-3,
        message=(
            "表二“规章”现行有效件数为负（-3件），请补录年初现行有效件数（opening_documents）。"
        ),
    )
    assert Finding.from_json(found.as_json()) == found


def test_a_column_that_does_not_balance_is_told_in_a_sentence_fit_for_a_letter() -> None:
    cells = one_request().table3.as_json()
    cells["carried_out"] |= {"natural_person": 1, TOTAL: 1}
    person, total = check_tables(with_table3(Table3.of(cells)))
    assert person == Finding(
        rule="t3.flow",
        severity=Severity.ERROR,
        where=Where("table3", column="natural_person"),
        expected=1,
        found=2,
        message=(
            "表三“自然人”列勾稽关系不成立：本年新收1件与上年结转0件之和为1件，"
            "办理结果总计1件与结转下年度1件之和为2件，两者应当相等。"
        ),
    )
    assert total.where.column == TOTAL


def test_a_wrong_sum_names_the_row_in_the_words_of_the_form() -> None:
    cells = one_request().table3.as_json()
    cells["unable.not_held"]["business"] = 3
    cells["unable.not_held"][TOTAL] = 4
    rules = {found.rule: found for found in check_tables(with_table3(Table3.of(cells)))}
    assert set(rules) == {"t3.sum"}
    assert "“(七) 总计”填报1件，各项办理结果之和为4件" in rules["t3.sum"].message


def test_a_wrong_row_total_shows_what_was_expected() -> None:
    cells = one_request().table3.as_json()
    cells["partial"][TOTAL] = 2
    found = next(
        one for one in check_tables(with_table3(Table3.of(cells))) if one.rule == "t3.total"
    )
    assert (found.expected, found.found) == (0, 2)
    assert "(二) 部分公开" in found.message


@pytest.mark.parametrize("state", ["upheld", "corrected", "other", "pending", "total"])
@pytest.mark.parametrize(
    "group", ["reconsideration", "litigation_direct", "litigation_after_reconsideration"]
)
def test_a_group_of_proceedings_must_add_up(group: str, state: str) -> None:
    tables = city()
    counts = getattr(tables.table4, group)
    wrong = replace(counts, **{state: getattr(counts, state) + 1})
    findings = check_tables(replace(tables, table4=replace(tables.table4, **{group: wrong})))
    assert broken(findings) == {("t4.total", group, TOTAL)}


@pytest.mark.parametrize(
    ("last", "holds"), [((5, 9, 10), True), ((0, 0, 9), False), ((0, 0, 11), False)]
)
def test_documents_in_force_follow_from_last_year(
    last: tuple[int, int, int], *, holds: bool
) -> None:
    last_table2 = replace(
        Tables.zero().table2,
        regulations=DocumentCounts(*last),
        normative_documents=DocumentCounts(0, 0, 84),
        fees_10k_yuan=Decimal(3),
    )
    findings = check_tables(city(), last_table2=last_table2)
    wrong: set[tuple[str, str | None, str | None]] = {("in_force", "regulations", "in_force")}
    assert broken(findings) == (set() if holds else wrong)
    if findings:
        assert findings[0].expected == last[2] + 1
        assert f"上年现行有效{last[2]}件加本年制发1件减本年废止0件" in findings[0].message


def test_rules_across_years_are_silent_without_last_year() -> None:
    assert check_tables(city()) == ()


def test_a_finding_names_the_file_it_came_from_and_comes_back_from_json() -> None:
    tables = city()
    wrong = replace(
        tables,
        table4=replace(
            tables.table4, reconsideration=replace(tables.table4.reconsideration, total=0)
        ),
    )
    (found,) = check_tables(wrong, file="年报.docx")
    assert found.as_json() == {
        "rule": "t4.total",
        "severity": "error",
        "where": {"table": "table4", "row": "reconsideration", "column": "total"},
        "expected": 351,
        "found": 0,
        "message": found.message,
        "file": "年报.docx",
    }
    assert Finding.from_json(found.as_json()) == found


def test_every_rule_states_its_basis_and_what_it_says() -> None:
    assert [rule.name for rule in RULES] == [
        "t3.flow",
        "t3.sum",
        "t3.total",
        "t4.total",
        "carry_over",
        "in_force",
    ]
    assert all("国办公开办函〔2021〕30号" in rule.basis and rule.says for rule in RULES)
