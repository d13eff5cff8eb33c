"""How officials write things: shared by every sentence and every page."""

from datetime import date

from disclosure.event import Clock

PROVISIONAL = "（暂定，待节假日安排公布后重新计算）"
"""Stands after a day that lies beyond the published calendar."""


def chinese_date(day: date) -> str:
    """Write a date as officials do: 2024年6月13日."""
    return f"{day.year}年{day.month}月{day.day}日"


def due_words(clock: Clock | None) -> str:
    """Say until when the period runs; nothing where none is known."""
    if clock is None:
        return ""
    mark = PROVISIONAL if clock.provisional else ""
    return f"，答复期限至{chinese_date(clock.due_on)}{mark}"
