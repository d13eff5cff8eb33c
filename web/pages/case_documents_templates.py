"""An agency's own document templates (文书模板): uploaded, checked, used or put aside.

By the reviewer or the head of the disclosure body: they answer for what goes out. The system
administrator has no part in the office's work, and so none in its letterhead.
"""

from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Request, UploadFile
from starlette.responses import Response

from casework.templates import drop_template, own_templates, put_template, template_of
from disclosure.numbering import DocumentKind
from documents import TemplateRefused, placeholders_of, standard_template
from people import Role
from web.access import Signed, SignedVisit, may
from web.area import Area
from web.rendering import render, see_other
from web.upload_names import BadNameError, upload_name

_WHO: Final = (Role.REVIEWER, Role.DISCLOSURE_HEAD)
router = APIRouter(dependencies=[Depends(may(*_WHO))])
AREA = Area(router)

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LARGEST: Final = 5 * 1_048_576
"""Bytes; a letterhead with a picture has a tenth of it."""


@router.get("/agencies/{agency}/templates", summary="文书模板")
def templates(request: Request, visit: Signed, agency: str) -> Response:
    """List every kind of document and which template it is made from."""
    return _page(request, visit, agency)


@router.get("/agencies/{agency}/templates/{kind}", summary="下载文书模板")
def template(visit: Signed, agency: str, kind: DocumentKind) -> Response:
    """Give the template in use, which is where an own one begins."""
    office = visit.office
    own = template_of(office.parts, office.people.engine, agency, kind)
    name = quote(f"{kind.label}模板.docx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(own or standard_template(kind), media_type=_WORD, headers=headers)


@router.post("/agencies/{agency}/templates/{kind}", summary="上传文书模板")
def put(
    request: Request,
    visit: Signed,
    agency: str,
    kind: DocumentKind,
    file: Annotated[UploadFile, File()],
) -> Response:
    """Check a template and use it from now on."""
    office = visit.office
    try:
        upload_name(file.filename, (".docx",))
        content = _content(file)
        put_template(
            office.parts, office.people.engine, visit.doer, agency, kind=kind, file=content
        )
    except BadNameError as refused:
        return _page(request, visit, agency, kind, [str(refused)])
    except TemplateRefused as refused:
        return _page(request, visit, agency, kind, refused.findings)
    path = f"/agencies/{agency}/templates"
    return see_other(request, path, f"{kind.label}的模板已启用")


@router.post("/agencies/{agency}/templates/{kind}/drop", summary="停用文书模板")
def drop(request: Request, visit: Signed, agency: str, kind: DocumentKind) -> Response:
    """Go back to the standard template."""
    drop_template(visit.office.people.engine, visit.doer, agency, kind)
    path = f"/agencies/{agency}/templates"
    return see_other(request, path, f"{kind.label}已恢复标准模板")


def _content(file: UploadFile) -> bytes:
    content = file.file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise TemplateRefused(["模板不能超过 5 MB"])
    return content


def _page(
    request: Request,
    visit: SignedVisit,
    agency: str,
    refused: DocumentKind | None = None,
    findings: list[str] | tuple[str, ...] = (),
) -> Response:
    return render(
        request,
        "pages/documents/templates.html",
        422 if findings else 200,
        agency=agency,
        agency_name=visit.office.agencies().name_of(agency),
        kinds=list(DocumentKind),
        own=own_templates(visit.office.people.engine, agency),
        names={kind: placeholders_of(kind) for kind in DocumentKind},
        refused=refused,
        findings=findings,
        errors={f"file-{refused}": each for each in findings[:1]},
    )
