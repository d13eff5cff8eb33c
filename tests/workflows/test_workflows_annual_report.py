"""The year-end workflow: one slot a year, figures of one position, publication once."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from temporalio.client import WorkflowFailureError
from temporalio.exceptions import ApplicationError

from disclosure.agency import AgencyState, decide_agency
from disclosure.agency_commands import AgencyCommand, RecordDocuments, WriteSection
from disclosure.event import Event
from disclosure.outcomes import Outcome
from disclosure.report_events import AnnualReportPublished
from disclosure.request_events import RequestDecided
from engine.commands import load_record
from records import Write
from reporting.annual_report import check_digest
from tests.workflows import a_request as facts
from tests.workflows.a_request import AGENCY, STREAM
from tests.workflows.office import Office
from workdays import date_in_shanghai
from workflows.annual_report import AnnualReport, year_before
from workflows.law_in_force import current_law
from workflows.messages import ReportResult, ReportStart
from workflows.names import TASK_QUEUE

YEAR = 2025
SLOT = f"report/{AGENCY}/{YEAR}"


async def report(office: Office, year: int = YEAR, **start: Any) -> ReportResult:
    """Run the workflow to its end, as the command line does."""
    handle = await office.client.start_workflow(
        AnnualReport.run,
        ReportStart(agency=start.pop("agency", AGENCY), year=year, **start),
        id=f"report/{AGENCY}/{year}",
        task_queue=TASK_QUEUE,
    )
    with office.environment.auto_time_skipping_disabled():
        return await handle.result()


async def failure(office: Office, year: int = YEAR, **start: Any) -> str:
    """Run the workflow, which must fail for good; return what it says."""
    with pytest.raises(WorkflowFailureError) as failed:
        await report(office, year, **start)
    cause: BaseException | None = failed.value.cause
    while cause is not None and not isinstance(cause, ApplicationError):
        cause = cause.__cause__
    assert cause is not None
    assert cause.non_retryable
    return cause.message


def document(office: Office, result: ReportResult) -> dict[str, Any]:
    """Return the report's JSON from the file store."""
    (file,) = [file for file in result.files if file.name == "report.json"]
    read: dict[str, Any] = json.loads(office.parts.files.get(file.sha256))
    return read


def published(office: Office) -> list[Event]:
    """Return the publications in the year's slot."""
    return [
        entry.event
        for entry in office.entries(SLOT)
        if isinstance(entry.event, AnnualReportPublished)
    ]


def record(office: Office, command: AgencyCommand) -> None:
    """Write a fact about the agency to the log."""
    stream = f"agency/{AGENCY}"
    version = office.parts.store.stream_version(stream)
    events = decide_agency(AgencyState(name="保定市商务局"), command)
    office.parts.log.write(Write(stream, version, f"form-{version}", "", events))


def answered_in(office: Office, received: date, decided: date) -> None:
    """Write a request to the log that was received and decided in the past."""
    office.parts.log.write(Write(STREAM, 0, "import:1", "", _registration(office, received)))
    decision = RequestDecided(on=decided, outcome=Outcome.GRANTED)
    office.parts.log.write(Write(STREAM, 1, "import:2", "", [decision]))


def _registration(office: Office, received: date) -> list[Event]:
    return load_record(office.parts.log, STREAM).decide(facts.register(received), current_law())


async def test_a_report_counts_the_log_up_to_the_position_it_names(office: Office) -> None:
    answered_in(office, date(2025, 9, 17), date(2025, 10, 9))
    draft = await report(office)
    assert (draft.agency, draft.year, draft.version, draft.errors) == (AGENCY, YEAR, 1, 0)
    assert draft.position == office.parts.store.head()
    assert {file.name for file in draft.files} >= {"report.json", "report.docx", "report.html"}

    made = document(office, draft)
    check_digest(made)
    assert made["digest"] == draft.digest
    assert made["log_position"] == draft.position
    assert made["agency"] == "保定市商务局"
    assert made["table3"]["new"]["natural_person"] == 1
    assert made["table3"]["granted"]["total"] == 1
    assert made["table3"]["carried_out"]["total"] == 0


async def test_a_second_run_adds_nothing_and_says_the_same(office: Office) -> None:
    answered_in(office, date(2025, 9, 17), date(2025, 10, 9))
    first = await report(office)
    head = office.parts.store.head()
    second = await report(office)
    assert office.parts.store.head() == head
    assert second == first
    assert office.types(SLOT) == ["annual_report_opened"]


async def test_two_runs_at_once_take_one_slot(office: Office) -> None:
    handles = [
        await office.client.start_workflow(
            AnnualReport.run,
            ReportStart(agency=AGENCY, year=YEAR),
            id=f"run-{n}",
            task_queue=TASK_QUEUE,
        )
        for n in range(2)
    ]
    with office.environment.auto_time_skipping_disabled():
        first, second = [await handle.result() for handle in handles]
    assert first.digest == second.digest
    assert office.types(SLOT) == ["annual_report_opened"]


