"""Table two (主动公开政府信息情况), published information and fees: yearly amounts by item.

A row is an amount: of what, for which agency and year. Counts and money are both exact decimals,
kept as text, because neither database's number type is.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

import sqlalchemy as sa

from disclosure.addresses import agency_of
from disclosure.agency_events import (
    DecisionsRecorded,
    DocumentsOpened,
    DocumentsRecorded,
    FeeIncomeRecorded,
    InformationPublished,
)
from disclosure.event import Event
from disclosure.matter_events import FeeCharged, FeePaid
from eventstore import RecordedEvent
from projections.folding import Key, Row, metadata

PUBLISHED = "published"
FEE_INCOME = "fee_income"
FEE_NOTICES = "fee_notices"
FEES_DEMANDED = "fees_demanded"
FEES_RECEIVED = "fees_received"


def _fee_notice(event: FeeCharged) -> dict[tuple[str, str, str], Decimal]:
    """A notice that asks for nothing, all of it in the free band, is no notice of a fee."""
    if not event.amount_yuan:
        return {}
    return {
        (FEE_NOTICES, "", ""): Decimal(1),
        (FEES_DEMANDED, "", ""): event.amount_yuan,
    }


def _documents(event: DocumentsRecorded) -> dict[tuple[str, str, str], Decimal]:
    return {
        ("issued", event.kind, ""): Decimal(event.issued),
        ("repealed", event.kind, ""): Decimal(event.repealed),
    }


class Publication:
    """One row an agency, year and item."""

    name: ClassVar[str] = "publication"
    version: ClassVar[int] = 2
    table: ClassVar[sa.Table] = sa.Table(
        "publication_v2",
        metadata,
        sa.Column("agency", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("category", sa.Text, primary_key=True),
        sa.Column("amount", sa.Text, nullable=False),
        sa.Column("first_position", sa.Integer, nullable=False),
    )
    amounts: ClassVar[Mapping[type[Event], Any]] = {
        DocumentsOpened: lambda event: {("opening", event.kind, ""): Decimal(event.in_force)},
        DocumentsRecorded: _documents,
        DecisionsRecorded: lambda event: {("decisions", event.kind, ""): Decimal(event.count)},
        FeeIncomeRecorded: lambda event: {(FEE_INCOME, "", ""): event.amount_yuan},
        FeeCharged: _fee_notice,
        FeePaid: lambda event: {(FEES_RECEIVED, "", ""): event.amount_yuan},
        InformationPublished: lambda event: {
            (PUBLISHED, event.channel, event.category): Decimal(event.count)
        },
    }

    @cached_property
    def types(self) -> frozenset[str]:
        """The event types this projection reads."""
        return frozenset(kind.type for kind in self.amounts)

    def keys(self, event: RecordedEvent, content: Any) -> Sequence[Key]:
        """Return the amounts an event adds to."""
        agency, year = agency_of(event.stream), event.legal_date.year
        return [(agency, year, *item) for item in self.amounts[type(content)](content)]

    def apply(self, key: Key, row: Row | None, event: RecordedEvent, content: Any) -> Row | None:
        """Return the amount after the event; pure."""
        agency, year, item, kind, category = key
        added = self.amounts[type(content)](content)[item, kind, category]
        before = Decimal(row["amount"]) if row is not None else Decimal(0)
        return {
            "agency": agency,
            "year": year,
            "item": item,
            "kind": kind,
            "category": category,
            "amount": str(before + added),
            "first_position": row["first_position"] if row is not None else event.position,
        }


class YearlyAmounts:
    """The amounts of one agency, ready to be asked."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._amounts = {
            (row["year"], row["item"], row["kind"], row["category"]): Decimal(row["amount"])
            for row in sorted(rows, key=lambda row: row["first_position"])
        }

    def count(self, year: int, item: str, kind: str) -> int:
        """Return a count of the year, 0 where nothing was recorded."""
        return int(self._amounts.get((year, item, kind, ""), 0))

    def in_force(self, year: int, kind: str) -> int:
        """Return 现行有效件数 at the end of the year: last year's + issued - repealed.

        The chain begins with the last opening balance on record, or with none in force.
        """
        opened = [
            known
            for known, item, its_kind, _ in self._amounts
            if item == "opening" and its_kind == kind and known <= year
        ]
        recorded = [
            known for known, _, its_kind, _ in self._amounts if its_kind == kind and known <= year
        ]
        start = max(opened, default=min(recorded, default=year))
        total = self.count(start, "opening", kind)
        for each in range(start, year + 1):
            total += self.count(each, "issued", kind) - self.count(each, "repealed", kind)
        return total

    def information_fees(self, year: int) -> tuple[int, Decimal, Decimal]:
        """Return 信息处理费 of the year: notices, yuan demanded, yuan received."""
        amounts = [
            self._amounts.get((year, item, "", ""), Decimal(0))
            for item in (FEE_NOTICES, FEES_DEMANDED, FEES_RECEIVED)
        ]
        return int(amounts[0]), amounts[1], amounts[2]

    def fee_income(self, year: int) -> Decimal:
        """Return 行政事业性收费 of the year in yuan."""
        return self._amounts.get((year, FEE_INCOME, "", ""), Decimal(0))

    def published(self, year: int) -> dict[tuple[str, str], int]:
        """Return what was published in the year by (channel, category), oldest first."""
        return {
            (kind, category): int(amount)
            for (its_year, item, kind, category), amount in self._amounts.items()
            if item == PUBLISHED and its_year == year
        }
