"""Every cell of table three by one lawful example: what was reported, and where it is counted.

Each of the 21 results comes about as the law has it come about, without a flag. Received on 3
March 2025, answered by 31 March. Source of the form: 国办公开办函〔2021〕30号.
"""

from collections.abc import Sequence

import pytest

from disclosure.outcomes import COLUMNS, RESULT_ROWS, ROWS, TOTAL, ApplicantType
from disclosure.request_commands import RequestCommand
from tests.disclosure.facts import (
    ask_correction,
    charge,
    consult,
    consult_agency,
    correct_record,
    decide_on,
    demand_reasons,
    expire,
    extend,
    receive_correction,
    receive_reasons,
    reclassify,
    register,
    reopen,
    third_party_reply,
    withdraw,
)
from tests.disclosure.specification import given
from tests.projections.folded import cells, table_three

Life = Sequence[RequestCommand]

COURSES: dict[str, Life] = {
    "granted": [decide_on("2025-03-31", "granted", already_public=True)],
    "partial": [extend("2025-03-28", 20), decide_on("2025-04-10", "partial")],
    "refused.state_secret": [decide_on("2025-03-28", "refused.state_secret")],
    "refused.prohibited_by_law": [decide_on("2025-03-28", "refused.prohibited_by_law")],
    "refused.three_securities_one_stability": [
        decide_on("2025-03-28", "refused.three_securities_one_stability")
    ],
    "refused.third_party_rights": [
        consult("2025-03-05", received_on="2025-03-06"),
        third_party_reply("2025-03-14", "object"),
        decide_on("2025-04-07", "refused.third_party_rights"),
    ],
    "refused.internal_affairs": [decide_on("2025-03-28", "refused.internal_affairs")],
    "refused.process_information": [
        consult_agency("2025-03-05"),
        decide_on("2025-03-28", "refused.process_information"),
    ],
    "refused.enforcement_file": [decide_on("2025-03-28", "refused.enforcement_file")],
    "refused.administrative_query": [decide_on("2025-03-28", "refused.administrative_query")],
    "unable.not_held": [decide_on("2025-03-28", "unable.not_held")],
    "unable.needs_creation": [decide_on("2025-03-28", "unable.needs_creation")],
    "unable.unclear_after_correction": [
        ask_correction("2025-03-12"),
        receive_correction("2025-03-20"),
        decide_on("2025-04-18", "unable.unclear_after_correction"),
    ],
    "not_processed.petition": [decide_on("2025-03-28", "not_processed.petition")],
    "not_processed.repeat": [decide_on("2025-03-28", "not_processed.repeat")],
    "not_processed.publication": [decide_on("2025-03-28", "not_processed.publication")],
    "not_processed.excessive": [
        demand_reasons("2025-03-05", "2025-03-14"),
        receive_reasons("2025-03-12", accepted=False),
        decide_on("2025-03-28", "not_processed.excessive"),
    ],
    "not_processed.confirm_or_reissue": [
        decide_on("2025-03-28", "not_processed.confirm_or_reissue")
    ],
    "other.correction_lapsed": [
        # Limit 14 March; 17, 18 and 19 March for the mail.
        ask_correction("2025-03-05", due_on="2025-03-14"),
        expire("correction", "2025-03-20"),
    ],
    "other.fee_lapsed": [
        # Paid by the 20th working day after 5 March, which is 2 April.
        charge("2025-03-05", 31),
        expire("fee", "2025-04-03"),
    ],
    "other.other": [withdraw("2025-03-10")],
}
"""How each result comes about after receipt."""


def came(on: str, column: str) -> RequestCommand:
    """Register a request of the applicants of a column; 总计 takes any."""
    kind = ApplicantType.OTHER_ORG.value if column == TOTAL else column
    return register(on, applicant={"type": kind, "name": "（虚构）甲"})


def example(row: str, column: str) -> tuple[Life, set[str]]:
    """Return a life that counts in the row, and every row it counts in in 2025."""
    if row == "carried_in":
        return [came("2024-12-31", column)], {"carried_in", "carried_out"}
    if row == "carried_out":
        return [came("2025-12-31", column)], {"new", "carried_out"}
    outcome = row if row in RESULT_ROWS else "granted"
    return [came("2025-03-03", column), *COURSES[outcome]], {"new", outcome, "total_handled"}


