"""An event in two parts, what all may read and what is sealed, and whole again."""

import importlib
import pkgutil
import re
from dataclasses import FrozenInstanceError, replace
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

import disclosure
from disclosure.event import Event
from disclosure.events import EVENTS, REQUEST_EVENTS
from disclosure.evolution import evolve
from disclosure.flags import Flag
from disclosure.request_events import CorrectionLapsed
from disclosure.state import RequestState
from records import canonical
from tests.disclosure.invented_events import MARKER, events, personal_fields, with_marker


def through_the_log(part: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = msgspec.json.decode(canonical(part))
    return read


@settings(max_examples=400)
@given(events())
def test_an_event_comes_back_from_its_two_parts_as_it_was(event: Event) -> None:
    clear, sealed = event.parts()
    again = type(event).from_parts(event.on, through_the_log(clear), through_the_log(sealed))
    assert again == event


@given(events())
def test_what_all_may_read_holds_no_personal_field_and_what_is_sealed_nothing_else(
    event: Event,
) -> None:
    clear, sealed = with_marker(event).parts()
    personal = personal_fields(type(event))
    assert not personal & clear.keys()
    assert sealed.keys() == personal
    assert MARKER not in canonical(clear).decode()


@given(events())
def test_an_event_read_without_the_key_has_all_but_the_personal_fields(event: Event) -> None:
    clear, _ = event.parts()
    without: dict[str, Any] = dict.fromkeys(personal_fields(type(event)))
    assert type(event).from_parts(event.on, through_the_log(clear)) == replace(event, **without)


@given(events())
def test_an_event_changes_any_state_without_failing(event: Event) -> None:
    if type(event) not in REQUEST_EVENTS:
        assert evolve(RequestState(), event) == RequestState()
    else:
        assert isinstance(evolve(RequestState(), event), RequestState)


def test_a_field_of_a_later_program_is_left_aside() -> None:
    assert CorrectionLapsed.from_parts(date(2025, 1, 2), {"of_a_later_program": 1}) == (
        CorrectionLapsed(on=date(2025, 1, 2))
    )


def test_every_event_declared_in_this_room_is_in_the_registry() -> None:
    declared = {
        kind
        for module in pkgutil.iter_modules(disclosure.__path__)
        if module.name.endswith("_events")
        for kind in vars(importlib.import_module(f"disclosure.{module.name}")).values()
        if isinstance(kind, type) and issubclass(kind, Event)
    }
    assert set(EVENTS.values()) == declared - {Event}


def test_a_type_of_event_is_named_after_its_class() -> None:
    for name, kind in EVENTS.items():
        assert name.replace("_", "") == kind.__name__.lower()


def test_what_happened_is_not_changed_afterwards() -> None:
    with pytest.raises(FrozenInstanceError):
        CorrectionLapsed(on=date(2025, 1, 2)).on = date(2025, 1, 3)  # type: ignore[misc]


@pytest.mark.parametrize("flag", list(Flag))
def test_every_flag_says_what_is_wrong_and_by_which_article(flag: Flag) -> None:
    assert flag.words
    assert re.fullmatch(r"(条例|国办函〔2020〕109号|行政诉讼法)第.+条(第.款)?", flag.article)
