"""Paragraphs of an official document in Word: page, typefaces, indents, page numbers.

Source: GB/T 9704-2012 《党政机关公文格式》: A4 with margins of 37, 35, 28 and 26 mm, 22 lines of
三号仿宋, heads in 黑体 and 楷体, page number in 四号 between dashes on the outer side. Typefaces
are named, not embedded: offices have them.
"""

from dataclasses import dataclass, replace

from docx.blkcntnr import BlockItemContainer
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.font import CT_RPr
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from reporting.section_text import Block, BlockKind

LATIN = "Times New Roman"
BODY_LINE = 28.9
"""Points from line to line: 22 lines fill the 225 mm between the margins."""


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface at a size in points, and the manner of the paragraph that is set in it.

    ``line`` is the fixed distance of lines in points, ``indent`` the first line's in characters,
    ``before`` the space above in points.
    """

    family: str
    size: float
    line: float = BODY_LINE
    indent: int = 2
    bold: bool = False
    alignment: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    with_next: bool = False
    before: float = 0


TITLE = Face(
    "方正小标宋_GBK", 22, 34, indent=0, alignment=WD_ALIGN_PARAGRAPH.CENTER, with_next=True
)
BODY = Face("仿宋_GB2312", 16)
SECTION_HEAD = Face("黑体", 16, with_next=True)
HEAD_AFTER_TABLE = replace(SECTION_HEAD, before=12)
FACES = {
    BlockKind.PARAGRAPH: BODY,
    BlockKind.HEAD: Face("楷体_GB2312", 16, with_next=True),
    BlockKind.SUBHEAD: Face("仿宋_GB2312", 16, bold=True, with_next=True),
    BlockKind.ITEM: BODY,
}
PAGE_NUMBER = Face("宋体", 14, 18, indent=0)


def set_up_page(document: Document) -> None:
    """Give the document its paper, its margins, its base typeface and its page numbers."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    _set_fonts(document.styles["Normal"].element.get_or_add_rPr(), BODY.family)
    _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def add_paragraph(document: Document, words: str, face: Face) -> None:
    """Append a paragraph in one face."""
    paragraph = document.add_paragraph()
    _shape(paragraph, face)
    _add_run(paragraph, words, face)


def add_block(document: Document, block: Block) -> None:
    """Append one block of a written section."""
    face = replace(FACES[block.kind], indent=2 + 2 * block.depth)
    paragraph = document.add_paragraph()
    _shape(paragraph, face)
    if block.marker:
        _add_run(paragraph, f"{block.marker} ", face)
    for span in block.spans:
        _add_run(paragraph, span.words, replace(face, bold=face.bold or span.bold))


def _shape(paragraph: Paragraph, face: Face) -> None:
    layout = paragraph.paragraph_format
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(face.line)
    layout.space_before, layout.space_after = Pt(face.before), Pt(0)
    layout.keep_with_next = face.with_next
    layout.alignment = face.alignment
    if face.indent:
        # Word prefers the count of characters, every other reader knows only the length.
        layout.first_line_indent = Pt(face.size * face.indent)
        indent = layout.element.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), str(100 * face.indent))


def _add_run(paragraph: Paragraph, words: str, face: Face) -> None:
    run = paragraph.add_run(words)
    run.font.size = Pt(face.size)
    run.font.bold = face.bold
    _set_fonts(run.element.get_or_add_rPr(), face.family)


def _set_fonts(properties: CT_RPr, family: str) -> None:
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    # The hint keeps quotation marks and dashes, which both scripts share, in the Chinese face.
    fonts.set(qn("w:hint"), "eastAsia")
    for script, name in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", family), ("cs", LATIN)):
        fonts.set(qn(f"w:{script}"), name)


def _number(footer: BlockItemContainer, side: WD_ALIGN_PARAGRAPH) -> None:
    """Write 「— 1 —」, one character in from the outer margin."""
    paragraph = footer.paragraphs[0]
    _shape(paragraph, replace(PAGE_NUMBER, alignment=side))
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Pt(PAGE_NUMBER.size)
    _add_run(paragraph, "— ", PAGE_NUMBER)
    _add_run(paragraph, "1", PAGE_NUMBER)
    _add_run(paragraph, " —", PAGE_NUMBER)
    shown = paragraph.runs[1].element
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    shown.addprevious(field)
    field.append(shown)
