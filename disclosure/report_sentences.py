"""One Chinese sentence for each event of an annual report; see `disclosure.sentences`."""

from collections.abc import Callable
from typing import Any

from disclosure.chinese import chinese_date
from disclosure.event import Event
from disclosure.report_events import (
    AnnualReportAmendmentOpened,
    AnnualReportAmendmentWithdrawn,
    AnnualReportApproved,
    AnnualReportOpened,
    AnnualReportOverdue,
    AnnualReportPublished,
    AnnualReportReturned,
    AnnualReportSubmitted,
)


def _opened(event: AnnualReportOpened) -> str:
    due = f"，公布期限至{chinese_date(event.due_on)}" if event.due_on else ""
    return f"启动 {event.year} 年度报告编制{due}"


def _submitted(event: AnnualReportSubmitted) -> str:
    errors = f"，有 {event.draft.errors} 处错误" if event.draft.errors else ""
    return (
        f"年度报告第 {event.draft.version} 版送审，"
        f"数据截至事件日志第 {event.draft.log_position} 条{errors}"
    )


def _approved(event: AnnualReportApproved) -> str:
    errors = f"，有 {event.errors} 处错误，已记录理由" if event.errors else ""
    return f"{event.approved_by}审核通过年度报告{errors}"


REPORT_SENTENCES: dict[type[Event], Callable[[Any], str]] = {
    AnnualReportOpened: _opened,
    AnnualReportSubmitted: _submitted,
    AnnualReportReturned: lambda _: "年度报告退回修改",
    AnnualReportApproved: _approved,
    AnnualReportPublished: lambda event: f"公布年度报告第 {event.version} 版",
    AnnualReportAmendmentOpened: lambda event: f"启动年度报告更正，拟公布第 {event.version} 版",
    AnnualReportAmendmentWithdrawn: lambda _: "撤销年度报告更正，已公布的版本不变",
    AnnualReportOverdue: lambda event: f"截至{chinese_date(event.due_on)}年度报告尚未公布，已逾期",
}
