"""Assignment of cases (分办): which office and who is to act. No legal fact, so not in the log."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from eventstore import writing
from people.doer import Doer
from people.errors import PeopleError
from people.office_schema import assignments
from people.offices import known_office, works_in
from people.trail import record

_STREAMS_A_QUERY = 500


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is to act in a case; either may be open."""

    office: str | None = None
    assignee: str | None = None


class Assignments:
    """The assignments in one database."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def of(self, streams: Sequence[str]) -> dict[str, Assignment]:
        """Return the assignment of each case that has one."""
        found: dict[str, Assignment] = {}
        with self._engine.connect() as connection:
            for first in range(0, len(streams), _STREAMS_A_QUERY):
                some = streams[first : first + _STREAMS_A_QUERY]
                wanted = sa.select(assignments).where(assignments.c.stream.in_(some))
                for row in connection.execute(wanted):
                    found[row.stream] = Assignment(row.office, row.assignee)
        return found

    def assign(
        self, doer: Doer, agency: str, streams: Collection[str], office: str, assignee: str
    ) -> int:
        """Give cases of an agency to an office, to somebody, or to both; return how many changed.

        Args:
            doer: who does it.
            agency: whose cases they are; the caller has seen to that.
            streams: of the cases.
            office: its id, empty for none.
            assignee: an account, empty for nobody yet.

        Raises:
            PeopleError: the office is not this agency's or closed, or the account does not work
                there; nothing is changed.
        """
        given = Assignment(office or None, assignee or None)
        with writing(self._engine) as connection:
            if office and known_office(connection, agency, office).closed:
                raise PeopleError("office", "该科室已停用，请选择其他科室")
            if assignee:
                works_in(connection, agency, assignee)
            before = _standing(connection, streams)
            changed = [stream for stream in streams if before.get(stream, Assignment()) != given]
            for stream in changed:
                self._put(connection, doer, agency, stream, given)
        return len(changed)

    def take(self, doer: Doer, agency: str, stream: str) -> None:
        """Let somebody take a case that nobody has; its office stays.

        Raises:
            PeopleError: somebody has it already, or this account does not work there.
        """
        with writing(self._engine) as connection:
            works_in(connection, agency, doer.account)
            before = _standing(connection, [stream]).get(stream, Assignment())
            if before.assignee == doer.account:
                return
            if before.assignee is not None:
                raise PeopleError("assignee", "该件已有经办人，需要改办的请审核人分办")
            self._put(connection, doer, agency, stream, Assignment(before.office, doer.account))

    def _put(
        self,
        connection: sa.Connection,
        doer: Doer,
        agency: str,
        stream: str,
        given: Assignment,
    ) -> None:
        # Both databases speak the same ON CONFLICT; SQLAlchemy has it in two dialects.
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        values = {
            "agency": agency,
            "office": given.office,
            "assignee": given.assignee,
            "assigned_by": doer.account,
            "assigned_at": self._clock(),
        }
        statement = insert(assignments).values(stream=stream, **values)
        connection.execute(
            statement.on_conflict_do_update(index_elements=[assignments.c.stream], set_=values)
        )
        to = [f"office/{given.office}"] if given.office else []
        to += [f"account/{given.assignee}"] if given.assignee else []
        record(connection, doer, "case_assigned", " ".join([stream, *(to or ["-"])]), words="分办")


def _standing(connection: sa.Connection, streams: Collection[str]) -> dict[str, Assignment]:
    wanted = sa.select(assignments).where(assignments.c.stream.in_(list(streams)))
    return {row.stream: Assignment(row.office, row.assignee) for row in connection.execute(wanted)}
