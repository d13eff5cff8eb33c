"""What kind of file the first bytes are, for kinds that are refused by name."""

from audit.readers.unreadable import UnreadableFile, encrypted, scanned, wrong_kind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Compound file of the old Office ([MS-CFB]): doc, xls, wps, and anything with a password."""

PICTURES = (
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\0",
    b"MM\0*",
    b"\0\0\1\0",
)
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0")
_SAVE_DOCX = "请用 Word 或 WPS 打开，另存为 docx 后重试。"
_OLE_KINDS = (
    ("EncryptedPackage", None),
    ("WordDocument", "旧版 Word 或 WPS 文字文档（doc、wps）"),
    ("Workbook", "旧版 Excel 或 WPS 表格（xls、et）"),
    ("Book", "旧版 Excel 或 WPS 表格（xls、et）"),
    ("PowerPoint Document", "演示文稿（ppt）"),
)


def refuse_known(content: bytes) -> None:
    """Raise ``UnreadableFile`` for a file whose first bytes say a kind that no reader takes."""
    if content.startswith(OLE):
        raise _old_office(content)
    if content.startswith(PICTURES) or content[4:12] in {b"ftypheic", b"ftypavif"}:
        raise scanned()
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        raise scanned()
    if content[:2] == b"BM" and content[6:10] == bytes(4):
        raise scanned()
    if content.startswith(ARCHIVES):
        raise wrong_kind("这是压缩包", "请解压后只提交其中的年度报告。")
    if content.startswith(b"{\\rtf"):
        raise wrong_kind("这是 RTF 文档", _SAVE_DOCX)
    if content.lstrip()[:13].lower() == b"mime-version:":
        raise wrong_kind("这是单个文件网页（mht）", _SAVE_DOCX)
    head = content[:4096]
    if b"<?mso-application" in head or b"schemas.microsoft.com/office/2006/xmlPackage" in head:
        raise wrong_kind("这是 Office 的 XML 文档", _SAVE_DOCX)


def _old_office(content: bytes) -> UnreadableFile:
    """Say which by the names in the directory of streams, which are UTF-16."""
    for name, kind in _OLE_KINDS:
        if name.encode("utf-16-le") in content:
            if kind is None:
                return encrypted()
            advice = _SAVE_DOCX.replace("docx", "xlsx") if "表格" in kind else _SAVE_DOCX
            return wrong_kind(f"这是{kind}", advice.replace("Word 或 WPS", "Office 或 WPS"))
    return wrong_kind("这是旧版办公软件的文件", "请用原软件打开，另存为 docx 或 xlsx 后重试。")
