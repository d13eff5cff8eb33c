"""Which documents a request as it stands can have, and in which wordings."""

from collections.abc import Callable, Mapping

from disclosure.matters import OBJECTIONS, Consultation
from disclosure.numbering import DocumentKind
from disclosure.outcomes import Outcome
from disclosure.state import RequestState, Stage
from disclosure.steps import RECEIVED
from documents.wording import RECTIFIED, Wording, wordings, wordings_of

_DISCLOSED = {None, Outcome.GRANTED, Outcome.PARTIAL}


def possible_documents(state: RequestState) -> list[DocumentKind]:
    """Return the kinds of documents that say something true of this request, in order."""
    return [kind for kind in DocumentKind if _POSSIBLE[kind](state)]


def wordings_for(kind: DocumentKind, state: RequestState) -> tuple[Wording, ...]:
    """Return the wordings a document of this kind may have now, the usual one first.

    A result with several wordings and no usual one (不存在, 非本机关) is a choice in law: see
    `document_for`.
    """
    if kind not in possible_documents(state):
        return ()
    if kind not in {DocumentKind.REPLY, DocumentKind.TERMINATION_NOTICE}:
        return wordings_of(kind)
    found = _of_outcome(kind, state.outcome)
    return (*found, wordings()[RECTIFIED]) if kind is DocumentKind.REPLY else found


def objecting(state: RequestState) -> tuple[Consultation, ...]:
    """Return the third parties that object to disclosure, in whole or in part."""
    return tuple(each for each in state.last_consultations() if each.opinion in OBJECTIONS)


def pending(state: RequestState) -> tuple[Consultation, ...]:
    """Return the consultations whose answer is awaited."""
    return tuple(each for each in state.consultations if each.pending)


def _of_outcome(kind: DocumentKind, outcome: Outcome | None) -> tuple[Wording, ...]:
    if outcome is None:
        return ()
    code = outcome.value.partition(".")[2] if outcome.is_lapse else outcome.value
    usual = f"{kind.value}.{code}"
    return tuple(
        each for each in wordings_of(kind) if each.key == usual or each.key.startswith(f"{usual}.")
    )


def _registered(state: RequestState) -> bool:
    return state.stage is not Stage.UNREGISTERED


def _in_hand(state: RequestState) -> bool:
    return state.stage in RECEIVED


def _correction_is_asked(state: RequestState) -> bool:
    # Without a day of lapse silence has no effect, and the notice would threaten in vain.
    return (
        _in_hand(state)
        and state.awaits_correction
        and state.correction is not None
        and state.correction.lapses_on is not None
    )


def _extended(state: RequestState) -> bool:
    return _in_hand(state) and state.extension_days > 0


def _somebody_is_asked(state: RequestState) -> bool:
    return _in_hand(state) and bool(pending(state))


def _disclosed_over_objection(state: RequestState) -> bool:
    return state.outcome in _DISCLOSED and bool(objecting(state))


def _reasons_are_asked(state: RequestState) -> bool:
    return _in_hand(state) and state.reasons is not None and state.reasons.pending


def _fee_may_be_asked(state: RequestState) -> bool:
    return _in_hand(state) and (state.fee is None or state.fee.pending)


def _lapsed(state: RequestState) -> bool:
    return state.outcome is not None and state.outcome.is_lapse


def _decided(state: RequestState) -> bool:
    return state.outcome is not None and not state.outcome.is_lapse


_POSSIBLE: Mapping[DocumentKind, Callable[[RequestState], bool]] = {
    DocumentKind.RECEIPT: _registered,
    DocumentKind.CORRECTION_NOTICE: _correction_is_asked,
    DocumentKind.EXTENSION_NOTICE: _extended,
    DocumentKind.THIRD_PARTY_CONSULTATION: _in_hand,
    DocumentKind.CONSULTATION_NOTICE: _somebody_is_asked,
    DocumentKind.AGENCY_CONSULTATION: _in_hand,
    DocumentKind.THIRD_PARTY_NOTICE: _disclosed_over_objection,
    DocumentKind.REASONS_DEMAND: _reasons_are_asked,
    DocumentKind.FEE_NOTICE: _fee_may_be_asked,
    DocumentKind.TERMINATION_NOTICE: _lapsed,
    DocumentKind.REPLY: _decided,
}
"""Letters that go out before the record knows of them (征询, 收费) need only an open request."""
