"""The front page: who one is here, and for which agencies."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.access import Signed
from web.area import Area, MenuItem
from web.rendering import render

router = APIRouter()
AREA = Area(router, menu=(MenuItem("/", "首页"),))


@router.get("/", summary="首页")
def home(request: Request, visit: Signed) -> Response:
    """Show each role with its duty and its agencies."""
    agencies = visit.office.agencies()
    duties = [
        (role, [agencies.name_of(agency) for agency in visit.person.agencies(role) if agency])
        for role in visit.person.roles
    ]
    return render(request, "pages/home.html", duties=duties)
