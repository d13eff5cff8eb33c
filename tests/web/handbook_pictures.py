"""`python -m tests.web.handbook_pictures`: bring pictures from the browser tests into the handbook.

The journeys of `tests/web` leave a picture of each page in `build/screenshots`. Those the handbook
shows are cut to the part it speaks of and saved with few colours: pages are flat, so they lose
nothing an eye would miss. All of them together stay below 2.5 MB.
"""

import sys
from pathlib import Path
from typing import Final

from PIL import Image

TAKEN: Final = Path("build/screenshots")
SHOWN: Final = Path("web/static")
PICTURES: Final = {
    "sign-in": "sign-in",
    "worklist": "worklist",
    "intake": "intake-filled",
    "bulk": "bulk-checked",
    "request": "keyboard-registered",
    "stale": "request-stale",
    "clearance": "clearance-review",
    "document": "document-reply",
    "proceeding": "proceeding",
    "figures": "figures",
    "report": "report-submitted",
    "rollup": "rollup",
    "audit": "audit-found",
    "trail": "trail",
}
"""Each picture of the handbook, and the screenshot it is made of."""

_TALLEST: Final = 900
"""Pixels; a longer page is cut below."""
_COLOURS: Final = 256


def main() -> int:
    """Make every picture anew; tell which screenshots are missing, and then change none."""
    missing = [name for name in PICTURES.values() if not _taken(name).is_file()]
    if missing:
        sys.stderr.write(f"no screenshot of {', '.join(missing)}: run the journeys first\n")
        return 1
    for name, screenshot in PICTURES.items():
        save(_taken(screenshot), SHOWN / f"handbook-{name}.png")
    return 0


def save(screenshot: Path, target: Path) -> None:
    """Save a screenshot as a small picture."""
    with Image.open(screenshot) as whole:
        part = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, _TALLEST)))
    few = part.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(target, optimize=True)


def _taken(name: str) -> Path:
    return TAKEN / f"{name}.png"


if __name__ == "__main__":
    sys.exit(main())