def test_there_is_a_course_for_each_of_the_twenty_one_results() -> None:
    assert tuple(COURSES) == RESULT_ROWS
    assert len(COURSES) == 21


@pytest.mark.parametrize("outcome", RESULT_ROWS)
def test_each_result_comes_about_without_a_flag(outcome: str) -> None:
    request = given(register("2025-03-03"), *COURSES[outcome])
    assert [event.flags for event in request.events if event.flags] == []
    assert request.state.outcome == outcome


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("row", ROWS)
def test_each_cell_counts_its_example_and_no_other_cell_does(row: str, column: str) -> None:
    life, rows = example(row, column)
    counted = ApplicantType.OTHER_ORG.value if column == TOTAL else column
    table = table_three(2025, life)
    assert table[row][column] == 1
    assert cells(table) == {f"{each}.{where}": 1 for each in rows for where in (counted, TOTAL)}


def test_all_examples_of_a_year_together_fill_the_table_cell_by_cell() -> None:
    columns = [kind.value for kind in ApplicantType]
    lives = [example(row, column)[0] for row in ROWS for column in columns]
    table = table_three(2025, *lives)
    # Of 25 examples a column, those of `new` and `total_handled` are granted too; the one carried
    # in stays open.
    expected = dict.fromkeys(RESULT_ROWS, 1) | {
        "new": 24,
        "carried_in": 1,
        "granted": 3,
        "total_handled": 23,
        "carried_out": 2,
    }
    for row in ROWS:
        assert [table[row][column] for column in columns] == [expected[row]] * 6, row
        assert table[row][TOTAL] == expected[row] * 6


# ── the last word counts ────────────────────────────────────────────────────────────────────────

ANSWERED = [register("2024-12-20"), decide_on("2025-01-10", "unable.not_held")]


def test_a_result_replaced_counts_in_the_right_row_on_the_day_it_was_given() -> None:
    life = [*ANSWERED, reclassify("2026-02-02", "refused.process_information")]
    table = table_three(2025, life)
    assert table["unable.not_held"][TOTAL] == 0
    assert table["refused.process_information"]["natural_person"] == 1
    assert table_three(2026, life)["total_handled"][TOTAL] == 0


def test_a_column_put_right_counts_in_all_rows_of_all_years() -> None:
    life = [*ANSWERED, correct_record("2026-02-02", "applicant.type", "research")]
    assert set(cells(table_three(2024, life))) == {
        f"{row}.{column}" for row in ("new", "carried_out") for column in ("research", TOTAL)
    }
    assert table_three(2025, life)["unable.not_held"]["research"] == 1
    assert table_three(2025, life)["unable.not_held"]["natural_person"] == 0


def test_a_received_date_put_right_moves_the_request_to_its_year() -> None:
    life = [
        register("2024-12-30", "online", confirmed_on="2024-12-31"),
        correct_record("2025-01-20", "confirmed_on", "2025-01-02"),
    ]
    assert cells(table_three(2024, life)) == {}
    assert table_three(2025, life)["new"][TOTAL] == 1
    assert table_three(2025, life)["carried_in"][TOTAL] == 0


@pytest.mark.parametrize("outcome", RESULT_ROWS)
def test_a_result_made_void_counts_no_longer_and_the_new_one_in_its_own_year(outcome: str) -> None:
    opened = [register("2025-03-03"), *COURSES[outcome], reopen("2025-12-30")]
    assert set(cells(table_three(2025, opened))) == {
        f"{row}.{column}" for row in ("new", "carried_out") for column in ("natural_person", TOTAL)
    }
    again = [*opened, decide_on("2026-01-05", "unable.needs_creation")]
    assert table_three(2025, again)["total_handled"][TOTAL] == 0
    assert table_three(2026, again)["unable.needs_creation"][TOTAL] == 1
    assert table_three(2026, again)["carried_in"][TOTAL] == 1
