"""The timeline of a case, request or proceeding: one sentence an event."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from disclosure.flags import Flag
from engine.parts import Parts
from projections import Timeline

PERSONAL_LABELS = {
    "name": "姓名或名称",
    "id_number": "证件号码",
    "phone": "电话",
    "email": "电子邮箱",
    "address": "地址",
    "description": "申请内容",
    "form": "获取方式",
    "points": "补正内容",
    "reason": "理由",
    "grounds": "依据和理由",
    "party": "被征询方",
    "opinion": "意见",
    "content": "告知内容",
    "facts": "事实",
    "personal_value": "更正后的内容",
    "outcome_detail": "裁判种类",
    "note": "备注",
}
"""What a sealed field of an event is called."""


@dataclass(frozen=True, slots=True)
class TimelineView:
    """What happened in a case, as a person reads it.

    Attributes:
        lines: of the timeline, oldest first.
        personal: by event version, its personal fields; empty unless they were asked for.
    """

    lines: Sequence[Mapping[str, Any]]
    personal: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


def read_timeline(
    parts: Parts, stream: str, *, reveal: bool = False, after: int = 0
) -> TimelineView:
    """Read a case's timeline, with its personal fields where they are asked for.

    Args:
        parts: the parts.
        stream: the case's.
        reveal: whether to open the vault.
        after: only events beyond this version.
    """
    timeline = Timeline.table
    query = (
        sa.select(timeline)
        .where(timeline.c.stream == stream, timeline.c.stream_version > after)
        .order_by(timeline.c.stream_version)
    )
    with parts.engine.connect() as connection:
        lines = [dict(line) for line in connection.execute(query).mappings()]
    return TimelineView(lines, _revealed(parts, stream, after) if reveal else {})


def _revealed(parts: Parts, stream: str, after: int) -> dict[int, Mapping[str, Any]]:
    return {
        entry.version: personal
        for entry in parts.log.read(stream, after)
        if (personal := parts.log.reveal(entry).parts()[1])
    }


def timeline_document(
    view: TimelineView, more: Callable[[int], Mapping[str, Any]] = lambda _version: {}
) -> list[dict[str, Any]]:
    """Return a timeline as plain JSON values; `more` adds to the line of an event's version."""
    return [
        {
            "on": line["legal_date"].isoformat(),
            "recorded_at": line["recorded_at"],
            "type": line["type"],
            "by": line["actor"],
            "sentence": line["sentence"],
            "flags": line["flags"].split(),
            **more(line["stream_version"]),
            **(
                {"personal": view.personal[line["stream_version"]]}
                if line["stream_version"] in view.personal
                else {}
            ),
        }
        for line in view.lines
    ]


def personal_words(personal: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return sealed fields as pairs of name and text; those of the applicant one by one."""
    words: list[tuple[str, str]] = []
    for name, value in personal.items():
        if isinstance(value, Mapping):
            words += personal_words(value)
        elif value is not None:
            words.append((PERSONAL_LABELS.get(name, name), str(value)))
    return words


def flags_document(codes: str) -> list[dict[str, str]]:
    """Return the flags of a register's row with their words."""
    flags = [Flag(code) for code in codes.split()]
    return [{"code": flag.value, "words": flag.words, "article": flag.article} for flag in flags]
