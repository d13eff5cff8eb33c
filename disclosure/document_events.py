"""What happens to document numbers (文号): one stream an agency, kind of document and year."""

from dataclasses import dataclass
from typing import ClassVar

from disclosure.event import Event, personal


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumbered(Event):
    """编号: the next number is given to a document of a case.

    Attributes:
        case: the request it belongs to.
        number: the nth of its kind in this agency and year.
        document_number: as it stands on the document, 机关代字〔year〕n号.
    """

    type: ClassVar[str] = "document_numbered"

    case: str
    number: int
    document_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumberVoided(Event):
    """作废: the number was given and not used; it stays on record and is not given again."""

    type: ClassVar[str] = "document_number_voided"

    number: int
    reason: str | None = personal()
