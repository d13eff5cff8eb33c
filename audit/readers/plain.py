"""Text files (txt): their lines as they are, tabs and pipes with them."""

import re

from audit.readers.blocks import Blocks
from audit.readers.printed import printed
from audit.source import Source

_SPACE = re.compile(
    r"&(?:nbsp|ensp|emsp|thinsp|#(?:160|819[4-9]|8201|12288)|#x(?:a0|200[2-9]|3000));",
    re.IGNORECASE,
)
"""White space as a page spells it, which text saved from one may still hold."""


def read_plain(text: str) -> Source:
    """Return the lines of a text with their numbers; raises ``UnreadableFile`` where it is blank.

    Blanks and tabs at the ends of a line are cut off as `audit.source.Line` says.
    """
    blocks = Blocks()
    shown = _SPACE.sub(" ", printed(text)).replace("\f", "\n")
    for number, line in enumerate(shown.split("\n"), start=1):
        blocks.line(line, f"第{number}行")
    return blocks.source()
