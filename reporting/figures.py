"""Every figure a report's text may name: the tables, what was published, the fees.

A figure's name is the code of its cell (``new.natural_person``, ``reconsideration.total``); a row
alone means its total column. What was published is named by channel and category in the agency's
own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from disclosure.outcomes import COLUMNS, RESULT_ROWS, ROWS, TOTAL
from reporting.plain_values import plain_decimal
from reporting.tables import Tables

PUBLISHED = "published."
FEES = ("fees.notices", "fees.demanded", "fees.received")
RESULT_GROUPS = ("refused", "unable", "not_processed", "other")


@dataclass(frozen=True, slots=True)
class Fees:
    """The information processing fee (信息处理费) of the year: notices, yuan asked and paid."""

    notices: int = 0
    demanded: Decimal = Decimal(0)
    received: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figures:
    """What the text of one report may quote; ``published`` counts items by (channel, category)."""

    tables: Tables
    published: Mapping[tuple[str, str], int] = field(default_factory=dict)
    fees: Fees = field(default_factory=Fees)

    def published_by_channel(self) -> dict[str, int]:
        """Return the items published in each channel (发布渠道), in the order of first mention."""
        channels: dict[str, int] = {}
        for (channel, _), items in self.published.items():
            channels[channel] = channels.get(channel, 0) + items
        return channels

    def named(self) -> dict[str, str]:
        """Return every figure by its name, written as it is printed."""
        values = _results_by_group(self.tables) | self.tables.figures()
        values |= {row: values[f"{row}.{TOTAL}"] for row in (*ROWS, *RESULT_GROUPS)}
        values |= self._published()
        values |= dict(
            zip(FEES, (self.fees.notices, self.fees.demanded, self.fees.received), strict=True)
        )
        return {name: printed(value) for name, value in values.items()}

    def _published(self) -> dict[str, int]:
        # A channel may have a dot in its name and so look like another channel with a category:
        # the longer channel is written last and is the one that holds.
        names: dict[str, int] = {}
        channels = self.published_by_channel()
        for channel in sorted(channels, key=len):
            for (its_channel, category), items in self.published.items():
                if its_channel == channel:
                    names[f"{PUBLISHED}{channel}.{category}"] = items
        for channel, items in channels.items():
            names[f"{PUBLISHED}{channel}"] = items
        names[f"{PUBLISHED}{TOTAL}"] = sum(self.published.values())
        return names


def printed(value: int | Decimal) -> str:
    """Write a figure as it stands in a table or a sentence: no grouping, no exponent."""
    return plain_decimal(value) if isinstance(value, Decimal) else str(value)


def known_names() -> frozenset[str]:
    """Return every name that exists whatever the agency published."""
    return frozenset(Figures(Tables.zero()).named())


def _results_by_group(tables: Tables) -> dict[str, int | Decimal]:
    table3 = tables.table3
    return {
        f"{group}.{column}": sum(
            table3.cell(row, column) for row in RESULT_ROWS if row.startswith(f"{group}.")
        )
        for group in RESULT_GROUPS
        for column in COLUMNS
    }
