"""The timeline of a case, request or proceeding: one sentence an event."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from rich import box
from rich.table import Table

from cli.output import out
from disclosure.flags import Flag
from engine.parts import Parts
from projections import Timeline

_PERSONAL_LABELS = {
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
    "outcome_detail": "裁判种类",
    "note": "备注",
}


@dataclass(frozen=True, slots=True)
class TimelineView:
    """What happened in a case, as a person reads it.

    Attributes:
        lines: of the timeline, oldest first.
        personal: by event version, its personal fields; empty unless they were asked for.
    """

    lines: Sequence[Mapping[str, Any]]
    personal: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


def read_timeline(parts: Parts, stream: str, *, reveal: bool = False) -> TimelineView:
    """Read a case's timeline, with its personal fields where they are asked for."""
    timeline = Timeline.table
    query = (
        sa.select(timeline).where(timeline.c.stream == stream).order_by(timeline.c.stream_version)
    )
    with parts.engine.connect() as connection:
        lines = [dict(line) for line in connection.execute(query).mappings()]
    return TimelineView(lines, _revealed(parts, stream) if reveal else {})


def _revealed(parts: Parts, stream: str) -> dict[int, Mapping[str, Any]]:
    return {
        entry.version: personal
        for entry in parts.log.read(stream)
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


def flags_document(codes: str) -> list[dict[str, str]]:
    """Return the flags of a register's row with their words."""
    flags = [Flag(code) for code in codes.split()]
    return [{"code": flag.value, "words": flag.words, "article": flag.article} for flag in flags]


def print_timeline(
    view: TimelineView, more: Callable[[int], Sequence[str]] = lambda _version: ()
) -> None:
    """Print a timeline for a person; `more` adds lines to an event's version."""
    table = Table(box=box.SIMPLE_HEAD, show_header=False, padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_column(overflow="fold")
    for line in view.lines:
        words = [line["sentence"]]
        words += [f"⚑ {Flag(code).words}（{Flag(code).article}）" for code in line["flags"].split()]
        words += more(line["stream_version"])
        words += _personal_lines(view.personal.get(line["stream_version"], {}))
        table.add_row(line["legal_date"].isoformat(), line["actor"], "\n".join(words))
    out.print(table)


def _personal_lines(personal: Mapping[str, Any]) -> list[str]:
    lines = []
    for name, value in personal.items():
        if isinstance(value, Mapping):
            lines += _personal_lines(value)
        elif value is not None:
            lines.append(f"　{_PERSONAL_LABELS.get(name, name)}：{value}")
    return lines
