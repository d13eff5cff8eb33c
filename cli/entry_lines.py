"""Entry lines: one JSON object a line, one fact each, checked to the letter where they come in.

A line is read as bytes and never longer than it may be, so a broken file costs no more memory than
a sound one. What is wrong is said with file, line, field and reason; never with the value, which
may concern a person.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from disclosure.addresses import agency_stream, case_stream, check_agency_id, check_case
from disclosure.agency_commands import AgencyCommand, WriteSection
from disclosure.commands import AGENCY_VERBS, REQUEST_VERBS
from disclosure.refusals import Refused
from disclosure.request_commands import RequestCommand
from records import canonical
from reporting.narrative import check_placeholders

LONGEST_LINE = 1 << 20
"""Bytes. A request's text is a few pages at most; a megabyte is not one fact."""

VERBS: dict[str, type[RequestCommand | AgencyCommand]] = {**REQUEST_VERBS, **AGENCY_VERBS}


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
    command: RequestCommand | AgencyCommand
    canonical: str

    def rejected(self, refused: Refused) -> Rejection:
        """Say that the fact was refused."""
        return Rejection(self.file, self.line, refused.field, refused.message)


def read_entry_lines(path: Path) -> Iterator[tuple[int, EntryLine | Rejection]]:
    """Yield each line with the bytes read so far; blank lines are passed over.

    A file that cannot be read, is empty or is not UTF-8 gives one rejection.
    """
    name = str(path)
    try:
        with path.open("rb") as file:
            yield from _lines(name, file)
    except OSError as error:
        yield 0, Rejection(name, 0, "", f"不能读取文件：{error.strerror}")


def _lines(name: str, file: IO[bytes]) -> Iterator[tuple[int, EntryLine | Rejection]]:
    number, read, facts = 0, 0, 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        read += len(raw)
        if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
            read += _skip_line(file)
            facts += 1
            yield read, Rejection(name, number, "", f"一行不能超过 {LONGEST_LINE} 字节")
            continue
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        try:
            text = raw.decode("utf-8").strip()
        except UnicodeDecodeError:
            yield read, Rejection(name, number, "", "不是 UTF-8 编码，请将文件另存为 UTF-8 后重试")
            return
        if not text:
            continue
        facts += 1
        try:
            yield read, parse_entry_line(text, name, number)
        except Refused as refused:
            yield read, Rejection(name, number, refused.field, refused.message)
    if not facts:
        yield read, Rejection(name, 0, "", "文件是空的，没有任何一行")


def _skip_line(file: IO[bytes]) -> int:
    skipped = 0
    while part := file.readline(LONGEST_LINE):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def parse_entry_line(text: str, file: str = "", number: int = 0) -> EntryLine:
    """Read one line.

    Raises:
        Refused: naming the field at fault.
    """
    members = _json_object(text)
    verb = members.get("do")
    if verb is None:
        raise Refused("missing", "do", "缺少动作（do）")
    model = VERBS.get(verb) if isinstance(verb, str) else None
    if model is None:
        raise Refused("unknown_verb", "do", f"不认识的动作{_shown(verb)}")
    for name in model.internal & members.keys():
        raise Refused("extra_forbidden", name, _REASONS["extra_forbidden"])
    try:
        command = model.model_validate_json(text, strict=True, extra="forbid")
    except ValidationError as error:
        raise _refused(error.errors(include_url=False, include_input=False)[0]) from None
    check_agency_id(command.agency)
    if isinstance(command, RequestCommand):
        check_case(command.case)
        stream = case_stream(command.agency, command.case)
    else:
        stream = agency_stream(command.agency)
    if isinstance(command, WriteSection):
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
                raise Refused("repeated", _showable(name), "同一字段出现两次")
            seen.add(name)
    return members


def _no_constant(_name: str) -> None:
    raise Refused("not_json", "", "不是有效的 JSON（NaN、Infinity 不是数）")


def _check_text(command: WriteSection) -> None:
    unknown = check_placeholders(command.text)
    if unknown:
        names = "、".join(f"{{{{{name}}}}}" for name in unknown)
        raise Refused("unknown_placeholder", "text", f"没有这样的占位符：{names}")


_SHOWABLE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}")


def _showable(word: object) -> str:
    """Return a word of the vocabulary; anything else might be somebody's name or number."""
    return word if isinstance(word, str) and _SHOWABLE.fullmatch(word) else ""


def _shown(word: object) -> str:
    """Quote a word where it may be shown."""
    return f"“{word}”" if _showable(word) else ""


_REASONS: Mapping[str, str] = {
    "missing": "缺少该字段",
    "extra_forbidden": "不认识的字段",
    "string_type": "须为文字",
    "int_type": "须为整数",
    "bool_type": "须为 true 或 false",
    "date_type": "须为日期，写作 YYYY-MM-DD",
    "date_parsing": "须为日期，写作 YYYY-MM-DD",
    "date_from_datetime_parsing": "须为日期，写作 YYYY-MM-DD",
    "decimal_parsing": "须为十进制数字符串",
    "decimal_type": "须为十进制数字符串",
    "model_type": "须为 JSON 对象",
    "model_attributes_type": "须为 JSON 对象",
}


def _refused(error: ErrorDetails) -> Refused:
    field = ".".join(filter(None, map(_showable, error["loc"])))
    kind = error["type"]
    if kind in {"enum", "literal_error"}:
        expected = error.get("ctx", {}).get("expected", "")
        return Refused("unknown_value", field, f"取值须为 {expected} 之一".replace(" or ", "、"))
    if kind == "value_error":
        return Refused(kind, field, str(error["msg"]).removeprefix("Value error, "))
    if kind == "json_invalid":
        return Refused("not_json", field, "不是有效的 JSON（含有无效的转义或字符）")
    return Refused(kind, field, _REASONS.get(kind, "取值不符合要求"))
