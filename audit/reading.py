"""The door of the readers: from a file of any kind to its lines and tables.

What a file is is told by its content first and by its name second: content systems hand out html
under ``.doc`` and Word files under ``.wps``.
"""

import json
import re

from audit.readers.archive import Archive
from audit.readers.charset import decode
from audit.readers.docx import read_docx
from audit.readers.html import read_html
from audit.readers.limits import MAX_FILE_BYTES, MAX_JSON_BYTES, MIB
from audit.readers.markdown import looks_like_markdown, read_markdown
from audit.readers.pdf import read_pdf
from audit.readers.plain import read_plain
from audit.readers.signatures import refuse_known
from audit.readers.unreadable import UnreadableFile, broken, too_large, without_words, wrong_kind
from audit.readers.xlsx import read_xlsx
from audit.source import Source

__all__ = ["UnreadableFile", "is_report_json", "read_source"]

HTML_ENDINGS = ("html", "htm", "shtml", "xhtml", "jhtml", "asp", "aspx", "jsp", "php")
MARKDOWN_ENDINGS = ("md", "markdown", "mkd")
NEVER_TEXT = {"pdf": " PDF 文件", "docx": " Word 文档", "xlsx": " Excel 工作簿"}
"""Endings no program gives to bare text, and what the file would have to be; ``doc`` and ``xls``
are not among them."""
TABLES = ("table2", "table3", "table4")
_PDF_START = 1024
"""Bytes in which viewers look for ``%PDF-`` (ISO 32000-1, annex H)."""

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^<>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|table|center|p|span|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_ANYWHERE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_HEAD = 4096


def read_source(name: str, content: bytes) -> Source:
    """Return the lines and tables of a published report in reading order.

    Args:
        name: the file's name, of which only the ending counts, and only where the content of
            text files leaves it open.
        content: its bytes, from anyone.

    Raises:
        UnreadableFile: for whatever cannot be read; nothing else is ever raised.
    """
    if len(content) > MAX_FILE_BYTES:
        raise too_large("大小", f"{MAX_FILE_BYTES // MIB} MB")
    if not content.strip(b"\0\t\n\r \xef\xbb\xbf"):
        raise without_words()
    try:
        return _read(name.rpartition(".")[2].lower(), content)
    except UnreadableFile:
        raise
    except Exception as error:  # the bytes are anyone's, the parsers are others'; the cause is kept
        raise broken("文档") from error


def is_report_json(content: bytes) -> bool:
    """Say whether the bytes are a ``report.json``: a JSON object with a table of the form."""
    if len(content) > MAX_JSON_BYTES or content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return False
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and any(name in found for name in TABLES)


def _read(ending: str, content: bytes) -> Source:
    if b"%PDF-" in content[:_PDF_START]:
        return read_pdf(content)
    if content.startswith(b"PK"):
        return _read_archive(content)
    refuse_known(content)
    return _read_text(ending, decode(content))


def _read_archive(content: bytes) -> Source:
    names = Archive(content).names
    if any(name.startswith("word/") for name in names):
        return read_docx(content)
    if any(name.startswith("xl/") for name in names):
        return read_xlsx(content)
    if "mimetype" in names and "content.xml" in names:
        raise wrong_kind("这是开放文档（odt、ods、ofd）", "请用原软件打开，另存为 docx 后重试。")
    if "OFD.xml" in names:
        raise wrong_kind("这是版式文档（ofd）", "请用阅读器打开，导出或打印为 pdf 后重试。")
    raise wrong_kind("这是压缩包或其他办公文件", "请解压后只提交其中的年度报告。")


def _read_text(ending: str, text: str) -> Source:
    if not text.strip():
        raise without_words()
    if ending in HTML_ENDINGS or _HTML_START.match(text[:_HEAD]):
        return read_html(text)
    if ending in MARKDOWN_ENDINGS or looks_like_markdown(text):
        return read_markdown(text)
    if _HTML_ANYWHERE.search(text[:_HEAD]):
        return read_html(text)
    if text.lstrip().startswith("{") and is_report_json(text.encode("utf-8", "replace")):
        raise wrong_kind("这是 report.json 数据，不是排好版的报告", "请按数据文件提交。")
    if ending == "json":
        raise wrong_kind("这不是完整的 JSON 数据，或者其中没有年度报告", "请重新导出后再试。")
    if ending in NEVER_TEXT:
        raise broken(NEVER_TEXT[ending])
    return read_plain(text)
