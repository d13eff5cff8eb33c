"""Facts that had to come by a day which follows from the received date (条例 Art. 30, 33).

They are remembered so that they can be judged again when that date is put right: each with what
else the answer period rested on when it happened. Values only.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from disclosure.answer_period import Pause
from disclosure.flags import Flag

TimedKind = Literal["correction_notice", "extension", "fee_notice", "answer", "delivery"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedFact:
    """One such fact, with the period as it was known then.

    Attributes:
        on: the day that decides whether it was in time.
        stands_still: whether no period ran by which it could be late.
        restarted_on: the last day that had started the period anew.
        pauses: consultations that stopped it.
        delay_until: the later date set on accepting reasons.
        working_days: of an extension.
        told_under: the received date an extension was told under; None for any other fact, and
            where a state of an older program does not know it.
        told_flags: what the extension was flagged for then; with any of these it has no effect.
    """

    what: TimedKind
    on: date
    stands_still: bool = False
    restarted_on: date | None = None
    pauses: tuple[Pause, ...] = ()
    delay_until: date | None = None
    working_days: int = 0
    told_under: date | None = None
    told_flags: tuple[Flag, ...] = ()

    @property
    def is_reply(self) -> bool:
        """Whether it is a result or its delivery: a void one is judged no more."""
        return self.what in {"answer", "delivery"}
