"""Published reports for the tests of whole audits: our own five formats, with one thing planted."""

import json
import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from reporting.annual_report import AnnualReport
from reporting.narrative import Sections
from reporting.render_docx import render_docx
from reporting.render_html import render_html
from reporting.render_json import render_json
from reporting.render_pdf import render_pdf
from reporting.render_xlsx import render_xlsx
from reporting.tables import Tables
from tests.reporting.report_makers import a_report, city

MARK = 98765
"""A figure that stands nowhere else in the city's report."""
QUIET = Sections(
    overall="本年度政府信息公开工作平稳有序。",
    problems="公开的形式还不够丰富，将进一步改进。",
    other="本年度没有收取信息处理费。",
)
"""Texts that name no figure."""
RENDERERS: Mapping[str, Callable[[AnnualReport], bytes]] = {
    "report.json": render_json,
    "report.docx": render_docx,
    "report.pdf": render_pdf,
    "report.html": render_html,
    "report.xlsx": render_xlsx,
}
FORMATS = tuple(RENDERERS)
EDITABLE = tuple(name for name in FORMATS if name != "report.pdf")


def quiet_report(tables: Tables | None = None, agency: str = "海棠市林业局") -> AnnualReport:
    return a_report(tables or city(), agency=agency, texts=QUIET)


def with_figure(tables: Tables, code: str, value: int) -> Tables:
    """The same tables with another figure in one cell."""
    document = json.loads(json.dumps(tables.as_json()))
    for table in document.values():
        row, _, column = code.rpartition(".")
        if row in table:
            table[row][column] = value
        elif code in table:
            table[code] = value
    return Tables.from_json(document)


def text_report(year: int, *, agency: str = "海棠市林业局", tables: Tables | None = None) -> bytes:
    """A report of a year as data: what an agency's folder holds for each year."""
    document = quiet_report(tables, agency).to_json()
    document |= {"year": year, "period": {"from": f"{year}-01-01", "to": f"{year}-12-31"}}
    del document["digest"]
    return json.dumps(document, ensure_ascii=False).encode()


def put(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def printed_instead(tables: Tables, code: str, words: str, name: str) -> bytes:
    """A report in one of our formats in which one cell prints other words than its figure."""
    content = RENDERERS[name](quiet_report(with_figure(tables, code, MARK)))
    return SPOILERS[name](content, words)


def _in_json(content: bytes, words: str) -> bytes:
    document = json.loads(content)
    del document["findings"]  # they quote the figure
    return json.dumps(document).replace(str(MARK), json.dumps(words)).encode()


def _in_html(content: bytes, words: str) -> bytes:
    return content.replace(f">{MARK}<".encode(), f">{words}<".encode())


def _in_docx(content: bytes, words: str) -> bytes:
    old, new = f"<w:t>{MARK}</w:t>".encode(), f"<w:t>{words}</w:t>".encode()
    return _member_by_member(content, lambda xml: xml.replace(old, new))


def _in_xlsx(content: bytes, words: str) -> bytes:
    cell = re.compile(rb'<c (r="\w+" s="\d+")>(?:<f>[^<]*</f>)?<v>%d</v></c>' % MARK)
    text = f'<c \\1 t="inlineStr"><is><t>{words}</t></is></c>'.encode()
    return _member_by_member(content, lambda xml: cell.sub(text if words else rb"<c \1/>", xml))


def _member_by_member(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)))
    return changed.getvalue()


SPOILERS: Mapping[str, Callable[[bytes, str], bytes]] = {
    "report.json": _in_json,
    "report.html": _in_html,
    "report.docx": _in_docx,
    "report.xlsx": _in_xlsx,
}
