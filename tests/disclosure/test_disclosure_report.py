"""The law of an annual report: who comes after whom, by when, and what a draft must be."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.agency_commands import WriteSection
from disclosure.event import Event
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
from disclosure.report_decider import decide_report, require_writable
from disclosure.report_events import (
    AnnualReportAmendmentOpened,
    AnnualReportAmendmentWithdrawn,
    AnnualReportApproved,
    AnnualReportOpened,
    AnnualReportOverdue,
    AnnualReportPublished,
    AnnualReportReturned,
    AnnualReportSubmitted,
    SealedDraft,
)
from disclosure.report_state import (
    ReportStage,
    ReportState,
    due_day,
    evolve_report,
    first_day_overdue,
    fold_report,
)

YEAR = 2025
OPENED = AnnualReportOpened(
    on=date(2026, 1, 1), agency="chengguan", year=YEAR, due_on=date(2026, 1, 31)
)
DAY = date(2026, 1, 20)
NO_AMENDMENT = "经核实无需更正"


def sealed(content: str = "一", version: int = 1, errors: int = 0) -> SealedDraft:
    return SealedDraft(
        version=version,
        log_position=100,
        digest=f"sha256:{content}",
        content_digest=f"sha256:content {content}",
        errors=errors,
    )


def at_hand(content: str = "一", errors: int = 0, **given: Any) -> DraftAtHand:
    return DraftAtHand(sealed=sealed(content, errors=errors), **given)


def say(kind: type[ReportCommand], **given: Any) -> ReportCommand:
    needed: dict[type[ReportCommand], dict[str, Any]] = {
        SubmitReport: {"draft": at_hand()},
        ApproveReport: {"draft": at_hand(), "by": "王局长"},
        ReturnReport: {"reason": "请核对"},
        AmendReport: {"reason": "补录", "draft": at_hand("二")},
        ReleaseReport: {"draft": at_hand()},
        WithdrawAmendment: {"reason": NO_AMENDMENT},
        ExpireReport: {"due_on": date(2026, 1, 31)},
    }
    said = {"agency": "chengguan", "year": YEAR, "on": DAY, **needed.get(kind, {}), **given}
    return kind(**said)


def after(*events: Event) -> ReportState:
    return fold_report([OPENED, *events])


def submitted(content: str = "一", errors: int = 0) -> AnnualReportSubmitted:
    return AnnualReportSubmitted(on=DAY, draft=sealed(content, errors=errors))


APPROVED = AnnualReportApproved(on=DAY, approved_by="王局长")
PUBLISHED = AnnualReportPublished(
    on=DAY,
    version=1,
    log_position=100,
    digest="sha256:一",
    content_digest="sha256:content 一",
    approved_by="王局长",
)
AMENDING = AnnualReportAmendmentOpened(on=DAY, version=2)
STATES = {
    ReportStage.UNOPENED: ReportState(),
    ReportStage.DRAFTING: after(),
    ReportStage.SUBMITTED: after(submitted()),
    ReportStage.APPROVED: after(submitted(), APPROVED),
    ReportStage.PUBLISHED: after(PUBLISHED),
}
POSSIBLE: dict[type[ReportCommand], set[ReportStage]] = {
    SubmitReport: {ReportStage.DRAFTING},
    ReturnReport: {ReportStage.SUBMITTED, ReportStage.APPROVED},
    ApproveReport: {ReportStage.SUBMITTED},
    PublishReport: {ReportStage.APPROVED},
    AmendReport: {ReportStage.PUBLISHED},
    ReleaseReport: {ReportStage.DRAFTING, ReportStage.PUBLISHED},
    WithdrawAmendment: set(),
}


def refused(state: ReportState, command: ReportCommand) -> Refused:
    with pytest.raises(Refused) as answer:
        decide_report(state, command)
    return answer.value


@pytest.mark.parametrize("stage", ReportStage)
@pytest.mark.parametrize("kind", POSSIBLE, ids=lambda kind: kind.__name__)
def test_each_step_has_its_stages_and_is_refused_in_the_others(
    kind: type[ReportCommand], stage: ReportStage
) -> None:
    assert STATES[stage].stage is stage
    if stage in POSSIBLE[kind]:
        decide_report(STATES[stage], say(kind))
    else:
        assert refused(STATES[stage], say(kind)).message


@pytest.mark.parametrize("stage", ReportStage)
def test_every_stage_has_its_words(stage: ReportStage) -> None:
    assert stage.label


def test_a_report_goes_from_submission_to_the_public_unchanged() -> None:
    state = after()
    for command in (say(SubmitReport), say(ApproveReport), say(PublishReport)):
        for event in decide_report(state, command):
            state = evolve_report(state, event)
    assert state.published == sealed()
    assert (state.stage, state.approved_by) == (ReportStage.PUBLISHED, "王局长")
    assert not state.under_way


def test_a_draft_that_changed_under_review_can_be_submitted_again() -> None:
    (event,) = decide_report(after(submitted()), say(SubmitReport, draft=at_hand("二")))
    assert event == submitted("二")


def test_approval_names_what_changed_since_submission() -> None:
    changed = tuple(f"第 {n} 格由 0 变为 1" for n in range(7))
    said = refused(
        after(submitted()), say(ApproveReport, draft=at_hand("二", changed=changed))
    ).message
    assert "第 4 格由 0 变为 1等 7 处" in said
    assert "第 5 格" not in said


def test_approval_despite_errors_needs_a_reason_and_counts_them() -> None:
    state = after(submitted(errors=2))
    draft = DraftAtHand(sealed=sealed(errors=2), errors=("甲。", "乙。"))
    said = refused(state, say(ApproveReport, draft=draft))
    assert (said.code, said.field) == ("errors", "despite")
    assert "有 2 处错误：甲；乙。" in said.message
    assert refused(state, say(ApproveReport, draft=draft, despite="  ")).code == "errors"
    (event,) = decide_report(state, say(ApproveReport, draft=draft, despite="另行更正"))
    assert isinstance(event, AnnualReportApproved)
    assert (event.errors, event.despite) == (2, "另行更正")


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        (ReturnReport, {"reason": " "}, "reason"),
        (ApproveReport, {"by": ""}, "by"),
        (AmendReport, {"reason": ""}, "reason"),
    ],
)
def test_who_answers_and_why_must_be_said(
    kind: type[ReportCommand], given: dict[str, str], field: str
) -> None:
    (stage,) = {
        ReturnReport: [ReportStage.SUBMITTED],
        ApproveReport: [ReportStage.SUBMITTED],
        AmendReport: [ReportStage.PUBLISHED],
    }[kind]
    assert refused(STATES[stage], say(kind, **given)).field == field


def test_an_amendment_needs_something_to_amend() -> None:
    assert "无需更正" in refused(after(PUBLISHED), say(AmendReport, draft=at_hand())).message
    (opened,) = decide_report(after(PUBLISHED), say(AmendReport))
    assert opened == AnnualReportAmendmentOpened(on=DAY, version=2, reason="补录")
    state = after(PUBLISHED, opened)
    assert state.stage is ReportStage.DRAFTING
    assert "无需更正" in refused(state, say(SubmitReport)).message
    assert decide_report(state, say(SubmitReport, draft=at_hand("二"))) == [submitted("二")]


def test_an_amendment_that_came_to_nothing_is_withdrawn_and_what_was_published_stands() -> None:
    state = after(PUBLISHED, AMENDING)
    (withdrawn,) = decide_report(state, say(WithdrawAmendment))
    assert withdrawn == AnnualReportAmendmentWithdrawn(on=DAY, reason=NO_AMENDMENT)
    state = evolve_report(state, withdrawn)
    assert (state.stage, state.published) == (ReportStage.PUBLISHED, sealed())
    assert not state.under_way
    assert decide_report(state, say(AmendReport)) == [
        AnnualReportAmendmentOpened(on=DAY, version=2, reason="补录")
    ]


def test_only_an_amendment_that_is_not_under_review_is_withdrawn_and_for_a_reason() -> None:
    withdraw, unsaid = say(WithdrawAmendment), say(WithdrawAmendment, reason=" ")
    under_review = after(PUBLISHED, AMENDING, submitted("二"))
    assert refused(after(), withdraw).code == "no_amendment"
    assert refused(after(PUBLISHED), withdraw).code == "already_published"
    assert "退回（return）" in refused(under_review, withdraw).message
    assert refused(after(PUBLISHED, AMENDING), unsaid).field == "reason"


def test_released_at_once_it_leaves_the_same_traces_as_step_by_step() -> None:
    state = after()
    for command in (say(SubmitReport), say(ApproveReport), say(PublishReport)):
        for event in decide_report(state, command):
            state = evolve_report(state, event)
    released = decide_report(after(), say(ReleaseReport, approved_by="王局长"))
    assert fold_report([OPENED, *released]) == state


def test_released_unattended_nobody_reviewed_it() -> None:
    (event,) = decide_report(after(), say(ReleaseReport))
    assert isinstance(event, AnnualReportPublished)
    assert event.approved_by == ""


def test_releasing_the_same_again_adds_nothing_and_other_content_is_an_amendment() -> None:
    assert decide_report(after(PUBLISHED), say(ReleaseReport)) == []
    kinds = [
        type(event)
        for event in decide_report(after(PUBLISHED), say(ReleaseReport, draft=at_hand("二")))
    ]
    assert kinds == [AnnualReportAmendmentOpened, AnnualReportPublished]


def test_a_draft_with_errors_is_not_released() -> None:
    draft = DraftAtHand(sealed=sealed(errors=1), errors=("表三不平。",))
    assert "1 处错误：表三不平。" in refused(after(), say(ReleaseReport, draft=draft)).message


@pytest.mark.parametrize("stage", ReportStage)
def test_a_section_is_closed_to_the_pen_only_under_review(stage: ReportStage) -> None:
    words = WriteSection(agency="chengguan", on=DAY, year=YEAR, section="other", text="无。")
    if stage in {ReportStage.SUBMITTED, ReportStage.APPROVED}:
        with pytest.raises(Refused, match="先退回"):
            require_writable(STATES[stage], words)
    else:
        require_writable(STATES[stage], words)


def test_a_department_has_until_the_end_of_january_a_government_until_the_end_of_march() -> None:
    assert due_day(YEAR, government=False) == date(2026, 1, 31)
    assert due_day(YEAR, government=True) == date(2026, 3, 31)
    assert first_day_overdue(date(2026, 1, 31)) == date(2026, 2, 1)


def test_a_missed_day_is_recorded_once_and_only_while_nothing_is_published() -> None:
    late = date(2026, 2, 1)
    (missed,) = decide_report(after(), say(ExpireReport, on=late))
    assert missed == AnnualReportOverdue(on=late, due_on=date(2026, 1, 31))
    assert decide_report(after(missed), say(ExpireReport, on=late)) == []
    assert decide_report(after(PUBLISHED), say(ExpireReport, on=late)) == []
    amending = AnnualReportAmendmentOpened(on=DAY, version=2)
    assert decide_report(after(PUBLISHED, amending), say(ExpireReport, on=late)) == []


def test_a_year_taken_up_only_after_its_day_has_none_to_miss() -> None:
    opened = AnnualReportOpened(
        on=date(2026, 6, 1), agency="chengguan", year=YEAR, due_on=date(2026, 1, 31)
    )
    state = fold_report([opened])
    assert state.deadline is None
    assert decide_report(state, say(ExpireReport, on=date(2026, 6, 2))) == []


def test_a_step_is_not_dated_before_the_one_it_follows() -> None:
    state = after(submitted())
    early = say(ReturnReport, on=date(2026, 1, 19))
    assert refused(state, early).field == "on"


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(sorted(POSSIBLE, key=lambda kind: kind.__name__)), st.sampled_from("一二三")
    ),
    max_size=12,
)


@given(_STEPS)
def test_whatever_is_tried_versions_count_up_and_only_reviewed_content_goes_out(
    steps: list[tuple[type[ReportCommand], str]],
) -> None:
    state, versions = after(), []
    reviewed: SealedDraft | None = None
    for kind, content in steps:
        draft = DraftAtHand(sealed=sealed(content, version=state.next_version))
        given = {"draft": draft} if issubclass(kind, WithDraft) else {}
        try:
            events = decide_report(state, say(kind, **given))
        except Refused:
            continue
        for event in events:
            if isinstance(event, AnnualReportSubmitted):
                reviewed = event.draft
            if isinstance(event, AnnualReportPublished):
                versions.append(event.version)
                assert kind is ReleaseReport or event.draft == reviewed
            assert not isinstance(event, AnnualReportReturned) or kind is ReturnReport
            state = evolve_report(state, event)
    assert versions == list(range(1, len(versions) + 1))
