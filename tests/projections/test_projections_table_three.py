"""Table three row by row: which request counts in which year, and which does not.

Source: form of the annual report, 国办公开办函〔2021〕30号.
"""

import pytest

from disclosure.outcomes import COLUMNS, RESULT_ROWS, ROWS, ApplicantType, Outcome
from projections.annual_statistics import CELL_RULES
from tests.disclosure.facts import (
    ask_correction,
    confirm,
    decide_on,
    deliver,
    expire,
    extend,
    receive_correction,
    register,
    withdraw,
)
from tests.projections.folded import cells, table_three


def asked_by(applicant: ApplicantType) -> dict[str, str]:
    return {"type": applicant.value, "name": "（虚构）甲"}


def test_the_table_has_twenty_five_rows_and_seven_columns_in_the_order_of_the_form() -> None:
    table = table_three(2025)
    assert tuple(table) == ROWS == tuple(CELL_RULES)
    assert len(ROWS) == 25
    assert all(tuple(columns) == COLUMNS for columns in table.values())
    assert len(COLUMNS) == 7


def test_a_year_without_requests_is_all_zeros() -> None:
    assert cells(table_three(2025)) == {}


@pytest.mark.parametrize(
    ("on", "year"), [("2024-12-31", 2024), ("2025-01-01", 2025), ("2025-12-31", 2025)]
)
def test_new_counts_a_request_in_the_year_it_was_received(on: str, year: int) -> None:
    for each in (2023, 2024, 2025, 2026):
        table = table_three(each, [register(on)])
        assert table["new"]["total"] == int(each == year)


def test_new_counts_an_online_request_sent_in_december_in_the_year_it_was_confirmed() -> None:
    sent_in_december = [register("2024-12-31", "online", confirmed_on="2025-01-02")]
    confirmed_later = [register("2024-12-31", "online"), confirm("2025-01-02")]
    for life in (sent_in_december, confirmed_later):
        assert cells(table_three(2024, life)) == {}
        assert table_three(2025, life)["new"]["total"] == 1
        assert table_three(2025, life)["carried_in"]["total"] == 0


def test_new_does_not_count_a_request_that_is_not_confirmed() -> None:
    assert cells(table_three(2025, [register("2025-03-03", "fax")])) == {}


def test_new_counts_a_corrected_request_once_in_the_year_it_was_first_received() -> None:
    life = [
        register("2024-12-25"),
        ask_correction("2024-12-27"),
        receive_correction("2025-01-06"),
    ]
    assert table_three(2024, life)["new"]["total"] == 1
    assert table_three(2025, life)["new"]["total"] == 0


def test_carried_in_counts_what_was_received_before_the_year_and_open_when_it_began() -> None:
    table = table_three(
        2025,
        [register("2024-12-31")],
        [register("2024-11-01"), decide_on("2025-01-01")],
        [register("2022-11-01"), decide_on("2026-01-01")],
    )
    assert table["carried_in"]["total"] == 3


def test_carried_in_does_not_count_what_was_closed_on_the_last_day_of_the_year_before() -> None:
    table = table_three(
        2025, [register("2024-12-02"), decide_on("2024-12-31")], [register("2025-01-01")]
    )
    assert table["carried_in"]["total"] == 0


@pytest.mark.parametrize("outcome", RESULT_ROWS)
def test_each_result_counts_in_its_row_and_in_no_other(outcome: str) -> None:
    life = [register("2025-03-03"), decide_on("2025-03-28", outcome), deliver("2025-03-28")]
    assert cells(table_three(2025, life)) == {
        f"{row}.{column}": 1
        for row in ("new", outcome, "total_handled")
        for column in ("natural_person", "total")
    }


@pytest.mark.parametrize("outcome", RESULT_ROWS)
def test_each_result_counts_in_the_year_it_was_made_not_in_that_of_receipt(outcome: str) -> None:
    life = [register("2024-12-20"), decide_on("2025-01-10", outcome), deliver("2026-01-05")]
    counted = {year: table_three(year, life)[outcome]["total"] for year in (2024, 2025, 2026)}
    assert counted == {2024: 0, 2025: 1, 2026: 0}


def test_there_is_a_row_for_each_of_the_twenty_one_results() -> None:
    assert len(RESULT_ROWS) == 21
    assert set(RESULT_ROWS) == {outcome.value for outcome in Outcome} == set(ROWS[2:23])


