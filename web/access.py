"""Who is there, and whether they may: dependencies for routes, each of which refuses by default."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request

from people import ADMINISTRATORS, BUSINESS, Act, Doer, Role, Session
from web.cookies import Cookies
from web.office import Office
from web.person import Person


class NotSignedInError(Exception):
    """Nobody is signed in, or the session has ended."""

    def __init__(self, *, expired: bool) -> None:
        super().__init__("not signed in")
        self.expired = expired


class StepDueError(Exception):
    """A step of sign-in must be done before anything else: `path` is its page."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class ForbiddenError(Exception):
    """The person may not do this; the message is for them."""


CODE_PAGE = "/sign-in/code"
PASSWORD_PAGE = "/account/password"  # noqa: S105 - an address
SECOND_FACTOR_PAGE = "/account/second-factor"
_STEPS = (PASSWORD_PAGE, SECOND_FACTOR_PAGE, "/sign-out")


@dataclass
class Visit:
    """One request: from where, with which session, by whom.

    Attributes:
        session: the valid session; halfway ones too.
        person: who is signed in, None before and halfway.
    """

    office: Office
    cookies: Cookies
    address: str
    session: Session | None = None
    person: Person | None = None

    @property
    def doer(self) -> Doer:
        """Who does what this request does, for the trail; an empty account is nobody known."""
        return Doer(self.session.account if self.session else "", self.address)


@dataclass
class SignedVisit:
    """A request by a person who is signed in and has no step of sign-in left to do."""

    office: Office
    cookies: Cookies
    person: Person
    session: Session
    doer: Doer

    def reads(self, target: str) -> None:
        """Write down that personal data is about to be read; nothing is shown if this fails.

        Args:
            target: what it is in, such as `case/<agency>/<case>`; no personal data itself.
        """
        self.office.people.trail.write(self.doer, Act.PERSONAL_DATA_READ, target)


def asked_by_pages(endpoint: Any) -> Any:
    """Mark a route that open pages ask by themselves: it keeps nobody signed in."""
    endpoint.asked_by_pages = True
    return endpoint


def is_asked_by_pages(request: Request) -> bool:
    """Tell whether a request may have come without anybody's doing."""
    return getattr(request.scope.get("endpoint"), "asked_by_pages", False)


def the_office(request: Request) -> Office:
    """Return the office these pages belong to."""
    office: Office = request.app.state.office
    return office


TheOffice = Annotated[Office, Depends(the_office)]


def visit(request: Request, office: TheOffice) -> Visit:
    """Look up the session of a request, once."""
    cookies = Cookies(request, https=office.settings.https)
    address = request.client.host if request.client else ""
    here = Visit(office, cookies, address)
    if cookies.session:
        used = not is_asked_by_pages(request)
        here.session = office.people.sessions.find(cookies.session, used=used)
    if here.session is not None and not here.session.halfway:
        account = office.people.accounts.get(here.session.account)
        if account is not None:
            grants = office.people.grants.of(account.name)
            here.person = Person(account, grants, office.agencies)
    request.state.visit = here
    return here


AnyVisit = Annotated[Visit, Depends(visit)]


def signed_in(request: Request, here: AnyVisit) -> SignedVisit:
    """Let nobody in who is not signed in, nor anybody with a step of sign-in left to do.

    Raises:
        NotSignedInError, StepDueError
    """
    if here.session is not None and here.session.halfway:
        raise StepDueError(CODE_PAGE)
    if here.session is None or here.person is None:
        raise NotSignedInError(expired=bool(here.cookies.session))
    due = step_due(here.person, here.session, here.office)
    if due is not None and request.url.path not in _STEPS:
        raise StepDueError(due)
    return SignedVisit(here.office, here.cookies, here.person, here.session, here.doer)


Signed = Annotated[SignedVisit, Depends(signed_in)]


def step_due(person: Person, session: Session, office: Office) -> str | None:
    """Return the page of the step that must be done before anything else.

    Who came by way of an identity provider has neither password nor code here.
    """
    if session.method != "password":
        return None
    if person.account.must_change:
        return PASSWORD_PAGE
    required = office.people.policy.second_factor == "required"
    return SECOND_FACTOR_PAGE if required and not person.account.has_second_factor else None


def may(*roles: Role) -> Callable[[Request, SignedVisit], None]:
    """Return the dependency that asks for one of some roles.

    Where the route's path has `{agency}`, the role must be held in that agency; an administrator's
    is held everywhere.
    """
    everywhere = all(role in ADMINISTRATORS for role in roles)

    def check(request: Request, here: Signed) -> None:
        agency = None if everywhere else request.path_params.get("agency")
        if not any(here.person.holds(role, agency) for role in roles):
            raise ForbiddenError(f"需要“{'”或者“'.join(role.words for role in roles)}”角色")

    return check


def may_read(request: Request, here: Signed) -> None:
    """Ask that the agency of the path may be read, or any agency where the path has none."""
    agency = request.path_params.get("agency")
    if agency is not None and not here.person.sees(agency):
        raise ForbiddenError("您没有查看该机关的权限")
    if agency is None and not any(here.person.holds(role) for role in BUSINESS):
        raise ForbiddenError("管理员账号不办理业务")
