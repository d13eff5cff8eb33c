"""Markdown: headings, lines, pipe tables, and the html tables that text recognition writes.

Read by lines and not by a Markdown parser: in what converters and people write, tables come ragged
and without their outer pipes or their line of dashes, and such a parser gives them back as running
text. Lines stay lines, since what is broken over lines may be a flattened table.
"""

import re
from html import unescape
from itertools import pairwise

from audit.readers.blocks import Blocks, source_cell
from audit.readers.flow import Positions
from audit.readers.html import html_flow
from audit.readers.printed import printed
from audit.source import Source

_HEADING = re.compile(r" {0,3}#{1,6}(?!#)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})\s*$")
_RULE = re.compile(r" {0,3}([-*_])(?:\s*\1){2,}\s*$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_DASHES = re.compile(r"\|?:?-{2,}:?(?:\|:?-{2,}:?)*\|?")
_SHORT_DASHES = re.compile(r"\|?:?-+:?(?:\|:?-+:?)+\|?")
"""A rule of single dashes; below the head only, for a dash is what many print for “none”."""
_BULLET = re.compile(r"^\s{0,12}[-*+]\s+(?!\s|\d+\s*-\s*$)")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_PIPE = re.compile(r"(?<!\\)\|")
_TABLE_TAG = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\n]*\)")
_STRONG = re.compile(r"\*\*(?=\S)([^*\n]+)\*\*|__(?=\S)([^_\n]+)__|~~(?=\S)([^~\n]+)~~")
_EMPHASIS = re.compile(r"(?<![*\\])\*(?=[^\s*])([^*\n]+)(?<!\\)\*(?!\*)")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]+)\1")
_MARKS = re.compile(r"[\[<&*_~`\\]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def looks_like_markdown(text: str) -> bool:
    """Say whether a text file is Markdown all the same: it draws a table in Markdown or html."""
    lines = text.split("\n")
    return _TABLE_TAG.search(text) is not None or any(
        "|" in line and _is_dashes(line, above) for above, line in pairwise(["", *lines])
    )


def read_markdown(text: str) -> Source:
    """Return the lines and tables of a Markdown file; raises ``UnreadableFile``."""
    reader = _Reader(_without_comments(printed(text)).split("\n"))
    while reader.at < len(reader.lines):
        reader.step()
    return reader.blocks.source()


def _without_comments(text: str) -> str:
    """Take comments out and leave their line ends; one that is not closed is text."""
    kept = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + len("-->")
    return "".join([*kept, text[at:]])


def _is_dashes(line: str, above: str | None) -> bool:
    """Whether a line rules off the head of a table; ``above`` is that head, if it is one."""
    plain = "".join(line.split())
    if _DASHES.fullmatch(plain):
        return True
    is_head = above is not None and len(_PIPE.findall(line)) == len(_PIPE.findall(above))
    return is_head and _SHORT_DASHES.fullmatch(plain) is not None


def _inline(text: str) -> str:
    """Return the words of a piece of text without its marks."""
    if not _MARKS.search(text):
        return text
    text = _LINK.sub(r"\1", _PICTURE.sub("", text))
    text = unescape(_TAG.sub("", _BREAK_TAG.sub("\n", text)))
    text = _STRONG.sub(lambda found: found[found.lastindex or 0], text)
    text = _CODE.sub(r"\2", _EMPHASIS.sub(r"\1", text))
    return _ESCAPED.sub(r"\1", text)


class _Reader:
    """Goes through the lines; ``at`` is the next one, counted from 0."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0
        self.blocks = Blocks()
        self._fenced = False
        self._positions = Positions()

    def step(self) -> None:
        """Read what begins at this line."""
        line = self.lines[self.at]
        if _FENCE.match(line):
            self._fenced = not self._fenced
            self.at += 1
        elif self._fenced:
            self._add(line)
        elif tag := _TABLE_TAG.search(line):
            self._html_table(tag)
        elif _pipes(line):
            self._pipe_lines()
        else:
            self._text(line)

    def _add(self, text: str, *, heading: bool = False, lines: int = 1) -> None:
        if _PICTURE.search(self.lines[self.at]):
            self.blocks.picture()
        self.blocks.line(text, f"第{self.at + 1}行", heading=heading)
        self.at += lines

    def _text(self, line: str) -> None:
        following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        if heading := _HEADING.match(line):
            self._add(_inline(line[heading.end() :].strip().rstrip("#")), heading=True)
        elif _RULE.match(line):
            self.at += 1
        elif line.strip() and _UNDERLINE.match(following):
            self._add(_inline(line), heading=True, lines=2)
        else:
            self._add(_inline(_BULLET.sub("", _QUOTE.sub("", line))))

    def _html_table(self, tag: re.Match[str]) -> None:
        """Read from the line of ``<table>`` to the line where it is closed, or to the end."""
        start = self.at
        open_tables = 0
        while self.at < len(self.lines):
            for found in _TABLE_TAG.finditer(self.lines[self.at]):
                open_tables += -1 if found.group(1) else 1
            self.at += 1
            if open_tables <= 0:
                break
        markup = "\n".join(self.lines[start : self.at])
        before, rest = markup[: tag.start()], markup[tag.start() :]
        place = f"第{start + 1}行"
        if before.strip():
            self.blocks.line(_inline(before), place)
        self.blocks.flow(html_flow(f"<div>{rest}</div>"), place)

    def _pipe_lines(self) -> None:
        """Read the lines with pipes from here on: a table where two have cells side by side."""
        end = self.at
        while end < len(self.lines) and _pipes(self.lines[end]):
            if _TABLE_TAG.search(self.lines[end]):
                break
            end += 1
        lines = self.lines[self.at : end]
        head = lines[0]
        opened = head.lstrip().startswith("|")
        rows = [
            self._row(line, opened=opened)
            for place, line in enumerate(lines)
            if not _is_dashes(line, head if place == 1 else None)
        ]
        if rows and (len(rows) < len(lines) or sum(_is_row(row) for row in rows) > 1):
            self._pipe_table(rows)
            self.at = end
        else:
            for line in lines:
                self._add(_inline(line))

    def _row(self, line: str, *, opened: bool) -> list[str]:
        """Split a line at its pipes; the outer ones are no cells, where the head has them."""
        text = line.strip()
        texts = [words.strip() for words in _PIPE.split(text)]
        self._positions.cover(1, len(texts))
        if opened and text.startswith("|"):
            texts = texts[1:]
        if len(texts) > 1 and not texts[-1] and text.endswith("|"):
            texts = texts[:-1]
        return texts

    def _pipe_table(self, rows: list[list[str]]) -> None:
        where = f"第{self.at + 1}行的表"
        cells = [
            source_cell(_inline(words), row, column, where, (1, 1))
            for row, texts in enumerate(rows)
            for column, words in enumerate(texts)
        ]
        self.blocks.table(cells, where)


def _is_row(texts: list[str]) -> bool:
    """Whether cells stand side by side, and no single one that only closes with a pipe."""
    return sum(bool(words) for words in texts) > 1


def _pipes(line: str) -> bool:
    return _PIPE.search(line) is not None
