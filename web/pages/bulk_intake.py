"""Registering many requests from a sheet (批量登记): checked first, then what is good, or none."""

# ruff: noqa: FAST003 - the desk takes the agency from the path, `TheBatch` the batch

from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException
from starlette.responses import Response

from people import Role
from web.access import asked_by_pages, may
from web.area import Area
from web.bulk_batches import KEPT, Batch, Batches, RowOutcome
from web.bulk_checks import CheckedRow, Finding, RowState
from web.bulk_columns import MOST_ROWS
from web.bulk_reading import BulkFileRefusedError, read_sheet
from web.bulk_runs import begin, runs_here
from web.bulk_sheets import empty_sheet, sheet_to_mend
from web.pages.intake import Desk, TheDesk
from web.pages.request_access import today
from web.rendering import render, see_other
from web.uploads import TheFiles

router = APIRouter(dependencies=[Depends(may(Role.CASE_WORKER))])
AREA = Area(router)

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """A row as its report shows it."""

    number: int
    state: str
    case: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class BatchHere:
    """A sheet at a desk."""

    desk: Desk
    batch: Batch

    @property
    def batches(self) -> Batches:
        """All sheets of the office."""
        return Batches(self.desk.visit.office)


def batch_here(desk: TheDesk, batch: str) -> BatchHere:
    """Return a sheet of the desk's agency; one that is forgotten is a page that is not there."""
    found = Batches(desk.visit.office).get(desk.agency, batch)
    if found is None or found.state == "forgotten":
        raise HTTPException(404)
    return BatchHere(desk, found)


TheBatch = Annotated[BatchHere, Depends(batch_here)]


@router.get("/intake/{agency}/bulk", summary="批量登记")
def bulk(desk: TheDesk) -> Response:
    """Show how it is done, and the sheets that are kept."""
    return _start(desk)


@router.get("/intake/{agency}/bulk/empty.xlsx", summary="批量登记空表")
def empty(_desk: TheDesk) -> Response:
    """Hand out the sheet to be filled in."""
    return _workbook(empty_sheet(), "批量登记表.xlsx")


@router.post("/intake/{agency}/bulk", summary="上传批量登记表")
def upload(desk: TheDesk, uploads: TheFiles) -> Response:
    """Take a sheet in and check it; nothing is registered."""
    if len(uploads) != 1:
        return _start(desk, {"files": "请选择一个文件"})
    try:
        read_sheet(uploads[0])
    except BulkFileRefusedError as refused:
        return _start(desk, {"files": str(refused)})
    batches = Batches(desk.visit.office)
    batches.forget_old(desk.visit.doer, desk.agency)
    kept = batches.add(desk.visit.doer, desk.agency, uploads[0].content)
    return see_other(desk.request, kept.path)


@router.get("/intake/{agency}/bulk/{batch}", summary="批量登记核对结果")
def report(here: TheBatch) -> Response:
    """Show what is to be said of each row, and how far a registration has come."""
    rows = here.batches.checked(here.batch)
    outcomes = here.batches.outcomes(here.batch, rows)
    reported = [_reported(row, outcomes.get(row.fingerprint)) for row in rows]
    desk = here.desk
    return render(
        desk.request,
        "pages/bulk/report.html",
        agency=desk.agency,
        agency_name=desk.name,
        batch=here.batch,
        good=[row for row in reported if row.state == RowState.GOOD],
        bad=[row for row in reported if row.state == RowState.BAD],
        there=[row for row in reported if row.state == RowState.THERE],
        **_progress(here),
    )


@router.get("/intake/{agency}/bulk/{batch}/progress", summary="批量登记进度")
@asked_by_pages
def progress(here: TheBatch) -> Response:
    """Show how far a registration has come; once it is over, htmx loads the whole page."""
    shown = _progress(here)
    response = render(here.desk.request, "pages/bulk/progress.html", batch=here.batch, **shown)
    if not shown["runs"]:
        response.headers["HX-Redirect"] = here.batch.path
    return response


@router.post("/intake/{agency}/bulk/{batch}/register", summary="批量登记")
def register(here: TheBatch) -> Response:
    """Register the rows that are good."""
    if runs_here(here.batch):
        return see_other(here.desk.request, here.batch.path)
    good = [row for row in here.batches.checked(here.batch) if row.state is RowState.GOOD]
    if good:
        visit = here.desk.visit
        given = here.batches.let_through(visit.doer, here.batch, good, today().year)
        begin(visit.office, here.batch, given)
    return see_other(here.desk.request, here.batch.path)


@router.post("/intake/{agency}/bulk/{batch}/forget", summary="销毁批量登记表")
def forget(here: TheBatch) -> Response:
    """Destroy an uploaded sheet; what is registered stays."""
    desk = here.desk
    if runs_here(here.batch):
        return see_other(desk.request, here.batch.path, "正在登记，请在登记结束后销毁")
    here.batches.forget(desk.visit.doer, here.batch)
    return see_other(desk.request, f"/intake/{desk.agency}/bulk", "上传的登记表已销毁")


@router.get("/intake/{agency}/bulk/{batch}/mend.xlsx", summary="下载待改正的行")
def mend(here: TheBatch) -> Response:
    """Hand out the rows that were not registered, each with what is wrong about it."""
    here.desk.visit.reads(here.batch.stream)
    rows = here.batches.checked(here.batch)
    outcomes = here.batches.outcomes(here.batch, rows)
    reported = ((row, _reported(row, outcomes.get(row.fingerprint))) for row in rows)
    bad = [
        (row.row.cells, "；".join(map(_in_words, said.findings)))
        for row, said in reported
        if said.findings
    ]
    return _workbook(sheet_to_mend(bad), "待改正的行.xlsx")


def _start(desk: Desk, errors: dict[str, str] | None = None) -> Response:
    return render(
        desk.request,
        "pages/bulk/start.html",
        422 if errors else 200,
        agency=desk.agency,
        agency_name=desk.name,
        batches=Batches(desk.visit.office).of(desk.agency),
        most_rows=MOST_ROWS,
        kept_days=KEPT.days,
        errors=errors or {},
    )


def _progress(here: BatchHere) -> dict[str, Any]:
    done, total = here.batches.progress(here.batch)
    runs = runs_here(here.batch)
    broken_off = here.batch.state == "running" and not runs
    return {"done": done, "total": total, "runs": runs, "broken_off": broken_off}


def _reported(row: CheckedRow, outcome: RowOutcome | None) -> ReportedRow:
    """Add to what the check says what came of the row when it was let through."""
    findings = tuple(row.findings)
    if outcome is not None and outcome.state == "refused" and not findings:
        findings = (Finding("", outcome.reason, "请与申请材料核对后改正"),)
    state = RowState.BAD if findings else row.state
    return ReportedRow(row.row.number, state, row.recorded_as, findings)


def _in_words(finding: Finding) -> str:
    head = f"{finding.head}：" if finding.head else ""
    return f"{head}{finding.what}，{finding.todo}"


def _workbook(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=_XLSX, headers=headers)
