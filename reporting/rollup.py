"""Roll-up (汇总): figures of many agencies added cell by cell, and the way back from a sum.

Counts and money are added exactly. No cell of a sum is worked out from another cell of it, so the
identities of the form stay checks of the sum, too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Context, Decimal, Inexact, localcontext

from disclosure.rollup_events import RollupMember
from reporting.figures import Fees, Figures
from reporting.tables import (
    PROCEEDING_GROUPS,
    DocumentCounts,
    ProceedingCounts,
    Table2,
    Table3,
    Table4,
    Tables,
)

_EXACT = Context(prec=100, traps=[Inexact])
"""Money is added to the last digit; a sum that could not be would be an error, not a rounding."""

Amount = int | Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """What one member brings into a roll-up.

    Attributes:
        member: which of its reports, and who is counted in it.
        name: of the agency.
        figures: as published.
    """

    member: RollupMember
    name: str
    figures: Figures

    @property
    def agency(self) -> str:
        """The member's id."""
        return self.member.agency


def sum_figures(parts: Iterable[Figures]) -> Figures:
    """Add tables, published items by channel and category, and fees."""
    given = list(parts)
    published: dict[tuple[str, str], int] = {}
    for part in given:
        for place, items in part.published.items():
            published[place] = published.get(place, 0) + items
    return Figures(
        tables=sum_tables(part.tables for part in given),
        published=published,
        fees=Fees(
            notices=sum(part.fees.notices for part in given),
            demanded=sum_money(part.fees.demanded for part in given),
            received=sum_money(part.fees.received for part in given),
        ),
    )


def sum_tables(parts: Iterable[Tables]) -> Tables:
    """Add tables cell by cell, 现行有效 too; of none, the tables of a year without facts."""
    given = [Tables.zero(), *parts]
    return Tables(
        table2=_sum_table2([part.table2 for part in given]),
        table3=Table3(
            tuple(
                tuple(map(sum, zip(*rows, strict=True)))
                for rows in zip(*(part.table3.counts for part in given), strict=True)
            )
        ),
        table4=Table4(
            **{
                group: ProceedingCounts(*_sum_fields([getattr(p.table4, group) for p in given]))
                for group in PROCEEDING_GROUPS
            }
        ),
    )


def sum_money(amounts: Iterable[Decimal]) -> Decimal:
    """Add sums of money without losing a digit."""
    with localcontext(_EXACT):
        return sum(amounts, Decimal(0))


def shares_of(members: Mapping[str, Tables], code: str) -> dict[str, Amount]:
    """Return what each member brings to a cell, 0 left out: the way back from a sum.

    Raises:
        KeyError: there is no such cell.
    """
    brought = {agency: tables.figures()[code] for agency, tables in members.items()}
    return {agency: amount for agency, amount in brought.items() if amount}


def _sum_table2(tables: Sequence[Table2]) -> Table2:
    return Table2(
        regulations=DocumentCounts(*_sum_fields([table.regulations for table in tables])),
        normative_documents=DocumentCounts(
            *_sum_fields([table.normative_documents for table in tables])
        ),
        permits=sum(table.permits for table in tables),
        penalties=sum(table.penalties for table in tables),
        coercive_measures=sum(table.coercive_measures for table in tables),
        fees_10k_yuan=sum_money(table.fees_10k_yuan for table in tables),
    )


def _sum_fields(counts: Sequence[DocumentCounts] | Sequence[ProceedingCounts]) -> list[int]:
    return [sum(getattr(count, field.name) for count in counts) for field in fields(counts[0])]
