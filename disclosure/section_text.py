"""A written section (文字部分) against the text its writer had before them."""

import hashlib
from collections.abc import Iterable

from disclosure.agency_commands import WriteRollupSection, WriteSection
from disclosure.agency_events import RollupSectionWritten, SectionWritten
from disclosure.event import Event
from disclosure.refusals import Refused

OVERTAKEN = "打开以后他人修改过这一部分，请与现行文字合并后再保存"


def text_mark(text: str) -> str:
    """Return what somebody says they have seen of a section's text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def refuse_overtaken(
    events: Iterable[Event], command: WriteSection | WriteRollupSection, seen: str
) -> None:
    """Refuse a text written over one its writer has not seen.

    Args:
        events: of the agency, all of them.
        command: what is to be written.
        seen: the `text_mark` of the text its writer had before them.

    Raises:
        Refused: another text stands (`stale`).
    """
    kind = SectionWritten if isinstance(command, WriteSection) else RollupSectionWritten
    standing = ""
    for event in events:
        if isinstance(event, kind) and (event.year, event.section) == (
            command.year,
            command.section,
        ):
            standing = event.text
    if seen != text_mark(standing):
        raise Refused("stale", "text", OVERTAKEN)
