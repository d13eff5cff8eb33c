"""A report under review: frozen, held against the log, returned, let out, and amended."""

import asyncio
import json
from collections.abc import Callable
from datetime import date, datetime
from itertools import count
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ActivityError

from disclosure.agency import AgencyState, decide_agency
from disclosure.agency_commands import RecordDecisions, RecordDocuments, WriteSection
from disclosure.agency_events import AgencyMerged, AgencyMoved, AgencyRegistered
from disclosure.refusals import Refused
from disclosure.report_commands import (
    AmendReport,
    ApproveReport,
    PublishReport,
    ReportCommand,
    ReturnReport,
    SubmitReport,
    WithdrawAmendment,
)
from disclosure.report_events import (
    AnnualReportApproved,
    AnnualReportOpened,
    AnnualReportOverdue,
    AnnualReportPublished,
    AnnualReportReturned,
)
from disclosure.section_text import text_mark
from engine.report_watch import following_reports, reconcile_reports, tell
from engine.reports import carry_report, draft_report, load_report
from records import Write
from tests.workflows.a_request import AGENCY, MONDAY
from tests.workflows.office import PATIENCE, Office, until
from tests.workflows.turned import turned
from workdays import SHANGHAI
from workflows.annual_report import AnnualReport
from workflows.annual_report_messages import (
    ReportReceipt,
    ReportResult,
    ReportStart,
)
from workflows.names import TASK_QUEUE

YEAR = 2034
SLOT = f"report/{AGENCY}/{YEAR}"
DUE = date(2035, 1, 31)
_ids = count(1)


async def step(
    office: Office,
    kind: type[ReportCommand],
    command_id: str = "",
    *,
    seen: int | None = None,
    **given: Any,
) -> ReportReceipt:
    """Carry a step to the report, as web and command line do."""
    command = kind(agency=AGENCY, year=YEAR, **{"on": MONDAY, "by": "李科长", **given})
    with office.environment.auto_time_skipping_disabled():
        async with asyncio.timeout(PATIENCE):
            step_id = command_id or f"step-{next(_ids)}"
            return await carry_report(office.client, office.parts.log, step_id, command, seen=seen)


