"""A document as a file: Word from a template, PDF from the standard page.

Equal content gives equal bytes, so that the file store's hash says whether two documents differ.
"""

import hashlib
from dataclasses import dataclass
from importlib.resources import files

from lxml import etree

from archives import pack
from documents.content import DocumentContent
from documents.errors import TemplateRefused
from documents.preview import Role, preview
from documents.standard_template import standard_template
from documents.template_check import check_template
from documents.template_text import fill
from documents.word_package import text_parts, unpack, with_properties
from typesetting import compile_pdf


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file.

    Attributes:
        name: to save it under; it names the kind of document and no person.
        sha256: hex, the name in the file store.
    """

    name: str
    content: bytes
    sha256: str


def render_docx(content: DocumentContent) -> Rendered:
    """Set a document in Word with the standard layout."""
    return _rendered(content, "docx", _filled(standard_template(content.kind), content))


def render_with(template: bytes, content: DocumentContent) -> Rendered:
    """Set a document in Word with an agency's own template.

    Raises:
        TemplateRefused: the template does not pass `check_template` as one in use.
    """
    findings = check_template(content.kind, template, kept=True)
    if findings:
        raise TemplateRefused(findings)
    return _rendered(content, "docx", _filled(template, content))


def render_pdf(content: DocumentContent) -> Rendered:
    """Set a document as PDF/A with the standard layout."""
    lines = preview(content)
    form = content.attachment
    made = compile_pdf(
        (files("documents") / "letter.typ").read_text("utf-8"),
        data={
            "agency": content.agency,
            "number": content.number,
            "title": content.title,
            "addressee": f"{content.addressee}：",
            "paragraphs": [each.words for each in lines if each.role is Role.PARAGRAPH],
            "date": content.values["日期"],
            "form-title": form.title if form else "",
            "form": list(form.lines) if form else [],
        },
        date=content.issued_on,
    )
    return _rendered(content, "pdf", made)


def _filled(template: bytes, content: DocumentContent) -> bytes:
    parts = with_properties(
        unpack(template),
        title=content.title,
        author=content.agency,
        on=content.issued_on.isoformat(),
    )
    for name, root in text_parts(parts).items():
        fill(root, content.values)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return pack(parts)


def _rendered(content: DocumentContent, ending: str, made: bytes) -> Rendered:
    name = f"{content.kind.label}.{ending}"
    return Rendered(name, made, hashlib.sha256(made).hexdigest())
