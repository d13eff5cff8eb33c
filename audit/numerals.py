"""Numbers as officials write them: ``3119``, ``1,303``, ``十二``, ``两``, ``1.2万``, ``18万余``."""

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")}
DIGITS |= {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
MULTIPLIERS = {"万": 10**4, "亿": 10**8}

NUMBER = re.compile(
    r"(?P<before>约|近|超过|超|逾|不足|大约)?"
    r"(?P<digits>(?<![\d.\-])\d{1,3}(?:,\d{3})+(?![\d.])|(?<![\d.\-])\d+(?:\.\d+)?"
    r"|(?<![第零〇一二两三四五六七八九十百千])[零〇一二两三四五六七八九十百千]+)"
    r"(?P<more>[余多])?(?P<times>[万亿])?(?P<yet>[余多])?"
)
"""A number by itself; what it counts is for the reader of the clause to say."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number read; ``rounded`` where the words around it say that it is not the exact one."""

    value: Decimal
    rounded: bool


def numeral(found: re.Match[str]) -> Numeral:
    """Return the number of one match of ``NUMBER``."""
    digits = found["digits"]
    value = Decimal(digits.replace(",", "")) if digits[0].isdecimal() else Decimal(spelt(digits))
    scaled = value * MULTIPLIERS.get(found["times"] or "", 1)
    return Numeral(scaled, bool(found["before"] or found["more"] or found["yet"]))


def spelt(characters: str) -> int:
    """Return the number spelt in Chinese: ``二十一`` is 21, ``一百零三`` 103, ``二〇二四`` 2024."""
    if not set(characters) & set(TENS):
        return int("".join(str(DIGITS[one]) for one in characters))
    total, digit = 0, 0
    for one in characters:
        if one in TENS:
            total += (digit or 1) * TENS[one]
            digit = 0
        else:
            digit = DIGITS[one]
    return total + digit
