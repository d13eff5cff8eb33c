"""Text files (txt): their lines as they are, tabs and pipes with them."""

from audit.readers.flow import Blocks
from audit.readers.printed import printed
from audit.source import Source


def read_plain(text: str) -> Source:
    """Return the lines of a text with their numbers; raises ``UnreadableFile`` where it is blank.

    Blanks and tabs at the ends of a line are cut off as `audit.source.Line` says.
    """
    blocks = Blocks()
    for number, line in enumerate(printed(text).replace("\f", "\n").split("\n"), start=1):
        blocks.line(line, f"第{number}行")
    return blocks.source()
