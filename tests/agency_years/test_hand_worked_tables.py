"""Years small enough to be worked by hand from the dates in the law's own tables."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from tests.agency_years import codes
from tests.agency_years.facts import (
    Documents,
    Income,
    Opening,
    Proceeding,
    Request,
    Result,
    Scenario,
)
from tests.agency_years.pen import Pen
from tests.agency_years.periods import (
    correction_lapses_on,
    fee_lapses_on,
    item_fee,
    items_fee,
    page_fee,
    working_day_after,
)
from tests.agency_years.reckoning import in_10k_yuan, received_on, table2, table3, table4
from tests.agency_years.request_life import RequestLife


def a_life(on: date, until: date = date(2025, 12, 31)) -> RequestLife:
    pen = Pen(Random(1), "a", "R-1", on, until)  # noqa: S311 - repeatable, nothing secret
    return RequestLife(pen, Request("R-1", "business", "in_person", on))


def column(requests: list[Request], year: int, kind: str = "business") -> dict[str, int]:
    """Return the rows of one column that are not zero."""
    table = table3(requests, year)
    return {row: table[row][kind] for row in codes.ROWS if table[row][kind]}


@pytest.mark.parametrize(
    ("received", "worked"),
    [
        ("2025-09-17", "2025-09-26 2025-10-14 2025-10-21 2025-11-18"),
        ("2025-12-31", "2026-01-12 2026-01-22 2026-01-29 2026-03-04"),
        ("2026-02-14", "2026-03-03 2026-03-13 2026-03-20 2026-04-20"),
        ("2026-02-20", "2026-03-03 2026-03-13 2026-03-20 2026-04-20"),
    ],
)
def test_working_days_are_those_of_the_worked_dates(received: str, worked: str) -> None:
    start = date.fromisoformat(received)
    days = [working_day_after(start, n).isoformat() for n in (7, 15, 20, 40)]
    assert days == worked.split()


def test_a_correction_lapses_on_the_first_working_day_after_limit_and_transit() -> None:
    # Notice 2025-09-17, 15 working days: 10-14, a Tuesday; transit to Friday 10-17; then Monday.
    assert correction_lapses_on(date(2025, 10, 14)) == date(2025, 10, 20)


def test_a_fee_lapses_on_the_first_working_day_after_the_twentieth() -> None:
    # 2025-09-17 + 20 is 10-21; 2025-12-31 + 20 is 2026-01-29.
    assert fee_lapses_on(date(2025, 9, 17)) == date(2025, 10, 22)
    assert fee_lapses_on(date(2025, 12, 31)) == date(2026, 1, 30)


@pytest.mark.parametrize(
    ("place", "fee", "month"),
    [
        (10, 0, 0),
        (11, 100, 100),
        (30, 100, 2000),
        (31, 200, 2200),
        (40, 200, 4000),
        (41, 300, 4300),
        (60, 400, 11000),
    ],
)
def test_items_cost_what_the_law_s_table_says(place: int, fee: int, month: int) -> None:
    assert item_fee(place) == fee
    assert items_fee(1, place) == month


@pytest.mark.parametrize(
    ("pages", "fee"),
    [(30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (500, 14700)],
)
def test_pages_cost_what_the_law_s_table_says(pages: int, fee: int) -> None:
    assert page_fee(pages) == fee


def test_a_request_sent_on_31_december_and_confirmed_on_2_january_is_the_new_year_s() -> None:
    request = Request(
        "R-1", "business", "online", date(2023, 12, 31), confirmed_on=date(2024, 1, 2)
    )
    assert column([request], 2023) == {}
    assert column([request], 2024) == {"new": 1, "carried_out": 1}


@pytest.mark.parametrize(
    ("channel", "day"),
    [("oral", 1), ("in_person", 1), ("registered_mail", 2), ("ordinary_mail", 3), ("fax", 3)],
)
def test_the_channel_tells_which_day_is_the_day_of_receipt(channel: str, day: int) -> None:
    request = Request(
        "R-1", "business", channel, date(2024, 3, 1), date(2024, 3, 2), date(2024, 3, 3)
    )
    assert received_on(request) == date(2024, 3, day)


def test_an_unanswered_correction_of_december_is_carried_over_and_lapses_in_january() -> None:
    # 2025-12-31 + 15 is 2026-01-22, three more 01-27, the next 01-28.
    life = a_life(date(2025, 12, 31))
    life.request_correction(15, as_date=False)
    life.lapse()
    assert life.request.results == [Result(date(2026, 1, 28), codes.CORRECTION_LAPSED)]
    assert column([life.request], 2025) == {"new": 1, "carried_out": 1}
    assert column([life.request], 2026) == {
        "carried_in": 1,
        codes.CORRECTION_LAPSED: 1,
        "total_handled": 1,
    }


def test_a_voided_result_moves_back_and_the_request_is_carried_on_until_decided_again() -> None:
    life = a_life(date(2023, 11, 1))
    life.pen.move_to(date(2023, 11, 20))
    life.decide("granted")
    assert column([life.request], 2023) == {"new": 1, "granted": 1, "total_handled": 1}
    life.pen.move_to(date(2024, 2, 1))
    life.reopen()
    assert column([life.request], 2023) == {"new": 1, "carried_out": 1}
    life.pen.move_to(date(2024, 3, 1))
    life.decide("partial")
    assert column([life.request], 2024) == {"carried_in": 1, "partial": 1, "total_handled": 1}


def test_a_reclassified_result_stays_in_the_year_of_the_first_one() -> None:
    life = a_life(date(2023, 11, 1))
    life.decide("granted")
    life.pen.move_to(date(2024, 2, 1))
    life.reclassify("partial")
    assert column([life.request], 2023) == {"new": 1, "partial": 1, "total_handled": 1}
    assert column([life.request], 2024) == {}


def test_a_proceeding_is_pending_each_year_until_it_is_concluded() -> None:
    group = "litigation_direct"
    lawsuit = Proceeding("S-1", group, date(2021, 6, 1), date(2023, 2, 1), "corrected")
    states = {year: table4([lawsuit], year)[group] for year in (2020, 2021, 2022, 2023, 2024)}
    counted = {year: {s: n for s, n in row.items() if n} for year, row in states.items()}
    assert counted == {
        2020: {},
        2021: {"pending": 1, "total": 1},
        2022: {"pending": 1, "total": 1},
        2023: {"corrected": 1, "total": 1},
        2024: {},
    }


def test_table_two_adds_up_documents_and_money() -> None:
    scenario = Scenario(0, "a", "某局", (2022, 2023), date(2022, 1, 1), date(2023, 12, 31))
    kind = "normative_documents"
    scenario.openings = [Opening(2022, kind, 40)]
    scenario.documents = [
        Documents(date(2022, 5, 1), kind, 3, 1),
        Documents(date(2023, 5, 1), kind, 0, 2),
    ]
    scenario.incomes = [Income(date(2023, 5, 1), Decimal("12345.60"))]
    assert table2(scenario, 2022)[kind] == {"issued": 3, "repealed": 1, "in_force": 42}
    assert table2(scenario, 2023) == {
        "regulations": {"issued": 0, "repealed": 0, "in_force": 0},
        kind: {"issued": 0, "repealed": 2, "in_force": 40},
        "permits": 0,
        "penalties": 0,
        "coercive_measures": 0,
        "fees_10k_yuan": "1.23456",
    }


@pytest.mark.parametrize(
    ("yuan", "written"), [("0", "0"), ("100000", "10"), ("5000.00", "0.5"), ("0.01", "0.000001")]
)
def test_money_is_written_plainly_in_units_of_ten_thousand(yuan: str, written: str) -> None:
    assert in_10k_yuan(Decimal(yuan)) == written
