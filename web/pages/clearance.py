"""Internal clearance (内部审核): a draft read, changed, sent, returned or approved."""

from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from casework.timeline import read_timeline
from clearance import NEEDS_APPROVAL, Draft, DraftRefused, DraftState
from clearance.draft import ENDED, WITH_AUTHOR
from disclosure.addresses import case_stream
from disclosure.commands import CaseCommand
from disclosure.refusals import Refused
from engine.errors import CommandFailedError
from people import Role
from web.access import ForbiddenError, Signed, may
from web.area import Area, MenuItem
from web.form_posts import TheForm
from web.forms import Form as FieldsForm
from web.forms import FormRefusedError, typed
from web.pages.clearance_here import DraftHere, TheDraft
from web.pages.clearance_letters import refuse_incomplete
from web.pages.clearance_words import ahead, says, whole_form
from web.pages.corrected_values import in_codes, in_words
from web.pages.request_access import (
    HANDS,
    drafts_of,
    duty_here,
    required,
    today,
)
from web.pages.request_forms import LABELS, VERBS
from web.pages.request_paths import DRAFT, draft_path, request_path
from web.rendering import render, see_other

router = APIRouter(dependencies=[Depends(may(*HANDS))])
AREA = Area(router, menu=(MenuItem("/clearance", "审核", HANDS),))

_UNANSWERED = "已经批准，但办理引擎没有应答，尚未确认登记。引擎恢复后请按“登记”，只登记一次"


@router.get("/clearance", summary="待审核事项")
def waiting(request: Request, visit: Signed) -> Response:
    """List what waits in the reader's agencies: for review, returned, or approved and not out."""
    known = visit.office.agencies()
    rows = [
        (known.name_of(agency), draft_path(agency, each.id), LABELS[each.verb], each)
        for agency in visit.person.agencies(*HANDS)
        for each in drafts_of(visit.office).waiting(agency)
    ]
    named = {agency: known.name_of(agency) for agency in visit.person.agencies(*HANDS)}
    return render(
        request,
        "pages/clearance/waiting.html",
        rows=rows,
        named=named,
        heads=visit.person.agencies(Role.DISCLOSURE_HEAD),
        templates=visit.person.agencies(Role.REVIEWER, Role.DISCLOSURE_HEAD),
    )


@router.get(DRAFT, summary="草稿")
def draft_page(here: TheDraft) -> Response:
    """Show a draft with its document as it would go out, and what was said to it."""
    return _page(here)


@router.get(f"{DRAFT}/edit", summary="修改草稿")
def edit_form(here: TheDraft) -> Response:
    """Show the form a draft was written with."""
    _must_be_with_author(here)
    content = here.opened()
    form = whole_form(here, content)
    letter = typed(content.get("letter", {}))
    said = typed(in_words(content["command"])) | {f"letter.{name}": letter[name] for name in letter}
    return _edit(here, form, form.initial | said)


@router.post(f"{DRAFT}/edit", summary="修改草稿")
def edit(here: TheDraft, given: TheForm) -> Response:
    """Write a draft anew."""
    _must_be_with_author(here)
    form = whole_form(here, here.opened())
    try:
        values = in_codes(form.read(given))
    except FormRefusedError as refused:
        return _edit(here, form, given, refused.errors)
    letter = values.pop("letter", {})
    content = {"command": values, "letter": letter}
    seen = here.visit.office.parts.store.stream_version(here.at.stream)
    drafts = drafts_of(here.visit.office)
    drafts.change(here.visit.doer, here.draft, content, seen_version=seen)
    return see_other(here.request, here.path, "草稿已修改")


@router.post(f"{DRAFT}/submit", summary="送审")
def submit(here: TheDraft) -> Response:
    """Send a draft for review."""
    _must_be_with_author(here)
    drafts_of(here.visit.office).submit(here.visit.doer, here.draft)
    return see_other(here.request, here.path, "已送审")


@router.post(f"{DRAFT}/withdraw", summary="撤销送审")
def withdraw(here: TheDraft) -> Response:
    """Take a draft back."""
    if not here.wrote:
        raise ForbiddenError("只有起草人可以撤销草稿")
    drafts_of(here.visit.office).withdraw(here.visit.doer, here.draft)
    path = request_path(here.at.agency, here.at.case)
    return see_other(here.request, path, "草稿已撤销")


@router.post(f"{DRAFT}/return", summary="退回")
def return_(here: TheDraft, given: TheForm) -> Response:
    """Give a draft back to its author, with remarks."""
    _must_approve(here)
    try:
        seen = _as_seen(here, given)
        drafts_of(here.visit.office).return_(here.visit.doer, seen, given.get("remark", ""))
    except DraftRefused as refused:
        return _page(here, {refused.field: refused.message}, 422, given)
    return see_other(here.request, here.path, "已退回起草人")


