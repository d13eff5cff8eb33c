"""Every step of a request: which the law allows today, and why not the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from disclosure.flags import Flag
from disclosure.law import Law
from disclosure.state import RequestState, Stage
from disclosure.steps import CLOSED, STEPS, Step, next_steps

_OTHERWISE: Mapping[str, str] = {
    "register": "申请已经登记",
    "confirm_receipt": "收到日期已经确认",
    "receive_correction": "没有告知补正，或者补正材料已经收到",
    "party_received": "没有待确认收到日期的征询",
    "third_party_reply": "没有征询第三方，或者第三方已经答复",
    "agency_reply": "没有征求共同制作机关意见，或者该机关已经答复",
    "demand_reasons": "已要求申请人说明理由，期限尚未届满",
    "receive_reasons": "没有要求申请人说明理由，或者理由已经收到",
    "charge_fee": "已经发出收费通知，一件申请只收一次费",
    "pay_fee": "没有待缴的费用",
    "notify_third_party": "没有征询过第三方",
    "archive": "已经归档",
}
"""What is missing where the stage is right, or where only this stage has the step."""


@dataclass(frozen=True, slots=True)
class StepNow:
    """A step as it stands on a day.

    Attributes:
        flags: what it would be flagged for.
        why_not: why the record would not take it; empty where it would.
    """

    step: Step
    flags: tuple[Flag, ...]
    why_not: str

    @property
    def possible(self) -> bool:
        """Whether the record would take it."""
        return not self.why_not


def steps_now(state: RequestState, on: date, law: Law) -> list[StepNow]:
    """Return every step but registration, in the order of the procedure.

    Args:
        state: of the request.
        on: the day it would be done, Asia/Shanghai.
        law: its calendar decides what would be late.
    """
    possible = {each.step.verb: each for each in next_steps(state, on, law)}
    return [
        StepNow(step, possible[step.verb].flags, "")
        if step.verb in possible
        else StepNow(step, (), why_not(step, state))
        for step in STEPS
        if step.verb != "register"
    ]


def why_not(step: Step, state: RequestState) -> str:
    """Say in one sentence why a step that is not possible is not."""
    if state.stage is Stage.UNREGISTERED:
        return "申请尚未登记"
    if state.stage in step.stages or step.verb == "register":
        return _OTHERWISE[step.verb]
    if state.stage is Stage.CLOSED:
        return "申请已经办结"
    if step.stages == CLOSED:
        return "申请尚未办结"
    if state.stage is Stage.AWAITING_RECEIPT:
        return "收到日期尚待双方确认，确认后才开始办理（条例第三十一条）"
    return _OTHERWISE[step.verb]
