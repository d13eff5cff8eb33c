"""Workbooks this system hands out for bulk registration: the empty sheet, and the rows to mend.

Every value is written as text: nothing that somebody typed becomes a formula.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from web.bulk_columns import COLUMNS, HEAD_ROW, MOST_ROWS, SHEET

_HOW: Final = (
    "一、在“申请”工作表中填写，一行登记一件申请。一封信写有几项互不相关的内容的，一项一行。",
    "二、蓝色表头的各列必填。申请渠道、申请人类型从列表中选择。",
    "三、日期写作 2025-03-07。挂号信、EMS 须填签收日；平信、网络、传真填双方确认日，未确认的不填。",
    "四、证件号码、电话、申请编号以文本格式填写。已经变成“1.3E+17”的，须重新录入。",
    "五、申请编号不填的，由系统按本机关的规则依次编号。",
    f"六、一次最多 {MOST_ROWS} 行。隐藏、筛选掉的行和其他工作表不读。不要增删、移动列。",
    "七、上传后先逐行核对，不合格的行列明位置、问题和改法；登记与否由您确认。",
    "八、同一行重复上传只登记一次。登记完毕请妥善保管或者删除本表，其中有个人信息。",
)
_COLUMN_OF_TROUBLE: Final = "问题（改正后可以直接上传本表）"


def empty_sheet() -> bytes:
    """Return the workbook to be filled in."""
    return _workbook((), with_trouble=False)


def sheet_to_mend(rows: Iterable[tuple[Sequence[str], str]]) -> bytes:
    """Return a workbook of rows, each with what is wrong about it.

    Args:
        rows: cells in the order of the columns, and the trouble in words.
    """
    return _workbook(rows, with_trouble=True)


def _workbook(rows: Iterable[tuple[Sequence[str], str]], *, with_trouble: bool) -> bytes:
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(written, {"in_memory": True})
    bold = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    required = workbook.add_format({**bold, "bg_color": "#DCE9F7"})
    optional = workbook.add_format({**bold, "bg_color": "#F1F3F5"})
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    wrong = workbook.add_format({"font_color": "#A3201D", "text_wrap": True, "valign": "top"})
    sheet = workbook.add_worksheet(SHEET)
    _draw_columns(sheet, required, optional, text)
    if with_trouble:
        sheet.write_string(0, len(COLUMNS), _COLUMN_OF_TROUBLE, optional)
        sheet.set_column(len(COLUMNS), len(COLUMNS), 60)
    for n, (cells, trouble) in enumerate(rows, HEAD_ROW):
        for at, cell in enumerate(cells):
            sheet.write_string(n, at, cell, text)
        if with_trouble:
            sheet.write_string(n, len(COLUMNS), trouble, wrong)
    how = workbook.add_worksheet("填表说明")
    how.set_column(0, 0, 110, workbook.add_format({"text_wrap": True, "valign": "top"}))
    for n, sentence in enumerate(_HOW):
        how.write_string(n, 0, sentence)
    workbook.close()
    return written.getvalue()


def _draw_columns(sheet: Worksheet, required: Format, optional: Format, text: Format) -> None:
    sheet.freeze_panes(HEAD_ROW, 1)
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width, text)
        sheet.write_string(0, at, column.head, required if column.required else optional)
        validation: dict[str, object] = {"validate": "any"}
        if column.choices:
            validation = {
                "validate": "list",
                "source": list(column.choices),
                "error_title": column.head,
                "error_message": "请从列表中选择",
            }
        if column.hint:
            validation |= {"input_title": column.head, "input_message": column.hint}
        if len(validation) > 1:
            sheet.data_validation(HEAD_ROW, at, MOST_ROWS, at, validation)
