"""Limits in working days and the fee, from the text of the law (Art. 30; 国办函〔2020〕109号)."""

from datetime import date
from decimal import Decimal
from typing import Final

from workdays import published

TRANSIT_WORKING_DAYS: Final = 3
"""Allowance for mail on its way before a missing correction counts as a lapse."""
PAYMENT_WORKING_DAYS: Final = 20

_PAGE_STEPS: Final = ((30, 0), (100, 10), (200, 20))
"""(last page of the step, yuan for each of its pages)."""
_YUAN_PER_PAGE_BEYOND: Final = 40


def working_day_after(start: date, n: int) -> date:
    """Return the nth working day after `start`, which itself is not counted."""
    return published().after(start, n).day


def correction_lapses_on(limit: date) -> date:
    """Return the first working day after the limit and three more for mail in transit (Art. 30)."""
    return working_day_after(limit, TRANSIT_WORKING_DAYS + 1)


def fee_lapses_on(notice_received: date) -> date:
    """Return the first working day after the twentieth for paying (Fees Art. 6).

    The twenty count from the day after the applicant received the notice.
    """
    return working_day_after(notice_received, PAYMENT_WORKING_DAYS + 1)


def page_fee(pages: int) -> Decimal:
    """Return the fee in yuan for so many pages: 1-30 free, then 10, 20 and 40 yuan each."""
    fee, done = 0, 0
    for last, yuan in _PAGE_STEPS:
        fee += max(0, min(pages, last) - done) * yuan
        done = last
    return Decimal(fee + max(0, pages - done) * _YUAN_PER_PAGE_BEYOND)


def item_fee(place: int) -> Decimal:
    """Return the fee in yuan of the request in this place of the applicant's month.

    The first ten are free, the next twenty 100 yuan each; from the 31st each step of ten costs
    100 yuan more than the one before.
    """
    if place <= 10:
        return Decimal(0)
    if place <= 30:
        return Decimal(100)
    return Decimal(200 + (place - 31) // 10 * 100)


def items_fee(first: int, count: int) -> Decimal:
    """Add up the fee of `count` items, the first of which has place `first` in the month."""
    return sum((item_fee(place) for place in range(first, first + count)), Decimal(0))
