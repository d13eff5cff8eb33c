"""The written sections as a worksheet, so that the workbook is a whole report and not its tables.

One paragraph a row; sections two to four are the sheets of the tables.
"""

from collections.abc import Iterator

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from reporting.composition import Composition
from reporting.section_text import Block, BlockKind
from reporting.xlsx_form import Formats

SHEET = "正文"
WIDTH = 100
LONGEST = 32_000
"""Characters that go into one cell; a worksheet takes no more than 32,767."""


def add_text(book: Workbook, composition: Composition) -> None:
    """Add the sheet with title, introduction and the sections that were written."""
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, WIDTH)
    for row, (words, face) in enumerate(_rows(composition, Formats(book))):
        sheet.write_string(row, 0, words, face)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_footer("&C第 &P 页")


def _rows(composition: Composition, formats: Formats) -> Iterator[tuple[str, Format]]:
    words_face = formats.face(text_wrap=True, font_size=12, valign="top")
    head_face = formats.face(text_wrap=True, font_size=12, bold=True)
    yield composition.title, formats.title
    yield composition.introduction, words_face
    for section in composition.sections:
        if section.grid:
            continue
        yield section.title, formats.caption
        for block in section.text:
            is_head = block.kind in {BlockKind.HEAD, BlockKind.SUBHEAD}
            for part in _parts(block):
                yield part, head_face if is_head else words_face


def _parts(block: Block) -> Iterator[str]:
    words = "".join(span.words for span in block.spans)
    whole = f"{block.marker} {words}" if block.marker else words
    for start in range(0, len(whole), LONGEST):
        yield whole[start : start + LONGEST]
