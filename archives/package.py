"""An archive from anyone, opened and read within limits; nothing is unpacked to disk.

Source: ECMA-376 part 2 (Open Packaging Conventions); APPNOTE.TXT for the zip below it.
"""

import zipfile
import zlib
from collections.abc import KeysView
from io import BytesIO
from typing import Final

from lxml import etree

from archives.limits import Limits
from archives.refusal import ArchiveRefused, Fault
from archives.xml_parts import parse_xml

_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What `zipfile` raises about archives that are cut, forged or of rare methods."""

_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""All that ECMA-376 part 2 lets a package use: no other decoder is given bytes of anyone's."""

_SMALL: Final = 64 * 1024
"""Bytes below which a high ratio is no danger."""

_ENTRY: Final = b"PK\1\2"
"""Where an entry of a directory begins (APPNOTE.TXT 4.3.12)."""

_ENCRYPTED: Final = 1
"""Bit of a member's flags (APPNOTE.TXT 4.4.4)."""


class Package:
    """An open archive.

    Every method raises `ArchiveRefused` and nothing else. What an archive declares is looked at
    when it is opened; what it holds is counted while it is read.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        # `zipfile` reads a directory of any length: half a million entries fit into 20 MB.
        if content.count(_ENTRY) > limits.members:
            raise ArchiveRefused(Fault.MEMBERS)
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except _DAMAGE as error:
            raise ArchiveRefused(Fault.DAMAGED) from error
        # `ZipInfo.is_dir` stumbles over a member without a name.
        members = [each for each in self._zip.infolist() if not each.filename.endswith("/")]
        _check(members, limits)
        self._members = {member.filename: member for member in members}
        self._limits = limits
        self._left = limits.unpacked

    @property
    def names(self) -> KeysView[str]:
        """The names of its files in the order of its directory."""
        return self._members.keys()

    def read(self, name: str) -> bytes:
        """Unpack one member, never more of it than the limits, whatever size it declares."""
        member = self._members.get(name)
        if member is None or member.compress_type not in _METHODS:
            raise ArchiveRefused(Fault.DAMAGED)
        most = min(self._limits.member, self._left)
        try:
            with self._zip.open(member) as part:
                content = part.read(most + 1)
        except _DAMAGE as error:
            raise ArchiveRefused(Fault.DAMAGED) from error
        if len(content) > most:
            raise ArchiveRefused(Fault.MEMBER if most == self._limits.member else Fault.UNPACKED)
        self._left -= len(content)
        return content

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML part; see `parse_xml`."""
        return parse_xml(self.read(name), self._limits.tags)


def _check(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len({member.filename.lower() for member in members}) < len(members):
        raise ArchiveRefused(Fault.NAMES)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise ArchiveRefused(Fault.ENCRYPTED)
    if sum(member.file_size for member in members) > limits.unpacked:
        raise ArchiveRefused(Fault.UNPACKED)
    if limits.ratio is not None:
        for member in members:
            if member.file_size > max(_SMALL, limits.ratio * member.compress_size):
                raise ArchiveRefused(Fault.RATIO)
