"""Which verbs an agency wants approved before they go out (送审事项)."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from clearance import CLEARABLE, ClearanceRules
from clearance.duties import ALWAYS_CLEARED
from people import Role
from web.access import Signed, may
from web.area import Area
from web.form_posts import TheForm
from web.pages.request_forms import LABELS
from web.rendering import render, see_other

router = APIRouter(dependencies=[Depends(may(Role.DISCLOSURE_HEAD))])
AREA = Area(router)


@router.get(
    "/agencies/{agency}/clearance-rules",
    summary="送审事项",
)
def rules_page(request: Request, visit: Signed, agency: str) -> Response:
    """Show which verbs need approval in an agency."""
    cleared = ClearanceRules(visit.office.people.engine).of(agency)
    choices = [(verb, LABELS[verb], verb in cleared, verb in ALWAYS_CLEARED) for verb in CLEARABLE]
    name = visit.office.agencies().name_of(agency)
    return render(
        request, "pages/clearance/rules.html", agency=agency, agency_name=name, choices=choices
    )


@router.post(
    "/agencies/{agency}/clearance-rules",
    summary="设置送审事项",
)
def set_rules(request: Request, visit: Signed, agency: str, given: TheForm) -> Response:
    """Say which verbs need approval in an agency."""
    verbs = [verb for verb in CLEARABLE if given.get(verb) == "yes"]
    ClearanceRules(visit.office.people.engine).set(visit.doer, agency, verbs)
    return see_other(request, f"/agencies/{agency}/clearance-rules", "送审事项已设置")
