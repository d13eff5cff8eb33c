"""What the law asks for before a result, and the record does not show (条例 Art. 30, 32, 35).

It is asked when the result is given and again when a wrong one is replaced; a void result takes its
flags with it.
"""

from collections.abc import Iterator

from disclosure.flags import Flag
from disclosure.matters import OBJECTIONS, Consultation
from disclosure.outcomes import Outcome
from disclosure.state import RequestState

RESULT_FLAGS = frozenset(
    {
        Flag.LAPSE_WITHOUT_NOTICE,
        Flag.UNCLEAR_WITHOUT_CORRECTION,
        Flag.FEE_LAPSE_WITHOUT_NOTICE,
        Flag.EXCESSIVE_WITHOUT_REASONS,
        Flag.REFUSED_OVER_SILENCE,
        Flag.THIRD_PARTY_NOT_NOTIFIED,
        Flag.DISCLOSED_WITHOUT_REASON,
    }
)
"""Flags that rest on which result was given."""

UNREASONED_FLAGS = frozenset({Flag.REFUSED_OVER_SILENCE, Flag.DISCLOSED_WITHOUT_REASON})
"""Flags of a result that should say why and does not."""

REPLY_FLAGS = RESULT_FLAGS | {Flag.ANSWERED_LATE, Flag.DELIVERED_AGAIN}
"""Flags that rest on the result, the day it was given, or its delivery."""


def unlawful(state: RequestState, outcome: Outcome, *, reasoned: bool) -> Iterator[Flag]:
    """Yield what a result lacks.

    Args:
        state: before the result or with it; it makes no difference here.
        outcome: the result.
        reasoned: whether it says why; of what is not known nothing is held against it.
    """
    third_parties = [each for each in state.last_consultations() if each.kind == "third_party"]
    match outcome:
        case Outcome.CORRECTION_LAPSED if not state.correction_notices:
            yield Flag.LAPSE_WITHOUT_NOTICE
        case Outcome.UNCLEAR_AFTER_CORRECTION if not state.corrections_received:
            yield Flag.UNCLEAR_WITHOUT_CORRECTION
        case Outcome.FEE_LAPSED if state.fee is None or not state.fee.pending:
            yield Flag.FEE_LAPSE_WITHOUT_NOTICE
        case Outcome.EXCESSIVE if (
            state.reasons is None or state.reasons.accepted or state.reasons.pending
        ):
            yield Flag.EXCESSIVE_WITHOUT_REASONS
        case Outcome.THIRD_PARTY_RIGHTS if (
            third_parties
            and all(each.answered_on is None for each in third_parties)
            and not reasoned
        ):
            yield Flag.REFUSED_OVER_SILENCE
        case Outcome.GRANTED:
            yield from _over_objections(third_parties, reasoned=reasoned)
        case _:
            return


def _over_objections(third_parties: list[Consultation], *, reasoned: bool) -> Iterator[Flag]:
    """Yield what disclosure over an objection lacks: its reason, and the letter that tells of it.

    A partial disclosure may leave out just what was objected to, and says so itself.
    """
    objecting = [each for each in third_parties if each.opinion in OBJECTIONS]
    if objecting and not reasoned:
        yield Flag.DISCLOSED_WITHOUT_REASON
    if any(not each.notified for each in objecting):
        yield Flag.THIRD_PARTY_NOT_NOTIFIED
