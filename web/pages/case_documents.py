"""The documents of a request (文书): previewed in the page, numbered, made, downloaded, made void.

A preview is the document's own words as HTML, so that it can be read by anybody's means and no
frame is needed; the files are made from the same words.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import quote
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel, Field
from starlette.responses import Response

from casework.documents import document_file, documents_of, make_document, preview_of
from casework.letters import LetterTexts, texts_for
from casework.templates import own_templates
from clearance import DraftState
from disclosure.numbering import DocumentKind
from disclosure.refusals import Refused
from documents import DocumentError, possible_documents, preview, wordings_for
from documents.preview import Line
from people import Role
from records.document_numbers import DocumentNumbers
from web.access import may
from web.area import Area
from web.form_posts import TheForm
from web.forms import Form, FormRefusedError, form_for, typed
from web.pages.request_access import HANDS, CaseHere, TheCase, drafts_of, holds_any, today
from web.pages.request_paths import REQUEST
from web.rendering import render, see_other

router = APIRouter(dependencies=[Depends(may(*HANDS))])
AREA = Area(router)


class _Dated(BaseModel):
    """The day every document bears."""

    on: date = Field(description="成文日期")


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
def document_form(here: TheCase, kind: DocumentKind) -> Response:
    """Show a document as it would be, with what can be added to it."""
    given = {"on": today().isoformat(), **_as_approved(here, kind)}
    return _page(here, kind, given, uuid4().hex)


@router.post(
    f"{REQUEST}/documents/{{kind}}",
    dependencies=[Depends(may(Role.CASE_WORKER))],
    summary="制作文书",
)
def make(here: TheCase, kind: DocumentKind, given: TheForm) -> Response:
    """Preview a document with what was added, or number it and make its files."""
    command_id = given.get("command_id") or uuid4().hex
    if given.get("act") != "make":
        return _page(here, kind, given, command_id)
    try:
        values = _form(here, kind).read(given)
        on = values.pop("on")
        here.reads()
        number = make_document(
            here.office.parts,
            here.people,
            here.visit.doer,
            here.at,
            kind,
            texts=LetterTexts.model_validate(values),
            on=on,
            command_id=f"document:{command_id}",
        )
    except FormRefusedError as refused:
        return _page(here, kind, given, command_id, refused.errors)
    except (DocumentError, Refused) as refused:
        return _page(here, kind, given, command_id, {"": str(refused)})
    return see_other(here.request, f"{here.path}/documents", f"已制作{kind.label}：{number}")


def _as_approved(here: CaseHere, kind: DocumentKind) -> dict[str, str]:
    """Return what the approved draft of a reply said of its document."""
    if kind is not DocumentKind.REPLY:
        return {}
    drafts = drafts_of(here.office)
    for draft in drafts.of_case(here.at.agency, here.at.case):
        if draft.verb == "decide" and draft.state is DraftState.CARRIED:
            here.reads()
            return typed((drafts.open(draft) or {}).get("letter", {}))
    return {}


def _makes(here: CaseHere) -> bool:
    return holds_any(here.visit, here.at.agency, (Role.CASE_WORKER,))


def _form(here: CaseHere, kind: DocumentKind) -> Form:
    wordings = wordings_for(kind, here.known().state)
    leave_out = set(LetterTexts.model_fields) - set(texts_for(kind))
    if len(wordings) < 2:  # noqa: PLR2004 - nothing to choose
        leave_out.add("wording")
    choices = [(each.key, each.title) for each in wordings]
    texts = form_for(LetterTexts, leave_out=leave_out, changes={"wording": {"options": choices}})
    return Form((*form_for(_Dated).fields, *texts.fields))


def _page(
    here: CaseHere,
    kind: DocumentKind,
    given: Mapping[str, str],
    command_id: str,
    errors: Mapping[str, str] | None = None,
) -> Response:
    if kind not in possible_documents(here.known().state):
        raise HTTPException(404)
    form = _form(here, kind)
    lines, missing = _preview(here, kind, form, given)
    return render(
        here.request,
        "pages/documents/document.html",
        422 if errors else 200,
        at=here.path,
        case=here.at.case,
        kind=kind,
        form=form,
        values=given,
        errors=errors or {},
        lines=lines,
        missing=missing,
        command_id=command_id,
        makes=_makes(here),
        own=kind in own_templates(here.people, here.at.agency),
    )


def _preview(
    here: CaseHere, kind: DocumentKind, form: Form, given: Mapping[str, str]
) -> tuple[tuple[Line, ...], str]:
    """Return the preview, or why there is none."""
    here.reads()
    try:
        values = form.read(given)
        on = values.pop("on")
        texts = LetterTexts.model_validate(values)
        return preview(preview_of(here.office.parts, here.at, kind, texts, on)), ""
    except FormRefusedError:
        return (), "请先改正以下各项"
    except DocumentError as error:
        return (), str(error)
