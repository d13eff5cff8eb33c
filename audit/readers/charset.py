"""Which characters the bytes of a text file are: UTF-8, GB18030, UTF-16, told or found out.

What a page says of itself is believed only where the bytes agree: servers of government sites send
UTF-8 under ``charset=gb2312`` and the other way round.
"""

import codecs
import re

from charset_normalizer import from_bytes

from audit.readers.printed import CHINESE
from audit.readers.unreadable import wrong_kind

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE
)
_HEAD = 4096
"""Bytes in which a page must say its characters; the HTML standard asks for 1024."""

_SAMPLE = 64 * 1024
"""Bytes that are enough to tell one script from another."""

TOLERATED = 0.002
"""Share of unreadable characters: content systems cut texts in the middle of a character."""

USUAL = 0.9
"""Least share of Han, ASCII and punctuation in a text that may be a report."""

_USUAL = re.compile(f"[{CHINESE}\\s!-~]")
_GUESSES = ["utf_16_le", "utf_16_be", "big5", "gb18030", "hz"]


def decode(content: bytes) -> str:
    """Return the text; raises ``UnreadableFile`` where the bytes are no text of any usual code."""
    text = _marked(content)
    if text is None:
        text = _wide(content) if b"\0" in content[:_SAMPLE] else _narrow(content)
    if text is None or "\0" in text[:_SAMPLE]:
        raise wrong_kind("内容不是文本，也不是可识别的办公文档")
    return text


def _marked(content: bytes) -> str | None:
    """Decode by the byte order mark."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _tolerant(content[len(mark) :], name)
    return None


def _wide(content: bytes) -> str | None:
    """Decode UTF-16 without a mark, in the order of bytes that gives characters of a report.

    Zero bytes alone do not tell: 一 and 开 have one where digits have none.
    """
    for name in ("utf-16-le", "utf-16-be"):
        text = _tolerant(content, name)
        sample = (text or "")[:_SAMPLE]
        if text and len(_USUAL.findall(sample)) >= USUAL * len(sample):
            return text
    return None


def _narrow(content: bytes) -> str | None:
    for name in ("utf-8", *_declared(content), "gb18030"):
        text = _strict(content, name)
        if text is not None:
            return text
    # GBK and not GB18030: a broken four-byte character would take digits with it.
    for name in ("utf-8", "gbk"):
        text = _tolerant(content, name)
        if text is not None:
            return text
    best = from_bytes(content[:_SAMPLE], cp_isolation=_GUESSES).best()
    return _strict(content, best.encoding) if best else None


def _declared(content: bytes) -> list[str]:
    """Return the code the page names, GB2312 and GBK as the larger GB18030."""
    found = _DECLARED.search(content[:_HEAD])
    if not found:
        return []
    name = found.group(1).decode("ascii").lower()
    if name in {"gb2312", "gbk", "gb_2312-80", "x-gbk"}:
        return ["gb18030"]
    try:
        is_text = codecs.lookup(name).name not in {"utf-7", "idna", "punycode", "unicode_escape"}
        "".encode(name)
    except (LookupError, ValueError):
        return []
    return [name] if is_text and not name.startswith(("utf-16", "utf-32", "utf16")) else []


def _strict(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except UnicodeError:
        return None


def _tolerant(content: bytes, name: str) -> str | None:
    """Decode with the few characters left out that were cut, or not at all."""
    text = content.decode(name, "replace")
    wrong = text.count("\ufffd")
    letters = sum(not sign.isascii() for sign in text) if wrong else 0
    return text if wrong <= max(2, TOLERATED * letters) and wrong * 2 <= letters else None
