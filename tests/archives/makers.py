"""Archives made for a test: honest, damaged or hostile."""

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO

from archives import Limits

ROOMY = Limits(members=10, unpacked=1_000_000, member=500_000, tags=1_000)
OFFSET_AND_MORE = 0xFFFF_FFFF
"""A place of 32 bits that says: look in the extra field (APPNOTE.TXT 4.5.3)."""


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive as others write them."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def at_offset(offset: int) -> bytes:
    """A directory with one member, ``a.xml``, that begins at a place of 64 bits."""
    name = b"a.xml"
    extra = struct.pack("<HHQ", 1, 8, offset)
    sizes = (33, 0, 5, 5, len(name), len(extra), 0, 0, 0, 0, OFFSET_AND_MORE)
    entry = struct.pack("<4s4B3HH3L5H2L", b"PK\1\2", 20, 3, 20, 0, 0, 0, 0, *sizes) + name + extra
    return entry + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(entry), 0, 0)


def scrambled(archive: bytes, name: str = "a.xml", skip: int = 0) -> bytes:
    """An archive of which a member's packed bytes, some left out, are noise."""
    start = archive.index(name.encode()) + len(name) + skip
    return archive[:start] + b"\xff" * 8 + archive[start + 8 :]
