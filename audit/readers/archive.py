"""The archive a docx or xlsx is, with its parts and their relations; refusals in Chinese."""

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from archives import ArchiveRefused, Fault, Package
from audit.readers.limits import ARCHIVE, MIB
from audit.readers.unreadable import UnreadableFile, broken, encrypted, too_large

_TOO_LARGE = {
    Fault.MEMBERS: ("内含文件数", f"{ARCHIVE.members}个"),
    Fault.UNPACKED: ("解压后的大小", f"{ARCHIVE.unpacked // MIB} MB"),
    Fault.MEMBER: ("解压后的内容", f"{ARCHIVE.member // MIB} MB"),
    Fault.RATIO: ("压缩比", f"{ARCHIVE.ratio}倍"),
    Fault.TAGS: ("文档标记", f"{ARCHIVE.tags}个"),
}


class Archive:
    """An open archive; every method raises ``UnreadableFile`` and nothing else.

    Args:
        content: the bytes of the file.
        kind: what the file is to people, for the refusal.
    """

    def __init__(self, content: bytes, kind: str = "压缩格式文档") -> None:
        self._kind = kind
        with _said(kind):
            self._package = Package(content, ARCHIVE)
        self.names = self._package.names

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML part."""
        with _said(self._kind):
            return self._package.xml(name)

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


@contextmanager
def _said(kind: str) -> Iterator[None]:
    try:
        yield
    except ArchiveRefused as refused:
        raise _refusal(refused.fault, kind) from refused


def _refusal(fault: Fault, kind: str) -> UnreadableFile:
    if fault is Fault.ENCRYPTED:
        return encrypted()
    if fault in _TOO_LARGE:
        return too_large(*_TOO_LARGE[fault])
    return broken(kind)


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
