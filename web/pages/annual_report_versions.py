"""What was published, or lies under review: its files, its seal, and what was learned since."""

from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException
from starlette.responses import Response

from disclosure.report_events import PublishedFile
from engine.report_status import report_changes
from engine.sealed_reports import FileLostError, PublishedVersion, find_version
from web.access import may_read
from web.area import Area
from web.errors import answer
from web.pages.annual_report_here import ANNUAL_REPORT, ReportHere, TheReport
from web.pages.request_paths import request_path

router = APIRouter(dependencies=[Depends(may_read)])
AREA = Area(router)

MEDIA_TYPES: Final = {
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_VERSION: Final = ANNUAL_REPORT + "/versions/{version}"


@router.get(_VERSION + "/files/{file_name}", summary="下载已公布的年度报告")
def published_file(here: TheReport, version: int, file_name: str) -> Response:
    """Give a file as the public was given it."""
    found = _version(here, version)
    file = found.file(file_name)
    if file is None:
        raise HTTPException(404)
    try:
        content = found.content(file)
    except FileLostError as lost:
        return answer(here.request, 410, "文件遗失", str(lost))
    return download(content, f"{here.agency}-{here.year}-v{version}-{file_name}")


@router.get(ANNUAL_REPORT + "/submitted/{file_name}", summary="查看送审的年度报告")
def submitted_file(here: TheReport, file_name: str) -> Response:
    """Give a file of the draft under review."""
    submitted = here.record().state.submitted
    files: tuple[PublishedFile, ...] = submitted.files if submitted is not None else ()
    file = next((each for each in files if each.name == file_name), None)
    if file is None:
        raise HTTPException(404)
    try:
        content = here.visit.office.parts.files.get(file.sha256)
    except (FileNotFoundError, ValueError):
        return answer(here.request, 410, "文件遗失", "送审稿的文件遗失或已被改动，请退回后重新送审")
    return download(content, f"{here.agency}-{here.year}-送审-{file_name}")


@router.get(_VERSION + "/check", summary="核对已公布的年度报告")
def check(here: TheReport, version: int) -> Response:
    """Make the version again from the log and compare it byte for byte."""
    found = _version(here, version)
    return here.page("check", version=version, published=found.published, remade=found.remade)


@router.get(_VERSION + "/changes", summary="公布以后的数据变化")
def changes(here: TheReport, version: int) -> Response:
    """Show each cell that moved since, when and by what."""
    found = _version(here, version)
    parts = here.visit.office.parts
    document = report_changes(parts, here.agency, here.year, found.published.draft)
    cases = {change["case"] for change in document["changes"] if change["case"]}
    return here.page(
        "changes",
        version=version,
        published=found.published,
        changes=document["changes"],
        net=document["net"],
        case_paths={case: request_path(here.agency, case) for case in cases},
    )


def download(content: bytes, name: str) -> Response:
    """Answer with a file to be kept; a browser never shows it as a page of ours."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    media_type = MEDIA_TYPES.get(PurePath(name).suffix, "application/octet-stream")
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})


def _version(here: ReportHere, version: int) -> PublishedVersion:
    found = find_version(here.visit.office.parts, here.agency, here.year, version)
    if found is None:
        raise HTTPException(404)
    return found
