"""What may be attached to a request (附件): known by its content, never by what it calls itself.

Attachments are kept sealed and handed out again; nothing here or later opens them for display.
"""

import io
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PIL import Image, UnidentifiedImageError

from archives import ArchiveRefused, Limits, Package
from web.upload_names import BadNameError, upload_name

MOST_FILES: Final = 20
"""Attachments of one form."""

MOST_PIXELS: Final = 150_000_000
"""An A3 page scanned at 600 dots an inch has 70 million."""

_PDF_ENDS_WITHIN: Final = 2048
"""Bytes from the end in which `%%EOF` stands; some writers append to it (ISO 32000-1, annex H)."""
_ACTIVE_PART: Final = re.compile(r"vba|macro|activex|/embeddings/|\.bin$", re.IGNORECASE)
_DOCX_PARTS: Final = frozenset({"[Content_Types].xml", "word/document.xml"})
_MIB: Final = 1024 * 1024
_DOCX_LIMITS: Final = Limits(
    members=4_000, unpacked=400 * _MIB, member=16 * _MIB, tags=500_000, ratio=400
)
"""An application with a hundred scans in it has some 150 members; 200 pages of text are 3 MB."""

PDF: Final = "application/pdf"
JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    PDF: (".pdf",),
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
    DOCX: (".docx",),
}
_ALL_ENDINGS: Final = tuple(ending for endings in _ENDINGS.values() for ending in endings)
KINDS_IN_WORDS: Final = "PDF、JPG、PNG 或者 docx"


class AttachmentRefusedError(Exception):
    """A file that is not taken; the message is one Chinese sentence and quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept; its name is a plain one."""

    name: str
    media_type: str
    content: bytes


def checked(upload: Upload) -> CheckedFile:
    """Return the file where it may be attached.

    Raises:
        AttachmentRefusedError: its name is a path, or its content is not of a kind that is taken.
    """
    try:
        name = upload_name(upload.name, _ALL_ENDINGS)
    except BadNameError as bad:
        raise AttachmentRefusedError(str(bad)) from None
    if not upload.content:
        raise AttachmentRefusedError("文件是空的，请重新选择")
    media_type = _media_type(upload.content)
    if not name.lower().endswith(_ENDINGS[media_type]):
        ending = "、".join(_ENDINGS[media_type])
        raise AttachmentRefusedError(f"文件内容与扩展名不符：内容是 {ending} 文件，请核对")
    _CHECKS[media_type](upload.content)
    return CheckedFile(name, media_type, upload.content)


def _media_type(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"PK\x03\x04"):
        return DOCX
    raise AttachmentRefusedError(f"不接收这种文件，请提供 {KINDS_IN_WORDS}")


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-_PDF_ENDS_WITHIN:]:
        raise AttachmentRefusedError("PDF 不完整，可能传输中断，请重新扫描或者另存后再传")
    if re.search(rb"/(JavaScript|Launch|EmbeddedFile)\b", content):
        raise AttachmentRefusedError("PDF 内含脚本、程序或者嵌入的文件，请打印成新的 PDF 后再传")


def _check_picture(content: bytes) -> None:
    """Check a picture's structure without unpacking it."""
    try:
        with warnings.catch_warnings():
            # Its own limit is lower than a large scan; ours is asked below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
                width, height = picture.size
                picture.verify()
    except (Image.DecompressionBombError, UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise AttachmentRefusedError("图片已损坏，或者尺寸异常，请重新扫描后再传") from None
    if width * height > MOST_PIXELS:
        raise AttachmentRefusedError("图片尺寸过大，请降低分辨率重新扫描后再传")


def _check_docx(content: bytes) -> None:
    try:
        package = Package(content, _DOCX_LIMITS)
        if not package.names >= _DOCX_PARTS:
            raise AttachmentRefusedError(f"不接收这种文件，请提供 {KINDS_IN_WORDS}")
        for part in _DOCX_PARTS:
            package.xml(part)
    except ArchiveRefused:
        raise AttachmentRefusedError(
            "docx 文件已损坏、已加密，或者解压后异常地大，没有接收，请另存为 PDF 后再传"
        ) from None
    if any(map(_ACTIVE_PART.search, package.names)):
        raise AttachmentRefusedError("docx 内含宏、控件或者嵌入的文件，请另存为 PDF 后再传")


_CHECKS: Final[Mapping[str, Callable[[bytes], None]]] = {
    PDF: _check_pdf,
    JPEG: _check_picture,
    PNG: _check_picture,
    DOCX: _check_docx,
}
