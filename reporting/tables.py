"""Tables two, three and four of the annual report as frozen values.

Only counted figures live here: nothing in this module derives one cell from another, so that the
identities of the form stay checks and never become definitions.

Source: 国办公开办函〔2021〕30号 (form of the annual report).
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal

from disclosure.outcomes import COLUMNS, ROWS
from reporting.plain_values import amount, count, members, plain_decimal


@dataclass(frozen=True, slots=True)
class DocumentCounts:
    """Documents of one kind (件数): made this year, repealed this year, in force at its end.

    What is in force is a balance: it falls below 0 where more was repealed than is known to have
    been in force. A check finds that; the number stands as it was worked out.
    """

    issued: int
    repealed: int
    in_force: int

    def __post_init__(self) -> None:
        count(self.issued, "DocumentCounts.issued")
        count(self.repealed, "DocumentCounts.repealed")
        _balance(self.in_force, "DocumentCounts.in_force")


@dataclass(frozen=True, slots=True)
class Table2:
    """Table two, proactive disclosure (主动公开政府信息情况); fees in units of 10,000 yuan."""

    regulations: DocumentCounts
    normative_documents: DocumentCounts
    permits: int
    penalties: int
    coercive_measures: int
    fees_10k_yuan: Decimal

    def __post_init__(self) -> None:
        for name in ("permits", "penalties", "coercive_measures"):
            count(getattr(self, name), f"table2.{name}")
        amount(self.fees_10k_yuan, "table2.fees_10k_yuan")

    @classmethod
    def from_json(cls, data: object) -> "Table2":
        """Read the JSON form; raises ``MalformedValueError`` with the place of the fault."""
        table = members(data, TABLE2_MEMBERS, "table2")
        return cls(
            regulations=_documents(table, "regulations"),
            normative_documents=_documents(table, "normative_documents"),
            permits=count(table["permits"], "table2.permits"),
            penalties=count(table["penalties"], "table2.penalties"),
            coercive_measures=count(table["coercive_measures"], "table2.coercive_measures"),
            fees_10k_yuan=amount(table["fees_10k_yuan"], "table2.fees_10k_yuan"),
        )

    def as_json(self) -> dict[str, object]:
        """Return the JSON form; money as a decimal string."""
        return asdict(self) | {"fees_10k_yuan": plain_decimal(self.fees_10k_yuan)}

    def figures(self) -> Iterator[tuple[str, int | Decimal]]:
        """Yield every figure under its code, ``regulations.issued`` to ``fees_10k_yuan``."""
        for kind in DOCUMENT_KINDS:
            counts: DocumentCounts = getattr(self, kind)
            for field in DOCUMENT_FIELDS:
                yield f"{kind}.{field}", getattr(counts, field)
        for name in TABLE2_MEMBERS[len(DOCUMENT_KINDS) :]:
            yield name, getattr(self, name)


@dataclass(frozen=True, slots=True)
class Table3:
    """Table three, requests received and handled (收到和处理政府信息公开申请情况): 25 rows by 7.

    Make it with ``Table3.of``; ``counts`` holds the rows and columns in the order of the form.
    """

    counts: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, cells: Mapping[str, Mapping[str, int]]) -> "Table3":
        """Build from counted cells, all 25 rows with all 7 columns, totals among them.

        Raises ``MalformedValueError`` for a missing or unknown row or column and for a cell that
        is not a count.
        """
        return cls.from_json(cells)

    @classmethod
    def from_json(cls, data: object) -> "Table3":
        """Read the JSON form; raises ``MalformedValueError`` with the place of the fault."""
        rows = members(data, ROWS, "table3")
        by_row = [(row, members(rows[row], COLUMNS, f"table3.{row}")) for row in ROWS]
        return cls(
            tuple(
                tuple(count(cells[column], f"table3.{row}.{column}") for column in COLUMNS)
                for row, cells in by_row
            )
        )

    def cell(self, row: str, column: str) -> int:
        """Return one figure by the codes of its row and its column."""
        return self.counts[ROWS.index(row)][COLUMNS.index(column)]

    def as_json(self) -> dict[str, dict[str, int]]:
        """Return the JSON form, row by row in the order of the form."""
        return {
            row: dict(zip(COLUMNS, counts, strict=True))
            for row, counts in zip(ROWS, self.counts, strict=True)
        }

    def figures(self) -> Iterator[tuple[str, int]]:
        """Yield every figure under its code ``<row>.<column>``."""
        for row, cells in self.as_json().items():
            for column, number in cells.items():
                yield f"{row}.{column}", number


@dataclass(frozen=True, slots=True)
class ProceedingCounts:
    """Proceedings of one group by the state they had reached when the year ended (件)."""

    upheld: int
    corrected: int
    other: int
    pending: int
    total: int

    def __post_init__(self) -> None:
        _check_counts(self)


@dataclass(frozen=True, slots=True)
class Table4:
    """Table four, reconsideration and litigation (政府信息公开行政复议、行政诉讼情况)."""

    reconsideration: ProceedingCounts
    litigation_direct: ProceedingCounts
    litigation_after_reconsideration: ProceedingCounts

    @classmethod
    def from_json(cls, data: object) -> "Table4":
        """Read the JSON form; raises ``MalformedValueError`` with the place of the fault."""
        table = members(data, PROCEEDING_GROUPS, "table4")
        return cls(**{group: _proceedings(table, group) for group in PROCEEDING_GROUPS})

    def as_json(self) -> dict[str, object]:
        """Return the JSON form."""
        return asdict(self)

    def figures(self) -> Iterator[tuple[str, int]]:
        """Yield every figure under its code ``<group>.<state>``."""
        for group in PROCEEDING_GROUPS:
            counts: ProceedingCounts = getattr(self, group)
            for state in PROCEEDING_STATES:
                yield f"{group}.{state}", getattr(counts, state)


@dataclass(frozen=True, slots=True)
class Tables:
    """The three tables of one agency and one year."""

    table2: Table2
    table3: Table3
    table4: Table4

    @classmethod
    def zero(cls) -> "Tables":
        """Return the tables of a year in which nothing happened."""
        none, closed = DocumentCounts(0, 0, 0), ProceedingCounts(0, 0, 0, 0, 0)
        return cls(
            table2=Table2(none, none, 0, 0, 0, Decimal(0)),
            table3=Table3(((0,) * len(COLUMNS),) * len(ROWS)),
            table4=Table4(closed, closed, closed),
        )

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> "Tables":
        """Read ``table2``, ``table3``, ``table4`` out of an object; other members are let be."""
        return cls(
            table2=Table2.from_json(data.get("table2")),
            table3=Table3.from_json(data.get("table3")),
            table4=Table4.from_json(data.get("table4")),
        )

    def as_json(self) -> dict[str, object]:
        """Return the three tables as members of one object."""
        return {
            "table2": self.table2.as_json(),
            "table3": self.table3.as_json(),
            "table4": self.table4.as_json(),
        }

    def figures(self) -> dict[str, int | Decimal]:
        """Return every figure of the three tables under its code; no two tables share a code."""
        return dict([*self.table2.figures(), *self.table3.figures(), *self.table4.figures()])


DOCUMENT_KINDS = ("regulations", "normative_documents")
DOCUMENT_FIELDS = tuple(field.name for field in fields(DocumentCounts))
TABLE2_MEMBERS = tuple(field.name for field in fields(Table2))
PROCEEDING_GROUPS = tuple(field.name for field in fields(Table4))
PROCEEDING_STATES = tuple(field.name for field in fields(ProceedingCounts))


def _check_counts(counts: ProceedingCounts) -> None:
    for field in fields(counts):
        count(getattr(counts, field.name), f"{type(counts).__name__}.{field.name}")


def _documents(table: Mapping[str, object], kind: str) -> DocumentCounts:
    read = members(table[kind], DOCUMENT_FIELDS, f"table2.{kind}")
    where = f"table2.{kind}"
    return DocumentCounts(
        issued=count(read["issued"], f"{where}.issued"),
        repealed=count(read["repealed"], f"{where}.repealed"),
        in_force=_balance(read["in_force"], f"{where}.in_force"),
    )


def _balance(value: object, where: str) -> int:
    """Return the value when it is a whole number, below 0 too."""
    if isinstance(value, int) and value < 0:
        return value
    return count(value, where)


def _proceedings(table: Mapping[str, object], group: str) -> ProceedingCounts:
    read = members(table[group], PROCEEDING_STATES, f"table4.{group}")
    return ProceedingCounts(
        **{state: count(read[state], f"table4.{group}.{state}") for state in PROCEEDING_STATES}
    )
