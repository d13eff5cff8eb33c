"""A Word file from outside, opened without trusting it, and written with fixed bytes.

ECMA-376 part 2: a zip of XML parts and their relations. What can overwhelm (zip bombs, entities)
is measured while it is read.
"""

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from documents.errors import TemplateRefused

LARGEST_FILE = 5 * 1024 * 1024
"""Bytes of an uploaded template."""
LARGEST_UNPACKED = 16 * 1024 * 1024
"""Bytes of all its parts together."""
MOST_PARTS = 300
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)

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

Parts = Mapping[str, bytes]
Texts = Mapping[str, etree._Element]  # noqa: SLF001 - lxml names its element type only so


def unpack(file: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name.

    Raises:
        TemplateRefused: no Word file, too large, or packed to overwhelm.
    """
    if len(file) > LARGEST_FILE:
        raise TemplateRefused([f"文件超过 {LARGEST_FILE // 1024 // 1024} MB"])
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            return _unpacked(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise TemplateRefused(["不是 Word 文档（.docx），或者文件已损坏、已加密"]) from None
    except zipfile.LargeZipFile:
        raise TemplateRefused(["文件解压后过大"]) from None


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = [each for each in archive.infolist() if not each.is_dir()]
    names = [each.filename for each in members]
    if len(members) > MOST_PARTS or len({name.lower() for name in names}) != len(names):
        raise TemplateRefused(["文件内部结构异常（部件过多或者重名）"])
    parts: dict[str, bytes] = {}
    left = LARGEST_UNPACKED
    for each in members:
        with archive.open(each) as part:
            # The size a member claims is its maker's word; what is read is counted.
            parts[each.filename] = part.read(left + 1)
        left -= len(parts[each.filename])
        if left < 0:
            raise TemplateRefused(["文件解压后过大"])
    return parts


def pack(parts: Parts) -> bytes:
    """Return the file: members in a fixed order, every stamp the same."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in sorted(parts):
            member = zipfile.ZipInfo(name, ZIP_EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            archive.writestr(member, parts[name], zipfile.ZIP_DEFLATED, 9)
    return written.getvalue()


def parse(part: bytes) -> etree._Element:
    """Read a part's XML; no entity is expanded and nothing is fetched.

    Raises:
        TemplateRefused: it is malformed or declares entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=False
    )
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise TemplateRefused(["文件内部的 XML 已损坏"]) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise TemplateRefused(["文件内部含有 DOCTYPE 声明"])
    return root


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
