"""Attachments of a request (附件): added to one on record, and handed out again."""

# ruff: noqa: FAST003 - `TheCase` takes agency and case from the path

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException
from starlette.responses import Response

from disclosure.addresses import case_stream
from people import Role
from web.access import ForbiddenError, Signed, may, may_read
from web.area import Area
from web.attachment_checks import KINDS_IN_WORDS
from web.attachments import Attachments
from web.form_posts import TheForm
from web.forms import FormRefusedError
from web.pages.request_access import CaseHere, TheCase, handles
from web.rendering import render, see_other
from web.uploads import TheFiles, chosen, form_id

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
def choose_files(here: TheCase) -> Response:
    """Show the form of more attachments."""
    here.known()
    return _page(here, uuid4().hex)


@router.post(
    "/attachments/{agency}/{case:path}/add",
    dependencies=[Depends(may(Role.CASE_WORKER))],
    summary="添加附件",
)
def add_files(here: TheCase, given: TheForm, uploads: TheFiles) -> Response:
    """Keep more attachments of a request on record."""
    here.known()
    form = form_id(given)
    if not uploads:
        return _page(here, form.hex, {"files": "请选择附件"})
    try:
        files = chosen(uploads)
    except FormRefusedError as refused:
        return _page(here, form.hex, refused.errors)
    visit, at = here.visit, here.at
    Attachments(here.office).add(visit.doer, at.agency, at.case, form, files)
    return see_other(here.request, here.path, f"已添加 {len(files)} 个附件")


def _page(here: CaseHere, command_id: str, errors: Mapping[str, str] | None = None) -> Response:
    at = here.at
    return render(
        here.request,
        "pages/intake/attachments.html",
        422 if errors else 200,
        case=at.case,
        at=here.path,
        action=f"/attachments/{at.agency}/{quote(at.case, safe='')}/add",
        command_id=command_id,
        kinds=KINDS_IN_WORDS,
        megabytes=here.office.settings.web_upload_megabytes,
        errors=errors or {},
    )
