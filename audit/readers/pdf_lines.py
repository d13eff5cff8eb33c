"""Characters put together to lines by where they stand on the page."""

from collections.abc import Iterator
from itertools import pairwise

from audit.readers.pdf_page import Glyph
from audit.readers.printed import printed

SAME_LINE = 0.45
"""Share of the type's height by which middles on one line differ at most: a figure centred beside a
label of two lines stands more than half a line from either."""

BLANK = 0.45
"""Share of the type's size from which a gap is a blank: WPS sets 0.25 between Han and digits."""

BLANK_IN_FIGURES = 0.15
"""The same between two digits: no program spreads a number, so these are two."""

TOUCHING = 0.06
"""Share of the size: characters of one word leave no more; cells keep more to their lines."""

TWICE = 0.15
"""Share of the size within which the same character again is only printed bold."""


class TextLine:
    """Characters of one line, from left to right."""

    def __init__(self, first: Glyph) -> None:
        self._glyphs = [first]
        self.middle = first.middle
        self.height = first.bottom - first.top

    def takes(self, glyph: Glyph) -> bool:
        """Say whether a character stands on this line."""
        height = min(self.height, glyph.bottom - glyph.top)
        return abs(glyph.middle - self.middle) <= SAME_LINE * height

    def add(self, glyph: Glyph) -> None:
        """Add a character that stands on this line."""
        self._glyphs.append(glyph)
        self.height = max(self.height, glyph.bottom - glyph.top)

    @property
    def text(self) -> str:
        """The words, with one blank wherever a gap or an overlap is seen."""
        ordered = sorted(self._glyphs, key=lambda glyph: glyph.centre)
        signs = [ordered[0].sign]
        last = ordered[0]
        for glyph in ordered[1:]:
            size = min(last.bottom - last.top, glyph.bottom - glyph.top)
            if glyph.sign == last.sign and abs(glyph.centre - last.centre) < TWICE * size:
                continue
            gap = BLANK_IN_FIGURES if (last.sign + glyph.sign).isdecimal() else BLANK
            if abs(glyph.left - last.right) > gap * size:
                signs.append(" ")
            signs.append(glyph.sign)
            last = glyph
        return " ".join(printed("".join(signs)).split())


def runs(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Yield characters that the file sets touching one another; a blank ends a run.

    Such a run belongs to one cell, also where it is wider than its cell and crosses the line.
    """
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and (run[-1].sign.isspace() or not _touch(run[-1], glyph)):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _touch(before: Glyph, after: Glyph) -> bool:
    size = before.bottom - before.top
    return (
        abs(after.left - before.right) < TOUCHING * size
        and abs(after.middle - before.middle) < TOUCHING * size
    )


def text_lines(glyphs: list[Glyph]) -> list[TextLine]:
    """Return the lines from top to bottom."""
    lines: list[TextLine] = []
    for glyph in sorted(glyphs, key=lambda one: one.middle):
        if lines and lines[-1].takes(glyph):
            lines[-1].add(glyph)
        else:
            lines.append(TextLine(glyph))
    return lines


def cell_text(glyphs: list[Glyph]) -> str:
    """Return the words of a cell, a break between its lines.

    Upright words (竖排) are read as the file has them: their columns go from right to left, and
    their punctuation stands aside.
    """
    if _is_upright(glyphs):
        return printed("".join("".join(glyph.sign for glyph in glyphs).split()))
    return "\n".join(line.text for line in text_lines(glyphs))


def _is_upright(glyphs: list[Glyph]) -> bool:
    """Say whether the file writes most characters right below the one before.

    Figures do not count: one below another is two figures and not a longer one.
    """
    below = sum(
        not after.sign.isascii()
        and abs(after.centre - before.centre) < TWICE * (before.bottom - before.top)
        and after.middle > before.middle
        for before, after in pairwise(glyphs)
    )
    return below > len(glyphs) / 2
