"""Programs at the interface (接口应用): the security administrator's page."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from people import EVERY_AGENCY, Clients, PeopleError, Role, Scope
from people.clients import LONGEST_DAYS, USUAL_DAYS, USUAL_PER_MINUTE
from web.access import Signed, SignedVisit, may
from web.area import Area, MenuItem
from web.middleware import keeps_own_trail
from web.rendering import render, see_other

_WHO = Role.SECURITY_ADMINISTRATOR
router = APIRouter(dependencies=[Depends(may(_WHO))])
AREA = Area(router, menu=(MenuItem("/clients", "接口应用", (_WHO,)),))

_LONGEST_NUMBER = 9


@router.get("/clients", summary="接口应用")
def clients(request: Request, visit: Signed) -> Response:
    """List every program with what its token opens."""
    office = visit.office
    return render(
        request,
        "pages/clients.html",
        clients=_clients(visit).all(),
        agencies=office.agencies(),
        every=EVERY_AGENCY,
        scopes=list(Scope),
        now=office.people.now(),
    )


@router.get("/clients/new", summary="新增接口应用")
def new_client(request: Request, visit: Signed) -> Response:
    """Show the empty form."""
    values = {"days": str(USUAL_DAYS), "per_minute": str(USUAL_PER_MINUTE)}
    return _form(request, visit, values, chosen=[Scope.READ.value], places=[])


@router.post("/clients/new", summary="新增接口应用")
@keeps_own_trail
def add_client(
    request: Request,
    visit: Signed,
    *,
    name: Annotated[str, Form()] = "",
    display_name: Annotated[str, Form()] = "",
    scopes: Annotated[list[str] | None, Form()] = None,
    agencies: Annotated[list[str] | None, Form()] = None,
    days: Annotated[str, Form()] = "",
    per_minute: Annotated[str, Form()] = "",
) -> Response:
    """Register a program and show its token, this once."""
    chosen, places = scopes or [], agencies or []
    try:
        token = _clients(visit).add(
            visit.doer,
            name.strip(),
            display_name.strip(),
            scopes=[scope for scope in Scope if scope.value in chosen],
            agencies=[each for each in places if _is_known(visit, each)],
            days=_number("days", days),
            per_minute=_number("per_minute", per_minute),
        )
    except PeopleError as refused:
        values = {
            "name": name,
            "display_name": display_name,
            "days": days,
            "per_minute": per_minute,
        }
        return _form(request, visit, values, chosen=chosen, places=places, refused=refused)
    return render(request, "pages/client_token.html", name=name.strip(), token=token)


@router.post("/clients/{name}/revoke", summary="撤销接口应用")
@keeps_own_trail
def revoke_client(request: Request, visit: Signed, name: str) -> Response:
    """Let a program's token open nothing any more."""
    _clients(visit).revoke(visit.doer, name)
    return see_other(request, "/clients", f"已撤销接口应用 {name}")


def _clients(visit: SignedVisit) -> Clients:
    people = visit.office.people
    return Clients(people.engine, people.now)


def _is_known(visit: SignedVisit, agency: str) -> bool:
    return agency == EVERY_AGENCY or agency in visit.office.agencies()


def _number(field: str, text: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER):
        raise PeopleError(field, "请填写整数")
    return int(text)


def _form(
    request: Request,
    visit: SignedVisit,
    values: dict[str, str],
    *,
    chosen: list[str],
    places: list[str],
    refused: PeopleError | None = None,
) -> Response:
    return render(
        request,
        "pages/client_new.html",
        422 if refused else 200,
        values=values,
        chosen=chosen,
        places=places,
        scopes=list(Scope),
        agencies=visit.office.agencies(),
        every=EVERY_AGENCY,
        longest=LONGEST_DAYS,
        errors={refused.field: refused.message} if refused else {},
    )
