"""Reading what was typed into one field: text to value, or one sentence why not."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final


class Kind(StrEnum):
    """How a field is asked for."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    YES_NO = "yes_no"


class UnreadableError(ValueError):
    """What was typed is none of this kind; the words follow the field's label."""


_LONGEST: Final = 20_000
"""Characters; a text longer than this belongs into an attachment."""
_DATE: Final = re.compile(r"(19|2[0-9])[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}")
_SEPARATED: Final = re.compile("[年月./]")
_WHOLE: Final = re.compile(r"[0-9]{1,9}")
_AMOUNT: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")


def _text(text: str) -> str:
    if len(text) > _LONGEST:
        raise UnreadableError(f"不能超过 {_LONGEST} 字")
    return text


def _date(text: str) -> date:
    """Read a date as browsers send it, and as people type it where they do not."""
    plain = _SEPARATED.sub("-", text.removesuffix("日"))
    if not _DATE.fullmatch(plain):
        raise UnreadableError("须为日期，写作 2025-03-07")
    year, month, day = map(int, plain.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableError("：没有这一天，请核对") from None


def _number(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise UnreadableError("须为整数，如 20")
    return int(text)


def _money(text: str) -> Decimal:
    if not _AMOUNT.fullmatch(text):
        raise UnreadableError("须为金额（元），最多两位小数，如 40.00")
    return Decimal(text)


READERS: Mapping[Kind, Callable[[str], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.DATE: _date,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.CHOICE: _text,
    Kind.YES_NO: lambda text: text == "yes",
}
