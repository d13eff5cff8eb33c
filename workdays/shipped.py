"""The notices that come with this release, and how to add to them.

They are read when this module is imported: inside a workflow nothing may touch the disk.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from workdays.notice import Notice, read_notice
from workdays.statutory import Calendar

_FOLDER: Final = Path(__file__).with_name("notices")
_SHIPPED: Final[tuple[Notice, ...]] = tuple(
    read_notice(file) for file in sorted(_FOLDER.glob("*.json"))
)
_PUBLISHED: Final = Calendar.from_notices(_SHIPPED)


def published() -> Calendar:
    """Return the calendar of all notices shipped; always the same object, no I/O."""
    return _PUBLISHED


def load(files: Iterable[Path]) -> Calendar:
    """Make a calendar of these notice files alone.

    Raises:
        NoticeInvalid: a file is at fault, or the files do not fit together.
    """
    return Calendar.from_notices([read_notice(file) for file in files])


def shipped_notices() -> Sequence[Notice]:
    """Return the notices that come with this release."""
    return _SHIPPED


def published_with(notices: Iterable[Notice]) -> Calendar:
    """Make a calendar of the shipped notices and these: next year's, before the next release.

    A notice whose number is shipped by now is left out, so that an upgrade does not collide
    with the one an agency added by itself.

    Raises:
        NoticeInvalid: the notices do not fit together.
    """
    shipped = {notice.number for notice in _SHIPPED}
    added = [notice for notice in notices if notice.number not in shipped]
    return Calendar.from_notices([*_SHIPPED, *added]) if added else _PUBLISHED
