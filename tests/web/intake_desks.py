"""Letters, files and sheets as tests hand them in at intake."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import xlsxwriter
from PIL import Image

from tests.web.case_desks import days_ago
from tests.web.offices import COMMERCE
from tests.web.readers import Reader
from web.bulk_columns import COLUMNS, SHEET

AT = f"/intake/{COMMERCE}"
BULK = f"{AT}/bulk"
ID_NUMBER = "130602198503072518"
"""A number whose last sign checks the others (GB 11643-1999); nobody's."""

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_ID = re.compile(r'name="command_id" value="([0-9a-f]{32})"')
_CASE = re.compile(r'name="case-1"[^>]* value="([^"]*)"')


def letter(**more: str) -> dict[str, str]:
    """Return the fields of a paper letter, signed for yesterday."""
    return {
        "step": "register",
        "channel": "registered_mail",
        "on": days_ago(1).isoformat(),
        "signed_on": days_ago(1).isoformat(),
        "applicant.type": "natural_person",
        "applicant.name": "李四光",
        "applicant.id_number": ID_NUMBER,
        "applicant.phone": "13812345678",
        "applicant.address": "保定市莲池区某街 2 号",
        "description-1": "2024 年度商务发展专项资金的分配结果",
        **more,
    }


def form_marks(reader: Reader) -> dict[str, str]:
    """Open the form and return what marks it: its id, and the reference it proposes."""
    page = reader.get(AT).text
    form, case = _ID.search(page), _CASE.search(page)
    assert form
    assert case
    return {"command_id": form.group(1), "case-1": case.group(1)}


def send_files(
    reader: Reader,
    path: str,
    files: Sequence[tuple[str, bytes]],
    fields: Mapping[str, str] | None = None,
) -> httpx.Response:
    """Send a form with files as a browser does."""
    parts = [("files", (name, content, "application/octet-stream")) for name, content in files]
    data = {"csrf_token": reader.token, **(fields or {})}
    origin = str(reader.client.base_url).rstrip("/")
    return reader.send("POST", path, data=data, files=parts, headers={"Origin": origin})


def row(**cells: str) -> dict[str, str]:
    """Return the cells of a sound row by the heads of the sheet."""
    return {
        "申请渠道": "当面",
        "提交日": days_ago(2).isoformat(),
        "申请人类型": "自然人",
        "姓名或者名称": "王五",
        "申请公开的内容": "某路改造工程的招标文件",
        **cells,
    }


def sheet(*rows: Mapping[str, Any], heads: Sequence[str] = (), name: str = SHEET) -> bytes:
    """Return a workbook of these rows; numbers stay numbers."""
    heads = heads or [column.head for column in COLUMNS]
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(written, {"in_memory": True})
    worksheet = workbook.add_worksheet(name)
    worksheet.write_row(0, 0, heads)
    for n, cells in enumerate(rows, 1):
        for at, head in enumerate(heads):
            worksheet.write(n, at, cells.get(head, ""))
    workbook.close()
    return written.getvalue()


def docx(**parts: str) -> bytes:
    """Return a small Word file with more parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document><body/></document>")
        for name, text in parts.items():
            archive.writestr(name, text)
    return written.getvalue()


def zip_bomb(inner: str) -> bytes:
    """Return an archive whose one part unpacks to a thousand times its size."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(inner, b" " * 60_000_000)
    return written.getvalue()


def png(width: int = 4, height: int = 4) -> bytes:
    """Return a picture."""
    written = io.BytesIO()
    Image.new("L", (width, height), 255).save(written, "PNG")
    return written.getvalue()