@pytest.mark.parametrize(
    ("limit", "closed_in"),
    # Four working days after the limit: 31 December 2024, a Tuesday, and 2 January 2025.
    [("2024-12-25", 2024), ("2024-12-26", 2025)],
)
def test_correction_lapsed_counts_on_the_day_the_lapse_takes_effect(
    limit: str, closed_in: int
) -> None:
    on = {2024: "2024-12-31", 2025: "2025-01-02"}[closed_in]
    life = [
        register("2024-12-02"),
        ask_correction("2024-12-04", due_on=limit),
        expire("correction", on),
    ]
    for year in (2024, 2025):
        counted = table_three(year, life)["other.correction_lapsed"]["total"]
        assert counted == int(year == closed_in)


def test_a_lapse_the_office_decides_itself_counts_in_the_same_row() -> None:
    life = [
        register("2025-03-03"),
        ask_correction("2025-03-04"),
        decide_on("2025-04-07", "other.correction_lapsed"),
    ]
    assert table_three(2025, life)["other.correction_lapsed"]["total"] == 1


def test_other_counts_a_withdrawal_on_its_day() -> None:
    life = [register("2024-12-20"), withdraw("2025-01-02")]
    assert table_three(2024, life)["other.other"]["total"] == 0
    assert table_three(2025, life)["other.other"]["total"] == 1


def test_a_request_withdrawn_before_receipt_counts_nowhere() -> None:
    life = [register("2025-03-03", "online"), withdraw("2025-03-04")]
    for year in (2024, 2025, 2026):
        assert cells(table_three(year, life)) == {}


@pytest.mark.parametrize("on", ["2025-01-01", "2025-12-31"])
def test_total_handled_counts_what_was_closed_from_the_first_to_the_last_day(on: str) -> None:
    life = [register("2024-12-20"), decide_on(on)]
    counted = {year: table_three(year, life)["total_handled"]["total"] for year in (2024, 2025)}
    assert counted == {2024: 0, 2025: 1}


def test_total_handled_does_not_count_what_is_still_open() -> None:
    life = [register("2025-03-03"), extend("2025-03-04"), expire("due", "2025-05-01")]
    assert table_three(2025, life)["total_handled"]["total"] == 0


def test_carried_out_counts_what_is_open_at_midnight_after_the_last_day() -> None:
    table = table_three(
        2025,
        [register("2025-12-31")],
        [register("2024-03-03")],
        [register("2025-12-20"), decide_on("2026-01-01")],
        [register("2025-12-20"), ask_correction("2025-12-22")],
    )
    assert table["carried_out"]["total"] == 4


def test_carried_out_does_not_count_what_was_closed_that_day_or_received_the_next() -> None:
    table = table_three(
        2025,
        [register("2025-12-20"), decide_on("2025-12-31")],
        [register("2026-01-01")],
        [register("2025-12-31", "online")],
        [register("2025-12-31", "online"), confirm("2026-01-02")],
    )
    assert table["carried_out"]["total"] == 0


@pytest.mark.parametrize("applicant", list(ApplicantType))
def test_a_request_counts_in_the_column_of_who_asked_and_keeps_it_over_the_years(
    applicant: ApplicantType,
) -> None:
    life = [register("2024-12-20", applicant=asked_by(applicant)), decide_on("2025-01-10")]
    both = (applicant.value, "total")
    assert cells(table_three(2024, life)) == {
        f"{row}.{column}": 1 for row in ("new", "carried_out") for column in both
    }
    assert cells(table_three(2025, life)) == {
        f"{row}.{column}": 1
        for row in ("carried_in", "granted", "total_handled")
        for column in both
    }


def test_every_cell_of_the_table_can_be_reached() -> None:
    lives = [
        [register(received, applicant=asked_by(applicant)), *closed]
        for applicant in ApplicantType
        for received in ("2024-12-20", "2025-03-03")
        for closed in ([], *([decide_on("2025-03-28", row)] for row in RESULT_ROWS))
    ]
    assert len(cells(table_three(2025, *lives))) == 25 * 7


def test_the_number_of_letters_in_a_case_changes_no_count() -> None:
    life = [
        register("2025-03-03"),
        ask_correction("2025-03-04"),
        receive_correction("2025-03-05"),
        ask_correction("2025-03-06"),
        extend("2025-03-07"),
        decide_on("2025-03-28"),
        deliver("2025-03-28"),
        deliver("2025-04-01"),
    ]
    short = [register("2025-03-03"), decide_on("2025-03-28")]
    assert table_three(2025, life) == table_three(2025, short)
