"""What a document of a request says, from its record and what an official adds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field

from casework.address import CaseAddress
from casework.outlook import remedy_bodies
from disclosure.event import Event
from disclosure.evolution import fold
from disclosure.numbering import DocumentKind
from disclosure.request_events import RequestDecided
from disclosure.state import RequestState
from documents import (
    AgencySettings,
    DocumentContent,
    Particulars,
    document_for,
    particulars_on_record,
    party_of,
)
from documents.errors import DocumentError
from documents.wording import RECTIFIED
from engine.parts import Parts
from projections import Agencies


class LetterTexts(BaseModel):
    """What the record does not know of a document, or what is to be said instead."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    wording: str | None = Field(default=None, description="文本种类")
    party: str | None = Field(default=None, description="第三方或者共同制作机关")
    grounds: str | None = Field(default=None, description="依据和理由")
    access: str | None = Field(default=None, description="获取信息的方式，或者另行提出的渠道")
    disclosed: str | None = Field(default=None, description="决定公开的内容和理由")
    responsible_agency: str | None = Field(default=None, description="负责公开的机关及其联系方式")
    earlier_number: str | None = Field(default=None, description="原答复文号")
    earlier_on: date | None = Field(default=None, description="原答复日期")
    payment: str | None = Field(default=None, description="信息处理费缴纳方式")
    contact: str | None = Field(default=None, description="本机关联系方式")


ENDS: Final = frozenset({DocumentKind.REPLY, DocumentKind.TERMINATION_NOTICE})
"""Documents that tell of a request's result."""

_EVERY: Final = ("wording", "contact")
_MORE: Final[Mapping[DocumentKind, tuple[str, ...]]] = {
    DocumentKind.REPLY: ("grounds", "access", "responsible_agency", "earlier_number", "earlier_on"),
    DocumentKind.THIRD_PARTY_CONSULTATION: ("party",),
    DocumentKind.CONSULTATION_NOTICE: (),
    DocumentKind.AGENCY_CONSULTATION: ("party",),
    DocumentKind.THIRD_PARTY_NOTICE: ("party", "disclosed"),
    DocumentKind.FEE_NOTICE: ("payment",),
}


def texts_for(kind: DocumentKind) -> tuple[str, ...]:
    """Return the members of `LetterTexts` a kind of document can use."""
    wanted = {*_EVERY, *_MORE.get(kind, ())}
    return tuple(name for name in LetterTexts.model_fields if name in wanted)


def opened_events(parts: Parts, stream: str) -> list[Event]:
    """Return a request's events with their personal fields.

    Call this only where a person may read them.
    """
    return [parts.log.reveal(entry) for entry in parts.log.read(stream)]


def decided_number(kind: DocumentKind, texts: LetterTexts, events: Sequence[Event]) -> str | None:
    """Return the number the decision bears; a rectification has one of its own."""
    if kind not in ENDS or texts.wording == RECTIFIED:
        return None
    replies = [each.document_number for each in events if isinstance(each, RequestDecided)]
    return replies[-1] if replies else None


def letter(
    parts: Parts,
    at: CaseAddress,
    kind: DocumentKind,
    texts: LetterTexts,
    events: Sequence[Event],
    *,
    on: date,
    number: str,
    state: RequestState | None = None,
) -> DocumentContent:
    """Return a document's words.

    Args:
        parts: the parts.
        at: the request.
        kind: of document.
        texts: what the official adds.
        events: the request's, opened; for a preview, with those that are about to happen.
        on: date of the document.
        number: 文号, or what stands in for it.
        state: folded from the events unless given.

    Raises:
        DocumentError: it cannot be made, or something it must say is missing.
    """
    settings = replace(
        agency_settings(parts, at.agency), contact=texts.contact or "", payment=texts.payment or ""
    )
    return document_for(
        kind,
        state or fold(events),
        _particulars(at.case, kind, texts, events),
        settings,
        on=on,
        number=number,
        wording=texts.wording,
    )


def agency_settings(parts: Parts, agency: str) -> AgencySettings:
    """Return what an agency's documents say of itself.

    Raises:
        DocumentError: the agency is not on record.
    """
    known = Agencies.table.c
    with parts.engine.connect() as connection:
        name = connection.scalar(sa.select(known.name).where(known.agency == agency))
    if name is None:
        raise DocumentError(f"没有登记机关“{agency}”")
    return AgencySettings(name=name, remedies=remedy_bodies(parts, agency))


def _particulars(
    case: str, kind: DocumentKind, texts: LetterTexts, events: Sequence[Event]
) -> Particulars:
    said = particulars_on_record(case, events)
    given: dict[str, Any] = {
        name: text
        for name, text in texts.model_dump(
            include={
                "grounds",
                "access",
                "disclosed",
                "responsible_agency",
                "earlier_number",
                "earlier_on",
            }
        ).items()
        if text is not None
    }
    if texts.party is not None and kind is DocumentKind.AGENCY_CONSULTATION:
        given["co_maker"] = texts.party
    elif texts.party is not None:
        given |= {"third_party": texts.party, "third_party_ref": _asked(kind, texts.party, events)}
    return replace(said, **given)


def _asked(kind: DocumentKind, party: str, events: Sequence[Event]) -> str:
    ref = party_of(events, party) or ""
    if kind is DocumentKind.THIRD_PARTY_NOTICE and not ref:
        raise DocumentError("没有向该第三方征询过意见")
    return ref
