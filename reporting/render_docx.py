"""``report.docx``: the report as an official document (公文) that an office can go on editing."""

from docx import Document

from reporting.annual_report import AnnualReport
from reporting.composition import compose
from reporting.docx_package import package, set_properties
from reporting.docx_table import add_table
from reporting.docx_text import (
    BODY,
    HEAD_AFTER_TABLE,
    SECTION_HEAD,
    TITLE,
    add_block,
    add_paragraph,
    set_up_page,
)


def render_docx(report: AnnualReport) -> bytes:
    """Return the Word file; the same report gives the same bytes."""
    composition = compose(report)
    document = Document()
    set_up_page(document)
    set_properties(document, report, composition.title)
    for line in composition.title_lines:
        add_paragraph(document, line, TITLE)
    add_paragraph(document, "", BODY)
    add_paragraph(document, composition.introduction, BODY)
    head = SECTION_HEAD
    for section in composition.sections:
        add_paragraph(document, section.title, head)
        for block in section.text:
            add_block(document, block)
        if section.grid:
            add_table(document, section.grid, composition.figures)
        head = HEAD_AFTER_TABLE if section.grid else SECTION_HEAD
    return package(document)
