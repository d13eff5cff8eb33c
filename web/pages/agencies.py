"""Agencies (机关): registered, placed and merged by the system administrator, set up by their head.

The head of an agency's disclosure body sets what its documents name and how its requests are
numbered. Where an agency stands among the others decides whose roll-up it enters, which is the
installation's affair.
"""

# ruff: noqa: FAST003 - `TheAgency` takes the agency from the path

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import uuid4

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from disclosure.agency_commands import (
    AgencyCommand,
    ConfigureAgency,
    MergeAgency,
    MoveAgency,
    RegisterAgency,
)
from disclosure.refusals import Refused
from engine.agency_entry import record_of_agency
from engine.recovery import registered_agencies
from engine.schedules import schedule_annual_reports
from web.access import Signed, SignedVisit, may
from web.area import Area, MenuItem
from web.case_references import Pattern, PatternRefusedError, References
from web.form_posts import TheForm
from web.forms import Form, FormRefusedError
from web.mergers import merger_of, open_cases, open_cases_of
from web.pages.agency_forms import (
    agency_rows,
    merge_form,
    move_form,
    registration_form,
    settings_form,
)
from web.pages.agency_here import ADMINISTRATOR, HEAD, AgencyHere, TheAgency
from web.pages.request_access import today
from web.rendering import render, see_other
from web.uploads import form_id

_PLACES: Final = [Depends(may(ADMINISTRATOR))]
router = APIRouter()
AREA = Area(router, menu=(MenuItem("/registry", "机关", (ADMINISTRATOR, HEAD)),))

_SETTINGS: Final = ("document_code", "reconsideration_body", "court")
_SAID: Final = {"settings": "设置已保存", "move": "隶属变动已登记", "merge": "机关撤并已登记"}


@router.get("/registry", dependencies=[Depends(may(ADMINISTRATOR, HEAD))], summary="机关")
def agencies(request: Request, visit: Signed) -> Response:
    """List the agencies one may set up."""
    rows = agency_rows(visit.office)
    everything = visit.person.holds(ADMINISTRATOR)
    mine = rows if everything else {each: rows[each] for each in visit.person.agencies(HEAD)}
    return render(
        request,
        "pages/agencies/list.html",
        rows=list(mine.values()),
        open_cases=open_cases(
            visit.office.parts, [agency for agency, row in mine.items() if row["ended_on"]]
        ),
        names={agency: row["name"] for agency, row in rows.items()},
        may_register=everything,
    )


@router.get("/registry/new", dependencies=_PLACES, summary="登记机关")
def new_agency(request: Request, visit: Signed) -> Response:
    """Show the empty form of an agency."""
    form = registration_form(visit.office)
    return _new(request, form, {**form.initial, "command_id": uuid4().hex})


@router.post("/registry/new", dependencies=_PLACES, summary="登记机关")
def register(request: Request, visit: Signed, given: TheForm) -> Response:
    """Put an agency on record; its annual reports are scheduled from now on."""
    form = registration_form(visit.office)
    given = {**given, "command_id": form_id(given).hex}
    try:
        command = RegisterAgency.model_validate({**form.read(given), "by": visit.person.name})
        _record(visit, given, command)
    except FormRefusedError as refused:
        return _new(request, form, given, refused.errors)
    except Refused as refused:
        return _new(request, form, given, {form.field_named(refused.field): refused.message})
    office = visit.office
    if office.client is not None:
        known = registered_agencies(office.parts.engine)
        office.wait_for(schedule_annual_reports(office.client, known))
    return see_other(request, f"/registry/{command.agency}", "机关已登记")


@router.get("/registry/{agency}", summary="机关设置")
def agency(here: TheAgency) -> Response:
    """Show an agency with what can be set."""
    return _page(here)


@router.post("/registry/{agency}/settings", summary="机关设置")
def configure(here: TheAgency, given: TheForm) -> Response:
    """Set what the agency's documents name; what stays as it was is not said again."""
    form = settings_form()

    def command(values: dict[str, Any]) -> AgencyCommand | None:
        changed = {name: value for name, value in values.items() if value != here.row[name]}
        return ConfigureAgency(on=today(), **_who(here), **changed) if changed else None

    return _done(here, "settings", form, given, command)


