"""What a sentence says of a figure in the tables, ready to be held against it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from disclosure.outcomes import CARRIED_IN, CARRIED_OUT, COLUMNS, NEW, TOTAL, TOTAL_HANDLED

Reading: TypeAlias = tuple[str, ...]
"""Codes of the cells whose sum the words may mean."""

REQUESTS, RESULTS, PROCEEDINGS, DOCUMENTS, FEES = (
    f"text.{subject}" for subject in ("requests", "results", "proceedings", "documents", "fees")
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number in a sentence and the figures it may stand for.

    Attributes:
        rule: the rule whose finding a disagreement is.
        figure: the figure in the words of the form, with its table.
        value: what the sentence says.
        readings: what the words may mean; the first is what they say to the letter.
        hinted: readings that explain the number but not the words: a warning.
        doubt: why a disagreement is not certain, in Chinese; None where it is.
        doubt_below: why a number below the table's is not certain to be wrong.
        spare: cells that a shortfall must not exceed for that doubt to hold; empty where any does.
        sentence: as printed.
        denial: the sentence says that there was none.
        least: a figure that must be no less than what is said, where the first reading is not
            known: a sum of which this is a part.
    """

    rule: str
    figure: str
    value: Decimal
    readings: tuple[Reading, ...]
    sentence: str
    hinted: tuple[Reading, ...] = ()
    doubt: str | None = None
    doubt_below: str | None = None
    spare: Reading = ()
    denial: bool = False
    least: Reading = ()


APPLICANTS = tuple(column for column in COLUMNS if column != TOTAL)
ORGANISATIONS = tuple(column for column in APPLICANTS if column != "natural_person")


def in_columns(reading: Reading, columns: tuple[str, ...]) -> Reading:
    """Return the same rows of table three in other columns than 总计."""
    rows = [code.removesuffix(f".{TOTAL}") for code in reading]
    return tuple(f"{row}.{column}" for row in rows for column in columns)


def of_rows(*rows: str) -> Reading:
    """Return the reading that adds up rows of table three in the column 总计."""
    return tuple(f"{row}.{TOTAL}" for row in rows)


NEW_ONLY = of_rows(NEW)
CAME = of_rows(NEW, CARRIED_IN)
BROUGHT_OVER = of_rows(CARRIED_IN)
HANDLED = of_rows(TOTAL_HANDLED)
TAKEN_OVER = of_rows(CARRIED_OUT)
