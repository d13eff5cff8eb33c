"""What can be done now, and by which article: the state machine of a request as data.

One row a verb: in which stages it is possible, what else must hold, by which provision, and what it
would be flagged for on a given day. `gongkai show` and the pages print it; the decider does not
read it, and the tests hold the two against each other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from disclosure.correction import notice_is_late
from disclosure.flags import Flag
from disclosure.law import Law
from disclosure.state import RequestState, Stage

Holds = Callable[[RequestState], bool]
Caution = Callable[[RequestState, date, Law], Flag | None]

OPEN = frozenset(Stage) - {Stage.UNREGISTERED, Stage.CLOSED}
RECEIVED = OPEN - {Stage.AWAITING_RECEIPT}
REGISTERED = frozenset(Stage) - {Stage.UNREGISTERED}
CLOSED = frozenset({Stage.CLOSED})


def _always(_state: RequestState) -> bool:
    return True


def _correction_is_awaited(state: RequestState) -> bool:
    return state.corrections_received < state.correction_notices


def _reasons_are_not_awaited(state: RequestState) -> bool:
    return state.reasons is None or not state.reasons.pending


def _reasons_may_come(state: RequestState) -> bool:
    return state.reasons is not None and state.reasons.received_on is None


def _no_fee_is_asked(state: RequestState) -> bool:
    return state.fee is None or state.fee.is_free


def _not_archived(state: RequestState) -> bool:
    return not state.archived


def _a_third_party_was_asked(state: RequestState) -> bool:
    return any(each.kind == "third_party" for each in state.last_consultations())


def _may_still_answer(kind: str) -> Holds:
    def holds(state: RequestState) -> bool:
        return any(
            each.kind == kind and each.answered_on is None for each in state.last_consultations()
        )

    return holds


def _receipt_by_a_party_is_unknown(state: RequestState) -> bool:
    return any(
        each.answered_on is None and each.received_on is None for each in state.last_consultations()
    )


def _notice_late(state: RequestState, on: date, law: Law) -> Flag | None:
    return Flag.CORRECTION_NOTICE_LATE if notice_is_late(state, on, law) else None


def _notice_repeated(state: RequestState, _on: date, _law: Law) -> Flag | None:
    return Flag.CORRECTION_NOTICE_REPEATED if state.correction_notices else None


def _text_late(state: RequestState, on: date, _law: Law) -> Flag | None:
    late = state.awaits_correction and state.correction and on > state.correction.due_on
    return Flag.CORRECTION_RECEIVED_LATE if late else None


def _extension_late(state: RequestState, on: date, _law: Law) -> Flag | None:
    return Flag.EXTENSION_LATE if state.period_ended_by(on) else None


def _extension_repeated(state: RequestState, _on: date, _law: Law) -> Flag | None:
    return Flag.EXTENSION_REPEATED if state.extension_days else None


def _fee_notice_late(state: RequestState, on: date, _law: Law) -> Flag | None:
    return Flag.FEE_NOTICE_LATE if state.period_ended_by(on) else None


def _payment_late(state: RequestState, on: date, _law: Law) -> Flag | None:
    return Flag.FEE_PAID_LATE if state.fee and on > state.fee.due_on else None


def _reasons_late(state: RequestState, on: date, _law: Law) -> Flag | None:
    return Flag.REASONS_LATE if state.reasons and on > state.reasons.due_on else None


def _answer_late(state: RequestState, on: date, _law: Law) -> Flag | None:
    return Flag.ANSWERED_LATE if state.clock and on > state.clock.due_on else None


def _lapse_was_a_late_answer(state: RequestState, _on: date, _law: Law) -> Flag | None:
    """Warn of what follows where a lapse is put right to an answer."""
    if state.outcome is None or not state.outcome.is_lapse or state.clock is None:
        return None
    days = (state.closed_on if state.ended_by == "answer" else None, state.sent_on)
    late = any(day is not None and day > state.clock.due_on for day in days)
    return Flag.ANSWERED_LATE if late else None


def _delivery_late(state: RequestState, on: date, _law: Law) -> Flag | None:
    due = state.reply_due_on
    first = state.sent_on is None
    return Flag.ANSWERED_LATE if first and due is not None and on > due else None


def _delivered_again(state: RequestState, _on: date, _law: Law) -> Flag | None:
    return Flag.DELIVERED_AGAIN if state.sent_on is not None else None


@dataclass(frozen=True, slots=True)
class Step:
    """One verb of a request.

    Attributes:
        verb: as in entry lines.
        label: as officials write it.
        article: the provision it rests on.
        stages: where it is possible.
        holds: what else must be so.
        cautions: what it would be flagged for.
    """

    verb: str
    label: str
    article: str
    stages: frozenset[Stage]
    holds: Holds = _always
    cautions: tuple[Caution, ...] = ()

    def possible(self, state: RequestState) -> bool:
        """Tell whether the record would take it."""
        return state.stage in self.stages and self.holds(state)


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that is possible now.

    Attributes:
        flags: what it would be flagged for if it were done on the day asked about; empty where it
            is lawful.
    """

    step: Step
    flags: tuple[Flag, ...]


