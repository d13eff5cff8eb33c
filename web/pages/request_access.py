"""Who may see and do what of a case, as the pages ask it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Final, Literal

import sqlalchemy as sa
from fastapi import Depends, HTTPException, Query, Request

from casework.address import CaseAddress
from casework.requests import RequestView, find_request
from clearance import ClearanceRules, Drafts, Duty, duty_of
from people import Role
from web.access import ForbiddenError, Signed, SignedVisit
from web.office import Office
from web.pages.request_paths import request_path
from workdays import date_in_shanghai

HANDS: Final = (Role.CASE_WORKER, Role.REVIEWER, Role.DISCLOSURE_HEAD)
"""Roles that handle requests, and so must know whose they are."""

Standing = Literal["does", "drafts", ""]

Seen = Annotated[int, Query(ge=0, le=999_999_999)]
"""The version of a case that a page was made from."""


def today() -> date:
    """Return the day it is in Shanghai."""
    return date_in_shanghai(datetime.now(UTC))


def handles(visit: SignedVisit, agency: str) -> bool:
    """Tell whether somebody works on an agency's requests, and may read personal data there."""
    return holds_any(visit, agency, HANDS)


def holds_any(visit: SignedVisit, agency: str, roles: Collection[Role]) -> bool:
    """Tell whether somebody holds one of some roles in an agency."""
    return any(visit.person.holds(role, agency) for role in roles)


def standing(visit: SignedVisit, agency: str, duty: Duty) -> Standing:
    """Tell whether somebody carries a verb out, drafts it, or neither."""
    if holds_any(visit, agency, duty.does):
        return "does"
    return "drafts" if holds_any(visit, agency, duty.drafts) else ""


def duty_here(office: Office, agency: str, verb: str) -> Duty:
    """Return who may do what about a verb in an agency."""
    return duty_of(verb, ClearanceRules(office.people.engine).of(agency))


def required(visit: SignedVisit, agency: str, roles: Collection[Role]) -> None:
    """Refuse who holds none of some roles.

    Raises:
        ForbiddenError: naming them.
    """
    if not holds_any(visit, agency, roles):
        words = "”或者“".join(role.words for role in Role if role in roles)
        raise ForbiddenError(f"需要“{words}”角色")


@dataclass(frozen=True, slots=True)
class CaseHere:
    """A request by a person about a case of an agency."""

    request: Request
    visit: SignedVisit
    at: CaseAddress

    @property
    def office(self) -> Office:
        """The office these pages belong to."""
        return self.visit.office

    @property
    def people(self) -> sa.Engine:
        """The people's database, where drafts and finished documents are listed."""
        return self.visit.office.people.engine

    @property
    def path(self) -> str:
        """The address of the request's page."""
        return request_path(self.at.agency, self.at.case)

    def known(self, *, reveal: bool = False) -> RequestView:
        """Return the request as it now stands; a reference nobody has is a page not there."""
        parts = self.office.parts
        parts.projector.catch_up()
        found = find_request(parts, self.at.agency, self.at.case, reveal=reveal)
        if found is None:
            raise HTTPException(404)
        return found

    def reads(self) -> None:
        """Write down that personal data of the request is about to be read."""
        self.visit.reads(self.at.stream)


def case_here(request: Request, visit: Signed, agency: str, case: str) -> CaseHere:
    """Return the case a request is about."""
    return CaseHere(request, visit, CaseAddress(agency, case))


TheCase = Annotated[CaseHere, Depends(case_here)]


def drafts_of(office: Office) -> Drafts:
    """Return the office's drafts."""
    return Drafts(office.people.engine, office.parts.vault, office.people.now)
