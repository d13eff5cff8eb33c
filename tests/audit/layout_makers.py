"""The form in layouts offices give it, set as docx, html, pdf and xlsx: cut, titled, merged."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from reporting.form import GRIDS
from reporting.grid import Kind, placed
from tests.audit import read_makers
from tests.audit.read_makers import docx_of, paragraph, pdf_of, xlsx_of
from tests.audit.recognition_makers import CLOSING, Figures

Cell = tuple[str, int, int, int, int]
"""Text, row, column, rows and columns spanned."""
Rows = list[list[Cell]]
Part = str | Rows
"""A paragraph or a table."""

HEAD = 3
"""Rows of the head of table three."""
OPENING = (
    "海棠市林业局",
    "2023年政府信息公开工作年度报告",
    "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
    "一、总体情况",
    "2023年，我局政府信息公开工作平稳有序。",
)
CAPTIONS = tuple(grid.caption for grid in GRIDS)


def grid(table: int, figures: Figures, printed: Callable[[object], str] = str) -> Rows:
    """One table of the form (0 to 2), its figures as ``printed`` writes them."""
    rows: dict[int, list[Cell]] = {}
    for one in placed(GRIDS[table]):
        content = one.cell.content
        text = printed(figures[content]) if one.cell.kind is Kind.FIGURE else content
        at = (one.row, one.column, one.cell.rowspan, one.cell.colspan)
        rows.setdefault(one.row, []).append((text, *at))
    return [rows.get(number, []) for number in range(max(rows) + 1)]


def report(figures: Figures, parts: Mapping[int, Sequence[Part]]) -> list[Part]:
    """A report whose tables are set as the parts given for them, and otherwise as the form is."""
    whole: list[Part] = [*OPENING]
    for table, caption in enumerate(CAPTIONS):
        whole += [caption, *parts.get(table, [grid(table, figures)])]
    return [*whole, *CLOSING.splitlines()]


def with_row_on_top(rows: Rows, text: str) -> Rows:
    """The table with one more row across all of it."""
    width = max(column + colspan for row in rows for _, _, column, _, colspan in row)
    return [[(text, 0, 0, 1, width)], *_moved(rows, 1)]


def with_row_below(rows: Rows, text: str) -> Rows:
    width = max(column + colspan for row in rows for _, _, column, _, colspan in row)
    return [*rows, [(text, len(rows), 0, 1, width)]]


def cut_below(rows: Rows, row: int) -> tuple[Rows, Rows]:
    """The table cut by the end of a page, what was merged over it blank on the next."""
    return _rows_of(rows, 0, row), _rows_of(rows, row, len(rows))


def with_head_again(rows: Rows, part: Rows) -> Rows:
    return [*_rows_of(rows, 0, HEAD), *_moved(part, HEAD)]


def columns_of(rows: Rows, first: int, end: int) -> Rows:
    """The columns ``first`` up to ``end`` as a table of their own."""
    return [
        [
            (
                text,
                row,
                max(column, first) - first,
                high,
                min(column + wide, end) - max(column, first),
            )
            for text, row, column, high, wide in cells
            if column < end and column + wide > first
        ]
        for cells in rows
    ]


def with_noughts_merged(rows: Rows, printed: str) -> Rows:
    """Each row of seven noughts as one cell over all of them."""
    merged: Rows = []
    for row in rows:
        figures = [cell for cell in row if cell[0] == "0"]
        if len(figures) == len([cell for cell in row if cell[0].isdecimal()]) == 7:
            labels = [cell for cell in row if cell not in figures]
            merged.append([*labels, (printed, figures[0][1], figures[0][2], 1, len(figures))])
        else:
            merged.append(row)
    return merged


def _moved(rows: Rows, down: int) -> Rows:
    return [[(text, row + down, *rest) for text, row, *rest in cells] for cells in rows]  # type: ignore[misc]  # a tuple taken apart and put together


def _rows_of(rows: Rows, first: int, end: int) -> Rows:
    part: Rows = [[] for _ in range(first, end)]
    for cells in rows:
        for text, row, column, high, wide in cells:
            top, bottom = max(row, first), min(row + high, end)
            if top < bottom:
                shown = text if top == row else ""
                part[top - first].append((shown, top - first, column, bottom - top, wide))
    return [sorted(cells, key=lambda cell: cell[2]) for cells in part]


def as_docx(parts: Sequence[Part], markup: Mapping[str, str] | None = None) -> bytes:
    """A Word file; ``markup`` says what stands in place of some paragraphs."""
    instead = markup or {}
    return docx_of(
        "".join(
            (instead.get(part) or paragraph(escape(part))) if isinstance(part, str) else _docx(part)
            for part in parts
        )
    )


def _docx(rows: Rows) -> str:
    below: dict[tuple[int, int], int] = {}
    lines = []
    for number, cells in enumerate(rows):
        markup = {
            column: read_makers.cell("", _span(wide) + "<w:vMerge/>")
            for (row, column), wide in below.items()
            if row == number
        }
        for text, _, column, high, wide in cells:
            merge = '<w:vMerge w:val="restart"/>' if high > 1 else ""
            markup[column] = read_makers.cell(escape(text), _span(wide) + merge)
            below |= {(number + step, column): wide for step in range(1, high)}
        lines.append(read_makers.row(*(markup[column] for column in sorted(markup))))
    return read_makers.table(*lines)


def _span(wide: int) -> str:
    return f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""


def as_html(parts: Sequence[Part]) -> bytes:
    body = "".join(
        f"<p>{escape(part)}</p>" if isinstance(part, str) else _html(part) for part in parts
    )
    return f"<html><body>{body}</body></html>".encode()


def _html(rows: Rows) -> str:
    lines = (
        "".join(
            f'<td rowspan="{high}" colspan="{wide}">{escape(text)}</td>'
            for text, _, _, high, wide in cells
        )
        for cells in rows
    )
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def as_pdf(parts: Sequence[Part]) -> bytes:
    return pdf_of(
        "\n\n".join(
            f"#{_quoted(part)}" if isinstance(part, str) else _typst(part) for part in parts
        )
    )


def _typst(rows: Rows) -> str:
    width = max(column + wide for cells in rows for _, _, column, _, wide in cells)
    listed = ",".join(
        f"table.cell(x:{column},y:{row},rowspan:{high},colspan:{wide})[#{_quoted(text)}]"
        for cells in rows
        for text, row, column, high, wide in cells
    )
    return f"#text(size: 7pt)[#table(columns: {width}, {listed})]"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def as_xlsx(parts: Sequence[Part]) -> bytes:
    """One sheet, tables directly below each other."""
    return xlsx_of(sheet_of(parts))


def sheet_of(parts: Sequence[Part]) -> str:
    rows: list[str] = []
    merged: list[str] = []
    for part in parts:
        table = [[(part, 0, 0, 1, 1)]] if isinstance(part, str) else part
        for cells in table:
            number = len(rows) + 1
            style = 0 if isinstance(part, str) else 1
            rows.append(
                f'<row r="{number}">'
                + "".join(
                    f'<c r="{chr(65 + column)}{number}" s="{style}" t="inlineStr">'
                    f"<is><t>{escape(text)}</t></is></c>"
                    for text, _, column, _, _ in cells
                )
                + "</row>"
            )
            merged += [
                f'<mergeCell ref="{chr(65 + column)}{number}:'
                f'{chr(64 + column + wide)}{number + high - 1}"/>'
                for _, _, column, high, wide in cells
                if high > 1 or wide > 1
            ]
    return f"<sheetData>{''.join(rows)}</sheetData><mergeCells>{''.join(merged)}</mergeCells>"


FORMATS: Mapping[str, Callable[[Sequence[Part]], bytes]] = {
    "report.docx": as_docx,
    "report.html": as_html,
    "report.pdf": as_pdf,
    "report.xlsx": as_xlsx,
}
