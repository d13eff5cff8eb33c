"""What a draft is: its state, its place, who wrote it and who approved it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class DraftState(StrEnum):
    """Where a draft stands."""

    DRAFTED = "drafted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    CARRIED = "carried"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state as officials write it."""
        return _LABELS[self][0]

    @property
    def step(self) -> str:
        """What somebody did to bring it there, for the trail."""
        return _LABELS[self][1]


_LABELS = {
    DraftState.DRAFTED: ("起草中", "起草"),
    DraftState.IN_REVIEW: ("待审核", "送审"),
    DraftState.RETURNED: ("已退回", "退回"),
    DraftState.APPROVED: ("已批准，待登记", "批准"),
    DraftState.CARRIED: ("已登记", "登记"),
    DraftState.WITHDRAWN: ("已撤销", "撤销送审"),
}

WITH_AUTHOR = frozenset({DraftState.DRAFTED, DraftState.RETURNED})
"""States in which the author may change it."""

ENDED = frozenset({DraftState.CARRIED, DraftState.WITHDRAWN})

Opened = Mapping[str, Any]
"""What is sealed in a draft: `command` (its members, as JSON has them) and `letter` (texts)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft; instants in UTC.

    Attributes:
        id: also the id of its command.
        revision: raised by each step.
        seen_version: the version of the case's stream its author had before them.
    """

    id: str
    agency: str
    case: str
    verb: str
    state: DraftState
    revision: int
    seen_version: int
    sealed: bytes
    drafted_by: str
    decided_by: str
    changed_at: datetime

    @property
    def command_id(self) -> str:
        """The id its command goes out under, however often that is tried."""
        return f"draft:{self.id}"


@dataclass(frozen=True, slots=True)
class Remark:
    """One step of a draft, with what was said to it; the text is None where its key is erased."""

    at: datetime
    account: str
    state: DraftState
    text: str | None
