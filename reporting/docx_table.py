"""A grid of the form as a Word table.

The markup is written cell by cell: python-docx can only merge cells after it has made them all.
Every row is bound to the next, so that a table which fits one page stands on one page.

Source: ECMA-376 part 1, 17.4 (tables); the order of elements is the schema's.
"""

from typing import cast

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from reporting.docx_text import LATIN
from reporting.grid import Grid, Kind, Placed, placed
from reporting.table_look import (
    CELL_MARGIN,
    SETTINGS,
    WORDS_INDENT,
    even_indent,
    fitting_size,
    is_centred,
)

TWIPS_PER_MM = 1440 / 25.4
FAMILY = "宋体"
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


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
    centred = is_centred(one, setting)
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
    made = cast("BaseOxmlElement", OxmlElement(f"w:{tag}"))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made
