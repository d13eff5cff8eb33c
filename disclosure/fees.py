"""信息处理费: what a request costs, and how it comes about step by step (国办函〔2020〕109号).

Only for number or frequency clearly beyond reason. Two modes, both progressive on the excess: by
items (按件), where a request costs what its own place in the applicant's month costs, and by pages
(按量) of one request. All amounts are whole yuan.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from disclosure.refusals import Refused
from disclosure.request_commands import FeeMode


@dataclass(frozen=True, slots=True)
class Step:
    """A band of the scale.

    Attributes:
        first, last: items or pages the band covers, both included.
        each: yuan for each of them.
    """

    first: int
    last: int
    each: int

    @property
    def count(self) -> int:
        """How many items or pages lie in the band."""
        return self.last - self.first + 1

    @property
    def amount(self) -> int:
        """What the band comes to, in yuan."""
        return self.count * self.each


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee and the steps it is the sum of."""

    amount: int
    steps: tuple[Step, ...]


_PAGE_BANDS: Sequence[tuple[int, int | None, int]] = (
    (1, 30, 0),
    (31, 100, 10),
    (101, 200, 20),
    (201, None, 40),
)

_FREE_ITEMS = 10
_FIRST_BAND_ENDS = 30
_BAND = 10
_RISE = 100
_LARGEST = 10**6


def fee_by(mode: FeeMode, quantity: int, before: int = 0) -> Fee:
    """Return a fee by the mode the agency has chosen; the earlier items count by items alone."""
    return page_fee(quantity) if mode == "pages" else item_fee(quantity, before)


def page_fee(pages: int) -> Fee:
    """Return the fee of one request by pages: 30 free, then 10, 20 and 40 yuan a page.

    Raises:
        Refused: fewer than one page.
    """
    _plausible(pages, "页数")
    steps = tuple(
        Step(first, pages if last is None else min(last, pages), each)
        for first, last, each in _PAGE_BANDS
        if first <= pages
    )
    return Fee(sum(step.amount for step in steps), steps)


def price_of_item(nth: int) -> int:
    """Return what the nth item of an applicant's month costs, in yuan.

    1-10 nothing; 11-30: 100; from 31 in steps of ten, each 100 more.
    """
    if nth <= _FREE_ITEMS:
        return 0
    if nth <= _FIRST_BAND_ENDS:
        return _RISE
    return _RISE * (2 + (nth - _FIRST_BAND_ENDS - 1) // _BAND)


def item_fee(items: int, before: int = 0) -> Fee:
    """Return the fee of `items` items that follow `before` others of the month.

    Args:
        items: how many items (件) the request counts for, or a whole month's with `before` 0.
        before: the applicant's earlier items of the calendar month in this agency.

    Raises:
        Refused: fewer than one item, or fewer than none before.
    """
    _plausible(items, "件数")
    if before < 0:
        raise Refused("out_of_range", "quantity", "此前件数不能小于 0")
    steps: list[Step] = []
    nth, last = before + 1, before + items
    while nth <= last:
        end = min(last, _band_end(nth))
        steps.append(Step(nth, end, price_of_item(nth)))
        nth = end + 1
    return Fee(sum(step.amount for step in steps), tuple(steps))


def _band_end(nth: int) -> int:
    """Return the last item that costs as much as the nth."""
    if nth <= _FREE_ITEMS:
        return _FREE_ITEMS
    if nth <= _FIRST_BAND_ENDS:
        return _FIRST_BAND_ENDS
    return -(-nth // _BAND) * _BAND


def _plausible(quantity: int, what: str) -> None:
    if not 1 <= quantity <= _LARGEST:
        raise Refused("out_of_range", "quantity", f"{what}须不小于 1、不大于 {_LARGEST}")
