"""Who calls: the program behind a token, what it may do and where."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes

from people import Act, Client, Doer, Scope
from web.api.problems import OUT_OF_REACH, SCOPE_MISSING, ProblemError
from web.office import Office


@dataclass(slots=True)
class Caller:
    """A program that calls, with a valid token.

    Attributes:
        about: what the call turned out to be about, for the trail, where its address does not say.
    """

    office: Office
    client: Client
    doer: Doer
    about: str = ""

    def needs(self, *scopes: Scope) -> None:
        """Ask that the token opens all of some scopes.

        Raises:
            ProblemError: naming the first that is missing.
        """
        for scope in scopes:
            if scope not in self.client.scopes:
                raise ProblemError(
                    SCOPE_MISSING, f"需要权限 {scope.value}（{scope.words}）", code=scope.value
                )

    def must_reach(self, agency: str) -> None:
        """Ask that the token is for an agency; one that is not learns nothing of it.

        Raises:
            ProblemError: it is not.
        """
        if not self.client.reaches(agency):
            raise ProblemError(OUT_OF_REACH, f"令牌不适用于机关 {agency}")

    def reads(self, target: str) -> None:
        """Write down that personal data is about to be read; nothing is given if this fails."""
        self.office.people.trail.write(self.doer, Act.PERSONAL_DATA_READ, target)


_bearer = HTTPBearer(
    scheme_name="token", description="接口应用的令牌，由安全管理员发给", auto_error=False
)


def the_caller(
    request: Request,
    scopes: SecurityScopes,
    # Only said here, for the description: `web.api.gate` has looked at it before any route.
    _token: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
) -> Caller:
    """Return who calls, once they may: the scopes of the route, in the agency of its path.

    Raises:
        ProblemError: they may not.
    """
    caller: Caller = request.state.caller
    caller.needs(*map(Scope, scopes.scopes))
    agency = request.path_params.get("agency")
    if agency is not None:
        caller.must_reach(agency)
    return caller


def _with(*scopes: Scope) -> Any:
    return Security(the_caller, scopes=[scope.value for scope in scopes])


AnyCaller = Annotated[Caller, _with()]
"""Whoever has a token, in the agency of the path."""

Reading = Annotated[Caller, _with(Scope.READ)]
Reporting = Annotated[Caller, _with(Scope.REPORT)]
