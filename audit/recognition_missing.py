"""What the tables of a report lack: rows, all figures, or whatever was printed twice.

A conversion may have lost it or an office left it out: what is certain is said, the rest is not.
"""

import re
from collections.abc import Sequence

from audit.labels import rows_in
from audit.recognition_cells import NO_FIGURES, TableReading
from audit.recognition_outline import LONGEST_TITLE
from audit.recognition_requests import Found
from audit.recognition_rows import Record
from audit.recognition_text import folded
from audit.recognition_tokens import LONGEST_LABEL, Kind, Token
from audit.source import Line
from disclosure.outcomes import COLUMNS, ROWS
from reporting.labels import ROW_LABELS, group_of

LAST_YEAR_OF_FORMER_LAYOUT = 2020
FEWEST_LABELS = 12
"""Rows named that make a table though no figure stands beside any of them."""
CUT_OFF_TOKENS = 4
"""A table that ends this near the end of the file, rows missing, was cut off with the file."""
TWO_ROWS = 2 * len(COLUMNS)
"""Values below one label that are those of a second row too."""
LABEL_LOST = "项目名称未见，其数字可能并入了上一行"
REPEATS_LOST = "全文相同的文字和数字只留下一处，重复的已在转换文件时丢失，各格数字无从确定"
CELLS_ALONE = 30
"""Lines of the length of a cell that a report with one cell a line has at least."""


def repeats_are_lost(lines: Sequence[Line]) -> bool:
    """Whether a text of one cell a line has no cell twice: what made it dropped every repetition.

    The form itself prints 信息内容 four times and 结果维持 three times.
    """
    texts = [re.sub(r"\s+", "", folded(line.text)) for line in lines]
    if "信息内容" not in texts or "结果维持" not in texts:
        return False
    cells = [text for text in texts[texts.index("信息内容") :] if len(text) <= LONGEST_TITLE]
    return len(cells) >= CELLS_ALONE and len(set(cells)) == len(cells)


def requests_without_figures(tokens: Sequence[Token]) -> TableReading | None:
    """Return a table three whose labels stand there without a figure; None for a few of them."""
    places: dict[str, int] = {}
    for place, token in enumerate(tokens):
        if token.kind is Kind.WORDS and len(token.text) <= LONGEST_LABEL:
            for hit in rows_in(token.text):
                places.setdefault(hit.code, place)
    if not places.keys() >= {ROWS[0], ROWS[-1]} or len(places) < FEWEST_LABELS:
        return None
    first, last = places[ROWS[0]], places[ROWS[-1]]
    reading = TableReading("table3", first, max(first, last))
    reading.give_up(None, "", NO_FIGURES, tokens[first].place)
    return reading


def account_for_rows(
    reading: TableReading, found: Found, tokens: Sequence[Token], year: int | None
) -> None:
    """Say of each row that is not there whether it is blank, cut off, or not in its layout."""
    place = tokens[found.last].place
    last = max((ROWS.index(row) for row in found.rows if row in ROWS), default=-1)
    cut_off = found.last >= len(tokens) - CUT_OFF_TOKENS
    unlisted: list[str] = []
    above: Record | None = None
    for row in ROWS:
        if row in found.rows or row in found.torn:
            above = found.rows.get(row)
            continue
        if group_of(row) in found.rows and year is not None and year <= LAST_YEAR_OF_FORMER_LAYOUT:
            reading.absent |= {f"{row}.{column}" for column in COLUMNS}
        elif cut_off and ROWS.index(row) > last:
            reading.give_up(row, "", "文件到此为止，该行未见", place)
        elif above is not None and len(above.values) >= TWO_ROWS:
            reading.give_up(row, "", LABEL_LOST, above.place)
        else:
            unlisted.append(row)
            for column in COLUMNS:
                reading.put(f"{row}.{column}", None, place)
    if unlisted:
        named = "、".join(f"“{ROW_LABELS[row]}”" for row in unlisted)
        reading.notes.append(f"表三未见{named}行，按空白处理")
