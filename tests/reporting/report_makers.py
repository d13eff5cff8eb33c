"""Tables and reports for the tests of this room: one from life, one large, and any at random."""

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import strategies as st

from disclosure.outcomes import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    NEW,
    RESULT_ROWS,
    ROWS,
    TOTAL,
    TOTAL_HANDLED,
)
from reporting.annual_report import AnnualReport, Rules, assemble
from reporting.figures import Fees, Figures
from reporting.narrative import Sections
from reporting.tables import (
    DocumentCounts,
    ProceedingCounts,
    Table2,
    Table3,
    Table4,
    Tables,
)

Cells = dict[str, dict[str, int]]
APPLICANTS = COLUMNS[:-1]


def table3_of(cells: Mapping[str, Mapping[str, int]]) -> Table3:
    """Fill a table three from the cells that are not zero."""
    return Table3.of(
        {row: {column: cells.get(row, {}).get(column, 0) for column in COLUMNS} for row in ROWS}
    )


def one_request() -> Tables:
    """The tables of a bureau in Baoding for 2024: one request, from a natural person, not held."""
    one = {"natural_person": 1, TOTAL: 1}
    table3 = table3_of({NEW: one, "unable.not_held": one, TOTAL_HANDLED: one})
    return Tables(Tables.zero().table2, table3, Tables.zero().table4)


def city() -> Tables:
    """Tables of the size of a city: about three thousand requests, proceedings in every group."""
    counted = {
        NEW: (2883, 53, 0, 0, 61, 3),
        CARRIED_IN: (34, 0, 0, 0, 0, 0),
        "granted": (1288, 21, 0, 0, 50, 3),
        "partial": (447, 7, 0, 0, 0, 0),
        "refused.process_information": (176, 2, 0, 0, 0, 0),
        "unable.not_held": (746, 12, 0, 0, 10, 0),
        "not_processed.petition": (56, 6, 0, 0, 0, 0),
        "other.other": (108, 5, 0, 0, 1, 0),
        TOTAL_HANDLED: (2821, 53, 0, 0, 61, 3),
        CARRIED_OUT: (96, 0, 0, 0, 0, 0),
    }
    return Tables(
        Table2(
            DocumentCounts(1, 0, 11),
            DocumentCounts(8, 26, 66),
            447228,
            3985758,
            88283,
            Decimal("96171.60"),
        ),
        table3_of(
            {
                row: dict(zip(COLUMNS, (*numbers, sum(numbers)), strict=True))
                for row, numbers in counted.items()
            }
        ),
        Table4(
            ProceedingCounts(72, 64, 178, 37, 351),
            ProceedingCounts(13, 4, 8, 1, 26),
            ProceedingCounts(12, 1, 1, 6, 20),
        ),
    )


def a_report(
    tables: Tables | None = None,
    *,
    agency: str = "保定市商务局",
    texts: Sections | None = None,
    known_at: str | None = None,
    published: Mapping[tuple[str, str], int] | None = None,
    fees: Fees | None = None,
) -> AnnualReport:
    """Assemble a report of 2024."""
    return assemble(
        agency=agency,
        agency_id="baoding-commerce",
        year=2024,
        version=1,
        known_at=known_at,
        log_position=17,
        rules=Rules("2021-30", "2024.1"),
        figures=Figures(tables or one_request(), published or {}, fees or Fees()),
        texts=texts or Sections(),
    )


COUNTS = st.integers(0, 99999)
MONEY = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=4)
DOCUMENTS = st.builds(DocumentCounts, COUNTS, COUNTS, COUNTS)
PROCEEDINGS = st.builds(ProceedingCounts, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)


@st.composite
def any_table3(draw: st.DrawFn) -> Table3:
    """Any 175 counts, whether they agree or not."""
    size = len(ROWS) * len(COLUMNS)
    numbers = iter(draw(st.lists(COUNTS, min_size=size, max_size=size)))
    return Table3.of({row: {column: next(numbers) for column in COLUMNS} for row in ROWS})


ANY_TABLES = st.builds(
    Tables,
    st.builds(Table2, DOCUMENTS, DOCUMENTS, COUNTS, COUNTS, COUNTS, MONEY),
    any_table3(),
    st.builds(Table4, PROCEEDINGS, PROCEEDINGS, PROCEEDINGS),
)


@st.composite
def balanced_cells(draw: st.DrawFn) -> Cells:
    """Cells of a table three in which all 39 identities hold."""
    small = st.integers(0, 500)
    cells: Cells = {row: {} for row in ROWS}
    for column in APPLICANTS:
        for row in RESULT_ROWS:
            cells[row][column] = draw(small)
        handled = sum(cells[row][column] for row in RESULT_ROWS)
        carried_out = draw(small)
        carried_in = draw(st.integers(0, handled + carried_out))
        cells[TOTAL_HANDLED][column] = handled
        cells[CARRIED_OUT][column] = carried_out
        cells[CARRIED_IN][column] = carried_in
        cells[NEW][column] = handled + carried_out - carried_in
    for row in ROWS:
        cells[row][TOTAL] = sum(cells[row].values())
    return cells
