"""Which verbs an agency wants approved before they go out."""

from collections.abc import Collection

import sqlalchemy as sa

from clearance.duties import ALWAYS_CLEARED, CLEARABLE
from eventstore import writing
from people import Doer
from people.clearance_schema import rules
from people.trail import record

UNLESS_SAID = frozenset({"decide"})
"""What needs approval where an agency has said nothing."""


class ClearanceRules:
    """The rules in one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def of(self, agency: str) -> frozenset[str]:
        """Return the verbs that need approval in an agency."""
        wanted = sa.select(rules.c.verbs).where(rules.c.agency == agency)
        with self._engine.connect() as connection:
            said = connection.scalar(wanted)
        chosen = UNLESS_SAID if said is None else frozenset(said.split())
        return chosen | ALWAYS_CLEARED

    def set(self, doer: Doer, agency: str, verbs: Collection[str]) -> None:
        """Say which verbs need approval; words that are none are left aside."""
        line = " ".join(verb for verb in CLEARABLE if verb in verbs and verb not in ALWAYS_CLEARED)
        with writing(self._engine) as connection:
            connection.execute(sa.delete(rules).where(rules.c.agency == agency))
            connection.execute(sa.insert(rules).values(agency=agency, verbs=line))
            target = f"agency/{agency} {line or 'none'}"
            record(connection, doer, "clearance_rules_set", target, words="设置送审事项")
