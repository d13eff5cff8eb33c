"""An entry line: one JSON object, one fact, checked to the letter where it comes in.

What is wrong is said with file, line, field and reason; never with the value, which may concern a
person.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, get_args

from pydantic import ValidationError

from cli.entry_reasons import A_DATE, AN_AMOUNT, EXTRA, showable, why_refused
from disclosure.addresses import agency_stream, case_stream, check_agency_id, check_case
from disclosure.agency_commands import AgencyCommand, WriteText
from disclosure.commands import AGENCY_VERBS, PROCEEDING_VERBS, REQUEST_VERBS, CaseCommand
from disclosure.refusals import Refused
from disclosure.request_commands import CorrectRecord, Register
from records import canonical
from reporting.narrative import check_placeholders

VERBS: dict[str, type[CaseCommand | AgencyCommand]] = {
    **REQUEST_VERBS,
    **PROCEEDING_VERBS,
    **AGENCY_VERBS,
}


@dataclass(frozen=True, slots=True)
class Rejection:
    """A line that was not recorded: where it stands and why."""

    file: str
    line: int
    field: str
    reason: str

    def as_json(self) -> dict[str, object]:
        """Return it as `import --format json` prints it."""
        return asdict(self)

    def __str__(self) -> str:
        field = f"字段 {self.field}：" if self.field else ""
        return f"{self.file} 第 {self.line} 行：{field}{self.reason}"


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A sound line.

    Attributes:
        stream: where its fact belongs.
        canonical: the same text for the same fact, however it was written.
    """

    file: str
    line: int
    stream: str
    command: CaseCommand | AgencyCommand
    canonical: str

    def rejected(self, refused: Refused) -> Rejection:
        """Say that the fact was refused."""
        return Rejection(self.file, self.line, refused.field, refused.message)


def parse_entry_line(text: str, file: str = "", number: int = 0) -> EntryLine:
    """Read one line.

    Raises:
        Refused: naming the field at fault; nothing else, whatever the line holds.
    """
    members = _json_object(text)
    verb = members.get("do")
    if verb is None:
        raise Refused("missing", "do", "缺少动作（do）")
    model = VERBS.get(verb) if isinstance(verb, str) else None
    if model is None:
        raise Refused("unknown_verb", "do", f"不认识的动作{_shown(verb)}")
    for name in model.internal & members.keys():
        raise Refused("extra_forbidden", name, EXTRA)
    _check_shapes(model, members)
    try:
        command = model.model_validate_json(text, strict=True, extra="forbid")
    except ValidationError as error:
        raise why_refused(error) from None
    check_agency_id(command.agency)
    if isinstance(command, CaseCommand):
        check_case(command.case)
        stream = case_stream(command.agency, command.case)
    else:
        stream = agency_stream(command.agency)
    if isinstance(command, WriteText):
        _check_text(command)
    members = command.model_dump(mode="json", exclude_defaults=True) | {"do": verb}
    return EntryLine(file, number, stream, command, canonical(members).decode())


def _json_object(text: str) -> dict[str, Any]:
    if "\x00" in text or "\\u0000" in text:
        raise Refused("bad_text", "", "含有空字符（U+0000）")
    try:
        members = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Refused("not_json", "", f"不是有效的 JSON（第 {error.colno} 个字符处）") from None
    except (ValueError, RecursionError):
        raise Refused("not_json", "", "不是有效的 JSON（数字过长或嵌套过深）") from None
    if not isinstance(members, dict):
        raise Refused("not_an_object", "", "一行须为一个 JSON 对象")
    return members


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise Refused("repeated", showable(name), "同一字段出现两次")
            seen.add(name)
    return members


def _no_constant(_name: str) -> None:
    raise Refused("not_json", "", "不是有效的 JSON（NaN、Infinity 不是数）")


_SHAPES: Mapping[type, tuple[re.Pattern[str], str]] = {
    date: (re.compile(r"(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}"), A_DATE),
    Decimal: (re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?"), AN_AMOUNT),
}
"""How an entry line writes what the models read from text. They also take what others write: a
date as a moment, as seconds since 1970; an amount with an exponent."""


def _check_shapes(model: type[CaseCommand | AgencyCommand], members: Mapping[str, Any]) -> None:
    shapes = dict(_shaped_fields(model))
    if model is CorrectRecord:
        # The right value is written as the registration would have written it.
        registered = _shaped_fields(Register).get(str(members.get("field")))
        shapes |= {"value": registered} if registered else {}
    for name, (shape, reason) in shapes.items():
        text = members.get(name)
        if isinstance(text, str) and not shape.fullmatch(text):
            raise Refused("bad_shape", name, reason)


@cache
def _shaped_fields(
    model: type[CaseCommand | AgencyCommand],
) -> Mapping[str, tuple[re.Pattern[str], str]]:
    return {
        name: _SHAPES[kind]
        for name, info in model.model_fields.items()
        for kind in (info.annotation, *get_args(info.annotation))
        if kind in _SHAPES
    }


def _check_text(command: WriteText) -> None:
    unknown = check_placeholders(command.text)
    if unknown:
        names = "、".join(f"{{{{{name}}}}}" for name in unknown)
        raise Refused("unknown_placeholder", "text", f"没有这样的占位符：{names}")


def _shown(word: object) -> str:
    """Quote a word where it may be shown."""
    return f"“{word}”" if showable(word) else ""
