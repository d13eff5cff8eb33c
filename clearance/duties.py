"""Who does, drafts and approves each verb: one table.

The law names one person: an extension needs the consent of the head of the disclosure body (政府
信息公开工作机构负责人, 条例 Art. 33¶2). That a correction in the open is approved by somebody who
did not make it, and that a decision is reviewed before it goes out, is the office's own order.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from people import Role

CLEARABLE: Final = ("decide", "extend", "demand_reasons", "charge_fee")
"""Verbs an agency may want reviewed before they go out, in the order of the procedure."""

ALWAYS_CLEARED: Final = frozenset({"extend"})
"""Those whose approval is not the agency's to give up."""

_WORKER = frozenset({Role.CASE_WORKER})
_REVIEWER = frozenset({Role.REVIEWER})
_HEAD = frozenset({Role.DISCLOSURE_HEAD})

NEEDS_APPROVAL: Final[Mapping[str, frozenset[Role]]] = {
    "extend": _HEAD,
    "reclassify": _REVIEWER | _HEAD,
    "correct_record": _REVIEWER | _HEAD,
    "reopen": _REVIEWER | _HEAD,
}
"""Verbs whose record names who approved; that is who is signed in, never a name that was typed."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who may do what about a verb.

    Attributes:
        does: roles that carry it out by themselves.
        drafts: roles that write it down for approval.
        approves: roles that carry out what another has drafted.
    """

    does: frozenset[Role] = frozenset()
    drafts: frozenset[Role] = frozenset()
    approves: frozenset[Role] = frozenset()

    @property
    def hands(self) -> tuple[Role, ...]:
        """Every role that has a hand in it, for who asks why not."""
        return tuple(role for role in Role if role in self.does | self.drafts | self.approves)


def duty_of(verb: str, cleared: Collection[str]) -> Duty:
    """Return who may do what about a verb.

    Args:
        verb: of a request or a proceeding.
        cleared: verbs the agency wants approved, see `ClearanceRules`.
    """
    if verb in NEEDS_APPROVAL:
        approvers = NEEDS_APPROVAL[verb]
        return Duty(does=approvers, drafts=_WORKER, approves=approvers)
    if verb in cleared:
        return Duty(drafts=_WORKER, approves=_REVIEWER)
    return Duty(does=_WORKER)
