"""Every shape an event was ever written in can be read today.

`corpus/` holds one file for each event type and schema, as it stands in the log. A file is never
changed once released: where a test here fails, an upcaster is missing, not a file out of date. A
schema that grew a field with a default has one more file, named after what it grew
(`TYPE.SCHEMA.with_FIELD.json`); the longest says everything.
"""

import json
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from disclosure.event import Event
from disclosure.events import EVENTS
from eventstore import UnknownEventSchema
from records import UPCASTERS, canonical
from records.codec import make_event

CORPUS = Path(__file__).with_name("corpus")

FLAGGED = {
    "limits_recalculated",
    "correction_requested",
    "correction_received",
    "third_party_replied",
    "agency_replied",
    "reasons_received",
    "fee_charged",
    "fee_paid",
    "request_decided",
    "reply_delivered",
}
"""Types whose example carries a flag; the other examples are of facts as they should be."""


class Written(NamedTuple):
    """An event as it stands in the log, its personal fields opened."""

    type: str
    schema: int
    legal_date: str
    data: dict[str, Any]
    personal: dict[str, Any]

    def read(self) -> Event:
        on = date.fromisoformat(self.legal_date)
        return make_event(self.type, self.schema, on, self.data, self.personal)


WRITTEN = {
    file.name: Written(**json.loads(file.read_text(encoding="utf-8")))
    for file in sorted(CORPUS.glob("*.json"))
}
CURRENT = {
    name: written
    for name, written in WRITTEN.items()
    if written.schema == EVENTS[written.type].schema
}
FULLEST = {
    written.type: name
    for name, written in sorted(CURRENT.items(), key=lambda each: len(each[1].data))
}
"""Of each type the example of the newest schema that says most."""


def test_every_type_has_an_example_of_each_schema_up_to_the_newest() -> None:
    expected = {
        f"{name}.{schema}.json"
        for name, kind in EVENTS.items()
        for schema in range(1, kind.schema + 1)
    }
    assert {name for name in WRITTEN if ".with_" not in name} == expected


@pytest.mark.parametrize("name", WRITTEN)
def test_a_file_is_named_after_what_it_holds(name: str) -> None:
    event, schema, *grown, ending = name.split(".")
    assert (event, schema, ending) == (WRITTEN[name].type, str(WRITTEN[name].schema), "json")
    assert not grown or (len(grown) == 1 and grown[0].startswith("with_"))


@pytest.mark.parametrize("name", WRITTEN)
def test_every_event_ever_written_is_read_today(name: str) -> None:
    event = WRITTEN[name].read()
    assert type(event) is EVENTS[WRITTEN[name].type]
    assert event.on == date.fromisoformat(WRITTEN[name].legal_date)


@pytest.mark.parametrize("name", CURRENT)
def test_an_event_of_the_newest_schema_is_written_again_to_the_same_bytes(name: str) -> None:
    clear, personal = CURRENT[name].read().parts()
    assert canonical(clear) == canonical(CURRENT[name].data)
    assert canonical(personal) == canonical(CURRENT[name].personal)


@pytest.mark.parametrize("name", FULLEST.values())
def test_an_example_of_the_newest_schema_leaves_no_field_out(name: str) -> None:
    written = CURRENT[name]
    unsaid = {"on"} if written.type in FLAGGED else {"on", "flags"}
    assert unsaid | written.data.keys() | written.personal.keys() == {
        part.name for part in fields(EVENTS[written.type])
    }


@pytest.mark.parametrize("name", EVENTS)
def test_upcasters_end_at_the_schema_new_events_are_written_in(name: str) -> None:
    assert UPCASTERS.newest(name) == EVENTS[name].schema


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_of_a_later_program_is_refused_and_not_guessed_at(name: str) -> None:
    with pytest.raises(UnknownEventSchema):
        make_event(name, EVENTS[name].schema + 1, date(2025, 1, 2), {})


def test_an_event_of_an_unknown_type_is_refused_by_name() -> None:
    with pytest.raises(UnknownEventSchema, match="of_a_later_program"):
        make_event("of_a_later_program", 1, date(2025, 1, 2), {})
