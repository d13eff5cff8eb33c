"""Files of entry lines, line by line.

A line is read as bytes and never longer than it may be, so a broken file costs no more memory than
a sound one. A line that cannot be read still says, where it can, which case it speaks of: what
follows in that case must wait for it. Where it cannot, it stands alone: the other cases go on.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cli.entry_lines import EntryLine, Rejection, parse_entry_line
from cli.system_words import system_words
from disclosure.addresses import case_stream, check_agency_id, check_case
from disclosure.commands import AGENCY_VERBS
from disclosure.refusals import Refused

LONGEST_LINE = 1 << 20
"""Bytes. A request's text is a few pages at most; a megabyte is not one fact."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_REPLACED = "\ufffd"
"""Stands where bytes were no UTF-8."""


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that could not be read.

    Attributes:
        stream: of the case it speaks of, None where that cannot be read or it speaks of none.
    """

    rejection: Rejection
    stream: str | None = None

    def rejected(self, _refused: Refused) -> Rejection:
        """Say that it was not recorded; whatever else was the matter, it could not be read."""
        return self.rejection


def shown_name(path: Path) -> str:
    """Name a file as far as its name is text."""
    return os.fsencode(path).decode("utf-8", "replace")


def read_entry_lines(path: Path) -> Iterator[tuple[int, EntryLine | BrokenLine]]:
    """Yield each line with the bytes read so far; blank lines are passed over.

    A file that cannot be read, or is empty, gives one broken line with the number 0.
    """
    name = shown_name(path)
    try:
        with path.open("rb") as file:
            yield from _lines(name, file)
    except OSError as error:
        reason = f"不能读取文件：{system_words(error)}"
        yield 0, BrokenLine(Rejection(name, 0, "", reason))


def _lines(name: str, file: IO[bytes]) -> Iterator[tuple[int, EntryLine | BrokenLine]]:
    number, read, facts = 0, 0, 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        read += len(raw)
        if number == 1:
            raw = raw.removeprefix(_BYTE_ORDER_MARK)
        line: EntryLine | BrokenLine | None
        if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
            read += _skip_line(file)
            line = _illegible(name, number, f"一行不能超过 {LONGEST_LINE} 字节", raw)
        else:
            line = _line(name, number, raw)
        if line is not None:
            facts += 1
            yield read, line
    if not facts:
        yield read, BrokenLine(Rejection(name, 0, "", "文件是空的，没有任何一行"))


def _line(name: str, number: int, raw: bytes) -> EntryLine | BrokenLine | None:
    """Read a line, None where it is blank."""
    try:
        text = raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        return _illegible(name, number, "不是 UTF-8 编码，请将文件另存为 UTF-8 后重试", raw)
    if not text:
        return None
    try:
        return parse_entry_line(text, name, number)
    except Refused as refused:
        return _broken(Rejection(name, number, refused.field, refused.message), text)


def _illegible(name: str, number: int, reason: str, raw: bytes) -> BrokenLine:
    return _broken(Rejection(name, number, "", reason), raw.decode("utf-8", "replace"))


def _skip_line(file: IO[bytes]) -> int:
    skipped = 0
    while part := file.readline(LONGEST_LINE):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def _broken(rejection: Rejection, text: str) -> BrokenLine:
    """Read from a line that was refused as much as says what it speaks of."""
    words = _legible_words(text)
    if words.get("do") in AGENCY_VERBS:
        return BrokenLine(rejection)
    agency, case = words.get("agency", ""), words.get("case", "").strip()
    if _REPLACED in case:
        return BrokenLine(rejection)
    try:
        check_agency_id(agency)
        check_case(case)
    except Refused:
        return BrokenLine(rejection)
    return BrokenLine(rejection, stream=case_stream(agency, case))


def _legible_words(text: str) -> dict[str, str]:
    """Read the members of an object that are words or numbers; what is given twice is left out."""
    try:
        members = json.loads(
            text, strict=False, parse_int=str, parse_float=str, object_pairs_hook=_once_only
        )
    except (ValueError, RecursionError):
        return _once_only(list(_named_words(text)))
    if not isinstance(members, dict):
        return {}
    return {name: value for name, value in members.items() if isinstance(value, str)}


_NAMED_WORD = re.compile(r'"(do|agency|case)"\s{0,9}:\s{0,9}("(?:[^"\\]|\\.){1,600}")')
"""A word of a line that is no JSON: cut off, say, or with a quotation mark too many."""


def _named_words(text: str) -> Iterator[tuple[str, str]]:
    for name, word in _NAMED_WORD.findall(text):
        with suppress(ValueError):
            yield name, json.loads(word)


def _once_only(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    times = Counter(name for name, _ in pairs)
    return {name: value for name, value in pairs if times[name] == 1}
