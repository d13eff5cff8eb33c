"""The documents of a request (文书): previewed in the page, numbered, made, downloaded, made void.

A preview is the document's own words as HTML, so that it can be read by anybody's means and no
frame is needed; the files are made from the same words.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException
from starlette.responses import Response

from casework.documents import document_file, documents_of, make_document, preview_of
from casework.templates import own_templates
from disclosure.refusals import Refused
from documents import DocumentError, possible_documents, preview
from documents.preview import Line
from people import Role
from records.document_numbers import DocumentNumbers
from web.access import may
from web.area import Area
from web.form_posts import TheForm
from web.forms import FormRefusedError
from web.pages.case_documents_here import DocumentHere, TheDocument
from web.pages.request_access import HANDS, CaseHere, TheCase, holds_any, today
from web.pages.request_paths import REQUEST
from web.rendering import render, see_other

router = APIRouter(dependencies=[Depends(may(*HANDS))])
AREA = Area(router)

_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@router.get(f"{REQUEST}/documents", summary="文书")
def documents_page(here: TheCase) -> Response:
    """List what was made and what can be made now."""
    found = here.known()
    return render(
        here.request,
        "pages/documents/documents.html",
        at=here.path,
        case=here.at.case,
        made=documents_of(here.office.parts, here.people, here.at),
        possible=possible_documents(found.state),
        makes=_makes(here),
    )


@router.post(
    f"{REQUEST}/documents/void",
    dependencies=[Depends(may(Role.CASE_WORKER))],
    summary="作废文书编号",
)
def void_number(here: TheCase, given: TheForm) -> Response:
    """Make a number of this request void."""
    known = documents_of(here.office.parts, here.people, here.at)
    named = [each for each in known if each.document_number == given.get("document_number")]
    if not named:
        raise HTTPException(404)
    DocumentNumbers(here.office.parts.log).void(
        here.at.agency,
        named[0].kind,
        named[0].year,
        named[0].number,
        reason=given.get("reason", ""),
        on=today(),
        command_id=f"void:{named[0].document_number}",
        actor=here.visit.person.name,
    )
    here.office.parts.projector.catch_up()
    return see_other(here.request, f"{here.path}/documents", "编号已作废，不再使用")


@router.get(f"{REQUEST}/documents/files/{{file_id}}", summary="下载文书")
def download(here: TheCase, file_id: str) -> Response:
    """Give a finished file; the reading is written down first."""
    here.reads()
    found = document_file(here.office.parts, here.people, here.at, file_id)
    if found is None:
        raise HTTPException(404)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}"}
    return Response(found.content, media_type=_TYPES[found.format], headers=headers)


@router.get(f"{REQUEST}/documents/{{kind}}", summary="文书预览")
def document_form(here: TheDocument) -> Response:
    """Show a document as it would be, with what can be added to it."""
    return _page(here, {"on": today().isoformat()}, uuid4().hex)


@router.post(
    f"{REQUEST}/documents/{{kind}}",
    dependencies=[Depends(may(Role.CASE_WORKER))],
    summary="制作文书",
)
def make(here: TheDocument, given: TheForm) -> Response:
    """Preview a document with what was added, or number it and make its files.

    What was approved of it is taken as it was approved, whatever the form says.
    """
    command_id = given.get("command_id") or uuid4().hex
    if given.get("act") != "make":
        return _page(here, given, command_id)
    case = here.case
    try:
        on, texts = here.read(given)
        number = make_document(
            case.office.parts,
            case.people,
            case.visit.doer,
            case.at,
            here.kind,
            texts=texts,
            on=on,
            command_id=f"document:{command_id}",
        )
    except FormRefusedError as refused:
        return _page(here, given, command_id, refused.errors)
    except (DocumentError, Refused) as refused:
        return _page(here, given, command_id, {"": str(refused)})
    return see_other(case.request, f"{case.path}/documents", f"已制作{here.kind.label}：{number}")


def _makes(here: CaseHere) -> bool:
    return holds_any(here.visit, here.at.agency, (Role.CASE_WORKER,))


def _page(
    here: DocumentHere,
    given: Mapping[str, str],
    command_id: str,
    errors: Mapping[str, str] | None = None,
) -> Response:
    case = here.case
    lines, missing = _preview(here, given)
    return render(
        case.request,
        "pages/documents/document.html",
        422 if errors else 200,
        at=case.path,
        case=case.at.case,
        kind=here.kind,
        form=here.form,
        cleared=bool(here.closed),
        approved=here.approved,
        values=given,
        errors=errors or {},
        lines=lines,
        missing=missing,
        command_id=command_id,
        makes=_makes(case),
        own=here.kind in own_templates(case.people, case.at.agency),
    )


def _preview(here: DocumentHere, given: Mapping[str, str]) -> tuple[tuple[Line, ...], str]:
    """Return the preview, or why there is none."""
    try:
        on, texts = here.read(given)
        return preview(preview_of(here.case.office.parts, here.case.at, here.kind, texts, on)), ""
    except FormRefusedError as refused:
        return (), refused.errors.get("", "请先改正以下各项")
    except DocumentError as error:
        return (), str(error)
