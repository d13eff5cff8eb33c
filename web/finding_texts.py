"""What can be found of each case: its texts, opened from the log, held in memory and nowhere else.

Personal texts lie sealed in the log under a key of their case; an index of them on disk would
survive the erasure of that key. So they are read into the memory of the process that shows the
pages, and what has been erased is dropped from there (个人信息保护法 Art. 47).
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from disclosure.addresses import agency_of, case_of, case_stream
from disclosure.document_events import DocumentNumbered
from disclosure.events import PROCEEDING_EVENTS, REQUEST_EVENTS
from eventstore import RecordedEvent
from eventstore.schema import data_keys
from vault.datakeys import TOMBSTONE

SEPARATOR: Final = "\x1f"
"""Stands between the places of a text; `str.split` takes it for a space, so no word holds it."""

PLACES: Final = ("case", "number", "description", "note")
"""Where something can be found: 案号、文号、申请内容、备注."""

_SEALED_PLACES: Final[Mapping[str, int]] = {"description": 2, "note": 3}

TYPES: Final = frozenset(
    [kind.type for kind in (*REQUEST_EVENTS, *PROCEEDING_EVENTS)] + [DocumentNumbered.type]
)
"""The events that say something that can be found."""

Open = Callable[[RecordedEvent], Mapping[str, Any]]
"""Opens the sealed fields of an event; empty where there are none, or none any more."""


def plain(text: str) -> str:
    """Return a text as it is compared: full and half width alike, letters small, spaces single."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class Said:
    """What an event adds to the texts of a case."""

    agency: str
    stream: str
    place: int
    text: str


class Texts:
    """The texts of all cases, by agency and stream; not safe to change from two threads."""

    def __init__(self) -> None:
        self._by_agency: dict[str, dict[str, str]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._by_agency.values()))

    def take(self, event: RecordedEvent, open_sealed: Open) -> None:
        """Add what an event says."""
        for said in _said(event, open_sealed):
            texts = self._by_agency.setdefault(said.agency, {})
            places = _places(texts.setdefault(said.stream, _new(said.stream)))
            words = plain(said.text)
            if words not in places[said.place]:
                places[said.place] = f"{places[said.place]} {words}".strip()
                texts[said.stream] = SEPARATOR.join(places)

    def forget(self, stream: str) -> None:
        """Drop what was sealed of a case; its reference and numbers stay, as on any list."""
        texts = self._by_agency.get(agency_of(stream), {})
        if stream in texts:
            texts[stream] = on_any_list(texts[stream])

    def text(self, stream: str) -> str:
        """Return the text of a case; where none is known, its reference alone."""
        return self._by_agency.get(agency_of(stream), {}).get(stream) or _new(stream)

    def of(self, agency: str) -> list[tuple[str, str]]:
        """Return stream and text of an agency's cases, in the order they came."""
        return list(self._by_agency.get(agency, {}).items())


def found_in(text: str, words: list[str]) -> list[str]:
    """Return the places of a text in which one of some words stands."""
    return [
        place
        for place, part in zip(PLACES, _places(text), strict=True)
        if any(word in part for word in words)
    ]


def on_any_list(text: str) -> str:
    """Return a text without what is sealed: reference and numbers, as on any list."""
    case, number, *_ = _places(text)
    return SEPARATOR.join((case, number, "", ""))


def description_of(text: str) -> str:
    """Return the part of a text that says what was asked for."""
    return _places(text)[_SEALED_PLACES["description"]]


def erased_among(engine: sa.Engine, streams: list[str] | None = None) -> set[str]:
    """Return the cases whose personal data was erased: of some, or all of them."""
    query = sa.select(data_keys.c.stream).where(data_keys.c.wrapped == TOMBSTONE)
    if streams is not None:
        query = query.where(data_keys.c.stream.in_(streams))
    with engine.connect() as connection:
        return set(connection.execute(query).scalars())


def _said(event: RecordedEvent, open_sealed: Open) -> Iterator[Said]:
    agency = agency_of(event.stream)
    if event.type == DocumentNumbered.type:
        data = msgspec.json.decode(event.data)
        yield Said(agency, case_stream(agency, data["case"]), 1, data["document_number"])
        return
    if event.version == 1:
        yield Said(agency, event.stream, 0, case_of(event.stream))
    if event.type == "request_decided":
        number = msgspec.json.decode(event.data).get("document_number")
        if number:
            yield Said(agency, event.stream, 1, number)
    if event.sealed is None:
        return
    personal = open_sealed(event)
    for name, place in _SEALED_PLACES.items():
        if personal.get(name):
            yield Said(agency, event.stream, place, personal[name])


def _new(stream: str) -> str:
    return SEPARATOR.join((plain(case_of(stream)), "", "", ""))


def _places(text: str) -> list[str]:
    return text.split(SEPARATOR)
