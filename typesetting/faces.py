"""The typefaces of our pages, and which characters they can set.

Body text is set in Song (宋体: Noto Serif SC, a subset in ``fonts/``), heads in Hei (黑体: Noto
Sans CJK, from the package manimgx-fonts-cjk). Hei also sets the characters Song lacks: it holds
44,810, of the extensions B to F those that occur in names. Fonts of the machine are not looked at,
so that a page looks the same, to the byte, on every machine.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path
from unicodedata import category

from fontTools.ttLib import TTFont
from typst import Fonts

SONG = "Noto Serif SC"
HEI = "Noto Sans CJK SC"
SONG_FILES = Path(str(files("typesetting"))) / "fonts"
HEI_FILES = Path(str(files("manimgx_fonts_cjk")))
SHAPELESS = {"Cc", "Cf", "Zl", "Zp"}
"""Unicode categories of characters without a shape: controls, joiners, marks of direction."""
VARIANT_SELECTORS = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})


@cache
def fonts() -> Fonts:
    """Return the typefaces as the typesetter wants them; found once a process."""
    return Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[SONG_FILES, HEI_FILES],
    )


def settable(words: str) -> str:
    """Return the words with nothing in them that the typefaces cannot show.

    A character without a shape in either face (an emoji, an ideograph newer than the fonts) is
    written as its code point, ``〔U+31350〕``: the reader sees which one stands there, and no name
    loses a character in silence. Marks without a shape and control characters are left out; line
    ends and tabs stay.
    """
    if words.isprintable() and _is_plain_chinese(words):
        return words
    return "".join(map(_shown, words))


def _is_plain_chinese(words: str) -> bool:
    """Whether the words keep to GB 2312, all of which Song sets: asked without opening a font."""
    try:
        words.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _shown(character: str) -> str:
    point = ord(character)
    if character in "\n\t":
        return character
    if category(character) in SHAPELESS or point in VARIANT_SELECTORS:
        return ""
    is_set = point in set_in_song() or point in set_in_hei()
    return character if is_set else f"〔U+{point:04X}〕"


@cache
def set_in_song() -> frozenset[int]:
    """Return the code points Song has a shape for."""
    with TTFont(SONG_FILES / "NotoSerifSC-Regular.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def set_in_hei() -> frozenset[int]:
    """Return the code points Hei has a shape for: a third of a second, once a process."""
    (collection,) = HEI_FILES.glob("*.ttc")
    with TTFont(collection, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())
