"""What an event is: a frozen dataclass of legal facts, as it stands in the log.

Fields made with `personal()` name or may name people; they never enter the log in clear, but
sealed beside it (个人信息保护法 Art. 51), and are None whenever an event is read without the key.
Everything that was worked out (due dates, the calendar used) is part of the event and is never
worked out again.

Changing an event: add a field with a default, or raise `schema` and register an upcaster.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, ClassVar, Self

import msgspec

from disclosure.flags import Flag


def personal() -> Any:
    """Mark a field as personal data: sealed in the log, None when read without the key."""
    return field(default=None, metadata={"personal": True})


def work_out(*kinds: type) -> None:
    """Let msgspec work out classes before threads read values into them.

    It does so at a class's first use, where another thread may find it half done: that ends the
    process (msgspec 0.22; ten of ten runs with eight threads). All events take two milliseconds.
    """
    for kind in kinds:
        msgspec.json.Decoder(kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The answer period as it stands after a fact (条例 Art. 33).

    Attributes:
        due_on: last day to answer.
        provisional: whether it lies beyond the published calendar.
        remind_on: when the case worker is reminded.
        calendar: version of the working-day calendar it was counted with.
    """

    due_on: date
    provisional: bool
    remind_on: date
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact of record.

    Attributes:
        on: its legal date, Asia/Shanghai.
        flags: what about it should not have been.
        note: free text of whoever entered it.
    """

    type: ClassVar[str]
    schema: ClassVar[int] = 1

    on: date
    flags: tuple[Flag, ...] = ()
    note: str | None = personal()

    @classmethod
    def from_parts(
        cls, on: date, data: Mapping[str, Any], personal_data: Mapping[str, Any] | None = None
    ) -> Self:
        """Make the event again from what the log holds; unknown fields are left aside."""
        return msgspec.convert({**data, **(personal_data or {}), "on": on}, cls, strict=False)

    def parts(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Split into what may be read by all and what is sealed, both plain JSON values.

        Fields at their default are left out: they come back by themselves.
        """
        clear: dict[str, Any] = {}
        sealed: dict[str, Any] = {}
        for name, is_personal, default in _layout(type(self)):
            value = getattr(self, name)
            if value != default:
                (sealed if is_personal else clear)[name] = msgspec.to_builtins(value)
        return clear, sealed


_layouts: dict[type[Event], tuple[tuple[str, bool, Any], ...]] = {}


def _layout(kind: type[Event]) -> tuple[tuple[str, bool, Any], ...]:
    """Name, whether personal, and default of each field but `on`; worked out once a class."""
    if kind not in _layouts:
        _layouts[kind] = tuple(
            (part.name, "personal" in part.metadata, part.default)
            for part in fields(kind)
            if part.name != "on"
        )
    return _layouts[kind]
