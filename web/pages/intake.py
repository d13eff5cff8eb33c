"""Registering requests by hand (登记): one letter, one form, one request a matter."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from disclosure.addresses import case_stream
from disclosure.refusals import Refused
from disclosure.request_commands import Register
from engine.errors import CommandFailedError
from people import Role
from web.access import Signed, SignedVisit, may
from web.area import Area, MenuItem
from web.attachment_checks import KINDS_IN_WORDS
from web.attachments import Attachments
from web.case_references import References
from web.finding import FindingNotReadyError, finding_of
from web.form_posts import TheForm
from web.forms import FormRefusedError
from web.intake_forms import (
    APPLICANT,
    DELIVERY,
    MOST_MATTERS,
    RECEIPT,
    check_possible,
    field_of,
    matters_in,
    read_intake,
    readable_dates,
    with_one_more,
    with_references,
)
from web.pages.intake_attachments import checked_files, form_id
from web.pages.request_access import today
from web.pages.request_paths import request_path
from web.receipt_preview import receipt_preview
from web.rendering import render, see_other
from web.similar_requests import MOST, SimilarRequest, similar_requests
from web.uploads import TheFiles

_WHO = Role.CASE_WORKER
router = APIRouter()
AREA = Area(router, menu=(MenuItem("/intake", "登记", (_WHO,)),))

UNANSWERED = (
    "没有确认登记：办理引擎没有应答。您填写的内容仍在本页，引擎恢复后请重新提交；"
    "同一表单重复提交，只登记一次"
)


@router.get("/intake", dependencies=[Depends(may(_WHO))], summary="登记")
def choose_agency(request: Request, visit: Signed) -> Response:
    """Lead to the form of the only agency, or let one be chosen."""
    mine = visit.person.agencies(_WHO)
    if len(mine) == 1:
        return see_other(request, f"/intake/{mine[0]}")
    agencies = visit.office.agencies()
    chosen = [(agency, agencies.name_of(agency)) for agency in mine]
    return render(request, "pages/intake/agencies.html", agencies=chosen)


@router.get("/intake/{agency}", dependencies=[Depends(may(_WHO))], summary="登记申请")
def intake(request: Request, visit: Signed, agency: str) -> Response:
    """Show the empty form."""
    values = {"on": today().isoformat(), "command_id": uuid4().hex}
    return _page(request, visit, agency, values)


@router.get("/intake/{agency}/dates", dependencies=[Depends(may(_WHO))], summary="计算收到日期")
def dates(request: Request, visit: Signed, agency: str) -> Response:
    """Work out the received date and the due date of what is typed so far."""
    del agency  # the same in every agency; the path asks for the role
    preview = receipt_preview(
        readable_dates(request.query_params), visit.office.parts.law(), today()
    )
    return render(request, "pages/intake/dates.html", receipt=preview)


@router.post("/intake/{agency}/similar", dependencies=[Depends(may(_WHO))], summary="查找相似申请")
def similar(request: Request, visit: Signed, agency: str, given: TheForm) -> Response:
    """Look for earlier requests like the one being typed; by POST, for it holds personal data."""
    found, ready = _similar(request, visit, agency, given)
    return render(
        request, "pages/intake/similar.html", similar=found, wordings_ready=ready, agency=agency
    )


@router.post("/intake/{agency}", dependencies=[Depends(may(_WHO))], summary="登记申请")
def register(
    request: Request, visit: Signed, agency: str, given: TheForm, uploads: TheFiles
) -> Response:
    """Register the requests of a letter; the same form sent again registers nothing more."""
    form = form_id(given)
    given = {**given, "command_id": form.hex}
    if given.get("step") == "calculate":
        return _page(request, visit, agency, given)
    if given.get("step") == "add":
        return _page(request, visit, agency, with_one_more(given))
    given = with_references(given, _proposed(visit, agency, given))
    try:
        registrations = read_intake(given, agency, visit.person.name)
        files = checked_files(uploads)
        _check_all(visit, registrations, form)
    except FormRefusedError as refused:
        return _refused(request, visit, agency, given, refused.errors)
    try:
        position = _carry_all(visit, registrations, form)
    except FormRefusedError as refused:
        return _refused(request, visit, agency, given, refused.errors)
    except CommandFailedError:
        return _page(request, visit, agency, given, {"": UNANSWERED}, 503)
    for _, command in registrations:
        Attachments(visit.office).add(visit.doer, agency, command.case, form, files)
    visit.office.parts.projector.catch_up(through=position or None)
    cases = [command.case for _, command in registrations]
    said = f"已登记 {len(cases)} 件：{'、'.join(cases)}" if len(cases) > 1 else "已登记"
    return see_other(request, request_path(agency, cases[0]), said)


def _command_id(form: UUID, number: str) -> str:
    return f"form:{form.hex}:{number}"


def _proposed(visit: SignedVisit, agency: str, given: Mapping[str, str]) -> list[str]:
    """Return free references, enough for every matter whatever others were typed."""
    count = 2 * len(matters_in(given))
    return References(visit.office).next(agency, today().year, count)


def _check_all(visit: SignedVisit, registrations: list[tuple[str, Register]], form: UUID) -> None:
    """Refuse all where one cannot be: a letter is registered whole.

    Raises:
        FormRefusedError: by field.
    """
    log, law = visit.office.parts.log, visit.office.parts.law()
    errors: dict[str, str] = {}
    for number, command in registrations:
        entries = log.read(case_stream(command.agency, command.case))
        sent_before = any(each.command_id == _command_id(form, number) for each in entries)
        if entries and not sent_before:
            errors[f"case-{number}"] = "申请编号已被使用，请改用其他编号"
        try:
            check_possible(command, law, today())
        except Refused as refused:
            errors.setdefault(field_of(refused, number), refused.message)
    if errors:
        raise FormRefusedError(errors)


def _carry_all(visit: SignedVisit, registrations: list[tuple[str, Register]], form: UUID) -> int:
    """Register each request; return the position a reader must wait for.

    Raises:
        FormRefusedError: somebody else was faster with a reference.
        CommandFailedError: the engine is away; sent again, what is done already stays done.
    """
    position = 0
    for number, command in registrations:
        try:
            receipt = visit.office.carry(_command_id(form, number), command)
        except Refused as refused:
            raise FormRefusedError({field_of(refused, number): refused.message}) from None
        position = max(position, receipt.position)
    return position


def _refused(
    request: Request,
    visit: SignedVisit,
    agency: str,
    given: Mapping[str, str],
    errors: Mapping[str, str],
) -> Response:
    """Show the form again; a reference that is taken gives way to a free one."""
    taken = {name: "" for name in errors if name.startswith("case-")}
    kept = with_references({**given, **taken}, _proposed(visit, agency, given))
    said = {
        name: f"{words}；已另拟一个编号，请核对后重新提交" if name in taken else words
        for name, words in errors.items()
    }
    return _page(request, visit, agency, kept, said, 422)


def _page(
    request: Request,
    visit: SignedVisit,
    agency: str,
    given: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    values = with_references(given, _proposed(visit, agency, given))
    found, ready = _similar(request, visit, agency, values)
    context: dict[str, Any] = {
        "agency": agency,
        "agency_name": visit.office.agencies().name_of(agency),
        "receipt_form": RECEIPT,
        "applicant_form": APPLICANT,
        "delivery_form": DELIVERY,
        "matters": matters_in(values),
        "more_matters": len(matters_in(values)) < MOST_MATTERS,
        "kinds": KINDS_IN_WORDS,
        "megabytes": visit.office.settings.web_upload_megabytes,
        "command_id": values["command_id"],
        "receipt": receipt_preview(readable_dates(values), visit.office.parts.law(), today()),
        "similar": found,
        "wordings_ready": ready,
    }
    return render(
        request, "pages/intake/form.html", status, values=values, errors=errors or {}, **context
    )


def _similar(
    request: Request, visit: SignedVisit, agency: str, given: Mapping[str, str]
) -> tuple[list[SimilarRequest], bool]:
    """Return earlier requests like this one, and whether wordings could be compared by now."""
    text = "\n".join(given.get(each.description, "") for each in matters_in(given))
    try:
        alike = finding_of(request).similar(agency, text, MOST)
        ready = True
    except FindingNotReadyError:
        alike, ready = [], False
    found = similar_requests(
        visit.office,
        agency,
        visit.office.parts.law(),
        name=given.get("applicant.name", ""),
        id_number=given.get("applicant.id_number", ""),
        alike={each.stream: each.likeness for each in alike},
    )
    return found, ready
