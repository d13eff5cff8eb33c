"""Reconsiderations and lawsuits (行政复议、行政诉讼): register, one page each, filing, steps."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from casework.address import CaseAddress
from casework.proceeding_steps import BEGINNINGS, ProceedingStep, proceeding_steps
from casework.proceedings import (
    ProceedingView,
    find_proceeding,
    limit_runs,
    list_proceedings,
    standing,
)
from casework.timeline import flags_document, read_timeline
from disclosure.addresses import check_case
from disclosure.flags import Flag
from disclosure.proceeding_limits import limit_words
from disclosure.proceeding_results import GROUP_LABELS
from disclosure.refusals import Refused
from people import Role
from web.access import Signed, asked_by_pages, may, may_read
from web.area import Area, MenuItem
from web.form_posts import TheForm
from web.forms import Form, FormRefusedError, form_for
from web.mergers import merger_of
from web.pages.request_access import HANDS, CaseHere, Seen, TheCase, holds_any, today
from web.pages.request_attempts import Attempt, attempt_of, carried, command_of
from web.pages.request_forms import verb_form
from web.pages.request_paths import PROCEEDING, proceeding_path, request_path
from web.rendering import render, see_other

router = APIRouter()
AREA = Area(router, menu=(MenuItem("/proceedings", "复议诉讼", (*HANDS, Role.SUPERVISOR)),))

_WORKS = Depends(may(Role.CASE_WORKER))
_READS = Depends(may_read)


class _Named(BaseModel):
    """What a new proceeding is called."""

    case: str = Field(description="案件编号（机关自编）")


@router.get("/proceedings", dependencies=[_READS], summary="复议诉讼")
def agencies_page(request: Request, visit: Signed) -> Response:
    """Lead to the register of the reader's agency, or let them choose one."""
    seen = visit.person.visible()
    if len(seen) == 1:
        return see_other(request, f"/agencies/{seen[0]}/proceedings")
    known = visit.office.agencies()
    named = [(agency, known.name_of(agency)) for agency in seen]
    return render(request, "pages/proceedings/agencies.html", named=named)


@router.get("/agencies/{agency}/proceedings", dependencies=[_READS], summary="复议诉讼台账")
def proceedings_page(request: Request, visit: Signed, agency: str, every: str = "") -> Response:
    """List an agency's proceedings, the nearest limit first."""
    visit.office.parts.projector.catch_up()
    rows = list_proceedings(visit.office.parts, agency, final=bool(every))
    known = visit.office.agencies()
    return render(
        request,
        "pages/proceedings/proceedings.html",
        agency=agency,
        agency_name=known.name_of(agency),
        merger=merger_of(known, agency),
        rows=[(proceeding_path(agency, row["case"]), row, standing(row)) for row in rows],
        groups=GROUP_LABELS,
        limit_runs=limit_runs,
        every=every,
        beginnings=BEGINNINGS,
        works=holds_any(visit, agency, (Role.CASE_WORKER,)),
    )


@router.get(
    "/agencies/{agency}/proceedings/new/{verb}", dependencies=[_WORKS], summary="登记复议诉讼"
)
def filing_form(request: Request, visit: Signed, agency: str, verb: str) -> Response:
    """Show the form a proceeding is filed with."""
    here = CaseHere(request, visit, CaseAddress(agency, ""))
    form = _filing(verb)
    return _form_page(here, _beginning(verb), form, Attempt(form.initial, uuid4().hex, 0))


@router.post(
    "/agencies/{agency}/proceedings/new/{verb}", dependencies=[_WORKS], summary="登记复议诉讼"
)
def file(request: Request, visit: Signed, agency: str, verb: str, given: TheForm) -> Response:
    """Put a proceeding on record."""
    step, form = _beginning(verb), _filing(verb)
    nowhere = CaseHere(request, visit, CaseAddress(agency, ""))
    attempt = attempt_of(given, 0)
    try:
        values = form.read(given)
        case = values.pop("case")
        check_case(case)
    except FormRefusedError as refused:
        return _form_page(nowhere, step, form, attempt.failed(refused.errors))
    except Refused as refused:
        return _form_page(nowhere, step, form, attempt.failed({"case": refused.message}))
    here = CaseHere(request, visit, CaseAddress(agency, case))
    return _sent(here, nowhere, step, form, values=values, attempt=attempt)


