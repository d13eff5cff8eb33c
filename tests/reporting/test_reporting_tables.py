import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from disclosure.outcomes import COLUMNS, ROWS
from reporting.plain_values import MalformedValueError, plain_decimal
from reporting.tables import DocumentCounts, Table2, Table3, Tables
from tests.reporting.report_makers import ANY_TABLES, city, one_request


@given(ANY_TABLES)
def test_tables_come_back_from_json_as_they_went(tables: Tables) -> None:
    assert Tables.from_json(json.loads(json.dumps(tables.as_json()))) == tables


def test_json_has_the_shape_of_the_outside_contract() -> None:
    written = one_request().as_json()
    assert written["table2"] == {
        "regulations": {"issued": 0, "repealed": 0, "in_force": 0},
        "normative_documents": {"issued": 0, "repealed": 0, "in_force": 0},
        "permits": 0,
        "penalties": 0,
        "coercive_measures": 0,
        "fees_10k_yuan": "0",
    }
    table3 = one_request().table3.as_json()
    assert list(table3) == list(ROWS)
    assert all(list(cells) == list(COLUMNS) for cells in table3.values())
    assert table3["unable.not_held"]["natural_person"] == 1
    assert sum(sum(cells.values()) for cells in table3.values()) == 6
    none = {"upheld": 0, "corrected": 0, "other": 0, "pending": 0, "total": 0}
    assert written["table4"] == {
        "reconsideration": none,
        "litigation_direct": none,
        "litigation_after_reconsideration": none,
    }


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "0"),
        ("0.00", "0"),
        ("-0", "0"),
        ("1.250", "1.25"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("0.00001", "0.00001"),
        ("123456789012345678901234567890.10", "123456789012345678901234567890.1"),
    ],
)
def test_money_is_written_plainly_and_never_rounded(amount: str, text: str) -> None:
    assert plain_decimal(Decimal(amount)) == text


def test_every_figure_of_the_three_tables_has_a_code_of_its_own() -> None:
    figures = city().figures()
    assert len(figures) == 10 + 25 * 7 + 15
    assert figures["regulations.in_force"] == 11
    assert figures["new.total"] == 3000
    assert figures["litigation_direct.other"] == 8
    assert figures["fees_10k_yuan"] == Decimal("96171.6")


def test_totals_are_counted_by_the_caller_and_kept_as_they_came() -> None:
    cells = one_request().table3.as_json()
    cells["total_handled"]["total"] = 9
    assert Table3.of(cells).cell("total_handled", "total") == 9


@pytest.mark.parametrize("wrong", [-1, True, 1.0, "1", None, ""])
def test_a_cell_that_is_no_count_is_refused_with_its_place(wrong: object) -> None:
    cells: dict[str, dict[str, object]] = {
        row: dict(numbers) for row, numbers in one_request().table3.as_json().items()
    }
    cells["carried_in"]["research"] = wrong
    with pytest.raises(MalformedValueError, match=r"table3\.carried_in\.research"):
        Table3.from_json(cells)


@pytest.mark.parametrize("row", ["granted", "carried_out", "total_handled"])
def test_a_missing_row_is_refused_by_name(row: str) -> None:
    cells = one_request().table3.as_json()
    del cells[row]
    with pytest.raises(MalformedValueError, match=row):
        Table3.of(cells)


def test_an_unknown_column_is_refused_by_name() -> None:
    cells = one_request().table3.as_json()
    cells["granted"]["robots"] = 1
    with pytest.raises(MalformedValueError, match=r"table3\.granted: .*robots"):
        Table3.of(cells)


@pytest.mark.parametrize("money", ["", "1,000", "-1", "NaN", "Infinity", 3, 1.5, None])
def test_money_that_is_no_decimal_string_is_refused(money: object) -> None:
    written = one_request().table2.as_json() | {"fees_10k_yuan": money}
    with pytest.raises(MalformedValueError, match="fees_10k_yuan"):
        Table2.from_json(written)


def test_counts_below_zero_are_refused_wherever_a_table_is_made() -> None:
    with pytest.raises(MalformedValueError, match="permits"):
        replace(one_request().table2, permits=-1)
    with pytest.raises(MalformedValueError, match="pending"):
        replace(one_request().table4.reconsideration, pending=-1)


def test_what_is_in_force_may_be_below_zero_and_is_read_back_as_it_was_written() -> None:
    counted = DocumentCounts(issued=0, repealed=3, in_force=-3)
    table2 = replace(Tables.zero().table2, normative_documents=counted)
    assert Table2.from_json(table2.as_json()) == table2
    for field in ("issued", "repealed"):
        with pytest.raises(MalformedValueError, match=field):
            replace(counted, **{field: -1})
    with pytest.raises(MalformedValueError, match="in_force"):
        DocumentCounts(0, 0, "-3")  # type: ignore[arg-type]


@pytest.mark.parametrize("table", ["table2", "table3", "table4"])
def test_a_table_that_is_not_there_is_refused_by_name(table: str) -> None:
    written = one_request().as_json()
    del written[table]
    with pytest.raises(MalformedValueError, match=table):
        Tables.from_json(written)
