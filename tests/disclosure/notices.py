"""Invented holiday notices, for the years no real one has been published for."""

from datetime import date

from workdays import Calendar, Holiday, Notice, published, published_with

UNPUBLISHED = published().published_through.year + 1
"""The first year nothing has been published for; it moves on with each release."""


def invented_notice(year: int = UNPUBLISHED, last_day_off: int = 5) -> Notice:
    """Give 1 January to `last_day_off` January off, and work no weekend for it."""
    return Notice(
        number=f"（虚构）国办发明电〔{year - 1}〕9号",
        title=f"（虚构）关于{year}年部分节假日安排的通知",
        year=year,
        issued_on=date(year - 1, 11, 1),
        published_on=date(year - 1, 11, 1),
        source="（虚构）",
        holidays=(Holiday(name="元旦", first=date(year, 1, 1), last=date(year, 1, last_day_off)),),
    )


def with_invented_notice() -> Calendar:
    """Return the published calendar and one invented year more."""
    return published_with([invented_notice()])
