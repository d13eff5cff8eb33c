"""The template an agency starts from: the standard layout in Word, with its placeholders.

Source: GB/T 9704-2012: head of the agency in red, number centred over a red rule, title in 二号
小标宋, text in 三号仿宋, name over date in the right half with room for the seal.
"""

from dataclasses import replace
from datetime import datetime
from functools import cache

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from disclosure.numbering import DocumentKind
from documents.wording import wordings_of
from reporting.docx_package import package
from reporting.docx_text import BODY, BODY_LINE, TITLE, Face, add_paragraph, set_up_page

RED = "C00000"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
AGENCY_HEAD = Face("方正小标宋_GBK", 30, 40, indent=0, alignment=CENTRE, with_next=True, bold=True)
NUMBER = Face("仿宋_GB2312", 16, indent=0, alignment=CENTRE, with_next=True, before=BODY_LINE / 2)
HEAD = replace(TITLE, before=BODY_LINE)
ADDRESSEE = Face("仿宋_GB2312", 16, indent=0, with_next=True, before=BODY_LINE)
SIGNATURE = Face(
    "仿宋_GB2312", 16, indent=0, alignment=CENTRE, with_next=True, before=2 * BODY_LINE
)
DATE = Face("仿宋_GB2312", 16, indent=0, alignment=CENTRE)
ATTACHMENT_MARK = Face("黑体", 16, indent=0, with_next=True)
FORM = Face("仿宋_GB2312", 16, indent=0, alignment=WD_ALIGN_PARAGRAPH.LEFT)
_LEFT_HALF = Mm(70)
"""Name and date are centred in what lies right of this."""
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the file format wants no zone; the same on any day


@cache
def standard_template(kind: DocumentKind) -> bytes:
    """Return the Word template of a kind of document; the same bytes each time."""
    document = docx.Document()
    _anonymous(document, kind)
    set_up_page(document)
    _head(document)
    add_paragraph(document, "{{标题}}", HEAD)
    add_paragraph(document, "{{称谓}}", ADDRESSEE)
    add_paragraph(document, "{{正文}}", BODY)
    if any(each.remedy for each in wordings_of(kind)):
        add_paragraph(document, "{{救济途径}}", replace(BODY, with_next=True))
    for words, face in (("{{机关名称}}", SIGNATURE), ("{{日期}}", DATE)):
        add_paragraph(document, words, face)
        document.paragraphs[-1].paragraph_format.left_indent = _LEFT_HALF
    if any(each.attachment for each in wordings_of(kind)):
        _attachment(document)
    _without_old_styles(document)
    return package(document)


def _without_old_styles(document: Document) -> None:
    """Leave out the copy of the styles for Word 2010, half of the file and read by nobody."""
    relations = document.part.rels
    for key in [k for k, one in relations.items() if one.reltype.endswith("/stylesWithEffects")]:
        relations.pop(key)


def _head(document: Document) -> None:
    add_paragraph(document, "{{机关名称}}", AGENCY_HEAD)
    document.paragraphs[-1].runs[0].font.color.rgb = RGBColor.from_string(RED)
    add_paragraph(document, "{{文号}}", NUMBER)
    _rule_below(document.paragraphs[-1])


def _rule_below(paragraph: Paragraph) -> None:
    """Draw the red rule under the number."""
    borders = OxmlElement("w:pBdr")
    rule = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", RED)):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    # The schema gives the children of a paragraph's properties a fixed order.
    paragraph.paragraph_format.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )


def _attachment(document: Document) -> None:
    add_paragraph(document, "附件", ATTACHMENT_MARK)
    document.paragraphs[-1].paragraph_format.page_break_before = True
    add_paragraph(document, "{{附件标题}}", replace(TITLE, before=BODY_LINE))
    add_paragraph(document, "{{附件正文}}", FORM)
    title = document.paragraphs[-2].paragraph_format
    title.space_after = Pt(BODY_LINE)


def _anonymous(document: Document, kind: DocumentKind) -> None:
    properties = document.core_properties
    properties.title = f"{kind.label}模板"
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language = "zh-CN"
    properties.revision = 1
    properties.created = properties.modified = _MADE
