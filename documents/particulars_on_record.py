"""What the record itself knows of a document's texts: from a request's events.

The caller has opened their personal fields; where the key was erased, texts are empty.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from disclosure.amendment_events import RecordCorrected, RequestReopened, ResultReclassified
from disclosure.event import Event
from disclosure.matter_events import (
    ConsultationSent,
    FeeCharged,
    ReasonsDemanded,
    ThirdPartyNotified,
)
from disclosure.request_events import (
    CorrectionReceived,
    CorrectionRequested,
    PeriodExtended,
    RequestDecided,
    RequestRegistered,
)
from documents.particulars import FeeBasis, Particulars

_CORRECTED = {"applicant.name": "applicant", "description": "description"}


def particulars_on_record(case: str, events: Iterable[Event]) -> Particulars:
    """Gather the texts of a request from its events, oldest first, the last word of each.

    Of several parties it is the one asked last; `party_of` finds another's pseudonym.
    """
    said, reply = Particulars(case=case), None
    for event in events:
        tell = _TELLS.get(type(event))
        if tell is not None:
            said = tell(said, event)
        if isinstance(event, RequestDecided):
            reply = event
        elif isinstance(event, ResultReclassified) and reply is not None:
            said = _rectified(said, reply, event)
    return said


def party_of(events: Iterable[Event], name: str) -> str | None:
    """Return the pseudonym of the consulted party of this name; None where none was consulted."""
    for event in events:
        if isinstance(event, ConsultationSent) and (event.party or "").strip() == name.strip():
            return event.party_ref
    return None


def _registered(said: Particulars, event: RequestRegistered) -> Particulars:
    name = event.applicant.name if event.applicant else None
    return replace(said, applicant=name or "", description=event.description or "")


def _record_corrected(said: Particulars, event: RecordCorrected) -> Particulars:
    field = _CORRECTED.get(event.field)
    changes: dict[str, Any] = {field: event.personal_value or ""} if field else {}
    return replace(said, **changes)


def _correction_requested(said: Particulars, event: CorrectionRequested) -> Particulars:
    # A second notice has no effect: the one that counts is the one with a day of lapse.
    return replace(said, points=event.points or "") if event.lapses_on else said


def _correction_received(said: Particulars, event: CorrectionReceived) -> Particulars:
    return replace(said, description=event.description or "") if event.effective else said


def _extended(said: Particulars, event: PeriodExtended) -> Particulars:
    return replace(said, extension_reason=event.reason or "") if event.effective else said


def _consulted(said: Particulars, event: ConsultationSent) -> Particulars:
    if event.kind == "agency":
        return replace(said, co_maker=event.party or "")
    return replace(said, third_party=event.party or "", third_party_ref=event.party_ref)


def _notified(said: Particulars, event: ThirdPartyNotified) -> Particulars:
    return replace(said, disclosed=event.content or "")


def _reasons_demanded(said: Particulars, event: ReasonsDemanded) -> Particulars:
    return replace(said, excess=event.facts or "")


def _fee_charged(said: Particulars, event: FeeCharged) -> Particulars:
    basis = FeeBasis(mode=event.mode, quantity=event.quantity, items_before=event.items_before)
    return replace(said, fee=basis)


def _decided(said: Particulars, event: RequestDecided) -> Particulars:
    already = bool(event.already_public)
    return replace(said, grounds=event.grounds or "", already_public=already)


def _rectified(said: Particulars, reply: RequestDecided, event: ResultReclassified) -> Particulars:
    """Name the reply that was wrong; its reasons give way to those of the rectification."""
    return replace(
        said,
        grounds=event.reason or "",
        already_public=False,
        earlier_number=reply.document_number or "",
        earlier_on=reply.on,
    )


def _reopened(said: Particulars, _event: RequestReopened) -> Particulars:
    return replace(said, grounds="", already_public=False)


_TELLS: Mapping[type[Event], Callable[[Particulars, Any], Particulars]] = {
    RequestRegistered: _registered,
    RecordCorrected: _record_corrected,
    CorrectionRequested: _correction_requested,
    CorrectionReceived: _correction_received,
    PeriodExtended: _extended,
    ConsultationSent: _consulted,
    ThirdPartyNotified: _notified,
    ReasonsDemanded: _reasons_demanded,
    FeeCharged: _fee_charged,
    RequestDecided: _decided,
    RequestReopened: _reopened,
}
