"""Placeholders in a Word text: found and filled, however the editor has cut them into runs."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import accumulate

from lxml import etree

from documents.placeholders import PLACEHOLDER, filled, named_in
from documents.word_package import W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def paragraphs(root: etree._Element) -> list[etree._Element]:
    """Return every paragraph, those in tables and text boxes too."""
    return list(root.iter(f"{W}p"))


def words_of(paragraph: etree._Element) -> str:
    """Return a paragraph's own words, without those of text boxes anchored in it."""
    return "".join(text.text or "" for text in _texts(paragraph))


def fill(root: etree._Element, values: Mapping[str, str]) -> None:
    """Fill every placeholder under an element; what a value holds is text and stays text.

    A paragraph that names an empty value falls away. One that is nothing but a placeholder becomes
    as many as its value has lines.
    """
    for paragraph in paragraphs(root):
        words = words_of(paragraph)
        names = [each.name for each in named_in(words)]
        if not names:
            continue
        if not all(values.get(name) for name in names):
            _remove(paragraph)
        elif PLACEHOLDER.fullmatch(words.strip()):
            _multiply(paragraph, [line for line in values[names[0]].split("\n") if line.strip()])
        else:
            _write(paragraph, values)


def _texts(paragraph: etree._Element) -> Iterator[etree._Element]:
    for text in paragraph.iter(f"{W}t"):
        if next(text.iterancestors(f"{W}p")) is paragraph:
            yield text


def _multiply(paragraph: etree._Element, lines: list[str]) -> None:
    """Put one copy of the paragraph in its place for each line.

    The last stays with what follows, so that a signature never stands on a page without text.
    """
    for n, line in enumerate(lines, start=1):
        copy = deepcopy(paragraph)
        if n == len(lines):
            _keep_with_next(copy)
        texts = list(_texts(copy))
        _set(texts[0], line)
        for rest in texts[1:]:
            _set(rest, "")
        paragraph.addprevious(copy)
    _drop(paragraph)


def _keep_with_next(paragraph: etree._Element) -> None:
    layout = paragraph.find(f"{W}pPr")
    if layout is None:
        layout = etree.Element(f"{W}pPr")
        paragraph.insert(0, layout)
    keep = layout.find(f"{W}keepNext")
    if keep is None:
        keep = etree.Element(f"{W}keepNext")
        # The schema wants it first, after the style alone.
        layout.insert(1 if layout.find(f"{W}pStyle") is not None else 0, keep)
    keep.set(f"{W}val", "1")


def _write(paragraph: etree._Element, values: Mapping[str, str]) -> None:
    """Write each value into the run its placeholder begins in; the others keep their own words."""
    texts = list(_texts(paragraph))
    words = [text.text or "" for text in texts]
    whole, ends = "".join(words), list(accumulate(map(len, words)))
    written: list[list[str]] = [[] for _ in texts]

    def keep(begin: int, end: int) -> None:
        while begin < end:
            run = bisect_right(ends, begin)
            stop = min(end, ends[run])
            written[run].append(whole[begin:stop])
            begin = stop

    at = 0
    for found in PLACEHOLDER.finditer(whole):
        keep(at, found.start())
        written[bisect_right(ends, found.start())].append(filled(found[0], values))
        at = found.end()
    keep(at, len(whole))
    for text, parts in zip(texts, written, strict=True):
        _set(text, "".join(parts))


def _set(text: etree._Element, words: str) -> None:
    text.text = words
    text.set(_SPACE, "preserve")


def _remove(paragraph: etree._Element) -> None:
    """Take a paragraph away, or only its words where its place must not stay empty."""
    parent = paragraph.getparent()
    alone = parent is not None and len(parent.findall(f"{W}p")) == 1
    ends_section = paragraph.find(f"{W}pPr/{W}sectPr") is not None
    if alone or ends_section:
        for text in _texts(paragraph):
            _set(text, "")
    else:
        _drop(paragraph)


def _drop(paragraph: etree._Element) -> None:
    parent = paragraph.getparent()
    if parent is not None:
        parent.remove(paragraph)
