"""The order of facts: what must come before what, whichever verb asks."""

from datetime import date

from disclosure.refusals import Refused
from disclosure.state import RequestState


def must_be_open(state: RequestState) -> None:
    """Refuse a step in a request that has its result."""
    if state.closed and state.outcome is not None:
        raise Refused(
            "already_closed",
            "do",
            f"该申请已于 {state.closed_on} 办结（{state.outcome.label}），不能再办理；"
            "结果登记有误或出现新情况的，应当更正或者恢复办理",
        )


def received_on(state: RequestState) -> date:
    """Return the received date, or refuse: without one no period runs (条例 Art. 31)."""
    if state.received_on is None:
        raise Refused("not_received", "do", "尚未确认收到日期，请先确认收到（confirm_receipt）")
    return state.received_on


def not_before(on: date, earliest: date, what: str, field: str = "on") -> None:
    """Refuse a date that lies before the fact it depends on."""
    if on < earliest:
        raise Refused("impossible_order", field, f"日期 {on} 早于{what}（{earliest}），不可能发生")
