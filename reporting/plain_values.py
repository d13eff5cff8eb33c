"""Counts, sums of money and objects as they stand in JSON: what is one, and how it is written."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation


class MalformedValueError(ValueError):
    """A value that a report cannot hold; the text names its place."""


def plain_decimal(amount: Decimal) -> str:
    """Write an amount without exponent and without needless zeros: ``0``, ``1.25``."""
    text = format(amount.copy_abs(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def count(value: object, where: str) -> int:
    """Return the value when it is a count (an int, never negative, never a bool)."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise MalformedValueError(f"{where}: a count is a whole number from 0 upwards, not {value!r}")


def amount(value: object, where: str) -> Decimal:
    """Return a sum of money (a ``Decimal`` or its decimal string), finite and not negative."""
    if isinstance(value, (Decimal, str)):
        try:
            money = Decimal(value)
        except InvalidOperation:
            money = Decimal("NaN")
        if money.is_finite() and money >= 0:
            return money
    raise MalformedValueError(f"{where}: money is a decimal string from 0 upwards, not {value!r}")


def members(value: object, names: tuple[str, ...], where: str) -> Mapping[str, object]:
    """Return the object when it has exactly these members."""
    if not isinstance(value, Mapping):
        raise MalformedValueError(f"{where}: an object with {', '.join(names)} is expected")
    if set(value) != set(names):
        wrong = sorted(map(str, set(value) ^ set(names)))
        raise MalformedValueError(f"{where}: missing or unknown: {', '.join(wrong)}")
    return value
