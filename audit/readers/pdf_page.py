"""One page of a PDF through pdfium: its characters and its ruled lines, with their places.

Coordinates are in points (1/72 inch) of the page as a viewer shows it, x to the right and y
**downwards**, whatever way the page or its text is turned.

Source: ISO 32000-1, 8.5 (paths) and 9 (text); headers ``fpdf_text.h`` and ``fpdf_edit.h``.
"""

import ctypes
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import pi
from typing import NamedTuple

import pypdfium2.raw as pdfium

from audit.readers.limits import MAX_DRAWN, MAX_GLYPHS
from audit.readers.pdf_places import IDENTITY, TURNS, Matrix, applied, around, box_of, times
from audit.readers.unreadable import too_large

THIN = 3.0
"""Points: a filled box not wider than this is a ruled line; Word and WPS draw theirs so."""

SHORTEST = 2.0
"""Points: shorter pieces are dots and serifs, not rules."""

MAX_FORMS = 6
"""Forms (drawings used inside drawings) followed into one another."""

_SAMPLES = 40
"""Characters asked which way they are turned."""


class Glyph(NamedTuple):
    """One printed character and the box of its type: full advance, ascent to descent."""

    sign: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Its place from the left."""
        return (self.left + self.right) / 2


class Picture(NamedTuple):
    """A picture: the height of its middle, and the share of the page it covers."""

    middle: float
    share: float


class Rule(NamedTuple):
    """A straight line along an axis: ``at`` across it, from ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float


class Drawn(NamedTuple):
    """What a page shows: characters in the order of the file, rules, and the share of pictures."""

    glyphs: list[Glyph]
    level: list[Rule]
    upright: list[Rule]
    pictures: list[Picture]

    @property
    def pictured(self) -> float:
        """The share of the page that pictures cover; more than 1 where they cover each other."""
        return sum(picture.share for picture in self.pictures)


def read_page(page: "pdfium.FPDF_PAGE") -> Drawn:
    """Return what is on a page; raises ``UnreadableFile`` past the limits."""
    text = pdfium.FPDFText_LoadPage(page)
    try:
        turns = pdfium.FPDFPage_GetRotation(page) + _turned_text(text)
        to_view = TURNS[turns % 4]
        glyphs = list(_glyphs(text, to_view))
    finally:
        pdfium.FPDFText_ClosePage(text)
    level: list[Rule] = []
    upright: list[Rule] = []
    pictures: list[Picture] = []
    whole = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    for kind, item, matrix in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, top, right, bottom = box_of(times(matrix, to_view), *_bounds(item))
            area = (right - left) * (bottom - top)
            pictures.append(Picture((top + bottom) / 2, area / whole if whole > 0 else 0))
        else:
            _add_rules(item, times(matrix, to_view), level, upright)
    return Drawn(glyphs, level, upright, pictures)


def _turned_text(text: "pdfium.FPDF_TEXTPAGE") -> int:
    """Return by how many quarters a reader turns the page clockwise to read most of its text."""
    count = pdfium.FPDFText_CountChars(text)
    angles = (
        pdfium.FPDFText_GetCharAngle(text, number)
        for number in range(0, max(count, 0), max(1, count // _SAMPLES))
    )
    quarters = Counter(-round(angle / (pi / 2)) % 4 for angle in angles if angle >= 0)
    return quarters.most_common(1)[0][0] if quarters else 0


def _glyphs(text: "pdfium.FPDF_TEXTPAGE", to_view: Matrix) -> Iterator[Glyph]:
    """Yield the characters that are in the file; blanks and breaks pdfium adds are left out."""
    count = pdfium.FPDFText_CountChars(text)
    if count > MAX_GLYPHS:
        raise too_large("单页文字", f"{MAX_GLYPHS}字")
    box = pdfium.FS_RECTF()
    place = ctypes.byref(box)
    high = 0
    for number in range(count):
        code = pdfium.FPDFText_GetUnicode(text, number)
        if 0xD800 <= code < 0xDC00:  # noqa: PLR2004 -- first half of a pair (Unicode 3.9)
            high = code
            continue
        if not code or pdfium.FPDFText_IsGenerated(text, number) == 1:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, number, place):
            continue
        if high and 0xDC00 <= code < 0xE000:  # noqa: PLR2004 -- second half of a pair
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        yield Glyph(chr(code), *box_of(to_view, box.left, box.bottom, box.right, box.top))


def _objects(page: "pdfium.FPDF_PAGE") -> Iterator[tuple[int, "pdfium.FPDF_PAGEOBJECT", Matrix]]:
    """Yield the paths and pictures of a page, those in forms with the matrix of their form."""
    budget = MAX_DRAWN
    waiting = [
        (pdfium.FPDFPage_GetObject(page, number), IDENTITY, 0)
        for number in range(min(pdfium.FPDFPage_CountObjects(page), MAX_DRAWN + 1))
    ]
    while waiting:
        budget -= 1
        if budget < 0:
            raise too_large("单页图形", f"{MAX_DRAWN}个")
        item, matrix, depth = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORMS:
            inner = times(_matrix(item), matrix)
            waiting += [
                (pdfium.FPDFFormObj_GetObject(item, number), inner, depth + 1)
                for number in range(min(pdfium.FPDFFormObj_CountObjects(item), MAX_DRAWN + 1))
            ]
        elif kind in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE}:
            yield kind, item, matrix


def _add_rules(
    item: "pdfium.FPDF_PAGEOBJECT", matrix: Matrix, level: list[Rule], upright: list[Rule]
) -> None:
    """Add the rules a path draws: straight strokes, edges of stroked boxes, thin filled boxes."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    for points in _outlines(item, times(_matrix(item), matrix)):
        if stroke.value:
            for start, end in pairwise(points):
                _add_rule(around([start, end]), level, upright)
        elif fill.value:
            _add_rule(around(points), level, upright)


def _add_rule(
    box: tuple[float, float, float, float], level: list[Rule], upright: list[Rule]
) -> None:
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    if height <= THIN and width > max(SHORTEST, height):
        level.append(Rule((top + bottom) / 2, left, right))
    elif width <= THIN and height > max(SHORTEST, width):
        upright.append(Rule((left + right) / 2, top, bottom))


def _outlines(
    item: "pdfium.FPDF_PAGEOBJECT", matrix: Matrix
) -> Iterator[list[tuple[float, float]]]:
    """Yield the polygons of a path; a curve ends its polygon, tables have none."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for number in range(min(pdfium.FPDFPath_CountSegments(item), MAX_DRAWN)):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind != pdfium.FPDF_SEGMENT_LINETO and points:
            yield points
            points = []
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        points.append(applied(matrix, x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield [*points, points[0]]
            points = []
    if points:
        yield points


def _bounds(item: "pdfium.FPDF_PAGEOBJECT") -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of an object; noughts where it has none."""
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, edges))
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _matrix(item: "pdfium.FPDF_PAGEOBJECT") -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f
