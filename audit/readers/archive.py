"""The zip archive a docx or xlsx is, opened with limits and nothing resolved from outside."""

import posixpath
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from audit.readers.limits import (
    MAX_MEMBER_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_TAGS,
    MAX_UNPACKED_BYTES,
    MIB,
)
from audit.readers.unreadable import broken, encrypted, too_large

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    KeyError,
)
"""What `zipfile` is known to raise about archives that are cut, forged or of rare methods."""

_SMALL = 64 * 1024
"""Bytes below which a high ratio is no danger."""


class Archive:
    """An open archive; every method raises ``UnreadableFile`` and nothing else.

    Args:
        content: the bytes of the file.
        kind: what the file is to people, for the refusal.
    """

    def __init__(self, content: bytes, kind: str = "压缩格式文档") -> None:
        self.kind = kind
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            members = self._zip.infolist()
        except _DAMAGE as error:
            raise broken(kind) from error
        if len(members) > MAX_MEMBERS:
            raise too_large("内含文件数", f"{MAX_MEMBERS}个")
        if any(member.flag_bits & 1 for member in members):
            raise encrypted()
        if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
            raise too_large("解压后的大小", f"{MAX_UNPACKED_BYTES // MIB} MB")
        for member in members:
            if member.file_size > max(_SMALL, MAX_RATIO * member.compress_size):
                raise too_large("压缩比", f"{MAX_RATIO}倍")
        self.names = frozenset(member.filename for member in members)

    def read(self, name: str) -> bytes:
        """Unpack one member, never more of it than the limit, whatever size it declares."""
        try:
            with self._zip.open(name) as member:
                content = member.read(MAX_MEMBER_BYTES + 1)
        except _DAMAGE as error:
            raise broken(self.kind) from error
        if len(content) > MAX_MEMBER_BYTES:
            raise too_large("解压后的内容", f"{MAX_MEMBER_BYTES // MIB} MB")
        return content

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML part.

        Office writes no document type, and only through one can XML hold entity bombs or ask for
        files and addresses: a part with one is refused.
        """
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        content = self.read(name)
        if content.count(b"<") > MAX_TAGS:
            raise too_large("文档标记", f"{MAX_TAGS}个")
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise broken(self.kind) from error
        if root is None or root.getroottree().docinfo.internalDTD is not None:
            raise broken(self.kind)
        return root

    def related(self, part: str, kind: str) -> list[str]:
        """Return the parts of a kind (``styles``, ``worksheet``) that a part names, in order.

        ``part`` is empty for the package itself. Parts that are not there are left out.
        """
        return [name for _, found, name in self.relations(part) if found == kind]

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """Return the id, kind and part of each relation of a part (OPC, ECMA-376 part 2)."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self.names:
            return []
        found = []
        for relation in self.xml(relations):
            target = posixpath.join("/", folder, relation.get("Target", "")).lstrip("/")
            target = posixpath.normpath(target)
            if target in self.names and relation.get("TargetMode") != "External":
                kind = relation.get("Type", "").rpartition("/")[2]
                found.append((relation.get("Id", ""), kind, target))
        return found


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace: the strict kind of Office has others."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: etree._Element, *path: str) -> etree._Element | None:
    """Return the first descendant along a path of local names."""
    found: etree._Element | None = element
    for name in path:
        if found is None:
            return None
        found = next((one for one in found if local(one) == name), None)
    return found
