"""Reading a filled-in bulk sheet: cells as text, by row; nothing is said yet about what is in them.

The workbook is opened by the reader of the audit, which limits what an archive may unpack to and
resolves nothing from outside.
"""

from dataclasses import dataclass
from typing import Final

from audit.readers.unreadable import UnreadableFile
from audit.readers.workbook import SheetCell, Workbook
from web.attachment_checks import Upload
from web.bulk_columns import COLUMNS, HEADS, MOST_ROWS, SHEET
from web.upload_names import BadNameError, upload_name

_OTHER_KIND: Final = "请使用 xlsx 格式的批量登记表（xls、et、csv 请另存为 xlsx）"
_NOT_OPENED: Final = (
    "不能作为 xlsx 工作簿打开：文件已损坏、已加密，或者解压后异常地大，没有接收。"
    "请用办公软件打开后另存为 xlsx 再传"
)


class BulkFileRefusedError(Exception):
    """A file that is no bulk sheet; the message is Chinese and quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not empty.

    Attributes:
        number: as Excel counts.
        cells: text in the order of the columns.
    """

    number: int
    cells: tuple[str, ...]


def read_sheet(upload: Upload) -> list[SheetRow]:
    """Return the filled-in rows of a sheet.

    Raises:
        BulkFileRefusedError: it is no workbook, or not drawn up as the sheet is.
    """
    try:
        upload_name(upload.name, (".xlsx",))
    except BadNameError as bad:
        raise BulkFileRefusedError(str(bad)) from None
    return rows_in(upload.content)


def rows_in(content: bytes) -> list[SheetRow]:
    """Return the filled-in rows of a sheet's bytes; see `read_sheet`."""
    if not content.startswith(b"PK\x03\x04"):
        raise BulkFileRefusedError(_OTHER_KIND)
    rows: dict[int, dict[int, str]] = {}
    for cell in _cells(content):
        number = int(cell.reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if cell.column < len(COLUMNS) and cell.text:
            rows.setdefault(number, {})[cell.column] = cell.text
    heads = rows.pop(1, {})
    if tuple(heads.get(at, "") for at in range(len(HEADS))) != HEADS:
        raise BulkFileRefusedError("第 1 行的表头与批量登记表不同，请下载本页的空表填写")
    if not rows:
        raise BulkFileRefusedError("表中没有填写任何一行")
    if len(rows) > MOST_ROWS:
        raise BulkFileRefusedError(f"一次最多登记 {MOST_ROWS} 行，请拆分后分别上传")
    return [
        SheetRow(number, tuple(found.get(at, "") for at in range(len(COLUMNS))))
        for number, found in sorted(rows.items())
    ]


def _cells(content: bytes) -> list[SheetCell]:
    try:
        sheets = dict(Workbook(content).sheets())
    except UnreadableFile:
        raise BulkFileRefusedError(_NOT_OPENED) from None
    if SHEET not in sheets:
        raise BulkFileRefusedError(f"没有名为“{SHEET}”的工作表，请下载本页的空表填写")
    return sheets[SHEET]
