"""Any event of any type, made up by hypothesis from the fields' own types."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from disclosure.event import Event
from disclosure.events import EVENTS
from disclosure.request_events import PersonalParticulars

MARKER = "（虚构）某甲·识别标记"
"""Stands in every personal field, and nowhere else."""

_TEXT = st.text().filter(lambda text: "None" not in text)
"""Hypothesis tries words of our own source too; by this one a value that is missing is known."""

_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    # Words that a lenient reader might take for something other than words.
    str: _TEXT | st.sampled_from(["null", "true", "0", "1.5", "2025-01-01", "NaN"]),
    int: st.integers(-(2**53), 2**53),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    date: st.dates(),
}


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Make values of a field's type: only what the record may hold."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) in {Union, UnionType}:
        return st.one_of([values_of(part) for part in get_args(hint)])
    if isinstance(hint, type) and is_dataclass(hint):
        return instances_of(hint)
    return st.from_type(hint)


def instances_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{part.name: values_of(hints[part.name]) for part in fields(kind)})


def events() -> st.SearchStrategy[Event]:
    """Make any event; every type is as likely as another."""
    return st.sampled_from(sorted(EVENTS)).flatmap(lambda name: instances_of(EVENTS[name]))


def personal_fields(kind: type[Event]) -> set[str]:
    return {part.name for part in fields(kind) if "personal" in part.metadata}


def with_marker(event: Event) -> Event:
    """Plant the marker in every personal field of an event."""
    planted: dict[str, Any] = dict.fromkeys(personal_fields(type(event)), MARKER)
    if "applicant" in planted:
        particulars = [part.name for part in fields(PersonalParticulars)]
        planted["applicant"] = PersonalParticulars(**dict.fromkeys(particulars, MARKER))
    return replace(event, **planted)
