"""Attachments of a request (附件): added to one on record, and handed out again."""

from typing import Final
from urllib.parse import quote
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import Response

from casework.requests import find_request
from disclosure.addresses import case_stream
from people import Role
from web.access import ForbiddenError, Signed, SignedVisit, may, may_read
from web.area import Area
from web.attachment_checks import (
    KINDS_IN_WORDS,
    MOST_FILES,
    AttachmentRefusedError,
    CheckedFile,
    Upload,
    checked,
)
from web.attachments import Attachments
from web.form_posts import TheForm
from web.forms import FormRefusedError
from web.pages.request_access import handles
from web.pages.request_paths import request_path
from web.rendering import render, see_other
from web.uploads import TheFiles

router = APIRouter()
AREA = Area(router)

_UNKNOWN: Final = "无法显示的名称"


@router.get("/attachments/{agency}/{identity}", dependencies=[Depends(may_read)], summary="附件")
def attachment(visit: Signed, agency: str, identity: str) -> Response:
    """Hand an attachment out, to be saved: never to be shown in a page of ours."""
    if not handles(visit, agency):
        raise ForbiddenError("附件含有个人信息，只有办理该机关申请的人员可以查看")
    attachments = Attachments(visit.office)
    found = attachments.get(agency, identity)
    if found is None:
        raise HTTPException(404)
    visit.reads(f"{case_stream(agency, found.case)} attachment/{identity}")
    content = attachments.content(found)
    if content is None:
        raise HTTPException(404)
    name = quote(found.name or _UNKNOWN)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type=found.media_type, headers=headers)


@router.get(
    "/attachments/{agency}/{case:path}/add",
    dependencies=[Depends(may(Role.CASE_WORKER))],
    summary="添加附件",
)
def choose_files(request: Request, visit: Signed, agency: str, case: str) -> Response:
    """Show the form of more attachments."""
    return _page(request, visit, agency, case, uuid4().hex)


@router.post(
    "/attachments/{agency}/{case:path}/add",
    dependencies=[Depends(may(Role.CASE_WORKER))],
    summary="添加附件",
)
def add_files(
    request: Request, visit: Signed, agency: str, case: str, given: TheForm, uploads: TheFiles
) -> Response:
    """Keep more attachments of a request on record."""
    if find_request(visit.office.parts, agency, case) is None:
        raise HTTPException(404)
    form = form_id(given)
    try:
        files = checked_files(uploads)
        if not files:
            raise FormRefusedError({"files": "请选择附件"})
    except FormRefusedError as refused:
        return _page(request, visit, agency, case, form.hex, refused)
    Attachments(visit.office).add(visit.doer, agency, case, form, files)
    return see_other(request, request_path(agency, case), f"已添加 {len(files)} 个附件")


def form_id(given: dict[str, str]) -> UUID:
    """Return a form's own id; one that was tampered with is a new form."""
    try:
        return UUID(given.get("command_id", ""))
    except ValueError:
        return uuid4()


def checked_files(uploads: list[Upload]) -> list[CheckedFile]:
    """Check every file.

    Raises:
        FormRefusedError: one is not taken, or there are too many.
    """
    if len(uploads) > MOST_FILES:
        raise FormRefusedError({"files": f"一次最多添加 {MOST_FILES} 个附件"})
    files = []
    for n, upload in enumerate(uploads, 1):
        try:
            files.append(checked(upload))
        except AttachmentRefusedError as refused:
            raise FormRefusedError({"files": f"第 {n} 个附件：{refused}"}) from None
    return files


def _page(
    request: Request,
    visit: SignedVisit,
    agency: str,
    case: str,
    command_id: str,
    refused: FormRefusedError | None = None,
) -> Response:
    if find_request(visit.office.parts, agency, case) is None:
        raise HTTPException(404)
    return render(
        request,
        "pages/intake/attachments.html",
        422 if refused else 200,
        case=case,
        at=request_path(agency, case),
        action=f"/attachments/{agency}/{quote(case, safe='')}/add",
        command_id=command_id,
        kinds=KINDS_IN_WORDS,
        megabytes=visit.office.settings.web_upload_megabytes,
        errors=refused.errors if refused else {},
    )
