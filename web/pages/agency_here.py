"""The agency a page of the registry is about, and who may set it up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from fastapi import Depends, HTTPException, Request

from engine.agency_entry import agency_state
from people import Offices, Role
from web.access import ForbiddenError, Signed, SignedVisit
from web.office import Office
from web.pages.agency_forms import agency_rows
from web.pages.request_access import HANDS

ADMINISTRATOR: Final = Role.SYSTEM_ADMINISTRATOR
HEAD: Final = Role.DISCLOSURE_HEAD


@dataclass(frozen=True, slots=True)
class AgencyHere:
    """An agency on record, and who looks at it."""

    request: Request
    visit: SignedVisit
    row: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The agency's id."""
        return str(self.row["agency"])

    @property
    def office(self) -> Office:
        """The office these pages belong to."""
        return self.visit.office

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"/registry/{self.id}"

    def handlers(self) -> list[str]:
        """Return the names of who may go on with the agency's cases."""
        people = self.office.people
        held = people.grants.all()
        return [
            name
            for account, name in Offices(people.engine, people.now).colleagues([self.id])
            if any(each.agency == self.id and each.role in HANDS for each in held[account])
        ]

    def superiors(self) -> list[tuple[date | None, str | None]]:
        """Return the superiors there have been, each with the day it began; the first has none."""
        parents = agency_state(self.office.parts.log, self.id).place.parents
        return [(held.since if n else None, held.parent) for n, held in enumerate(parents)]


def agency_here(request: Request, visit: Signed, agency: str) -> AgencyHere:
    """Return an agency to who may set it up; one that is not on record is a page not there."""
    if not visit.person.holds(ADMINISTRATOR) and not visit.person.holds(HEAD, agency):
        raise ForbiddenError(f"需要“{ADMINISTRATOR.words}”或者该机关的“{HEAD.words}”角色")
    rows = agency_rows(visit.office)
    if agency not in rows:
        raise HTTPException(404)
    return AgencyHere(request, visit, rows[agency])


TheAgency = Annotated[AgencyHere, Depends(agency_here)]
