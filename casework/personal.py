"""Personal data of one request as it now stands, opened through the vault.

Call this only where a person may read it, and after the reading was written down.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from disclosure.amendment_events import RecordCorrected
from disclosure.event import Event
from disclosure.matter_events import ConsultationSent
from disclosure.request_events import CorrectionReceived, RequestRegistered
from engine.parts import Parts


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Who asked, what for, and who was consulted; None where nothing was said.

    Attributes:
        description: as corrected, if it was.
        parties: names of consulted parties by their pseudonym, in the order they were asked.
        erased: whether the key was destroyed, so that nothing can be read any more.
    """

    name: str | None = None
    id_number: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    description: str | None = None
    form: str | None = None
    parties: Mapping[str, str] = field(default_factory=dict)
    erased: bool = False


def personal_data(parts: Parts, stream: str) -> PersonalData:
    """Open a request's personal data."""
    entries = parts.log.read(stream)
    opened = [(entry, parts.log.reveal(entry)) for entry in entries]
    erased = any(entry.sealed is not None and not event.parts()[1] for entry, event in opened)
    return replace(fold_personal(event for _, event in opened), erased=erased)


def fold_personal(events: Iterable[Event]) -> PersonalData:
    """Return what revealed events say, the last word of each, oldest first."""
    said = PersonalData()
    for event in events:
        match event:
            case RequestRegistered(applicant=who):
                known = {name: getattr(who, name) for name in _OF_APPLICANT} if who else {}
                said = replace(said, **known, description=event.description, form=event.form)
            case CorrectionReceived(effective=True):
                said = replace(said, description=event.description)
            case RecordCorrected():
                said = replace(said, **_corrected(event))
            case ConsultationSent():
                said = replace(said, parties={**said.parties, event.party_ref: event.party or ""})
            case _:
                pass
    return said


_OF_APPLICANT = ("name", "id_number", "phone", "email", "address")


def _corrected(event: RecordCorrected) -> Mapping[str, Any]:
    name = event.field.removeprefix("applicant.")
    ours = name in {*_OF_APPLICANT, "description", "form"}
    return {name: event.personal_value} if ours else {}


def masked(text: str | None) -> str:
    """Hide the middle of a number or an address, so that it can be told but not used."""
    if not text:
        return ""
    shown = 3 if len(text) > _LONG else 1
    return f"{text[:shown]}{'*' * 6}{text[-1]}" if len(text) > shown + 1 else "*" * 6


_LONG = 8
