"""Assigning cases (分办) and taking them (领办), from the worklist or from the page of a case."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from disclosure.addresses import case_stream
from people import Assignments, PeopleError
from web.access import Signed, SignedVisit, may
from web.area import Area
from web.middleware import keeps_own_trail
from web.pages.worklist import address, filters_of, worklist_page
from web.pages.worklist_desk import ASSIGNS, TAKES, Desk
from web.rendering import see_other
from web.safe_paths import safe_path

router = APIRouter()
AREA = Area(router)

_ASSIGNMENTS: Final = "/agencies/{agency}/assignments"
_MOST: Final = 200

_Query = Annotated[str, Form(max_length=2000)]


@router.post(_ASSIGNMENTS, dependencies=[Depends(may(*ASSIGNS))], summary="分办")
@keeps_own_trail
def assign(
    request: Request,
    visit: Signed,
    agency: str,
    *,
    cases: Annotated[list[str] | None, Form()] = None,
    assign_office: Annotated[str, Form()] = "",
    assign_assignee: Annotated[str, Form()] = "",
    query: _Query = "",
) -> Response:
    """Give the chosen cases to an office, to somebody, or to both; neither takes them back."""
    desk, filters = Desk(visit), filters_of(query)
    try:
        streams = _known(desk, agency, cases or [])
        changed = _assignments(visit).assign(
            visit.doer, agency, streams, assign_office, assign_assignee
        )
    except PeopleError as refused:
        given = {"assign_office": assign_office, "assign_assignee": assign_assignee}
        errors = {f"assign_{refused.field}": refused.message}
        return worklist_page(request, desk, filters, errors, given)
    words = f"已分办 {changed} 件" if assign_office or assign_assignee else f"已收回 {changed} 件"
    return see_other(request, address(filters), words)


@router.post(f"{_ASSIGNMENTS}/take", dependencies=[Depends(may(*TAKES))], summary="领办")
@keeps_own_trail
def take(
    request: Request,
    visit: Signed,
    agency: str,
    *,
    case: Annotated[str, Form(max_length=200)] = "",
    query: _Query = "",
    back: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Take a case that nobody has; who was quicker keeps it."""
    desk, filters = Desk(visit), filters_of(query)
    try:
        (stream,) = _known(desk, agency, [case])
        _assignments(visit).take(visit.doer, agency, stream)
    except PeopleError as refused:
        return worklist_page(request, desk, filters, {"": refused.message})
    path = safe_path(back) if back else address(filters)
    return see_other(request, path, "已领办，经办人为您本人")


def _assignments(visit: SignedVisit) -> Assignments:
    people = visit.office.people
    return Assignments(people.engine, people.now)


def _known(desk: Desk, agency: str, cases: list[str]) -> list[str]:
    """Return the streams of an agency's cases.

    Raises:
        PeopleError: none or too many are chosen, or one is not on record.
    """
    if not cases or len(cases) > _MOST:
        raise PeopleError("cases", f"请选择要分办的案件，一次至多 {_MOST} 件")
    streams = list(dict.fromkeys(case_stream(agency, case) for case in cases))
    if len(desk.reader.of(desk.reach, streams)) < len(streams):
        raise PeopleError("cases", "所选案件中有不在台账上的，请刷新页面后重选")
    return streams
