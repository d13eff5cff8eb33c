"""The answer period in words, as several sentences end with it."""

from disclosure.chinese import PROVISIONAL, chinese_date
from disclosure.event import Clock


def due_words(clock: Clock | None) -> str:
    """Say until when the period runs; nothing where none is known."""
    if clock is None:
        return ""
    mark = PROVISIONAL if clock.provisional else ""
    return f"，答复期限至{chinese_date(clock.due_on)}{mark}"
