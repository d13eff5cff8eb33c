"""The identities of the form as a worksheet that reckons for itself.

Each line compares two sums of cells by live formulas, so that whoever changes a figure sees at
once what no longer holds. The results stand beside the formulas for readers that do not reckon.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.workbook import Workbook

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
from reporting.identities import FLOW, PROCEEDING_TOTAL, ROW_TOTAL, SUM, Rule
from reporting.labels import COLUMN_LABELS, PROCEEDING_LABELS, ROW_LABELS
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES
from reporting.xlsx_form import Formats, write_across

SHEET = "勾稽关系"
HEADS = ("依据", "勾稽关系", "位置", "左边", "右边", "差额", "结论")
WIDTHS = (40, 44, 44, 10, 10, 10, 10)
HOLDS, FAILS = "成立", "不成立"
FIRST = 3
"""The first line of identities, counted from 0: title, verdict and heads stand above."""

Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """Two sums of figures that must be equal, each named by the codes of its cells."""

    rule: Rule
    place: str
    left: Codes
    right: Codes


def identities() -> Iterator[Identity]:
    """Yield every identity inside a report, 42 in all, in the order of the form."""
    for column in COLUMNS:
        place = f"表三“{COLUMN_LABELS[column]}”列"
        came, went = _cells((NEW, CARRIED_IN), column), _cells((TOTAL_HANDLED, CARRIED_OUT), column)
        yield Identity(FLOW, place, came, went)
    for column in COLUMNS:
        place = f"表三“{COLUMN_LABELS[column]}”列“{ROW_LABELS[TOTAL_HANDLED]}”"
        yield Identity(SUM, place, _cells((TOTAL_HANDLED,), column), _cells(RESULT_ROWS, column))
    for row in ROWS:
        parts = tuple(f"{row}.{column}" for column in COLUMNS if column != TOTAL)
        yield Identity(ROW_TOTAL, f"表三“{ROW_LABELS[row]}”行", (f"{row}.{TOTAL}",), parts)
    for group in PROCEEDING_GROUPS:
        parts = tuple(f"{group}.{state}" for state in PROCEEDING_STATES if state != TOTAL)
        place = f"表四“{PROCEEDING_LABELS[group]}”"
        yield Identity(PROCEEDING_TOTAL, place, (f"{group}.{TOTAL}",), parts)


def _cells(rows: Codes, column: str) -> Codes:
    return tuple(f"{row}.{column}" for row in rows)


def add_identities(
    book: Workbook,
    figures: Mapping[str, int | Decimal],
    address: Callable[[str], str],
    title: str,
) -> None:
    """Add the sheet; ``address`` says where the figure of a code stands."""
    sheet = book.add_worksheet(SHEET)
    formats = Formats(book)
    write_across(sheet, (0, 0, 0, len(HEADS) - 1), title, formats.title)
    head = formats.face(border=1, bold=True, align="center")
    words, number = formats.face(border=1, text_wrap=True), formats.face(border=1, align="center")
    for place, (words_of_head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(FIRST - 1, place, words_of_head, head)
    known = list(identities())
    failing = 0
    for line, one in enumerate(known, FIRST):
        left, right = (sum(figures[code] for code in side) for side in (one.left, one.right))
        failing += left != right
        at = line + 1
        for place, said in enumerate((one.rule.basis, one.rule.says, one.place)):
            sheet.write_string(line, place, said, words)
        sheet.write_formula(line, 3, _sum(one.left, address), number, int(left))
        sheet.write_formula(line, 4, _sum(one.right, address), number, int(right))
        sheet.write_formula(line, 5, f"=D{at}-E{at}", number, int(left - right))
        verdict = HOLDS if left == right else FAILS
        sheet.write_formula(line, 6, f'=IF(F{at}=0,"{HOLDS}","{FAILS}")', number, verdict)
    verdicts = f"G{FIRST + 1}:G{FIRST + len(known)}"
    sheet.write_string(1, 0, "不成立的项数", formats.face(bold=True))
    count = f'=COUNTIF({verdicts},"{FAILS}")'
    sheet.write_formula(1, 1, count, formats.face(bold=True, align="left"), failing)
    wrong = book.add_format({"bold": True, "font_color": "#9C0006", "bg_color": "#FFC7CE"})
    rule = {"type": "cell", "criteria": "==", "value": f'"{FAILS}"', "format": wrong}
    sheet.conditional_format(verdicts, rule)
    sheet.freeze_panes(FIRST, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST - 1)


def _sum(codes: Codes, address: Callable[[str], str]) -> str:
    return "=" + "+".join(map(address, codes))
