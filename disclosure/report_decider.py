"""What may be done with an annual report, and what comes of it (条例 Art. 49, 50).

Order first: each verb has the stages it is possible in. Then what the draft at hand says.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from disclosure.agency_commands import WriteSection
from disclosure.command import refuse_unstorable_text
from disclosure.event import Event
from disclosure.order import not_before
from disclosure.refusals import Refused
from disclosure.report_commands import (
    AmendReport,
    ApproveReport,
    DraftAtHand,
    ExpireReport,
    PublishReport,
    ReleaseReport,
    ReportCommand,
    ReturnReport,
    SubmitReport,
    WithDraft,
    WithdrawAmendment,
)
from disclosure.report_events import (
    AnnualReportAmendmentOpened,
    AnnualReportAmendmentWithdrawn,
    AnnualReportApproved,
    AnnualReportOverdue,
    AnnualReportPublished,
    AnnualReportReturned,
    AnnualReportSubmitted,
    SealedDraft,
)
from disclosure.report_state import ReportStage, ReportState, first_day_overdue

_DRAFTING, _SUBMITTED = ReportStage.DRAFTING, ReportStage.SUBMITTED
_APPROVED, _PUBLISHED = ReportStage.APPROVED, ReportStage.PUBLISHED

_STAGES: dict[type[ReportCommand], frozenset[ReportStage]] = {
    SubmitReport: frozenset({_DRAFTING, _SUBMITTED}),
    ReturnReport: frozenset({_SUBMITTED, _APPROVED}),
    ApproveReport: frozenset({_SUBMITTED}),
    PublishReport: frozenset({_APPROVED}),
    AmendReport: frozenset({_PUBLISHED}),
    WithdrawAmendment: frozenset({_DRAFTING}),
    ReleaseReport: frozenset({_DRAFTING, _PUBLISHED}),
    ExpireReport: frozenset(ReportStage),
}

_NAMED = 5
"""How many errors or changed cells a sentence names."""


def require_order(state: ReportState, command: ReportCommand) -> None:
    """Refuse a verb that is out of order, whatever the draft says.

    Raises:
        Refused: with what must come first.
    """
    refuse_unstorable_text(command)
    if state.stage not in _STAGES[type(command)]:
        raise _out_of_order(state, command.year)
    if state.latest_on is not None:
        not_before(command.on, state.latest_on, "前一环节的日期")


def require_writable(state: ReportState, command: WriteSection) -> None:
    """Refuse another text for a report under review: what is approved must be what was read.

    Raises:
        Refused: it must be returned first.
    """
    if state.stage in {_SUBMITTED, _APPROVED}:
        raise Refused(
            "under_review",
            "do",
            f"{command.year} 年度报告{state.stage.label}，修改文字前请先退回（return）",
        )


def decide_report(state: ReportState, command: ReportCommand) -> list[Event]:
    """Return what a command makes happen; nothing where it is so already.

    Raises:
        Refused: when it is out of order, or the draft speaks against it.
    """
    require_order(state, command)
    return _VERBS[type(command)](state, command)


def _submit(state: ReportState, command: SubmitReport) -> list[Event]:
    draft = _draft(command).sealed
    if state.submitted is not None and state.submitted.content_digest == draft.content_digest:
        raise Refused("already_submitted", "do", "报告已经送审，此后数据和文字没有变化，请等待审核")
    _require_news(state, draft)
    return [AnnualReportSubmitted(on=command.on, note=command.note, draft=draft)]


def _return(_state: ReportState, command: ReturnReport) -> list[Event]:
    _require_words(command.reason, "reason", "请写明退回理由")
    return [AnnualReportReturned(on=command.on, note=command.note, reason=command.reason)]


def _approve(state: ReportState, command: ApproveReport) -> list[Event]:
    _require_words(command.by, "by", "请写明审核人姓名")
    at_hand, submitted = _draft(command), state.submitted
    if submitted is None or at_hand.sealed.content_digest != submitted.content_digest:
        raise Refused(
            "changed_since_submission",
            "do",
            f"送审以后数据或者文字有变化（{_some(at_hand.changed)}），请重新送审",
        )
    if at_hand.sealed.errors and not command.despite.strip():
        raise Refused(
            "errors",
            "despite",
            f"报告有 {at_hand.sealed.errors} 处错误：{_some(at_hand.errors)}"
            "请改正后重新送审；确需通过的，请写明理由",
        )
    return [
        AnnualReportApproved(
            on=command.on,
            note=command.note,
            approved_by=command.by,
            errors=at_hand.sealed.errors,
            despite=command.despite.strip() or None,
        )
    ]


def _publish(state: ReportState, command: PublishReport) -> list[Event]:
    if state.submitted is None:
        raise _out_of_order(state, command.year)
    return [_published(command, state.submitted, state.approved_by)]


def _amend(state: ReportState, command: AmendReport) -> list[Event]:
    _require_words(command.reason, "reason", "请写明更正理由")
    _require_news(state, _draft(command).sealed)
    return [_amendment(state, command, command.reason)]


def _withdraw(state: ReportState, command: WithdrawAmendment) -> list[Event]:
    _require_words(command.reason, "reason", "请写明撤销更正的理由")
    if state.published is None:
        raise Refused("no_amendment", "do", "报告尚未公布，没有可以撤销的更正")
    return [AnnualReportAmendmentWithdrawn(on=command.on, note=command.note, reason=command.reason)]


def _release(state: ReportState, command: ReleaseReport) -> list[Event]:
    at_hand = _draft(command)
    draft = at_hand.sealed
    published = state.published
    if published is not None and published.content_digest == draft.content_digest:
        return []
    if draft.errors:
        raise Refused(
            "errors",
            "do",
            f"报告有 {draft.errors} 处错误：{_some(at_hand.errors)}改正前不能公布；"
            "确需公布的，请送审后由审核人写明理由",
        )
    events: list[Event] = []
    if state.stage is _PUBLISHED:
        events.append(_amendment(state, command, "公布后数据或者文字有变化"))
    if command.approved_by.strip():
        events += [
            AnnualReportSubmitted(on=command.on, draft=draft),
            AnnualReportApproved(on=command.on, approved_by=command.approved_by),
        ]
    return [*events, _published(command, draft, command.approved_by)]


def _expire(state: ReportState, command: ExpireReport) -> list[Event]:
    if state.deadline != command.due_on:
        return []
    return [AnnualReportOverdue(on=first_day_overdue(command.due_on), due_on=command.due_on)]


_VERBS: dict[type[ReportCommand], Callable[[ReportState, Any], list[Event]]] = {
    SubmitReport: _submit,
    ReturnReport: _return,
    ApproveReport: _approve,
    PublishReport: _publish,
    AmendReport: _amend,
    WithdrawAmendment: _withdraw,
    ReleaseReport: _release,
    ExpireReport: _expire,
}


def _published(command: ReportCommand, draft: SealedDraft, approved_by: str) -> Event:
    frozen = {name: getattr(draft, name) for name in asdict(draft)}
    return AnnualReportPublished(
        on=command.on, note=command.note, approved_by=approved_by, **frozen
    )


def _amendment(state: ReportState, command: ReportCommand, reason: str) -> Event:
    return AnnualReportAmendmentOpened(
        on=command.on, note=command.note, version=state.next_version, reason=reason
    )


def _draft(command: WithDraft) -> DraftAtHand:
    if command.draft is None:
        raise Refused("no_draft", "do", "尚无可用的草稿，请稍后重试")
    return command.draft


def _require_news(state: ReportState, draft: SealedDraft) -> None:
    published = state.published
    if published is not None and published.content_digest == draft.content_digest:
        raise Refused(
            "nothing_changed",
            "do",
            f"与已公布的第 {published.version} 版相比，数据和文字都没有变化，无需更正",
        )


def _require_words(given: str, field: str, sentence: str) -> None:
    if not given.strip():
        raise Refused("empty", field, sentence)


def _some(sentences: tuple[str, ...]) -> str:
    more = f"等 {len(sentences)} 处" if len(sentences) > _NAMED else ""
    return (
        "；".join(sentence.rstrip("。") for sentence in sentences[:_NAMED])
        + more
        + ("。" if sentences and sentences[0].endswith("。") else "")
    )


def _out_of_order(state: ReportState, year: int) -> Refused:
    if state.published is not None and state.stage is _PUBLISHED:
        said = f"第 {state.published.version} 版已经公布；需要更正的，请先启动更正（amend）"
        return Refused("already_published", "do", said)
    said = {
        ReportStage.UNOPENED: f"{year} 年尚未结束，或者报告尚未启动，只能生成草稿，不能送审和公布",
        _DRAFTING: "更正已经启动，请先送审（submit）或者撤销更正（withdraw-amendment）"
        if state.published is not None
        else "报告正在编制，请先送审（submit）",
        _SUBMITTED: "报告已送审，请先审核（approve）或者退回（return）",
        _APPROVED: "报告已审核通过，请公布（publish）或者退回（return）",
    }[state.stage]
    return Refused("out_of_order", "do", said)
