"""A grid of the form as a Word table.

The markup is written cell by cell: python-docx can only merge cells after it has made them all.
Every row is bound to the next, so that a table which fits one page stands on one page.

Source: ECMA-376 part 1, 17.4 (tables); the order of elements is the schema's.
"""

from dataclasses import dataclass
from math import ceil, floor

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from reporting.docx_text import LATIN
from reporting.grid import Grid, Kind, Placed, placed

TWIPS_PER_MM = 1440 / 25.4
FAMILY = "宋体"
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
MM_PER_POINT = 25.4 / 72
DIGIT_WIDTH = 0.64
"""Of the type's size; Times needs 0.5, the wide faces put in its place where it is missing more."""
CELL_MARGIN = 0.3
"""Millimetres left free at either side of a cell: five figures of 小五 fit table three."""

WORDS_INDENT = 0.7
"""Millimetres between the line and words that begin at the left."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a table is set: type in points, least height of a row in millimetres, row heads."""

    size: float
    row_height: float
    heads_centred: bool = False


SETTINGS = {
    "table2": Setting(12, 9, heads_centred=True),
    "table3": Setting(9, 6.8),
    "table4": Setting(9, 9),
}


def add_table(document: Document, grid: Grid, figures: dict[str, str]) -> None:
    """Append a table of the form with its figures, as wide as the page between the margins."""
    body = document.element.body
    body.insert(len(body) - 1, _table(grid, figures))


def _table(grid: Grid, figures: dict[str, str]) -> BaseOxmlElement:
    owners = {
        (row, column): one for one in placed(grid) for row in one.rows for column in one.columns
    }
    count = len(grid.rows)
    return _element(
        "tbl",
        _table_properties(grid),
        _element("tblGrid", *(_element("gridCol", w=_twips(width)) for width in grid.widths)),
        *(_row(grid, number, owners, figures, last=number == count - 1) for number in range(count)),
    )


def _table_properties(grid: Grid) -> BaseOxmlElement:
    line = {"val": "single", "sz": 4, "space": 0, "color": "000000"}
    return _element(
        "tblPr",
        _element("tblW", w=sum(map(_twips, grid.widths)), type="dxa"),
        _element("jc", val="center"),
        _element("tblBorders", *(_element(side, **line) for side in SIDES)),
        _element("tblLayout", type="fixed"),
        _element(
            "tblCellMar",
            *(_element(side, w=_twips(CELL_MARGIN), type="dxa") for side in SIDES[:4]),
        ),
        _element("tblCaption", val=grid.caption),
    )


def _row(
    grid: Grid,
    number: int,
    owners: dict[tuple[int, int], Placed],
    figures: dict[str, str],
    *,
    last: bool,
) -> BaseOxmlElement:
    properties = _element(
        "trPr",
        _element("cantSplit"),
        _element("trHeight", val=_twips(SETTINGS[grid.name].row_height), hRule="atLeast"),
        *([_element("tblHeader")] if number < len(grid.head) else []),
    )
    cells = []
    column = 0
    while column < len(grid.widths):
        one = owners[number, column]
        words = figures[one.cell.content] if one.cell.kind is Kind.FIGURE else one.cell.content
        paragraph = _paragraph(grid, one, words if one.row == number else "", keep=not last)
        cells.append(_element("tc", _cell_properties(grid, one, number), paragraph))
        column = one.columns.stop
    return _element("tr", properties, *cells)


def _cell_properties(grid: Grid, one: Placed, row: int) -> BaseOxmlElement:
    cell = one.cell
    merge = {"val": "restart"} if one.row == row else {}
    return _element(
        "tcPr",
        _element("tcW", w=sum(_twips(grid.widths[place]) for place in one.columns), type="dxa"),
        *([_element("gridSpan", val=cell.colspan)] if cell.colspan > 1 else []),
        *([_element("vMerge", **merge)] if cell.rowspan > 1 else []),
        *([_element("textDirection", val="tbRlV")] if cell.upright else []),
        _element("vAlign", val="center"),
    )


def _paragraph(grid: Grid, one: Placed, words: str, *, keep: bool) -> BaseOxmlElement:
    setting = SETTINGS[grid.name]
    width = sum(grid.widths[place] for place in one.columns) - 2 * CELL_MARGIN
    centred = _is_centred(one, setting)
    balanced = even_indent(words, width, setting.size) if one.cell.kind is Kind.COLUMN_HEAD else 0
    left, right = (balanced, balanced) if centred else (WORDS_INDENT, 0)
    properties = _element(
        "pPr",
        *([_element("keepNext")] if keep else []),
        _element("snapToGrid", val=0),
        _element("spacing", before=0, after=0, line=240, lineRule="auto"),
        _element("ind", left=_twips(left), right=_twips(right)),
        _element("jc", val="center" if centred else "left"),
    )
    is_figure = one.cell.kind is Kind.FIGURE
    size = fitting_size(words, width, setting.size) if is_figure else setting.size
    return _element("p", properties, *([_run(words, size)] if words else []))


def _is_centred(one: Placed, setting: Setting) -> bool:
    if one.cell.kind is Kind.ROW_HEAD:
        return setting.heads_centred or one.cell.rowspan > 1
    return one.cell.kind is not Kind.NOTE


def even_indent(words: str, width: float, size: float) -> float:
    """Return the indent in millimetres that makes lines even: 商业/企业 and not 商业企/业."""
    character = size * MM_PER_POINT
    room = int(width / character)
    if len(words) <= room:
        return 0
    lines = ceil(len(words) / room)
    return max(0, (width - (ceil(len(words) / lines) + 0.5) * character) / 2)


def fitting_size(figure: str, width: float, size: float) -> float:
    """Return the size in points, by halves, at which a figure stays on one line."""
    if not figure:
        return size
    largest = width / (len(figure) * DIGIT_WIDTH * MM_PER_POINT)
    return min(size, floor(2 * largest) / 2)


def _run(words: str, size: float) -> BaseOxmlElement:
    text = _element("t")
    text.text = words
    half_points = round(2 * size)
    fonts = _element("rFonts", hint="eastAsia", ascii=LATIN, hAnsi=LATIN, eastAsia=FAMILY, cs=LATIN)
    return _element(
        "r",
        _element("rPr", fonts, _element("sz", val=half_points), _element("szCs", val=half_points)),
        text,
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_PER_MM)


def _element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made
