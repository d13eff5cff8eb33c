"""PDF: the words by where they stand on the page, tables by their ruled lines.

pdfium was chosen by measure: it reads text and drawn lines of six pages five times as fast as
pdfminer (pdfplumber), the other reader with a permissive licence that gives both. It is not safe
for threads, hence the lock.
"""

from collections.abc import Iterator
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium

from audit.readers.blocks import Blocks
from audit.readers.limits import MAX_LETTERS, MAX_PAGES
from audit.readers.pdf_lines import runs, text_lines
from audit.readers.pdf_page import Drawn, Glyph, Picture, read_page
from audit.readers.pdf_streams import refuse_bombs
from audit.readers.pdf_tables import RuledTable, ruled_tables
from audit.readers.unreadable import UnreadableFile, broken, encrypted, scanned, too_large
from audit.source import Source

KIND = "PDF 文档"
FEW = 30
"""Characters a scanned page may bear all the same: a page number, a stamp."""

PICTURE = 0.5
"""Share of the page from which a picture is the page."""

A_TABLE = 0.05
"""Share of the page from which a picture may be a table; a seal or an emblem is smaller."""

_PDFIUM = Lock()
_PASSWORD_ERRORS = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}


def read_pdf(content: bytes) -> Source:
    """Return the lines and tables of a PDF; raises ``UnreadableFile``."""
    refuse_bombs(content)
    with _PDFIUM:
        pages = list(_pages(content))
    _refuse_without_text(pages)
    blocks = Blocks()
    for number, page in enumerate(pages, start=1):
        _read_page(f"第{number}页", page, blocks)
    return blocks.source()


def _pages(content: bytes) -> Iterator[Drawn]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise encrypted() if error.err_code in _PASSWORD_ERRORS else broken(KIND) from error
    letters = 0
    try:
        if len(document) > MAX_PAGES:
            raise too_large("页数", f"{MAX_PAGES}页")
        for number in range(len(document)):
            page = pdfium.FPDF_LoadPage(document.raw, number)
            if not page:
                raise broken(KIND)
            try:
                drawn = read_page(page)
            finally:
                pdfium.FPDF_ClosePage(page)
            letters += len(drawn.glyphs)
            if letters > MAX_LETTERS:
                raise too_large("文字", f"{MAX_LETTERS}字")
            yield drawn
    finally:
        document.close()


def _refuse_without_text(pages: list[Drawn]) -> None:
    """Raise where most pages are pictures, or the characters have no code to read them by."""
    pictures = sum(page.pictured >= PICTURE and len(page.glyphs) < FEW for page in pages)
    if 2 * pictures > len(pages):
        raise scanned()
    glyphs = [glyph for page in pages for glyph in page.glyphs if not glyph.sign.isspace()]
    if not glyphs and any(page.pictured for page in pages):
        raise scanned()
    if sum(_is_nameless(glyph) for glyph in glyphs) * 3 > len(glyphs):
        raise UnreadableFile(
            "文字无法识别：PDF 中的字体没有对应的文字编码，提取出来是乱码。"
            "请提供原文档（docx），或作文字识别（OCR）并人工校对后再试。"
        )


def _is_nameless(glyph: Glyph) -> bool:
    """Say whether a character is of private use, a control or a replacement: nobody's letter."""
    sign = glyph.sign
    return "\ue000" <= sign <= "\uf8ff" or sign in "\ufffd\ufffe\uffff" or sign < " "


def _read_page(place: str, page: Drawn, blocks: Blocks) -> None:
    """Add the lines and tables of a page from top to bottom."""
    tables = ruled_tables(page)
    outside = [glyph for run in runs(page.glyphs) if not _put_into(tables, run) for glyph in run]
    filled = [table for table in tables if sum(bool(cell.glyphs) for cell in table.cells) > 1]
    outside += [
        glyph
        for table in tables
        if table not in filled
        for cell in table.cells
        for glyph in cell.glyphs
    ]
    printed: list[tuple[float, str | RuledTable | Picture]] = [
        (line.middle, line.text) for line in text_lines(outside)
    ]
    printed += [(table.top, table) for table in filled]
    printed += [(one.middle, one) for one in page.pictures if one.share >= A_TABLE]
    tables_before = 0
    for _, found in sorted(printed, key=lambda one: one[0]):
        if isinstance(found, str):
            blocks.line(found, place)
        elif isinstance(found, Picture):
            blocks.picture()
        else:
            tables_before += 1
            where = f"{place}表{tables_before}"
            blocks.table(found.source_cells(where), where)


def _put_into(tables: list[RuledTable], run: list[Glyph]) -> bool:
    """Put characters into the smallest table they stand in; say whether there is one."""
    for table in tables:
        cell = table.cell_at(run)
        if cell is not None:
            cell.glyphs += run
            return True
    return False