@router.post(f"{DRAFT}/approve", summary="批准")
def approve(here: TheDraft, given: TheForm) -> Response:
    """Approve a draft and carry its command to the record, in the approver's name."""
    _must_approve(here)
    drafts = drafts_of(here.visit.office)
    version: int | None = None
    if here.draft.state is DraftState.IN_REVIEW:
        version = here.visit.office.parts.store.stream_version(here.at.stream)
        try:
            if given.get("seen") != str(version):
                return _page(here, {"": "该案在您查看之后已有变化，请核对后再批准"}, 409, given)
            as_seen = _as_seen(here, given)
            refuse_incomplete(ahead(here, here.opened())[1])
            approved = drafts.approve(here.visit.doer, as_seen, given.get("remark", ""))
        except DraftRefused as refused:
            return _page(here, {refused.field: refused.message}, 422, given)
    else:
        approved = here.draft  # approved before, and its command has still to go out
    return _carry(replace(here, draft=approved), version)


def _carry(here: DraftHere, seen: int | None) -> Response:
    office, drafts = here.visit.office, drafts_of(here.visit.office)
    if here.draft.state is not DraftState.APPROVED:
        return _page(here, {"": f"该草稿{here.draft.state.label}，不能批准"}, 422)
    try:
        receipt = office.carry(here.draft.command_id, _command(here), seen=seen)
    except Refused as refused:
        returned = drafts.refused(here.visit.doer, here.draft, refused.message)
        with_author = replace(here, draft=returned)
        return _page(with_author, {"": f"没有登记，已退回起草人：{refused.message}"}, 422)
    except CommandFailedError:
        return _page(here, {"": _UNANSWERED}, 503)
    drafts.carried(here.visit.doer, here.draft)
    office.parts.projector.catch_up(through=receipt.position or None)
    path = request_path(here.at.agency, here.at.case)
    return see_other(here.request, path, f"已批准并登记：{LABELS[here.draft.verb]}")


def _command(here: DraftHere) -> CaseCommand:
    # Who approved answers for it, also where somebody else lets it out once the engine is back.
    verb, approver = here.draft.verb, here.draft.decided_by
    members = {"on": today().isoformat(), **here.opened()["command"]}
    known = {"agency": here.at.agency, "case": here.at.case, "by": approver}
    if verb in NEEDS_APPROVAL:
        account = here.visit.office.people.accounts.get(approver)
        known["approved_by"] = account.display_name if account else approver
    return VERBS[verb].model_validate({**members, **known})


def _as_seen(here: DraftHere, given: Mapping[str, str]) -> Draft:
    """Return the draft as its reader had it: an older one is refused by the step itself."""
    if given.get("revision") != str(here.draft.revision):
        raise DraftRefused("", "该草稿在您查看之后已有变化，请核对后再办理")
    return here.draft


def _must_be_with_author(here: DraftHere) -> None:
    if not here.wrote or here.draft.state not in WITH_AUTHOR:
        raise DraftRefused("", "只有起草人可以修改和送审尚未送审或者已退回的草稿")


def _must_approve(here: DraftHere) -> None:
    duty = duty_here(here.visit.office, here.at.agency, here.draft.verb)
    required(here.visit, here.at.agency, duty.approves)


def _edit(
    here: DraftHere,
    form: FieldsForm,
    values: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Response:
    return render(
        here.request,
        "pages/clearance/edit.html",
        422 if errors else 200,
        here=here,
        words=LABELS[here.draft.verb],
        form=form,
        values=values,
        errors=errors or {},
    )


def _page(
    here: DraftHere,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    values: Mapping[str, str] | None = None,
) -> Response:
    office, draft = here.visit.office, here.draft
    content = here.opened()
    flags, letter = ahead(here, content)
    stream = case_stream(draft.agency, draft.case)
    office.parts.projector.catch_up()
    return render(
        here.request,
        "pages/clearance/draft.html",
        status,
        here=here,
        draft=draft,
        words=LABELS[draft.verb],
        case_path=request_path(draft.agency, draft.case),
        says=says(here, content["command"]),
        letter=letter,
        flags=() if draft.state in ENDED else flags,
        remarks=drafts_of(office).remarks(draft),
        since=read_timeline(office.parts, stream, after=draft.seen_version).lines
        if draft.state not in ENDED
        else (),
        seen=office.parts.store.stream_version(stream),
        editable=here.wrote and draft.state in WITH_AUTHOR,
        values=values or {},
        errors=errors or {},
    )
