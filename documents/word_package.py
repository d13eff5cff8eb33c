"""The parts of a Word file from outside, and the properties of one of ours."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from lxml import etree

from archives import ArchiveRefused, Fault, Limits, Package, parse_xml
from documents.errors import TemplateRefused

_MIB = 1024 * 1024
LARGEST_FILE = 5 * _MIB
"""Bytes of an uploaded template."""
LARGEST_UNPACKED = 16 * _MIB
"""Bytes of all its parts together."""
LIMITS = Limits(members=300, unpacked=LARGEST_UNPACKED, member=LARGEST_UNPACKED, tags=500_000)
"""A template with a coat of arms and six sorts of heads has some 40 parts and 10,000 tags."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CORE = "docProps/core.xml"
_TEXTS = frozenset(
    f"{W}{name}"
    for name in (
        "document",
        "hdr",
        "ftr",
        "footnotes",
        "endnotes",
        "comments",
        "glossaryDocument",
    )
)

_NO_WORD_FILE = "不是 Word 文档（.docx），或者文件已损坏、已加密"
_ODD_STRUCTURE = "文件内部结构异常（部件过多或者重名）"
_TOO_LARGE = "文件解压后过大"
FINDINGS: Mapping[Fault, str] = {
    Fault.DAMAGED: _NO_WORD_FILE,
    Fault.ENCRYPTED: _NO_WORD_FILE,
    Fault.NAMES: _ODD_STRUCTURE,
    Fault.MEMBERS: _ODD_STRUCTURE,
    Fault.UNPACKED: _TOO_LARGE,
    Fault.MEMBER: _TOO_LARGE,
    Fault.RATIO: _TOO_LARGE,
    Fault.TAGS: _TOO_LARGE,
    Fault.XML: "文件内部的 XML 已损坏",
    Fault.DOCTYPE: "文件内部含有 DOCTYPE 声明",
}

Parts = Mapping[str, bytes]
Texts = Mapping[str, etree._Element]  # noqa: SLF001 - lxml names its element type only so


def unpack(file: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name.

    Raises:
        TemplateRefused: no Word file, too large, or packed to overwhelm.
    """
    if len(file) > LARGEST_FILE:
        raise TemplateRefused([f"文件超过 {LARGEST_FILE // _MIB} MB"])
    with _said():
        package = Package(file, LIMITS)
        return {name: package.read(name) for name in package.names}


def parse(part: bytes) -> etree._Element:
    """Read a part's XML; no entity is expanded and nothing is fetched.

    Raises:
        TemplateRefused: it is malformed, declares entities, or has endless tags.
    """
    with _said():
        return parse_xml(part, LIMITS.tags)


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except ArchiveRefused as refused:
        raise TemplateRefused([FINDINGS[refused.fault]]) from None


def text_parts(parts: Parts) -> Texts:
    """Return the parts that hold text, parsed: known by what they are, not by what they are named.

    Raises:
        TemplateRefused: some part's XML is malformed.
    """
    roots = {name: parse(parts[name]) for name in sorted(parts) if name.endswith(".xml")}
    return {name: root for name, root in roots.items() if root.tag in _TEXTS}


def with_properties(parts: Parts, *, title: str, author: str, on: str) -> dict[str, bytes]:
    """Return the parts with properties of our own: none of whoever drew the template.

    Args:
        parts: of the template.
        title: of the document.
        author: the agency.
        on: day of the document, ISO.
    """
    spaces = {
        "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    root = etree.Element(f"{{{spaces['cp']}}}coreProperties", nsmap=spaces)
    for space, name, value in (("dc", "title", title), ("dc", "creator", author)):
        etree.SubElement(root, f"{{{spaces[space]}}}{name}").text = value
    for name in ("created", "modified"):
        stamp = etree.SubElement(root, f"{{{spaces['dcterms']}}}{name}")
        stamp.set(f"{{{spaces['xsi']}}}type", "dcterms:W3CDTF")
        stamp.text = f"{on}T00:00:00Z"
    core = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return {**parts, _CORE: core} if _CORE in parts else dict(parts)
