"""A document line by line, each with its role: for the page that previews it and for the PDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from disclosure.chinese import chinese_date
from documents.content import DocumentContent


class Role(StrEnum):
    """What a line is on the page."""

    AGENCY_HEAD = "agency_head"
    NUMBER = "number"
    TITLE = "title"
    ADDRESSEE = "addressee"
    PARAGRAPH = "paragraph"
    SIGNATURE = "signature"
    DATE = "date"
    ATTACHMENT_MARK = "attachment_mark"
    ATTACHMENT_TITLE = "attachment_title"
    ATTACHMENT_LINE = "attachment_line"


@dataclass(frozen=True, slots=True)
class Line:
    """Plain words with their role; whoever shows them escapes them."""

    role: Role
    words: str


def preview(content: DocumentContent) -> tuple[Line, ...]:
    """Return the document from its head to the end of its attachment."""
    return tuple(_lines(content))


def _lines(content: DocumentContent) -> Iterator[Line]:
    yield Line(Role.AGENCY_HEAD, content.agency)
    yield Line(Role.NUMBER, content.number)
    yield Line(Role.TITLE, content.title)
    yield Line(Role.ADDRESSEE, f"{content.addressee}：")
    for paragraph in (*content.body, *([content.remedy] if content.remedy else [])):
        yield Line(Role.PARAGRAPH, paragraph)
    yield Line(Role.SIGNATURE, content.agency)
    yield Line(Role.DATE, chinese_date(content.issued_on))
    if content.attachment is not None:
        yield Line(Role.ATTACHMENT_MARK, "附件")
        yield Line(Role.ATTACHMENT_TITLE, content.attachment.title)
        for line in content.attachment.lines:
            yield Line(Role.ATTACHMENT_LINE, line)
