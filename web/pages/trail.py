"""The trail (审计记录): the audit administrator's page. It is read here; nobody deletes."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from people import Act, Role, TrailQuery
from web.access import Signed, may
from web.area import Area, MenuItem
from web.middleware import keeps_own_trail
from web.rendering import render
from workdays import SHANGHAI

_WHO = Role.AUDIT_ADMINISTRATOR
router = APIRouter(dependencies=[Depends(may(_WHO))])
AREA = Area(router, menu=(MenuItem("/trail", "审计记录", (_WHO,)),))

_A_PAGE = 50


class Filter(BaseModel):
    """What the form above the entries asks for, and from where on downwards.

    Days are Shanghai's, both included.
    """

    account: str = Field(default="", max_length=64)
    kind: str = Field(default="", max_length=64)
    since: str = Field(default="", max_length=10)
    until: str = Field(default="", max_length=10)
    outcome: Literal["", "done", "refused"] = ""
    before: int | None = Field(default=None, ge=1, le=2**62)

    def query(self, errors: dict[str, str]) -> TrailQuery:
        """Return it as the trail takes it; what cannot be read is told by field."""
        return TrailQuery(
            account=self.account.strip(),
            kind=self.kind,
            start=_instant("since", self.since, errors),
            end=_instant("until", self.until, errors, days_later=1),
            success={"done": True, "refused": False}.get(self.outcome),
            before=self.before,
        )

    def narrowing(self) -> dict[str, str]:
        """Return the fields of the form that are filled in."""
        return {name: value for name, value in self.values().items() if value}

    def values(self) -> dict[str, str]:
        """Return the fields of the form."""
        return self.model_dump(exclude={"before"})


@router.get("/trail", summary="审计记录")
def trail(request: Request, visit: Signed, wanted: Annotated[Filter, Query()]) -> Response:
    """Show entries, newest first; that they were looked at is an entry too."""
    kept = visit.office.people.trail
    errors: dict[str, str] = {}
    query = wanted.query(errors)
    narrowing = wanted.narrowing()
    entries = [] if errors else kept.read(query, _A_PAGE + 1)
    if not errors:
        kept.write(visit.doer, Act.TRAIL_READ, urlencode(narrowing))
    older = ""
    if len(entries) > _A_PAGE:
        older = f"/trail?{urlencode({**narrowing, 'before': entries[_A_PAGE - 1].position})}"
    return render(
        request,
        "pages/trail.html",
        422 if errors else 200,
        entries=entries[:_A_PAGE],
        kinds=kept.kinds(),
        values=wanted.values(),
        errors=errors,
        older=older,
        newest=wanted.before is None,
    )


@router.post("/trail/verify", summary="核验审计记录")
@keeps_own_trail
def verify(request: Request, visit: Signed) -> Response:
    """Check the whole chain of digests."""
    kept = visit.office.people.trail
    fault = kept.verify()
    kept.write(visit.doer, "trail_verified", words="核验审计记录", success=fault is None)
    return render(request, "pages/trail_verified.html", fault=fault)


def _instant(field: str, text: str, errors: dict[str, str], days_later: int = 0) -> datetime | None:
    """Read a day as the instant it begins in Shanghai; the end of a span begins the day after."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text) + timedelta(days=days_later)
    except (ValueError, OverflowError):
        errors[field] = "日期应写作 2026-01-31"
        return None
    return datetime.combine(day, time(), SHANGHAI)
