"""The Markdown of a written section as blocks that every renderer draws in its own way.

Paragraphs, heads, lists and ``**bold**`` are understood; everything else, HTML above all, is
plain text. As in a comment field, every line begins a paragraph of its own: that is how officials
type. Bold is found here and not by the library, because CommonMark does not close ``**“重点”**``
before a Chinese character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.token import Token

BOLD = re.compile(r"\*\*(?P<words>\S(?:.*?\S)?)\*\*")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
"""What text pasted from a word processor may carry and neither XML nor a reader can bear."""
READER = MarkdownIt("zero").enable(["heading", "list"])


class BlockKind(StrEnum):
    """What a block is in a report."""

    PARAGRAPH = "paragraph"
    HEAD = "head"
    SUBHEAD = "subhead"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one weight."""

    words: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, head or list item; ``marker`` is printed before an item (``1.``, ``•``)."""

    kind: BlockKind
    spans: tuple[Span, ...]
    marker: str = ""
    depth: int = 0


def blocks(markdown: str) -> tuple[Block, ...]:
    """Read a section's Markdown; ``#`` and ``##`` make heads, deeper ones subheads."""
    return tuple(_blocks(READER.parse(CONTROLS.sub("", markdown))))


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    heading = ""
    marker = ""
    lists: list[_List] = []
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lists.append(_List(token, len(lists)))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                marker = lists[-1].next_marker()
            case "heading_open":
                heading = token.tag
            case "heading_close":
                heading = ""
            case "inline":
                yield from _lines(token.content, heading, marker, len(lists))
                marker = ""


def _lines(content: str, heading: str, marker: str, depth: int) -> Iterator[Block]:
    kind = BlockKind.ITEM if depth else BlockKind.PARAGRAPH
    if heading:
        kind = BlockKind.HEAD if heading in {"h1", "h2"} else BlockKind.SUBHEAD
    for line in filter(None, map(str.strip, content.splitlines())):
        yield Block(kind, tuple(_spans(line)), marker, max(depth - 1, 0))
        marker = ""


class _List:
    """A list that is being read: bullets, or numbers counted from its first."""

    def __init__(self, token: Token, depth: int) -> None:
        self._number = int(token.attrGet("start") or 1) if token.type[0] == "o" else None
        self._form = "{}." if depth == 0 else "（{}）"

    def next_marker(self) -> str:
        if self._number is None:
            return "•"
        self._number += 1
        return self._form.format(self._number - 1)


def _spans(line: str) -> Iterator[Span]:
    end = 0
    for bold in BOLD.finditer(line):
        if bold.start() > end:
            yield Span(line[end : bold.start()])
        yield Span(bold["words"], bold=True)
        end = bold.end()
    if end < len(line):
        yield Span(line[end:])
