"""Registering requests by hand (登记): one letter, one form, one request a matter."""

# ruff: noqa: FAST003 - the desk takes the agency from the path

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from disclosure.addresses import case_stream
from disclosure.refusals import Refused
from disclosure.request_commands import Register
from engine.agency_entry import agency_state
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
from web.mergers import merger_of, mergers
from web.pages.request_access import today
from web.pages.request_paths import request_path
from web.receipt_preview import receipt_preview
from web.rendering import render, see_other
from web.similar_requests import MOST, SimilarRequest, similar_requests
from web.uploads import TheFiles, chosen, form_id

_WHO = Role.CASE_WORKER
_MAY = [Depends(may(_WHO))]
router = APIRouter()
AREA = Area(router, menu=(MenuItem("/intake", "登记", (_WHO,)),))

UNANSWERED = (
    "没有确认登记：办理引擎没有应答。您填写的内容仍在本页，引擎恢复后请重新提交；"
    "同一表单重复提交，只登记一次"
)

Registrations = list[tuple[str, Register]]
"""The registrations of a form, each with its number there."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a letter is registered: by whom, in which agency."""

    request: Request
    visit: SignedVisit
    agency: str

    @property
    def name(self) -> str:
        """The agency's name."""
        return self.visit.office.agencies().name_of(self.agency)

    def free_references(self, given: Mapping[str, str]) -> list[str]:
        """Return free references, enough for every matter whatever others were typed."""
        count = 2 * len(matters_in(given))
        return References(self.visit.office).next(self.agency, today().year, count)


def the_desk(request: Request, visit: Signed, agency: str) -> Desk:
    """Return the desk of a request."""
    return Desk(request, visit, agency)


TheDesk = Annotated[Desk, Depends(the_desk)]


@router.get("/intake", dependencies=_MAY, summary="登记")
def choose_agency(request: Request, visit: Signed) -> Response:
    """Lead to the form of the only agency, or let one be chosen."""
    mine = visit.person.agencies(_WHO)
    if len(mine) == 1:
        return see_other(request, f"/intake/{mine[0]}")
    agencies = visit.office.agencies()
    ended = {each.agency: each for each in mergers(agencies)}
    choices = [(agency, agencies.name_of(agency), ended.get(agency)) for agency in mine]
    return render(request, "pages/intake/agencies.html", agencies=choices)


@router.get("/intake/{agency}", dependencies=_MAY, summary="登记申请")
def intake(desk: TheDesk) -> Response:
    """Show the empty form."""
    return _page(desk, {"on": today().isoformat(), "command_id": uuid4().hex})


@router.get("/intake/{agency}/dates", dependencies=_MAY, summary="计算收到日期")
def dates(desk: TheDesk) -> Response:
    """Work out the received date and the due date of what is typed so far."""
    typed = readable_dates(desk.request.query_params)
    preview = receipt_preview(typed, desk.visit.office.parts.law(), today())
    return render(desk.request, "pages/intake/dates.html", receipt=preview)


@router.post("/intake/{agency}/similar", dependencies=_MAY, summary="查找相似申请")
def similar(desk: TheDesk, given: TheForm) -> Response:
    """Look for earlier requests like the one being typed; by POST, for it holds personal data."""
    found, ready = _similar(desk, given)
    return render(
        desk.request,
        "pages/intake/similar.html",
        similar=found,
        wordings_ready=ready,
        agency=desk.agency,
    )


@router.post("/intake/{agency}", dependencies=_MAY, summary="登记申请")
def register(desk: TheDesk, given: TheForm, uploads: TheFiles) -> Response:
    """Register the requests of a letter; the same form sent again registers nothing more."""
    form = form_id(given)
    given = {**given, "command_id": form.hex}
    match given.get("step"):
        case "calculate":
            return _page(desk, given)
        case "add":
            return _page(desk, with_one_more(given))
    given = with_references(given, desk.free_references(given))
    office, visit = desk.visit.office, desk.visit
    try:
        registrations = read_intake(given, desk.agency, visit.person.name)
        files = chosen(uploads)
        _check_all(desk, registrations, form)
        position = _carry_all(desk, registrations, form)
    except FormRefusedError as refused:
        return _refused(desk, given, refused.errors)
    except CommandFailedError:
        return _page(desk, given, {"": UNANSWERED}, 503)
    for _, command in registrations:
        Attachments(office).add(visit.doer, desk.agency, command.case, form, files)
    office.parts.projector.catch_up(through=position or None)
    cases = [command.case for _, command in registrations]
    said = f"已登记 {len(cases)} 件：{'、'.join(cases)}" if len(cases) > 1 else "已登记"
    return see_other(desk.request, request_path(desk.agency, cases[0]), said)