STEPS: tuple[Step, ...] = (
    Step("register", "登记", "条例第二十九条、第三十一条", frozenset({Stage.UNREGISTERED})),
    Step("confirm_receipt", "确认收到", "条例第三十一条", frozenset({Stage.AWAITING_RECEIPT})),
    Step(
        "request_correction",
        "告知补正",
        "条例第三十条",
        RECEIVED,
        cautions=(_notice_late, _notice_repeated),
    ),
    Step(
        "receive_correction",
        "收到补正",
        "条例第三十条",
        RECEIVED,
        _correction_is_awaited,
        (_text_late,),
    ),
    Step(
        "extend",
        "延期答复",
        "条例第三十三条第二款",
        RECEIVED,
        cautions=(_extension_late, _extension_repeated),
    ),
    Step("consult_third_party", "征询第三方意见", "条例第三十二条", RECEIVED),
    Step("consult_agency", "征求共同制作机关意见", "条例第三十四条", RECEIVED),
    Step(
        "party_received",
        "被征询方收到",
        "条例第三十二条、第三十四条",
        RECEIVED,
        _receipt_by_a_party_is_unknown,
    ),
    Step(
        "third_party_reply",
        "第三方答复",
        "条例第三十二条",
        RECEIVED,
        _may_still_answer("third_party"),
    ),
    Step(
        "agency_reply",
        "共同制作机关答复",
        "条例第三十四条",
        RECEIVED,
        _may_still_answer("agency"),
    ),
    Step(
        "demand_reasons",
        "要求说明理由",
        "条例第三十五条",
        RECEIVED,
        _reasons_are_not_awaited,
    ),
    Step(
        "receive_reasons",
        "收到理由",
        "条例第三十五条",
        RECEIVED,
        _reasons_may_come,
        (_reasons_late,),
    ),
    Step(
        "charge_fee",
        "收取信息处理费",
        "条例第四十二条；国办函〔2020〕109号第三条至第六条",
        RECEIVED,
        _no_fee_is_asked,
        (_fee_notice_late,),
    ),
    Step(
        "pay_fee",
        "缴费",
        "国办函〔2020〕109号第六条",
        frozenset({Stage.AWAITING_PAYMENT, Stage.AWAITING_CORRECTION}),
        lambda state: state.awaits_payment,
        (_payment_late,),
    ),
    Step(
        "decide",
        "答复",
        "条例第三十三条、第三十六条至第三十九条",
        RECEIVED,
        cautions=(_answer_late,),
    ),
    Step("withdraw", "撤回", "国办公开办函〔2021〕30号", OPEN),
    Step(
        "deliver",
        "送达",
        "条例第三十三条、第四十条",
        CLOSED,
        cautions=(_delivery_late, _delivered_again),
    ),
    Step(
        "notify_third_party",
        "告知第三方",
        "条例第三十二条",
        REGISTERED,
        _a_third_party_was_asked,
    ),
    Step(
        "reclassify",
        "更正办理结果",
        "条例第四十九条",
        CLOSED,
        cautions=(_lapse_was_a_late_answer,),
    ),
    Step("correct_record", "更正登记", "条例第四十九条", REGISTERED),
    Step("reopen", "恢复办理", "条例第三十条；国办函〔2020〕109号第六条", CLOSED),
    Step("archive", "归档", "条例第四十五条；档案法", CLOSED, _not_archived),
)


def next_steps(state: RequestState, on: date, law: Law) -> list[NextStep]:
    """Return what can be done now, in the order of the procedure.

    Args:
        state: of the request.
        on: the day on which it would be done, Asia/Shanghai.
        law: its calendar decides what would be late.
    """
    return [
        NextStep(
            step,
            tuple(
                flag for caution in step.cautions if (flag := caution(state, on, law)) is not None
            ),
        )
        for step in STEPS
        if step.possible(state)
    ]
