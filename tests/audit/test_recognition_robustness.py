"""Whatever words and figures come in whatever order, recognition answers and never falls over."""

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.recognition import recognise
from audit.source import Line, Source, SourceCell, SourceTable
from disclosure.outcomes import COLUMNS
from reporting.form import GRIDS
from reporting.tables import Tables
from tests.audit.recognition_makers import in_rows, in_tabs, read, run_together
from tests.reporting.report_makers import city

VOCABULARY = [cell.content for grid in GRIDS for row in grid.rows for cell in row]
STRANGE = [
    "/",
    "-",
    "—",
    "无",
    "|",
    "||",
    "\t",
    "²",
    "①",
    "9" * 5000,
    "1,0",
    "０",
    "-3",
    "1.5",
    "件",
    "。",
]
PIECES = st.one_of(st.sampled_from(VOCABULARY + STRANGE), st.integers(0, 10**9).map(str), st.text())


@settings(max_examples=60)
@given(st.lists(st.lists(PIECES, max_size=12), max_size=25), st.sampled_from([" ", "\t", "|", ""]))
def test_any_lines_are_answered(lines: list[list[str]], joint: str) -> None:
    report = read("\n".join(joint.join(line) for line in lines))
    assert report.file == "report.txt"


@settings(max_examples=60)
@given(st.lists(st.tuples(PIECES, st.integers(0, 12), st.integers(0, 9)), max_size=90))
def test_any_grid_is_answered(cells: list[tuple[str, int, int]]) -> None:
    placed = {(row, column): text for text, row, column in cells}
    table = SourceTable(
        tuple(SourceCell(placed[at], at[0], at[1], "表1") for at in sorted(placed)), "表1", 1
    )
    report = recognise(Source((Line("一、总体情况", "第1行", 0), table)), "report.docx")
    assert report.file == "report.docx"


@settings(max_examples=60)
@given(
    st.sampled_from([in_rows, in_tabs, run_together]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.text(max_size=3)), max_size=4),
)
def test_a_damaged_report_is_answered_and_its_cells_are_accounted_for(
    shape: object, damages: list[tuple[float, int, str]]
) -> None:
    assert callable(shape)
    text = str(shape(city().figures()))
    for share, length, instead in damages:
        place = int(share * len(text))
        text = text[:place] + instead + text[place + length :]
    report = read(text)
    given_up = {found.row for found in report.unreadable}
    for table in report.tables & {"table3"}:
        figures = getattr(Tables.zero(), table).figures()
        for code, _ in figures:
            row = code.rpartition(".")[0]
            assert code in report.cells or row in given_up or code in report.absent


def test_a_run_of_too_few_noughts_is_a_row_of_nothing_with_a_blank_in_it() -> None:
    label = "四、结转下年度继续办理"
    text = run_together(Tables.zero().figures())
    short = text.replace(f"{label}0000000", f"{label}000000")
    assert short != text
    report = read(short)
    assert [(torn.row, torn.printed, torn.blanks) for torn in report.unreadable] == [
        ("carried_out", "000000", 1)
    ]
    assert {report.cells[f"carried_out.{column}"].value for column in COLUMNS} == {0}