async def refusal(office: Office, kind: type[ReportCommand], **given: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        await step(office, kind, **given)
    return refused.value


def learn(office: Office, **given: Any) -> None:
    """Write down late what the agency decided in the year."""
    command = RecordDecisions(
        agency=AGENCY, **{"on": date(YEAR, 5, 6), "kind": "permits", "count": 1, **given}
    )
    stream = f"agency/{AGENCY}"
    events = decide_agency(AgencyState(name="保定市商务局"), command)
    version = office.parts.store.stream_version(stream)
    office.parts.log.write(Write(stream, version, f"late-{version}", "", events))


def more_repealed_than_in_force(office: Office) -> None:
    command = RecordDocuments(
        agency=AGENCY, on=date(YEAR, 5, 6), kind="normative_documents", repealed=3
    )
    events = decide_agency(AgencyState(name="保定市商务局"), command)
    version = office.parts.store.stream_version(f"agency/{AGENCY}")
    office.parts.log.write(Write(f"agency/{AGENCY}", version, "repealed", "", events))


def document(office: Office, result: ReportResult) -> dict[str, Any]:
    """Return the report's JSON from the file store."""
    (file,) = [file for file in result.files if file.name == "report.json"]
    read: dict[str, Any] = json.loads(office.parts.files.get(file.sha256))
    return read


async def latest(office: Office) -> ReportResult | None:
    handle = office.client.get_workflow_handle_for(AnnualReport.run, SLOT)
    return await handle.query(AnnualReport.latest_draft)


async def until_draft(office: Office, wanted: Callable[[ReportResult], bool]) -> ReportResult:
    """Wait until the workflow's own draft is as wanted."""
    with office.environment.auto_time_skipping_disabled():
        async with asyncio.timeout(PATIENCE):
            while (made := await latest(office)) is None or not wanted(made):  # noqa: ASYNC110 - the server has no event
                await asyncio.sleep(0.02)
    return made


async def ended(office: Office) -> None:
    with office.environment.auto_time_skipping_disabled():
        async with asyncio.timeout(PATIENCE):
            await office.request(SLOT).result()


async def start(office: Office, opened_on: date | None = None) -> None:
    """Start the report as the schedule does."""
    await office.client.start_workflow(
        AnnualReport.run,
        ReportStart(agency=AGENCY, year=YEAR, opened_on=opened_on),
        id=SLOT,
        task_queue=TASK_QUEUE,
    )


async def test_submitted_approved_and_published_it_goes_out_as_it_was_submitted(
    office: Office,
) -> None:
    submitted = await step(office, SubmitReport)
    assert submitted.stage == "submitted"
    assert submitted.draft is not None
    approved = await step(office, ApproveReport, by="王局长")
    assert approved.stage == "approved"
    published = await step(office, PublishReport)
    assert published.stage == "published"
    assert published.draft == submitted.draft
    assert office.types(SLOT) == [
        "annual_report_opened",
        "annual_report_submitted",
        "annual_report_approved",
        "annual_report_published",
    ]
    event = office.entries(SLOT)[-1].event
    assert isinstance(event, AnnualReportPublished)
    assert (event.approved_by, event.draft) == ("王局长", submitted.draft)
    await ended(office)


async def test_the_same_step_sent_twice_is_taken_once(office: Office) -> None:
    first = await step(office, SubmitReport, "form-1")
    again = await step(office, SubmitReport, "form-1")
    assert again.already_recorded
    assert again.version == first.version
    assert office.types(SLOT).count("annual_report_submitted") == 1


async def test_steps_out_of_order_are_refused_with_what_comes_first(office: Office) -> None:
    for kind, given in (
        (ReturnReport, {"reason": "核对"}),
        (ApproveReport, {}),
        (PublishReport, {}),
        (AmendReport, {"reason": "更正"}),
    ):
        assert "尚未启动" in (await refusal(office, kind, **given)).message
    assert office.entries(SLOT) == []
    await step(office, SubmitReport)
    assert "请先审核" in (await refusal(office, PublishReport)).message
    assert "没有变化，请等待审核" in (await refusal(office, SubmitReport)).message


async def test_a_returned_draft_is_worked_on_and_submitted_anew(office: Office) -> None:
    await step(office, SubmitReport)
    await step(office, ReturnReport, reason="王小明的申请请核对")
    entry = office.entries(SLOT)[-1]
    assert isinstance(entry.event, AnnualReportReturned)
    assert entry.event.reason is None, "a reason may name people and is sealed"
    revealed: Any = office.parts.log.reveal(entry)
    assert revealed.reason == "王小明的申请请核对"
    assert "请先送审" in (await refusal(office, ApproveReport)).message
    assert (await step(office, SubmitReport)).stage == "submitted"


async def test_what_changed_after_submission_is_named_and_asks_for_another_submission(
    office: Office,
) -> None:
    await step(office, SubmitReport)
    learn(office, count=3)
    said = await refusal(office, ApproveReport)
    assert said.code == "changed_since_submission"
    assert "表二“行政许可”处理决定数量由 0 变为 3" in said.message
    assert "“一、总体情况”文字有改动" in said.message
    again = await step(office, SubmitReport)
    assert again.draft is not None
    assert (await step(office, ApproveReport)).stage == "approved"


async def test_what_changed_after_approval_does_not_go_out_with_it(office: Office) -> None:
    submitted = await step(office, SubmitReport)
    await step(office, ApproveReport)
    learn(office)
    published = await step(office, PublishReport)
    assert published.draft == submitted.draft


async def test_an_error_holds_up_approval_until_a_reason_is_recorded(office: Office) -> None:
    more_repealed_than_in_force(office)
    submitted = await step(office, SubmitReport)
    assert submitted.draft is not None
    assert submitted.draft.errors == 1
    said = await refusal(office, ApproveReport)
    assert (said.code, said.field) == ("errors", "despite")
    assert "现行有效件数为负" in said.message
    await step(office, ApproveReport, despite="年初件数正在核实，另行更正")
    entry = office.entries(SLOT)[-1]
    assert isinstance(entry.event, AnnualReportApproved)
    assert entry.event.errors == 1
    revealed: Any = office.parts.log.reveal(entry)
    assert revealed.despite == "年初件数正在核实，另行更正"
    assert (await step(office, PublishReport)).stage == "published"


async def test_an_approval_of_what_was_overtaken_is_refused_where_it_is_decided(
    office: Office,
) -> None:
    seen = (await step(office, SubmitReport)).version
    returned = await step(office, ReturnReport, reason="补写第五部分", seen=seen)
    again = await step(office, SubmitReport, "form-1", seen=returned.version)
    said = await refusal(office, ApproveReport, seen=seen)
    assert (said.code, said.field) == ("stale", "do")
    assert "在您查看之后已有变化" in said.message
    # Sent twice it is no change of another's.
    assert (await step(office, SubmitReport, "form-1", seen=returned.version)).already_recorded
    assert (await step(office, ApproveReport, seen=again.version)).stage == "approved"


async def test_of_two_who_saw_the_same_report_the_second_is_refused_whoever_is_first(
    office: Office,
) -> None:
    seen = (await step(office, SubmitReport)).version
    steps = (
        step(office, ReturnReport, reason="补写", seen=seen),
        step(office, ApproveReport, seen=seen),
    )
    done = await asyncio.gather(*steps, return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["Refused", "ReportReceipt"]
    assert len(office.types(SLOT)) == seen + 1


async def test_the_slot_that_is_taken_for_whoever_asks_first_is_no_change_to_what_they_saw(
    office: Office,
) -> None:
    submitted = await step(office, SubmitReport, seen=0)
    assert submitted.stage == "submitted"
    assert (await refusal(office, ReturnReport, reason="补写", seen=0)).code == "stale"


async def test_a_step_waits_for_word_of_what_its_sender_has_already_seen(office: Office) -> None:
    seen = (await step(office, SubmitReport)).version
    returned = AnnualReportReturned(on=MONDAY, reason="补写")
    office.parts.log.write(Write(SLOT, seen, "elsewhere", "", [returned]))
    assert (await step(office, SubmitReport, seen=seen + 1)).stage == "submitted"


async def test_a_section_is_not_written_over_a_text_its_writer_has_not_seen(
    office: Office,
) -> None:
    def words(text: str) -> WriteSection:
        return WriteSection(agency=AGENCY, on=MONDAY, year=YEAR, section="problems", text=text)

    async def write(command_id: str, text: str, over: str | None) -> ReportReceipt:
        mark = None if over is None else text_mark(over)
        with office.environment.auto_time_skipping_disabled():
            return await carry_report(
                office.client, office.parts.log, command_id, words(text), seen_text=mark
            )

    await write("text-1", "公开不够及时。", "")
    with pytest.raises(Refused, match="他人修改过这一部分") as refused:
        await write("text-2", "解读不够充分。", "")
    assert (refused.value.code, refused.value.field) == ("stale", "text")
    # Its answer was lost: sent again, it is on record and no change of another's.
    await write("text-1", "公开不够及时。", "")
    await write("text-3", "公开不够及时，解读不够充分。", "公开不够及时。")
    await write("text-4", "由命令行写入。", None)
    assert office.types(f"agency/{AGENCY}").count("section_written") == 3


async def test_a_section_is_not_rewritten_under_review(office: Office) -> None:
    words = WriteSection(
        agency=AGENCY, on=MONDAY, year=YEAR, section="problems", text="公开不够及时。"
    )

    async def write(command_id: str, command: WriteSection = words) -> ReportReceipt:
        with office.environment.auto_time_skipping_disabled():
            return await carry_report(office.client, office.parts.log, command_id, command)

    await step(office, SubmitReport)
    with pytest.raises(Refused, match="修改文字前请先退回"):
        await write("text-1")
    await step(office, ReturnReport, reason="补写第五部分")
    written = await write("text-1")
    assert written.events == ["section_written"]
    assert written.position == office.parts.store.head()
    await write("text-1")
    assert office.types(f"agency/{AGENCY}").count("section_written") == 1
    unknown = words.model_copy(update={"text": "共 {{nonsense}} 件"})
    with pytest.raises(Refused, match="nonsense"):
        await write("text-2", unknown)
    await until_draft(office, lambda made: made.position >= written.position)


async def test_the_draft_follows_what_is_entered_late(office: Office) -> None:
    await start(office)
    first = await until_draft(office, lambda _: True)
    assert first.position == 2
    learn(office, count=4)
    await tell(office.client, [(AGENCY, YEAR)])
    second = await until_draft(office, lambda made: made.position > first.position)
    assert second.content_digest != first.content_digest
    assert second.known_at is not None


async def test_beside_the_worker_open_reports_are_told_of_late_entries_by_themselves(
    office: Office,
) -> None:
    await start(office)
    first = await until_draft(office, lambda _: True)
    async with following_reports(office.parts, office.client, every=0.1):
        await asyncio.sleep(0.3)
        learn(office, count=4)
        second = await until_draft(office, lambda made: made.position > first.position)
    assert document(office, second)["table2"]["permits"] == 4


async def test_what_changes_no_figure_makes_no_new_files(office: Office) -> None:
    await start(office)
    first = await until_draft(office, lambda _: True)
    files = sorted(path for path in office.parts.folder.files.rglob("*") if path.is_file())
    learn(office, on=date(YEAR - 3, 5, 6))
    await tell(office.client, [(AGENCY, YEAR)])
    asked = await draft_now(office)
    assert asked.position > first.position
    assert await latest(office) == asked
    made = sorted(path for path in office.parts.folder.files.rglob("*") if path.is_file())
    assert set(files) < set(made), "only who asks for a draft gets its files made anew"


async def draft_now(office: Office) -> ReportResult:
    with office.environment.auto_time_skipping_disabled():
        return await draft_report(office.client, office.parts.log, AGENCY, YEAR)


async def test_at_the_turn_of_the_year_the_report_of_the_old_year_is_made_and_reminded_of(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    old, slot = MONDAY.year, f"report/{AGENCY}/{MONDAY.year}"
    learn(office, on=date(old, 11, 3), count=5)
    learn(office, on=MONDAY, count=2)
    turn = datetime(old + 1, 1, 1, 0, 30, tzinfo=SHANGHAI)
    await office.pass_until(turn)
    assert office.entries(slot) == []
    await turned(office, turn)
    with office.environment.auto_time_skipping_disabled():
        await until(lambda: office.types(slot) == ["annual_report_opened"])
        made = await draft_report(office.client, office.parts.log, AGENCY, old)
    assert (made.year, document(office, made)["table2"]["permits"]) == (old, 7)
    assert load_report(office.parts.log, AGENCY, old + 1).version == 0
    assert office.entries(slot)[0].event.on == turn.date()

    await office.open_at(date(old + 1, 1, 20))
    assert "due in" not in caplog.text
    await office.open_at(date(old + 1, 1, 21))
    assert caplog.text.count("due in 10 days") == 1
    await office.open_at(date(old + 1, 1, 31), 23)
    assert caplog.text.count("due in") == 2
    assert office.types(slot) == ["annual_report_opened"]
    await office.open_at(date(old + 1, 2, 3))
    missed = office.entries(slot)[-1]
    assert isinstance(missed.event, AnnualReportOverdue)
    assert (missed.event.on, missed.event.due_on) == (date(old + 1, 2, 1), date(old + 1, 1, 31))
    assert missed.command_id == f"expire:publication:{old + 1}-01-31"
    await office.open_at(date(old + 1, 2, 20))
    assert office.types(slot).count("annual_report_overdue") == 1


async def test_a_government_has_until_the_end_of_march(office: Office) -> None:
    below = AgencyRegistered(on=date(2019, 1, 1), name="某区商务局", parent=AGENCY)
    office.parts.log.write(Write("agency/below", 0, "register", "", [below]))
    await start(office, opened_on=date(YEAR + 1, 1, 1))
    with office.environment.auto_time_skipping_disabled():
        await until(lambda: office.types(SLOT) == ["annual_report_opened"])
    opened = office.entries(SLOT)[0].event
    assert isinstance(opened, AnnualReportOpened)
    assert opened.due_on == date(YEAR + 1, 3, 31)


async def test_a_government_of_the_year_it_is_though_all_below_it_moved_away_since(
    office: Office,
) -> None:
    below = AgencyRegistered(on=date(2019, 1, 1), name="某区商务局", parent=AGENCY)
    moved = AgencyMoved(on=date(YEAR + 1, 1, 2), parent="elsewhere")
    office.parts.log.write(Write("agency/below", 0, "register", "", [below, moved]))
    await start(office, opened_on=date(YEAR + 1, 1, 3))
    with office.environment.auto_time_skipping_disabled():
        await until(lambda: office.types(SLOT) == ["annual_report_opened"])
    opened = office.entries(SLOT)[0].event
    assert isinstance(opened, AnnualReportOpened)
    assert opened.due_on == date(YEAR + 1, 3, 31)


async def test_of_a_year_after_its_merger_an_agency_has_no_report_to_miss(office: Office) -> None:
    version = office.parts.store.stream_version(f"agency/{AGENCY}")
    merged = AgencyMerged(on=date(YEAR - 1, 6, 30), into="elsewhere")
    office.parts.log.write(Write(f"agency/{AGENCY}", version, "merge", "", [merged]))
    await start(office, opened_on=date(YEAR + 1, 1, 1))
    await office.pass_until(datetime(YEAR + 1, 4, 1, tzinfo=SHANGHAI))
    await ended(office)
    assert office.types(SLOT) == []
    said = f"该机关已于 {YEAR - 1}-06-30 撤并，没有 {YEAR} 年度报告"
    assert (await refusal(office, SubmitReport)).message == said
    with pytest.raises(Refused, match="撤并"):
        await draft_now(office)


async def test_a_step_sent_straight_to_a_report_that_cannot_be_is_told_why(office: Office) -> None:
    version = office.parts.store.stream_version(f"agency/{AGENCY}")
    merged = AgencyMerged(on=date(YEAR - 1, 6, 30), into="elsewhere")
    office.parts.log.write(Write(f"agency/{AGENCY}", version, "merge", "", [merged]))
    await start(office)
    handle = office.client.get_workflow_handle_for(AnnualReport.run, SLOT)
    with (
        office.environment.auto_time_skipping_disabled(),
        pytest.raises(WorkflowUpdateFailedError) as failed,
    ):
        await handle.execute_update(AnnualReport.draft)
    assert isinstance(failed.value.cause, ActivityError)
    assert "撤并" in str(failed.value.cause.cause)


async def test_an_amendment_that_came_to_nothing_is_withdrawn_and_the_report_ends(
    office: Office,
) -> None:
    await step(office, SubmitReport)
    await step(office, ApproveReport)
    first = await step(office, PublishReport)
    await ended(office)
    learn(office, count=2)
    await step(office, AmendReport, reason="补录行政许可")
    withdrawn = await step(office, WithdrawAmendment, reason="王小明来电，经核实无需更正")
    assert (withdrawn.stage, withdrawn.draft) == ("published", first.draft)
    await ended(office)
    assert (await step(office, AmendReport, reason="仍须补录")).stage == "drafting"


async def test_late_entries_after_publication_leave_it_as_it_was_and_make_the_second_version(
    office: Office,
) -> None:
    await step(office, SubmitReport)
    await step(office, ApproveReport)
    first = await step(office, PublishReport)
    await ended(office)
    assert "没有变化，无需更正" in (await refusal(office, AmendReport, reason="补录")).message
    learn(office, count=2)
    opened = await step(office, AmendReport, reason="补录行政许可")
    assert (opened.stage, opened.draft) == ("drafting", first.draft)
    await step(office, SubmitReport)
    await step(office, ApproveReport)
    second = await step(office, PublishReport)
    assert second.draft is not None
    assert first.draft is not None
    assert (first.draft.version, second.draft.version) == (1, 2)
    assert second.draft.log_position > first.draft.log_position
    versions = [
        entry.event.draft
        for entry in office.entries(SLOT)
        if isinstance(entry.event, AnnualReportPublished)
    ]
    assert versions == [first.draft, second.draft]
    for file in first.draft.files:
        assert office.parts.files.get(file.sha256)
    await ended(office)


async def test_an_open_report_whose_engine_forgot_it_is_started_from_the_log(
    office: Office,
) -> None:
    await step(office, SubmitReport)
    office.parts.projector.catch_up()
    await office.request(SLOT).terminate("the engine's database is lost")
    await tell(office.client, [(AGENCY, YEAR)])
    assert (await step(office, ApproveReport)).stage == "approved"
    assert load_report(office.parts.log, AGENCY, YEAR).version == 3


async def test_open_reports_are_started_when_the_engine_is_brought_up_to_the_log(
    served: Office,
) -> None:
    year = 2024
    slot = f"report/{AGENCY}/{year}"
    await draft_report(served.client, served.parts.log, AGENCY, year)
    await served.client.get_workflow_handle(slot).terminate("the engine's database is lost")
    served.parts.projector.catch_up()
    async with asyncio.timeout(PATIENCE):
        while (await reconcile_reports(served.parts, served.client)).started == 0:  # noqa: ASYNC110 - the server lists it late
            await asyncio.sleep(0.1)
    handle = served.client.get_workflow_handle_for(AnnualReport.run, slot)
    async with asyncio.timeout(PATIENCE):
        while await handle.query(AnnualReport.latest_draft) is None:  # noqa: ASYNC110 - the server has no event
            await asyncio.sleep(0.1)
    assert served.types(slot) == ["annual_report_opened"]
