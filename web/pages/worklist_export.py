"""The worklist as a file (导出): every case that fits, not only a page, and no applicant's name."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Annotated, Any, Final, Literal

import xlsxwriter
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response, StreamingResponse

from projections.worklist import NO_LIMIT
from web.access import Signed, may_read
from web.area import Area
from web.pages.worklist import worklist_page
from web.pages.worklist_desk import Desk, Listing, listing
from web.pages.worklist_filter import WorklistFilter
from web.pages.worklist_rows import Case
from web.pages.worklist_words import (
    APPLICANTS,
    DUE,
    FLAGS,
    KINDS,
    LIMITS,
    OUTCOMES,
    STAGES,
    WAITS,
)

router = APIRouter(dependencies=[Depends(may_read)])
AREA = Area(router)

HEAD: Final = (
    "机关",
    "案号",
    "类别",
    "收到日期",
    "申请人类型",
    "状态",
    "期限",
    "期限届满日",
    "期限状态",
    "剩余工作日",
    "等待",
    "科室",
    "经办人",
    "办理结果",
    "文号",
    "办结日期",
    "提示",
)
_WIDTHS: Final = (24, 18, 10, 12, 14, 14, 14, 12, 10, 10, 14, 14, 12, 22, 22, 12, 40)

_MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CHUNK: Final = 65_536


@router.get("/worklist/export.{form}", summary="导出待办清单")
def export(
    request: Request,
    visit: Signed,
    form: Literal["csv", "xlsx"],
    filters: Annotated[WorklistFilter, Query()],
) -> Response:
    """Send the cases that fit as a file; that it was taken is in the trail first."""
    desk = Desk(visit)
    desk.allow(filters)
    wanted, errors = filters.read()
    if errors:
        return worklist_page(request, desk, filters)
    visit.office.people.trail.write(
        visit.doer, "worklist_exported", f"{form} {filters.narrowing()}", words="导出待办清单"
    )
    rows = _rows(desk, desk.reader.all(desk.reach, wanted))
    content = _csv(rows) if form == "csv" else _xlsx(rows)
    name = f"worklist-{desk.reach.today.isoformat()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(content, media_type=_MEDIA[form], headers=headers)


def _rows(desk: Desk, cases: Iterable[Case]) -> Iterator[tuple[Any, ...]]:
    shown = listing(desk, ())
    for case in cases:
        yield _row(shown, case)


def _row(shown: Listing, case: Case) -> tuple[Any, ...]:
    row = case.row
    runs = row["limit_on"] != NO_LIMIT
    due = {**DUE, "late": "逾期答复", "closed": "已办结"}
    return (
        shown.desk.known_agencies.name_of(row["agency"]),
        row["case_reference"],
        KINDS[row["kind"]],
        row["received_on"],
        APPLICANTS.get(row["applicant_type"] or "", ""),
        STAGES[row["stage"]],
        LIMITS.get(row["limit_kind"] or "", ""),
        row["limit_on"] if runs else None,
        due[case.due],
        case.days_left,
        "、".join(WAITS[word] for word in row["waits_for"].split()),
        shown.office_of(case),
        shown.assignee_of(case),
        OUTCOMES.get(row["outcome"] or "", ""),
        row["document_number"],
        row["closed_on"],
        "；".join(FLAGS[code] for code in row["flags"].split()),
    )


def _csv(rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """Write rows as they come; the mark at the beginning tells Excel that it is UTF-8."""
    line = io.StringIO()
    writer = csv.writer(line)
    yield b"\xef\xbb\xbf"
    writer.writerow(HEAD)
    for row in rows:
        writer.writerow([harmless(value) for value in row])
        if line.tell() >= _CHUNK:
            yield _taken(line)
    yield _taken(line)


def harmless(value: Any) -> Any:
    """Return a value that a spreadsheet does not take for a formula (CWE-1236)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_DANGEROUS) else value


def _taken(line: io.StringIO) -> bytes:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text.encode()


def _xlsx(rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """Write a workbook row by row into a file without a name, then send it."""
    with TemporaryFile() as file:
        _fill(file, rows)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _fill(file: IO[bytes], rows: Iterable[tuple[Any, ...]]) -> None:
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("待办")
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 2)
        sheet.write_row(0, 0, HEAD, bold)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, int):
                    sheet.write_number(number, column, value)
                elif value:
                    # As text whatever it begins with: nothing in a cell is ever a formula.
                    sheet.write_string(number, column, value)