async def test_what_is_learnt_later_makes_another_report_and_leaves_the_first_as_it_was(
    office: Office,
) -> None:
    first = await report(office)
    before = document(office, first)
    answered_in(office, date(2025, 9, 17), date(2025, 10, 9))
    second = await report(office)
    assert document(office, first) == before
    assert before["table3"]["new"]["total"] == 0
    assert document(office, second)["table3"]["new"]["total"] == 1
    assert second.position > first.position
    assert second.digest != first.digest


async def test_a_report_stands_though_the_projections_have_gone_further(office: Office) -> None:
    first = await report(office)
    answered_in(office, date(2025, 9, 17), date(2025, 10, 9))
    office.parts.projector.catch_up()
    figures = office.parts.figures.at(AGENCY, first.position).of_year(YEAR)
    assert figures.tables.as_json()["table3"] == document(office, first)["table3"]


async def test_publishing_is_recorded_with_the_digest_and_who_let_it_out(office: Office) -> None:
    result = await report(office, publish=True, approved_by="李科长")
    (event,) = published(office)
    assert isinstance(event, AnnualReportPublished)
    assert (event.version, event.digest) == (1, result.digest)
    assert (event.log_position, event.approved_by) == (result.position, "李科长")
    assert event.on == date_in_shanghai(datetime.now(UTC))


async def test_publishing_the_same_again_adds_nothing(office: Office) -> None:
    first = await report(office, publish=True)
    head = office.parts.store.head()
    again = await report(office, publish=True)
    assert office.parts.store.head() == head
    assert again.version == first.version == 1
    assert len(published(office)) == 1


async def test_publishing_other_words_makes_a_second_version(office: Office) -> None:
    await report(office, publish=True)
    section = WriteSection(
        agency=AGENCY, on=date(2026, 1, 9), year=YEAR, section="problems", text="公开内容不够及时。"
    )
    record(office, section)
    second = await report(office, publish=True)
    assert second.version == 2
    assert [getattr(event, "version", None) for event in published(office)] == [1, 2]
    assert document(office, second)["sections"]["problems"] == "公开内容不够及时。"


async def test_while_the_year_runs_there_is_a_draft_but_no_slot_and_no_publication(
    office: Office,
) -> None:
    this_year = date_in_shanghai(datetime.now(UTC)).year
    head = office.parts.store.head()
    draft = await report(office, this_year)
    assert draft.year == this_year
    assert "尚未结束" in await failure(office, this_year, publish=True)
    assert office.parts.store.head() == head


async def test_a_report_with_errors_is_made_and_not_published(office: Office) -> None:
    answered_in(office, received=date(2026, 1, 5), decided=date(2025, 12, 30))
    draft = await report(office)
    assert draft.errors > 0
    assert f"{draft.errors} 处错误" in await failure(office, publish=True)
    assert published(office) == []


async def test_a_section_that_quotes_an_unknown_figure_fails_once_and_names_it(
    office: Office,
) -> None:
    section = WriteSection(
        agency=AGENCY, on=date(2026, 1, 9), year=YEAR, section="overall", text="共 {{nonsense}} 件"
    )
    record(office, section)
    assert "nonsense" in await failure(office)


async def test_a_report_of_an_agency_nobody_registered_fails_once_and_says_why(
    office: Office,
) -> None:
    head = office.parts.store.head()
    assert "没有登记机关“nobody”" in await failure(office, agency="nobody")
    assert office.parts.store.head() == head


async def test_table_two_comes_from_what_the_agency_recorded(office: Office) -> None:
    record(
        office,
        RecordDocuments(agency=AGENCY, on=date(2025, 5, 6), kind="normative_documents", issued=3),
    )
    tables = document(office, await report(office))["table2"]
    assert tables["normative_documents"] == {"issued": 3, "repealed": 0, "in_force": 3}


async def test_without_a_year_and_without_a_schedule_the_report_says_so(office: Office) -> None:
    handle = await office.client.start_workflow(
        AnnualReport.run, ReportStart(agency=AGENCY), id="no-year", task_queue=TASK_QUEUE
    )
    with pytest.raises(WorkflowFailureError) as failed:
        await handle.result()
    assert isinstance(failed.value.cause, ApplicationError)
    assert "未指明报告年度" in failed.value.cause.message


@pytest.mark.parametrize(
    ("scheduled_at", "year"),
    [
        (datetime(2024, 12, 31, 16, 30, tzinfo=UTC), 2024),
        (datetime(2024, 12, 31, 15, 59, tzinfo=UTC), 2023),
        (datetime(2025, 1, 1, 0, 30, tzinfo=UTC), 2024),
        (datetime(2025, 3, 20, 1, 0, tzinfo=UTC), 2024),
    ],
)
def test_the_year_is_the_one_before_the_scheduled_instant_in_shanghai(
    scheduled_at: datetime, year: int
) -> None:
    assert year_before(scheduled_at) == year
