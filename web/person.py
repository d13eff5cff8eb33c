"""The person who is signed in, and what they may do where."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from people import BUSINESS, Account, Grant, Role
from web.agencies import Agencies


@dataclass(frozen=True)
class Person:
    """An account with its grants, as they stand at this request.

    Attributes:
        read_agencies: reads the agencies on record when a supervisor's reach is asked for.
    """

    account: Account
    grants: frozenset[Grant]
    read_agencies: Callable[[], Agencies]

    @property
    def name(self) -> str:
        """The account's name, which stands in the log as who did it."""
        return self.account.name

    @property
    def roles(self) -> list[Role]:
        """Every role held anywhere, in the order of `Role`."""
        held = {grant.role for grant in self.grants}
        return [role for role in Role if role in held]

    def holds(self, role: Role, agency: str | None = None) -> bool:
        """Tell whether a role is held: in one agency, or anywhere where none is named."""
        return any(
            grant.role is role and (agency is None or grant.agency == agency)
            for grant in self.grants
        )

    def agencies(self, *roles: Role) -> list[str]:
        """Return the agencies in which one of the roles, or any of the office's, is held."""
        wanted = roles or BUSINESS
        return sorted({grant.agency for grant in self.grants if grant.role in wanted})

    def sees(self, agency: str) -> bool:
        """Tell whether an agency's records may be read: by who works there or supervises it."""
        if any(self.holds(role, agency) for role in BUSINESS):
            return True
        supervised = self.agencies(Role.SUPERVISOR)
        return bool(supervised) and any(
            above in supervised for above in self._known.with_superiors(agency)
        )

    def visible(self) -> list[str]:
        """Return every agency on record whose records may be read."""
        return [agency.id for agency in self._known if self.sees(agency.id)]

    @cached_property
    def _known(self) -> Agencies:
        return self.read_agencies()
