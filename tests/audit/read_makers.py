"""Files of every format for the tests of the readers, made here and about agencies nobody has."""

from collections.abc import Sequence
from datetime import date

from audit.source import Line, Source, SourceTable
from tests.archives.makers import zipped
from typesetting import compile_pdf

DAY = date(2025, 1, 20)
WORDPROCESSING = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

Cells = list[tuple[str, int, int, int, int]]


def lines(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, Line)]


def headings(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, Line) and block.heading]


def tables(source: Source) -> list[SourceTable]:
    return [block for block in source.blocks if isinstance(block, SourceTable)]


def cells(table: SourceTable) -> Cells:
    """Text, row, column, rows and columns spanned."""
    return [(one.text, one.row, one.column, one.rowspan, one.colspan) for one in table.cells]


def rows(table: SourceTable) -> list[list[str]]:
    """The texts of each row, without places."""
    last = max((cell.row for cell in table.cells), default=-1)
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(last + 1)]


def docx_of(body: str, styles: str = "") -> bytes:
    """A Word file with this markup in its body and in its list of styles."""
    return zipped(
        {
            "_rels/.rels": _relations(("d", "officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": _relations(("s", "styles", "styles.xml")),
            "word/styles.xml": f'<w:styles xmlns:w="{WORDPROCESSING}">{styles}</w:styles>',
            "word/document.xml": (
                f'<w:document xmlns:w="{WORDPROCESSING}"><w:body>{body}</w:body></w:document>'
            ),
        }
    )


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def row(*cells_of_row: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells_of_row)}</w:tr>"


def table(*rows_of_table: str) -> str:
    return f"<w:tbl>{''.join(rows_of_table)}</w:tbl>"


BORDERS = (
    "<borders><border/><border><left style='thin'/><right style='thin'/></border></borders>"
    "<cellXfs><xf borderId='0'/><xf borderId='1'/></cellXfs>"
)
"""Formats for workbooks: 0 has no border, 1 has."""


def xlsx_of(
    *sheets: str, states: Sequence[str] = (), strings: Sequence[str] = (), formats: str = BORDERS
) -> bytes:
    """A workbook with this markup in each of its sheets 一, 二, 三."""
    listed = "".join(
        f'<sheet name="{name}" r:id="s{number}" state="{state}"/>'
        for number, (name, state) in enumerate(
            zip("一二三", [*states, "visible", "visible", "visible"], strict=False)
        )
    )
    parts: dict[str, str | bytes] = {
        "_rels/.rels": _relations(("d", "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _relations(
            ("f", "styles", "styles.xml"),
            ("t", "sharedStrings", "sharedStrings.xml"),
            *((f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(len(sheets))),
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATED}">'
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{SPREADSHEET}">{formats}</styleSheet>',
        "xl/sharedStrings.xml": (
            f'<sst xmlns="{SPREADSHEET}">'
            + "".join(f"<si>{string}</si>" for string in strings)
            + "</sst>"
        ),
    }
    for number, sheet in enumerate(sheets):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{SPREADSHEET}">{sheet}</worksheet>'
        )
    return zipped(parts)


def sheet_row(number: int, *texts: str, framed: bool = False, hidden: bool = False) -> str:
    """A row of text cells from column A on."""
    style = int(framed)
    filled = "".join(
        f'<c r="{chr(65 + column)}{number}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in enumerate(texts)
    )
    return f'<row r="{number}" hidden="{int(hidden)}">{filled}</row>'


def pdf_of(body: str) -> bytes:
    """A PDF set from Typst."""
    return compile_pdf(
        '#set document(title: "测试")\n#set page(width: 210mm, height: 297mm)\n'
        '#set text(lang: "zh", size: 10.5pt)\n#set table(stroke: 0.5pt)\n' + body,
        date=DAY,
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{identity}" Type="{RELATED}/{kind}" Target="{target}"/>'
        for identity, kind, target in relations
    )
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'
