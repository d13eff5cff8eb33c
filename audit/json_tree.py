"""JSON as a tree, also where some of its quotation marks were lost on the way.

Other programs' data reach an office as text: with a line of comment above, in a wrong character
set, with a closing quotation mark eaten by the character before it. What can still be told apart is
taken; nothing is put in its place.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from audit.readers.charset import decode
from audit.readers.limits import MAX_JSON_BYTES
from audit.readers.unreadable import UnreadableFile

Tree: TypeAlias = dict[str, Any] | list[Any]

_COMMENT = re.compile(r"\A\ufeff?(?:\s*(?:#|//)[^\n]*\n)*\s*")
_BEGINNING = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s*(?:#|//)[^\n]*\n)*\s*[{\[]")
_HEAD = 4096
_GAP = r"\s{0,9}"
_TOKEN = re.compile(
    rf'"(?P<key>[^"\\{{}}\[\]:,\n]{{1,60}})"{_GAP}:{_GAP}'
    rf"(?:(?P<number>-?\d{{1,30}}(?:\.\d{{1,10}})?)(?={_GAP}[,}}\]])"
    r"|(?P<open>[{\[])"
    # A text ends at its quotation mark, or where the next member or object plainly begins.
    r'|"(?P<text>(?:[^"\\]|\\.)*?)'
    rf'(?:"(?={_GAP}[,}}\]])|(?=\}}{_GAP},{_GAP}\{{{_GAP}")|(?=\}}{_GAP}\])'
    rf'|(?=,{_GAP}"[^"]{{1,60}}"{_GAP}:)))'
    r"|(?P<brace>[{}\[\]])",
    re.DOTALL,
)
_ESCAPED = re.compile(r'\\(["\\/nrt])')
_LETTERS = {"n": "\n", "r": "\r", "t": "\t"}
_ENDS: dict[str, type] = {"}": dict, "]": list}
DEEPEST = 100
"""Objects inside one another: data of a report has ten."""


@dataclass(frozen=True, slots=True)
class JsonTree:
    """What a text of JSON holds; ``damaged`` where it had to be pieced together."""

    root: Tree
    damaged: bool = False


def json_tree(content: bytes) -> JsonTree | None:
    """Return the tree of bytes that begin as JSON does, or None where they are something else."""
    if len(content) > MAX_JSON_BYTES or not _BEGINNING.match(content[:_HEAD]):
        return None
    try:
        text = _COMMENT.sub("", decode(content), count=1)
    except UnreadableFile:
        return None
    try:
        root = json.loads(text)
    except (ValueError, RecursionError):
        pieced = _pieced_together(text)
        return JsonTree(pieced, damaged=True) if pieced else None
    return JsonTree(root) if isinstance(root, dict | list) else None


def printable(text: str) -> str:
    """Return a text that can be written as UTF-8: JSON may name halves of characters."""
    return text.encode("utf-8", "replace").decode()


def _pieced_together(text: str) -> list[Any]:
    """Return the members that can still be told apart, by the braces around them."""
    root: list[Any] = []
    stack: list[Tree] = [root]
    for found in _TOKEN.finditer(text):
        opened = found["open"] or found["brace"]
        if opened in _ENDS:
            if len(stack) > 1 and isinstance(stack[-1], _ENDS[opened]):
                stack.pop()
        elif opened:
            inner: Tree = {} if opened == "{" else []
            _add(stack[-1], found["key"], inner)
            if len(stack) == DEEPEST:
                return []
            stack.append(inner)
        elif found["number"] is not None:
            number = found["number"]
            _add(stack[-1], found["key"], number if "." in number else int(number))
        else:
            _add(stack[-1], found["key"], _ESCAPED.sub(_unescaped, found["text"]))
    return root


def _add(container: Tree, key: str | None, value: object) -> None:
    if isinstance(container, list):
        container.append(value if key is None else {key: value})
    elif key is not None:
        container.setdefault(key, value)


def _unescaped(found: re.Match[str]) -> str:
    return _LETTERS.get(found[1], found[1])
