"""What may happen in a proceeding (行政复议、行政诉讼): from a state and a command to events.

A reconsideration is filed and concluded; a lawsuit is filed, concluded, perhaps appealed, once, and
then concluded anew. A conclusion is final when the time to go on to court against it has passed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from disclosure.addresses import case_stream
from disclosure.command import Command, refuse_unstorable_text
from disclosure.event import Event
from disclosure.flags import Flag
from disclosure.law import Law
from disclosure.order import not_before
from disclosure.proceeding_commands import (
    AppealLawsuit,
    ConcludeLawsuit,
    ConcludeReconsideration,
    ExpireProceeding,
    FileLawsuit,
    FileReconsideration,
    ProceedingCommand,
    ProceedingLimit,
)
from disclosure.proceeding_events import (
    LawsuitAppealed,
    LawsuitConcluded,
    LawsuitFiled,
    ProceedingLimitPassed,
    ReconsiderationConcluded,
    ReconsiderationFiled,
)
from disclosure.proceeding_limits import limit_from
from disclosure.proceeding_results import (
    KIND_LABELS,
    RESULT_LABELS,
    RESULTS_OF_DECISIONS,
    ProceedingKind,
)
from disclosure.proceeding_state import ProceedingState, proceeding_expiries
from disclosure.refusals import Refused


def decide_proceeding(state: ProceedingState, command: ProceedingCommand, law: Law) -> list[Event]:
    """Return what the command makes happen; an empty list where a timer comes too late to matter.

    Raises:
        Refused: when the fact cannot be true.
    """
    refuse_unstorable_text(command)
    verb = _VERBS[type(command)]
    if verb.begins and state.kind is not None:
        raise Refused("duplicate_case", "case", "案件编号已经登记，一个编号只能登记一件")
    if not verb.begins and state.kind is None:
        raise Refused("unknown_case", "case", "没有这一案件编号，请先登记受理或者立案")
    if state.kind is not None and state.kind not in verb.of:
        raise Refused("wrong_kind", "do", f"该案是{KIND_LABELS[state.kind]}，不能登记这一事实")
    events = verb.decide(state, command, law)
    if events and state.latest_on is not None:
        not_before(command.on, state.latest_on, "该案此前已登记事实的日期")
    return events


def request_of(command: Command) -> str | None:
    """Return the stream of the request a new proceeding is about; None where it names none."""
    if isinstance(command, FileReconsideration | FileLawsuit) and command.request is not None:
        return case_stream(command.agency, command.request)
    return None


def unknown_request() -> Refused:
    """Return the refusal of a proceeding about a request that is not on record.

    Whoever can look it up does: a proceeding's own events say nothing of other cases.
    """
    return Refused("unknown_case", "request", "没有这一申请编号，请先登记申请（register）")


def _file_reconsideration(
    _state: ProceedingState, command: FileReconsideration, law: Law
) -> list[Event]:
    return [
        ReconsiderationFiled(
            on=command.on,
            note=command.note,
            request=command.request,
            limit=limit_from("decision", command.on, law),
        )
    ]


def _conclude_reconsideration(
    state: ProceedingState, command: ConcludeReconsideration, law: Law
) -> list[Event]:
    _must_be_pending(state)
    known, in_other_words = _kind_of_decision("reconsideration", command)
    return [
        ReconsiderationConcluded(
            on=command.on,
            note=command.note,
            result=command.result,
            decision_kind=known,
            outcome_detail=in_other_words,
            limit=limit_from("suing", command.on, law),
        )
    ]


def _file_lawsuit(_state: ProceedingState, command: FileLawsuit, law: Law) -> list[Event]:
    return [
        LawsuitFiled(
            on=command.on,
            note=command.note,
            request=command.request,
            after_reconsideration=command.after_reconsideration,
            limit=limit_from("judgment", command.on, law),
        )
    ]


def _appeal_lawsuit(state: ProceedingState, command: AppealLawsuit, law: Law) -> list[Event]:
    """提起上诉: once; whether in time is for the court, the record only flags it.

    The judgment appealed against need not be on record: it decided nothing the tables count.
    """
    if state.appealed_on is not None:
        raise Refused("already_appealed", "do", f"该案已于 {state.appealed_on} 上诉，二审终审")
    judged = state.result is not None
    late = judged and state.limit is not None and command.on > state.limit.due_on
    return [
        LawsuitAppealed(
            on=command.on,
            flags=(Flag.APPEAL_LATE,) if late else (),
            note=command.note,
            limit=limit_from("second_judgment", command.on, law),
        )
    ]


_APPEALS: Mapping[str, ProceedingLimit | None] = {
    "不予立案": "ruling_appeal",
    "驳回起诉": "ruling_appeal",
    "撤诉": None,
    "终结": None,
}
"""Rulings (裁定) against which the appeal is shorter than against a judgment, or none at all
(行政诉讼法 Art. 85; 最高人民法院关于适用行政诉讼法的解释 Art. 101)."""


def _conclude_lawsuit(state: ProceedingState, command: ConcludeLawsuit, law: Law) -> list[Event]:
    _must_be_pending(state)
    known, in_other_words = _kind_of_decision("lawsuit", command)
    appeal = _APPEALS.get(known or "", "appeal") if state.appealed_on is None else None
    return [
        LawsuitConcluded(
            on=command.on,
            note=command.note,
            result=command.result,
            decision_kind=known,
            outcome_detail=in_other_words,
            limit=limit_from(appeal, command.on, law) if appeal else None,
        )
    ]


def _expire(state: ProceedingState, command: ExpireProceeding, _law: Law) -> list[Event]:
    """期限届满: nothing where the limit no longer runs."""
    for limit in proceeding_expiries(state):
        if (limit.what, limit.on) == (command.what, command.on):
            return [ProceedingLimitPassed(on=command.on, what=limit.what, due_on=limit.due_on)]
    return []


def _must_be_pending(state: ProceedingState) -> None:
    if state.result is not None:
        raise Refused(
            "already_concluded",
            "do",
            f"该案已于 {state.latest_on} 审结（{RESULT_LABELS[state.result]}），不能再次审结",
        )


def _kind_of_decision(
    kind: ProceedingKind, command: ConcludeReconsideration | ConcludeLawsuit
) -> tuple[str | None, str | None]:
    """Return the kind of decision as a word of the law, or else in the agency's own words.

    Raises:
        Refused: the law counts this kind of decision as another result.
    """
    detail = (command.outcome_detail or "").strip()
    if not detail:
        return None, None
    counts_as = RESULTS_OF_DECISIONS[kind].get(detail)
    if counts_as is None:
        return None, detail
    if counts_as != command.result:
        raise Refused(
            "contradiction",
            "result",
            f"“{detail}”在年度报告表四中属于{RESULT_LABELS[counts_as]}（{counts_as}），与结果不符",
        )
    return detail, None


@dataclass(frozen=True, slots=True)
class _Verb:
    """Who answers a verb, which kinds of proceeding it is of, and whether it begins one."""

    decide: Callable[[ProceedingState, Any, Law], list[Event]]
    of: tuple[ProceedingKind, ...]
    begins: bool = False


_VERBS: dict[type[ProceedingCommand], _Verb] = {
    FileReconsideration: _Verb(_file_reconsideration, ("reconsideration",), begins=True),
    ConcludeReconsideration: _Verb(_conclude_reconsideration, ("reconsideration",)),
    FileLawsuit: _Verb(_file_lawsuit, ("lawsuit",), begins=True),
    AppealLawsuit: _Verb(_appeal_lawsuit, ("lawsuit",)),
    ConcludeLawsuit: _Verb(_conclude_lawsuit, ("lawsuit",)),
    ExpireProceeding: _Verb(_expire, ("reconsideration", "lawsuit")),
}