@router.post("/registry/{agency}/references", summary="申请编号规则")
def set_pattern(here: TheAgency, given: TheForm) -> Response:
    """Set how the agency's requests are numbered."""
    text = given.get("pattern", "").strip()
    try:
        References(here.office).set_pattern(here.visit.doer, here.id, text)
    except PatternRefusedError as refused:
        return _page(here, "references", {"pattern": text}, {"pattern": str(refused)})
    return see_other(here.request, here.path, "编号规则已保存")


@router.post("/registry/{agency}/move", dependencies=_PLACES, summary="隶属变动")
def move(here: TheAgency, given: TheForm) -> Response:
    """Let the agency enter another's roll-up from a day on."""

    def command(values: dict[str, Any]) -> AgencyCommand:
        return MoveAgency(**values, **_who(here))

    return _done(here, "move", move_form(here.office, here.id), given, command)


@router.post("/registry/{agency}/merge", dependencies=_PLACES, summary="机关撤并")
def merge(here: TheAgency, given: TheForm) -> Response:
    """Let the agency end, and another go on with what it did."""

    def command(values: dict[str, Any]) -> AgencyCommand:
        return MergeAgency(**values, **_who(here))

    return _done(here, "merge", merge_form(here.office, here.id), given, command)


def _done(
    here: AgencyHere,
    which: str,
    form: Form,
    given: Mapping[str, str],
    command: Callable[[dict[str, Any]], AgencyCommand | None],
) -> Response:
    """Carry out one of the forms of an agency's page, and show it again."""
    try:
        wanted = command(form.read(given))
        if wanted is None:
            return see_other(here.request, here.path, "没有变化")
        _record(here.visit, given, wanted)
    except FormRefusedError as refused:
        return _page(here, which, given, refused.errors)
    except Refused as refused:
        return _page(here, which, given, {form.field_named(refused.field): refused.message})
    return see_other(here.request, here.path, _SAID[which])


def _record(visit: SignedVisit, given: Mapping[str, str], command: AgencyCommand) -> None:
    parts = visit.office.parts
    record_of_agency(parts.log, f"form:{form_id(given).hex}", command, today())
    parts.projector.catch_up()


def _who(here: AgencyHere) -> dict[str, str]:
    return {"agency": here.id, "by": here.visit.person.name}


def _new(
    request: Request,
    form: Form,
    values: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Response:
    return render(
        request,
        "pages/agencies/new.html",
        422 if errors else 200,
        form=form,
        values=values,
        command_id=values["command_id"],
        errors=errors or {},
    )


def _page(
    here: AgencyHere,
    which: str = "",
    given: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    """Show an agency; where one of its forms was refused, with what was typed there."""
    references = References(here.office)
    pattern = references.pattern_text(here.id)
    kept: dict[str, Mapping[str, str]] = {
        "settings": {name: here.row[name] or "" for name in _SETTINGS},
        "references": {"pattern": pattern},
        "move": {"on": today().isoformat()},
        "merge": {"on": today().isoformat()},
    }
    return render(
        here.request,
        "pages/agencies/agency.html",
        422 if errors else 200,
        row=here.row,
        superiors=here.superiors(),
        merger=merger_of(here.office.agencies(), here.id),
        open_cases=open_cases_of(here.office.parts, here.id),
        handlers=here.handlers(),
        names={each: row["name"] for each, row in agency_rows(here.office).items()},
        example=Pattern.of(pattern).reference(today().year, 123),
        free=references.next(here.id, today().year)[0],
        settings_form=settings_form(),
        move_form=move_form(here.office, here.id),
        merge_form=merge_form(here.office, here.id),
        is_head=here.visit.person.holds(HEAD, here.id),
        may_place=here.visit.person.holds(ADMINISTRATOR),
        ids={form: uuid4().hex for form in kept},
        given={**kept, which: given or {}},
        wrong={form: (errors or {}) if form == which else {} for form in kept},
        errors=errors or {},
    )
