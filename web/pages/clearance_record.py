"""What the record would say to a draft: its events with their flags, or its refusal.

The draft's own command is left out of what went before, so that one which was carried out shows as
it was approved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any

from clearance import Draft
from disclosure.addresses import case_stream
from disclosure.decider import decide
from disclosure.event import Event
from disclosure.evolution import fold
from disclosure.flags import Flag, in_order
from disclosure.refusals import Refused
from disclosure.request_commands import ChargeFee, RequestCommand
from disclosure.request_events import PeriodExtended
from engine.parts import Parts
from web.pages.request_forms import VERBS
from workflows.law_in_force import current_law


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the record would become.

    Attributes:
        before: the case's events without the draft's, opened.
        added: the events of the draft; none where it would be refused.
        refusal: why the record would not take it as things stand.
    """

    before: Sequence[Event]
    added: Sequence[Event] = ()
    refusal: str = ""

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What is true of the draft and unlawful: recorded all the same, and flagged."""
        return in_order({flag for event in self.added for flag in event.flags})

    @property
    def extends_nothing(self) -> bool:
        """Whether it is an extension without effect: late, or a second one (Art. 33¶2)."""
        return any(isinstance(each, PeriodExtended) and not each.effective for each in self.added)


def foreseen(parts: Parts, draft: Draft, members: Mapping[str, Any], on: date) -> Foreseen:
    """Ask the law what a draft's command would make of its case.

    Args:
        parts: the parts.
        draft: the draft.
        members: of its command, opened.
        on: the day it would be carried out, Asia/Shanghai.
    """
    stream = case_stream(draft.agency, draft.case)
    entries = takewhile(lambda each: each.command_id != draft.command_id, parts.log.read(stream))
    before = [parts.log.reveal(entry) for entry in entries]
    known = {"agency": draft.agency, "case": draft.case, "approved_by": "（待批准）"}
    said: RequestCommand = VERBS[draft.verb].model_validate(  # type: ignore[assignment] # a request's verbs
        {**members, **known, "on": on}
    )
    if isinstance(said, ChargeFee) and said.needs_count:
        said = said.model_copy(update={"items_before": parts.items.items_before(stream)})
    try:
        return Foreseen(before, decide(fold(before), said, current_law()))
    except Refused as refused:
        return Foreseen(before, refusal=f"按现在的情况不能登记：{refused.message}")