def _command_id(form: UUID, number: str) -> str:
    return f"form:{form.hex}:{number}"


def _check_all(desk: Desk, registrations: Registrations, form: UUID) -> None:
    """Refuse all where one cannot be: a letter is registered whole.

    Raises:
        FormRefusedError: by field.
    """
    log, law = desk.visit.office.parts.log, desk.visit.office.parts.law()
    place = agency_state(log, desk.agency).place
    errors: dict[str, str] = {}
    for number, command in registrations:
        entries = log.read(case_stream(command.agency, command.case))
        sent_before = any(each.command_id == _command_id(form, number) for each in entries)
        if entries and not sent_before:
            errors[f"case-{number}"] = "申请编号已被使用，请改用其他编号"
        try:
            check_possible(command, law, today(), place)
        except Refused as refused:
            errors.setdefault(field_of(refused, number), refused.message)
    if errors:
        raise FormRefusedError(errors)


def _carry_all(desk: Desk, registrations: Registrations, form: UUID) -> int:
    """Register each request; return the position a reader must wait for.

    Raises:
        FormRefusedError: somebody else was faster with a reference.
        CommandFailedError: the engine is away; sent again, what is done already stays done.
    """
    position = 0
    for number, command in registrations:
        try:
            receipt = desk.visit.office.carry(_command_id(form, number), command)
        except Refused as refused:
            raise FormRefusedError({field_of(refused, number): refused.message}) from None
        position = max(position, receipt.position)
    return position


def _refused(desk: Desk, given: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    """Show the form again; a reference that is taken gives way to a free one."""
    taken = {name: "" for name in errors if name.startswith("case-")}
    kept = with_references({**given, **taken}, desk.free_references(given))
    said = {
        name: f"{words}；已另拟一个编号，请核对后重新提交" if name in taken else words
        for name, words in errors.items()
    }
    return _page(desk, kept, said, 422)


def _page(
    desk: Desk,
    given: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    office = desk.visit.office
    values = with_references(given, desk.free_references(given))
    matters = matters_in(values)
    found, ready = _similar(desk, values)
    return render(
        desk.request,
        "pages/intake/form.html",
        status,
        agency=desk.agency,
        agency_name=desk.name,
        merger=merger_of(office.agencies(), desk.agency),
        receipt_form=RECEIPT,
        applicant_form=APPLICANT,
        delivery_form=DELIVERY,
        matters=matters,
        more_matters=len(matters) < MOST_MATTERS,
        kinds=KINDS_IN_WORDS,
        megabytes=office.settings.web_upload_megabytes,
        command_id=values["command_id"],
        receipt=receipt_preview(readable_dates(values), office.parts.law(), today()),
        similar=found,
        wordings_ready=ready,
        values=values,
        errors=errors or {},
    )


def _similar(desk: Desk, given: Mapping[str, str]) -> tuple[list[SimilarRequest], bool]:
    """Return earlier requests like this one, and whether wordings could be compared by now."""
    office = desk.visit.office
    text = "\n".join(given.get(each.description, "") for each in matters_in(given))
    try:
        alike = finding_of(desk.request).similar(desk.agency, text, MOST)
        ready = True
    except FindingNotReadyError:
        alike, ready = [], False
    found = similar_requests(
        office,
        desk.agency,
        office.parts.law(),
        name=given.get("applicant.name", ""),
        id_number=given.get("applicant.id_number", ""),
        alike={each.stream: each.likeness for each in alike},
    )
    return found, ready
