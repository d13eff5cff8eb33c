"""Word files made for a test: read back as words, or made hostile."""

import io
from collections.abc import Sequence

import docx

from archives import pack
from disclosure.numbering import DocumentKind
from documents import standard_template
from documents.word_package import unpack


def read(file: bytes) -> str:
    """Return the words of a Word file as python-docx, not our own code, reads them."""
    document = docx.Document(io.BytesIO(file))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def template_of(*lines: str | Sequence[str]) -> bytes:
    """Make a plain Word template of these paragraphs; a sequence is one paragraph cut into runs."""
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph()
        for run in [line] if isinstance(line, str) else line:
            paragraph.add_run(run)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


FRAME = ("{{机关名称}}", "{{文号}}", "{{称谓}}", "{{正文}}", "{{日期}}")
"""What every template names."""


def altered(changes: dict[str, tuple[str, str]]) -> bytes:
    """Return the standard receipt template with text replaced in its parts."""
    parts = unpack(standard_template(DocumentKind.RECEIPT))
    for name, (old, new) in changes.items():
        part = parts[name].decode()
        assert old in part
        parts[name] = part.replace(old, new, 1).encode()
    return pack(parts)


def with_part(name: str, content: bytes) -> bytes:
    """Return the standard receipt template with one part more."""
    return pack({**unpack(standard_template(DocumentKind.RECEIPT)), name: content})
