"""One request and the register, as read from the projections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa
from rich import box
from rich.table import Table

from cli.output import CommandFailed, out, say
from disclosure.addresses import case_stream
from disclosure.flags import Flag
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.sentences import CHANNELS, chinese_date
from disclosure.state import Stage
from engine.parts import Parts
from projections import CaseRegister, Timeline

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
    "note": "备注",
}


@dataclass(frozen=True, slots=True)
class CaseView:
    """A request as a person reads it.

    Attributes:
        row: of the register.
        timeline: its events in sentences.
        personal: by event version, its personal fields; empty unless they were asked for.
    """

    row: Mapping[str, Any]
    timeline: Sequence[Mapping[str, Any]]
    personal: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


def find_case(parts: Parts, agency: str, case: str, *, reveal: bool = False) -> CaseView:
    """Read one request.

    Raises:
        CommandFailed: there is none.
    """
    stream = case_stream(agency, case)
    register, timeline = CaseRegister.table, Timeline.table
    with parts.engine.connect() as connection:
        row = (
            connection.execute(sa.select(register).where(register.c.stream == stream))
            .mappings()
            .one_or_none()
        )
        lines = (
            connection.execute(
                sa.select(timeline)
                .where(timeline.c.stream == stream)
                .order_by(timeline.c.stream_version)
            )
            .mappings()
            .all()
        )
    if row is None:
        raise CommandFailed(f"机关“{agency}”没有编号为“{case}”的申请")
    return CaseView(
        dict(row), [dict(line) for line in lines], _revealed(parts, stream) if reveal else {}
    )


def _revealed(parts: Parts, stream: str) -> dict[int, Mapping[str, Any]]:
    return {
        entry.version: personal
        for entry in parts.log.read(stream)
        if (personal := parts.log.reveal(entry).parts()[1])
    }


def list_cases(parts: Parts, agency: str, *, closed: bool) -> list[dict[str, Any]]:
    """Return an agency's register, the nearest due date first, as plain JSON values."""
    register = CaseRegister.table
    query = (
        sa.select(register)
        .where(register.c.agency == agency)
        .order_by(
            sa.func.coalesce(register.c.due_on, register.c.lapses_on), register.c.case_reference
        )
    )
    if not closed:
        query = query.where(register.c.stage != Stage.CLOSED.value)
    with parts.engine.connect() as connection:
        return [_register_document(dict(row)) for row in connection.execute(query).mappings()]


def _register_document(row: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in row.items() if name not in {"stream", "flags"}}
    shown["case"] = shown.pop("case_reference")
    flags = [Flag(code) for code in row["flags"].split()]
    shown["flags"] = [
        {"code": flag.value, "words": flag.words, "article": flag.article} for flag in flags
    ]
    document: dict[str, Any] = msgspec.to_builtins(shown)
    return document


def case_document(view: CaseView) -> dict[str, Any]:
    """Return the JSON document of `show`."""
    return {
        **_register_document(view.row),
        "timeline": [
            {
                "on": line["legal_date"].isoformat(),
                "recorded_at": line["recorded_at"],
                "type": line["type"],
                "by": line["actor"],
                "sentence": line["sentence"],
                "flags": line["flags"].split(),
                **(
                    {"personal": view.personal[line["stream_version"]]}
                    if line["stream_version"] in view.personal
                    else {}
                ),
            }
            for line in view.timeline
        ],
    }


def print_case(view: CaseView) -> None:
    """Print one request for a person."""
    row = view.row
    out.print(f"{row['case_reference']}  {Stage(row['stage']).label}", style="bold", markup=False)
    applicant = ApplicantType(row["applicant_type"]).label
    say(f"申请人类型 {applicant}，渠道 {CHANNELS[row['channel']]}，收到 {_day(row['received_on'])}")
    if row["outcome"]:
        result = Outcome(row["outcome"])
        number = f"，{row['document_number']}" if row["document_number"] else ""
        sent = f"，{chinese_date(row['delivered_on'])}送达" if row["delivered_on"] else ""
        say(f"{chinese_date(row['closed_on'])}办结：{result.label}（{result.basis}）{number}{sent}")
    elif row["lapses_on"]:
        say(
            f"补正期限至 {chinese_date(row['correction_due_on'])}，"
            f"逾期未补正的 {chinese_date(row['lapses_on'])}视为放弃申请"
        )
    elif row["due_on"]:
        marks = [
            word
            for word, on in (
                ("暂定", row["due_provisional"]),
                ("临期", row["due_near"] and not row["overdue"]),
                ("逾期", row["overdue"]),
            )
            if on
        ]
        say(
            f"答复期限至 {chinese_date(row['due_on'])}"
            + (f"（{'、'.join(marks)}）" if marks else "")
        )
    table = Table(box=box.SIMPLE_HEAD, show_header=False, padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_column(overflow="fold")
    for line in view.timeline:
        words = [line["sentence"]]
        words += [f"⚑ {Flag(code).words}（{Flag(code).article}）" for code in line["flags"].split()]
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


def print_register(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print the register for a person."""
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("申请编号", "状态", "收到", "答复期限", "办理结果", "备注"):
        table.add_column(head)
    for row in rows:
        marks = [flag["words"] for flag in row["flags"]]
        if row["overdue"]:
            marks.insert(0, "逾期")
        elif row["due_near"]:
            marks.insert(0, "临期")
        due = row["due_on"] or ""
        table.add_row(
            row["case"],
            Stage(row["stage"]).label,
            row["received_on"] or "",
            f"{due}（暂定）" if row["due_provisional"] else due,
            Outcome(row["outcome"]).label if row["outcome"] else "",
            "；".join(marks),
        )
    out.print(table)
    say(f"共 {len(rows)} 件")


def _day(day: date | None) -> str:
    return chinese_date(day) if day else "待确认"
