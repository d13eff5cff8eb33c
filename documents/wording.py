"""Wordings: the shipped text of each document, read from the TOML files beside this module."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from disclosure.numbering import DocumentKind
from documents.placeholders import named_in

_FILES = ("notices.toml", "replies.toml")
_WORTH_TELLING = frozenset(
    {"依据和理由", "获取方式", "负责公开的机关", "联系方式", "要求说明理由日期"}
)
"""Optional placeholders whose absence an approver should know of; others follow from the record."""
RECTIFIED = "reply.rectified"
"""更正告知: takes the place of a reply that was wrong, whatever the result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The text of one document.

    Attributes:
        key: the kind of document, and which of its texts.
        title: of the document.
        this: how it speaks of itself in the remedy paragraph.
        remedy: whether it ends in one; procedural notices do not.
        lines: one paragraph each, with placeholders.
        attachment_title, attachment: the answer form that goes with it; empty where none does.
    """

    key: str
    title: str
    this: str
    remedy: bool
    lines: tuple[str, ...]
    attachment_title: str = ""
    attachment: tuple[str, ...] = ()

    @property
    def kind(self) -> DocumentKind:
        """The kind of document it is a text of."""
        return DocumentKind(self.key.partition(".")[0])

    @property
    def names(self) -> frozenset[str]:
        """The placeholders of text and attachment."""
        return frozenset(each.name for line in self._all() for each in named_in(line))

    @property
    def required(self) -> tuple[str, ...]:
        """The placeholders without which it may not go out, each once, in order."""
        named = (each for line in self._all() for each in named_in(line))
        return tuple(dict.fromkeys(each.name for each in named if not each.optional))

    @property
    def may_be_absent(self) -> tuple[str, ...]:
        """The placeholders that may be empty, in order: then their paragraph is left out."""
        named = (each for line in self._all() for each in named_in(line))
        wanted = (each.name for each in named if each.optional and each.name in _WORTH_TELLING)
        return tuple(dict.fromkeys(wanted))

    def _all(self) -> Iterator[str]:
        yield from self.lines
        yield from self.attachment


@cache
def wordings() -> Mapping[str, Wording]:
    """Return every wording by its key, notices first."""
    folder = files("documents") / "wordings"
    return {
        key: Wording(
            key=key,
            title=entry["title"],
            this=entry.get("this", "本答复"),
            remedy=entry.get("remedy", True),
            lines=_lines(entry["text"]),
            attachment_title=entry.get("attachment_title", ""),
            attachment=_lines(entry.get("attachment", "")),
        )
        for name in _FILES
        for key, entry in tomllib.loads((folder / name).read_text("utf-8")).items()
    }


def wordings_of(kind: DocumentKind) -> tuple[Wording, ...]:
    """Return the wordings of a kind of document."""
    return tuple(each for each in wordings().values() if each.kind is kind)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())
