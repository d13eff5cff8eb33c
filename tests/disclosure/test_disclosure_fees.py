"""信息处理费: the two scales against amounts worked out by hand (国办函〔2020〕109号)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.fees import Fee, Step, item_fee, page_fee, price_of_item
from disclosure.refusals import Refused

ITEMS = [
    # nth, its fee, the month so far
    (1, 0, 0),
    (10, 0, 0),
    (11, 100, 100),
    (30, 100, 2000),
    (31, 200, 2200),
    (40, 200, 4000),
    (41, 300, 4300),
    (50, 300, 7000),
    (51, 400, 7400),
    (60, 400, 11000),
    (61, 500, 11500),
    (100, 800, 37000),
]
PAGES = [
    (1, 0),
    (30, 0),
    (31, 10),
    (100, 700),
    (101, 720),
    (200, 2700),
    (201, 2740),
    (500, 14700),
]
MANY = st.integers(1, 1500)


@pytest.mark.parametrize(("nth", "price", "month"), ITEMS)
def test_an_item_costs_what_its_place_in_the_month_costs(nth: int, price: int, month: int) -> None:
    assert price_of_item(nth) == price
    assert item_fee(1, before=nth - 1).amount == price
    assert item_fee(nth).amount == month


@pytest.mark.parametrize(("pages", "amount"), PAGES)
def test_pages_are_charged_on_the_excess_only(pages: int, amount: int) -> None:
    assert page_fee(pages).amount == amount


def test_the_steps_of_a_fee_by_pages_are_the_bands_it_reaches_into() -> None:
    assert page_fee(201) == Fee(
        2740,
        (Step(1, 30, 0), Step(31, 100, 10), Step(101, 200, 20), Step(201, 201, 40)),
    )
    assert page_fee(30).steps == (Step(1, 30, 0),)


def test_the_steps_of_a_fee_by_items_are_the_bands_it_reaches_into() -> None:
    assert item_fee(41) == Fee(
        4300,
        (Step(1, 10, 0), Step(11, 30, 100), Step(31, 40, 200), Step(41, 41, 300)),
    )


def test_items_that_straddle_two_bands_are_charged_in_each() -> None:
    assert item_fee(4, before=9) == Fee(300, (Step(10, 10, 0), Step(11, 13, 100)))
    assert item_fee(12, before=29) == Fee(
        2400, (Step(30, 30, 100), Step(31, 40, 200), Step(41, 41, 300))
    )


def test_a_step_says_how_many_it_covers_and_what_they_come_to() -> None:
    step = Step(31, 100, 10)
    assert (step.count, step.amount) == (70, 700)


@pytest.mark.parametrize("quantity", [-1, 0, 10**6 + 1])
def test_a_quantity_that_cannot_be_is_refused(quantity: int) -> None:
    for scale in (page_fee, item_fee):
        with pytest.raises(Refused) as refused:
            scale(quantity)
        assert (refused.value.code, refused.value.field) == ("out_of_range", "quantity")


def test_fewer_than_no_items_before_are_refused() -> None:
    with pytest.raises(Refused):
        item_fee(1, before=-1)


def cost_of_page(nth: int) -> int:
    """Return what the nth page adds, read off the scale a page at a time."""
    return 0 if nth <= 30 else 10 if nth <= 100 else 20 if nth <= 200 else 40


def cost_of_item(nth: int) -> int:
    """Return what the nth item costs, climbing a band of ten at a time."""
    if nth <= 10:
        return 0
    cost, band_ends = 100, 30
    while nth > band_ends:
        cost, band_ends = cost + 100, band_ends + 10
    return cost


@given(MANY)
def test_pages_charged_one_by_one_come_to_the_same(pages: int) -> None:
    assert page_fee(pages).amount == sum(cost_of_page(nth) for nth in range(1, pages + 1))


@given(MANY, st.integers(0, 500))
def test_items_charged_one_by_one_come_to_the_same(items: int, before: int) -> None:
    places = range(before + 1, before + items + 1)
    assert item_fee(items, before).amount == sum(cost_of_item(nth) for nth in places)


@given(st.integers(1, 300), st.integers(1, 300))
def test_a_months_items_charged_in_two_parts_come_to_the_whole(first: int, second: int) -> None:
    parts = item_fee(first).amount + item_fee(second, before=first).amount
    assert parts == item_fee(first + second).amount


@given(MANY, st.integers(0, 500))
def test_the_steps_follow_each_other_without_gap_and_add_up(items: int, before: int) -> None:
    for fee, first, last in (
        (page_fee(items), 1, items),
        (item_fee(items, before), before + 1, before + items),
    ):
        covered = [n for step in fee.steps for n in range(step.first, step.last + 1)]
        assert covered == list(range(first, last + 1))
        assert fee.amount == sum(step.amount for step in fee.steps)
        assert [step.each for step in fee.steps] == sorted({step.each for step in fee.steps})