@router.get(f"{PROCEEDING}/do/{{verb}}", dependencies=[_WORKS], summary="办理复议诉讼事项")
def step_form(here: TheCase, verb: str) -> Response:
    """Show the form of a verb."""
    found = _known(here)
    form = verb_form(verb, today())
    attempt = Attempt(form.initial, uuid4().hex, found.version)
    return _form_page(here, _step(found, verb), form, attempt)


@router.post(f"{PROCEEDING}/do/{{verb}}", dependencies=[_WORKS], summary="登记复议诉讼进展")
def take_step(here: TheCase, verb: str, given: TheForm) -> Response:
    """Carry a verb out."""
    found = _known(here)
    step, form = _step(found, verb), verb_form(verb, today())
    attempt = attempt_of(given, found.version)
    try:
        values = form.read(given)
    except FormRefusedError as refused:
        return _form_page(here, step, form, attempt.failed(refused.errors))
    return _sent(here, here, step, form, values=values, attempt=attempt)


@router.get(f"{PROCEEDING}/changes", dependencies=[_READS], summary="查看案件的变化")
@asked_by_pages
def proceeding_changes(here: TheCase, seen: Seen = 0) -> Response:
    """Say what has happened since a page was made; nothing where nothing has."""
    since = read_timeline(here.office.parts, here.at.stream, after=seen).lines
    at = proceeding_path(here.at.agency, here.at.case)
    return render(here.request, "pages/request/changes.html", since=since, at=at)


@router.get(PROCEEDING, dependencies=[_READS], summary="复议诉讼案件")
def proceeding_page(here: TheCase) -> Response:
    """Show a proceeding."""
    found = _known(here)
    row = found.row
    about = request_path(here.at.agency, row["request"]) if row["request"] else ""
    return render(
        here.request,
        "pages/proceedings/proceeding.html",
        at=proceeding_path(here.at.agency, here.at.case),
        agency=here.at.agency,
        row=row,
        version=found.version,
        group=GROUP_LABELS[row["proceeding_group"]],
        standing=standing(row),
        about=about,
        limit=_limit(row),
        flags=flags_document(row["flags"]),
        timeline=[
            {**line, "flags": [Flag(code) for code in line["flags"].split()], "texts": ()}
            for line in found.timeline.lines
        ],
        steps=proceeding_steps(found.state),
        works=holds_any(here.visit, here.at.agency, (Role.CASE_WORKER,)),
    )


def _sent(
    here: CaseHere,
    shown: CaseHere,
    step: ProceedingStep,
    form: Form,
    *,
    values: Mapping[str, Any],
    attempt: Attempt,
) -> Response:
    tried = carried(here, command_of(here, step.verb, values), form, attempt)
    if tried is not None:
        return _form_page(shown, step, form, tried)
    return see_other(here.request, proceeding_path(here.at.agency, here.at.case), "已登记")


def _form_page(here: CaseHere, step: ProceedingStep, form: Form, attempt: Attempt) -> Response:
    register = f"/agencies/{here.at.agency}/proceedings"
    below = proceeding_path(here.at.agency, here.at.case) if here.at.case else ""
    return render(
        here.request,
        "pages/proceedings/step.html",
        attempt.status,
        register=register,
        at=below,
        case=here.at.case,
        action=f"{below}/do/{step.verb}" if below else f"{register}/new/{step.verb}",
        step=step,
        form=form,
        values=attempt.values,
        errors=attempt.errors,
        since=attempt.since,
        command_id=attempt.command_id,
        seen=attempt.seen,
    )


def _known(here: CaseHere) -> ProceedingView:
    here.office.parts.projector.catch_up()
    found = find_proceeding(here.office.parts, here.at.agency, here.at.case)
    if found is None:
        raise HTTPException(404)
    return found


def _beginning(verb: str) -> ProceedingStep:
    for step in BEGINNINGS:
        if step.verb == verb:
            return step
    raise HTTPException(404)


def _step(found: ProceedingView, verb: str) -> ProceedingStep:
    for step in proceeding_steps(found.state):
        if step.verb == verb:
            return step
    raise HTTPException(404)


def _filing(verb: str) -> Form:
    _beginning(verb)
    return Form((*form_for(_Named).fields, *verb_form(verb, today()).fields))


def _limit(row: Mapping[str, Any]) -> tuple[str, date, bool] | None:
    """Return the limit that runs: its words, its last day, whether that has passed."""
    if not limit_runs(row):
        return None
    return limit_words(row["limit_kind"]), row["due_on"], bool(row["overdue"])
