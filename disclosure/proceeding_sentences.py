"""One Chinese sentence an event of a proceeding, without personal data."""

from collections.abc import Callable
from typing import Any

from disclosure.chinese import PROVISIONAL, chinese_date
from disclosure.event import Event
from disclosure.proceeding_events import (
    LawsuitAppealed,
    LawsuitConcluded,
    LawsuitFiled,
    ProceedingLimitPassed,
    ProceedingLimitRecalculated,
    ReconsiderationConcluded,
    ReconsiderationFiled,
    RunningLimit,
)
from disclosure.proceeding_limits import limit_article, limit_words
from disclosure.proceeding_results import RESULT_LABELS

_PASSED = {
    "decision": "尚未登记复议决定",
    "suing": "未起诉的，复议决定确定",
    "judgment": "尚未登记一审审结",
    "appeal": "未登记上诉，裁判生效",
    "ruling_appeal": "未登记上诉，裁定生效",
    "second_judgment": "尚未登记二审审结",
}


def _limit(limit: RunningLimit) -> str:
    mark = PROVISIONAL if limit.provisional else ""
    return f"，{limit_words(limit.what)}至{chinese_date(limit.due_on)}{mark}"


def _about(request: str | None) -> str:
    return f"（涉及申请 {request}）" if request else ""


def _result(event: ReconsiderationConcluded | LawsuitConcluded) -> str:
    kind = f"（{event.decision_kind}）" if event.decision_kind else ""
    return f"{RESULT_LABELS[event.result]}{kind}"


def _lawsuit_filed(event: LawsuitFiled) -> str:
    way = "复议后起诉" if event.after_reconsideration else "未经复议直接起诉"
    return f"行政诉讼立案{_about(event.request)}，{way}{_limit(event.limit)}"


def _lawsuit_concluded(event: LawsuitConcluded) -> str:
    if event.limit is None and event.decision_kind in {"撤诉", "终结"}:
        return f"行政诉讼审结：{_result(event)}"
    if event.limit is None:
        return f"行政诉讼二审审结：{_result(event)}，终审"
    return f"行政诉讼一审审结：{_result(event)}{_limit(event.limit)}"


def _limit_passed(event: ProceedingLimitPassed) -> str:
    return (
        f"{limit_words(event.what)}已于{chinese_date(event.due_on)}届满（{limit_article(event.what)}），"
        f"{_PASSED[event.what]}"
    )


PROCEEDING_SENTENCES: dict[type[Event], Callable[[Any], str]] = {
    ReconsiderationFiled: lambda event: f"行政复议受理{_about(event.request)}{_limit(event.limit)}",
    ReconsiderationConcluded: lambda event: f"行政复议审结：{_result(event)}{_limit(event.limit)}",
    LawsuitFiled: _lawsuit_filed,
    LawsuitAppealed: lambda event: f"提起上诉{_limit(event.limit)}",
    LawsuitConcluded: _lawsuit_concluded,
    ProceedingLimitPassed: _limit_passed,
    ProceedingLimitRecalculated: lambda event: f"节假日安排公布，期限重新计算{_limit(event.limit)}",
}
