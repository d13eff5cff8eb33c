"""What must hold between the cells of table three, although no cell is worked out from another."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.outcomes import COLUMNS, RESULT_ROWS, ROWS, ApplicantType
from projections.annual_statistics import CELL_RULES, Facts, Year, count_table_three
from tests.disclosure.any_life import LIVES, Life, lived
from tests.projections.folded import Table, facts_from

YEARS = (2024, 2025, 2026, 2027)


def total(table: Table, rows: Iterable[str], column: str) -> int:
    return sum(table[row][column] for row in rows)


def balances(table: Table, column: str = "total") -> bool:
    """一 + 二 = （七） + 四."""
    came = total(table, ["new", "carried_in"], column)
    return came == total(table, ["total_handled", "carried_out"], column)


def adds_up(table: Table, column: str = "total") -> bool:
    """（七） is the sum of the results."""
    return table["total_handled"][column] == total(table, RESULT_ROWS, column)


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@st.composite
def sound_facts(draw: st.DrawFn) -> Facts:
    """Make what a sound record knows of a request: closed not before it was received."""
    received_on = draw(DAYS)
    closed_on = draw(st.none() | st.dates(received_on, date(2027, 12, 31)))
    return Facts(
        case="",
        column=draw(st.sampled_from(ApplicantType)).value,
        received_on=received_on,
        closed_on=closed_on,
        outcome=None if closed_on is None else draw(st.sampled_from(RESULT_ROWS)),
    )


MANY = st.lists(sound_facts(), max_size=60)


@given(MANY)
def test_what_came_in_and_was_open_was_handled_or_stays_open_in_every_column(
    facts: list[Facts],
) -> None:
    for year in YEARS:
        table = count_table_three(facts, year)
        assert all(balances(table, column) for column in COLUMNS)


@given(MANY)
def test_the_results_add_up_to_what_was_handled_in_every_column(facts: list[Facts]) -> None:
    for year in YEARS:
        table = count_table_three(facts, year)
        assert all(adds_up(table, column) for column in COLUMNS)


@given(MANY)
def test_the_total_of_each_row_is_the_sum_of_its_six_columns(facts: list[Facts]) -> None:
    for year in YEARS:
        for row in count_table_three(facts, year).values():
            assert row["total"] == sum(row[kind.value] for kind in ApplicantType)


@given(MANY)
def test_what_one_year_carries_out_the_next_carries_in(facts: list[Facts]) -> None:
    tables = [count_table_three(facts, year) for year in YEARS]
    for this, following in pairwise(tables):
        assert this["carried_out"] == following["carried_in"]


@given(MANY, st.sampled_from(YEARS))
def test_every_cell_counts_what_its_own_rule_says_of_each_request(
    facts: list[Facts], year: int
) -> None:
    table = count_table_three(facts, year)
    for row in ROWS:
        counted = [each for each in facts if CELL_RULES[row](each, Year.of(year))]
        assert table[row]["total"] == len(counted)


@settings(max_examples=40)
@given(st.lists(LIVES, min_size=1, max_size=8))
def test_the_identities_hold_for_whatever_the_decider_lets_into_the_log(
    lives: list[Life],
) -> None:
    logs = [[event for moment in lived(life) for event in moment.events] for life in lives]
    tables = [count_table_three(facts_from(logs), year) for year in YEARS]
    for table in tables:
        assert all(balances(table, column) and adds_up(table, column) for column in COLUMNS)
    for this, following in pairwise(tables):
        assert this["carried_out"] == following["carried_in"]


SOUND = Facts(
    case="2025-001",
    column="business",
    received_on=date(2025, 3, 3),
    closed_on=date(2025, 3, 28),
    outcome="granted",
)


def count_2025(*facts: Facts) -> Table:
    return count_table_three(facts, 2025)


def test_a_request_that_loses_its_closing_is_counted_as_open_and_the_flow_still_holds() -> None:
    lost = replace(SOUND, closed_on=None, outcome=None)
    before, after = count_2025(SOUND, SOUND), count_2025(SOUND, lost)
    assert before["carried_out"]["total"] == 0
    assert after["carried_out"]["total"] == 1
    assert after["total_handled"]["total"] == before["total_handled"]["total"] - 1
    assert balances(after)
    assert adds_up(after)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(replace(SOUND, closed_on=date(2024, 5, 6)), id="closed-before-it-came"),
        pytest.param(replace(SOUND, outcome=None), id="closed-without-a-result"),
        pytest.param(
            replace(SOUND, received_on=date(2026, 3, 3)), id="received-in-a-year-yet-to-come"
        ),
    ],
)
def test_a_record_that_cannot_be_makes_the_flow_fail_because_nothing_is_derived(
    broken: Facts,
) -> None:
    table = count_2025(SOUND, broken)
    assert not balances(table)
    assert not balances(table, "business")
    assert balances(table, "research")


def test_a_result_the_form_does_not_know_is_an_alarm_and_not_a_lost_request() -> None:
    with pytest.raises(KeyError, match="of_a_later_program"):
        count_2025(replace(SOUND, outcome="of_a_later_program"))
