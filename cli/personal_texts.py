"""Options that hold personal data, and where else than on the command line their text may stand.

A command line is seen by every user of the machine and kept in the shell's history.
"""

import json
import sys
from collections.abc import Collection, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from cli.entry_files import LONGEST_LINE
from cli.output import CommandFailed
from cli.system_words import system_words
from disclosure.commands import CaseCommand
from disclosure.events import EVENTS

STDIN = "-"

HOW = (
    "个人信息不要直接写在命令行上（同一机器的其他用户能够看到）："
    "写作 @文件 的，取该 UTF-8 文件的内容；写作 - 的，取标准输入。以 @ 开头的原文写作 @@。"
)

_SEALED = frozenset(
    part.name.removeprefix("personal_")
    for kind in EVENTS.values()
    for part in fields(kind)
    if part.metadata.get("personal")
)
"""Fields the events seal. `personal_value` is the sealed form of a command's `value`."""


def personal_options(model: type[CaseCommand]) -> frozenset[str]:
    """Return the fields of a command whose text may be personal."""
    return frozenset(
        name
        for name, info in model.model_fields.items()
        if name in _SEALED and info.annotation in {str, str | None}
    )


def read_texts(given: Mapping[str, Any], personal: Collection[str]) -> dict[str, Any]:
    """Return the options with the texts they point at in their place; the applicant is JSON.

    Raises:
        CommandFailed: a file cannot be read, or two options want the standard input.
    """
    named = {name: given[name] for name in (*personal, "applicant") if given.get(name) is not None}
    if list(named.values()).count(STDIN) > 1:
        raise CommandFailed("标准输入（-）只能供一个选项使用")
    texts = {name: _text(name, source) for name, source in named.items() if name != "applicant"}
    if "applicant" in named:
        texts["applicant"] = _applicant(named["applicant"])
    return {**given, **texts}


def _text(name: str, source: str) -> str:
    if source.startswith("@@"):
        return source[1:]
    if source == STDIN:
        return _read(name, source)
    return _read(name, source[1:]) if source.startswith("@") else source


def _applicant(source: str) -> Any:
    try:
        return json.loads(_read("applicant", source))
    except (ValueError, RecursionError):
        raise CommandFailed(
            '申请人文件须为 UTF-8 编码的 JSON，如 {"type": "natural_person", "name": …}'
        ) from None


def _read(name: str, source: str) -> str:
    """Read a text whole, without the line break that ends a file."""
    option = f"--{name.replace('_', '-')}"
    try:
        if source == STDIN:
            content = sys.stdin.buffer.read(LONGEST_LINE + 1)
        else:
            with Path(source).open("rb") as file:
                content = file.read(LONGEST_LINE + 1)
    except OSError as error:
        raise CommandFailed(f"{option} 所指文件不能读取：{system_words(error)}") from None
    if len(content) > LONGEST_LINE:
        raise CommandFailed(f"{option} 所指文件不能超过 {LONGEST_LINE} 字节")
    try:
        return content.decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise CommandFailed(f"{option} 所指文件不是 UTF-8 编码") from None
