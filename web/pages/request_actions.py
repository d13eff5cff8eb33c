"""What is done about a request: a form a verb, sent once, by the state its sender had seen.

Each form carries an id of its own and the version of the case it was made from. Sent twice it is
done once; sent after somebody else's change it is refused with what happened since, and what was
typed is kept. While the engine is away nothing is lost either: the same form is sent again later.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException
from starlette.responses import Response

from casework.personal import personal_data
from casework.requests import RequestView
from casework.steps import StepNow, steps_now
from disclosure.commands import REQUEST_VERBS
from web.access import may_read
from web.area import Area
from web.form_posts import TheForm
from web.forms import Form, FormRefusedError
from web.pages.corrected_values import in_codes
from web.pages.request_access import (
    CaseHere,
    Standing,
    TheCase,
    drafts_of,
    duty_here,
    required,
    standing,
    today,
)
from web.pages.request_attempts import Attempt, attempt_of, carried, command_of
from web.pages.request_forms import verb_form
from web.pages.request_paths import REQUEST, draft_path
from web.rendering import render, see_other
from workflows.law_in_force import current_law

router = APIRouter()
AREA = Area(router)


@router.get(f"{REQUEST}/do/{{verb}}", dependencies=[Depends(may_read)], summary="办理事项")
def step_form(here: TheCase, verb: str) -> Response:
    """Show the form of a verb, where the reader's role allows it."""
    stands = _stands(here, verb)
    found = here.known()
    form = _form(here, found, verb, stands)
    return _page(here, found, verb, form, Attempt(form.initial, uuid4().hex, found.version))


@router.post(f"{REQUEST}/do/{{verb}}", dependencies=[Depends(may_read)], summary="办理申请事项")
def take_step(here: TheCase, verb: str, given: TheForm) -> Response:
    """Carry a verb out, or write it down for approval."""
    stands = _stands(here, verb)
    found = here.known()
    form = _form(here, found, verb, stands)
    attempt = attempt_of(given, found.version)
    try:
        values = in_codes(form.read(given))
    except FormRefusedError as refused:
        return _page(here, found, verb, form, attempt.failed(refused.errors))
    if stands == "drafts":
        return _drafted(here, verb, values, attempt)
    tried = carried(here, command_of(here, verb, values), form, attempt)
    if tried is not None:
        return _page(here, here.known(), verb, form, tried)
    return see_other(here.request, here.path, "已登记")


def _stands(here: CaseHere, verb: str) -> Standing:
    if verb not in REQUEST_VERBS or verb == "register":
        raise HTTPException(404)
    duty = duty_here(here.office, here.at.agency, verb)
    required(here.visit, here.at.agency, duty.does | duty.drafts)
    return standing(here.visit, here.at.agency, duty)


def _form(here: CaseHere, found: RequestView, verb: str, stands: Standing) -> Form:
    personal = None
    if "party" in REQUEST_VERBS[verb].model_fields:
        here.reads()
        personal = personal_data(here.office.parts, here.at.stream)
    return verb_form(verb, today(), state=found.state, personal=personal, draft=stands == "drafts")


def _drafted(here: CaseHere, verb: str, values: Mapping[str, Any], attempt: Attempt) -> Response:
    draft = drafts_of(here.office).add(
        here.visit.doer,
        here.at.agency,
        here.at.case,
        verb,
        {"command": values, "letter": {}},
        seen_version=attempt.seen,
        draft_id=attempt.command_id,
    )
    path = draft_path(here.at.agency, draft.id)
    return see_other(here.request, path, "草稿已保存，核对后请送审")


def _page(here: CaseHere, found: RequestView, verb: str, form: Form, attempt: Attempt) -> Response:
    return render(
        here.request,
        "pages/request/step.html",
        attempt.status,
        at=here.path,
        case=here.at.case,
        step=_step(found, verb),
        drafts=_stands(here, verb) == "drafts",
        form=form,
        values=attempt.values,
        errors=attempt.errors,
        since=attempt.since,
        command_id=attempt.command_id,
        seen=attempt.seen,
    )


def _step(found: RequestView, verb: str) -> StepNow:
    now = {each.step.verb: each for each in steps_now(found.state, today(), current_law())}
    return now[verb]
