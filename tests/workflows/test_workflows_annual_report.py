"""The year-end workflow: one slot a year, figures of one position, publication once."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from temporalio.client import WorkflowFailureError
from temporalio.exceptions import ApplicationError

from disclosure.agency import AgencyState, decide_agency
from disclosure.agency_commands import AgencyCommand, RecordDocuments, WriteSection
from disclosure.agency_events import DocumentsRecorded
from disclosure.event import Event
from disclosure.law import RULE_SET
from disclosure.outcomes import Outcome
from disclosure.refusals import Refused
from disclosure.report_commands import ReleaseReport
from disclosure.report_events import AnnualReportPublished
from disclosure.request_events import RequestDecided
from engine.reports import draft_report, release_report
from records import Write
from reporting.annual_report import AnnualReport as Report
from reporting.annual_report import check_digest
from tests.folding import load_record
from tests.workflows import a_request as facts
from tests.workflows.a_request import AGENCY, MONDAY, STREAM
from tests.workflows.office import PATIENCE, Office
from workflows.annual_report_messages import ReportResult, ReportStart
from workflows.law_in_force import current_law
from workflows.names import TASK_QUEUE
from workflows.turn_of_the_year import TurnOfTheYear, year_before

YEAR = 2025
SLOT = f"report/{AGENCY}/{YEAR}"


async def report(
    office: Office, year: int = YEAR, *, publish: bool = False, approved_by: str = ""
) -> ReportResult:
    """Have the report made, as the command line does."""
    with office.environment.auto_time_skipping_disabled():
        async with asyncio.timeout(PATIENCE):
            if not publish:
                return await draft_report(office.client, office.parts.log, AGENCY, year)
            return await release_report(
                office.client, office.parts.log, f"release:{uuid4()}", release(year, approved_by)
            )


def release(year: int = YEAR, approved_by: str = "") -> ReleaseReport:
    return ReleaseReport(agency=AGENCY, year=year, on=MONDAY, approved_by=approved_by)


async def failure(office: Office, year: int = YEAR, *, publish: bool = False) -> str:
    """Ask for what cannot be; return what is said."""
    with pytest.raises(Refused) as refused:
        await report(office, year, publish=publish)
    return refused.value.message


def document(office: Office, result: ReportResult) -> dict[str, Any]:
    """Return the report's JSON from the file store."""
    (file,) = [file for file in result.files if file.name == "report.json"]
    read: dict[str, Any] = json.loads(office.parts.files.get(file.sha256))
    return read


def published(office: Office) -> list[AnnualReportPublished]:
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


async def test_two_who_ask_at_once_both_get_their_report_and_the_year_one_slot(
    office: Office,
) -> None:
    letting_out, drafting = await asyncio.gather(
        report(office, publish=True, approved_by="李科长"), report(office)
    )
    assert (letting_out.year, drafting.year) == (YEAR, YEAR)
    assert len(published(office)) == 1
    assert office.types(SLOT)[0] == "annual_report_opened"
    assert office.types(SLOT).count("annual_report_opened") == 1


async def test_a_report_of_an_agency_nobody_registered_is_refused_and_starts_nothing(
    office: Office,
) -> None:
    head = office.parts.store.head()
    with pytest.raises(Refused, match="机关尚未登记"):
        await draft_report(office.client, office.parts.log, "nobody", YEAR)
    assert office.parts.store.head() == head


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
    assert (event.version, event.digest) == (1, result.digest)
    assert (event.log_position, event.approved_by) == (result.position, "李科长")
    assert event.on == MONDAY
    assert (event.rule_set, event.calendar) == (RULE_SET, current_law().calendar.version)
    assert office.types(SLOT) == [
        "annual_report_opened",
        "annual_report_submitted",
        "annual_report_approved",
        "annual_report_published",
    ]


async def test_published_unattended_nobody_is_said_to_have_reviewed_it(office: Office) -> None:
    await report(office, publish=True)
    assert office.types(SLOT) == ["annual_report_opened", "annual_report_published"]


async def test_publishing_the_same_again_adds_nothing(office: Office) -> None:
    first = await report(office, publish=True)
    head = office.parts.store.head()
    again = await report(office, publish=True)
    assert office.parts.store.head() == head
    assert again.version == first.version == 1
    assert len(published(office)) == 1


async def test_publishing_the_same_again_gives_the_files_that_were_published(
    office: Office,
) -> None:
    first = await report(office, publish=True)
    answered_in(office, date(2035, 3, 5), date(2035, 3, 6))
    again = await report(office, publish=True)
    assert (again.version, again.position, again.files) == (1, first.position, first.files)
    assert document(office, again)["digest"] == first.digest
    (event,) = published(office)
    assert [(file.name, file.sha256, file.size) for file in event.files] == [
        (file.name, file.sha256, file.size) for file in first.files
    ]


async def test_a_publication_of_an_older_program_names_no_files_and_the_new_ones_are_given(
    office: Office,
) -> None:
    first = await report(office, publish=True)
    (event,) = published(office)
    older = replace(event, files=())
    assert "files" not in older.parts()[0]
    copied = Write(f"report/{AGENCY}/{YEAR}", 2, "older", "", [replace(older, version=2)])
    office.parts.log.write(copied)
    again = await report(office, publish=True)
    assert again.version == 2
    assert {file.name for file in again.files} == {file.name for file in first.files}


async def test_more_repealed_than_ever_in_force_is_reported_as_it_was_entered_with_an_error(
    office: Office,
) -> None:
    record(
        office,
        RecordDocuments(agency=AGENCY, on=date(2025, 5, 6), kind="normative_documents", repealed=3),
    )
    draft = await report(office)
    made = document(office, draft)
    assert made["table2"]["normative_documents"] == {"issued": 0, "repealed": 3, "in_force": -3}
    assert Report.from_json(made).tables.table2.normative_documents.in_force == -3
    (finding,) = made["findings"]
    assert (finding["rule"], finding["severity"], finding["found"]) == ("in_force", "error", -3)
    assert "opening_documents" in finding["message"]
    assert "1 处错误" in await failure(office, publish=True)


async def test_figures_that_fit_no_form_fail_once_and_are_named(office: Office) -> None:
    wrong = DocumentsRecorded(on=date(2025, 5, 6), kind="regulations", issued=-1, repealed=0)
    office.parts.log.write(Write(f"agency/{AGENCY}", 1, "older program", "", [wrong]))
    assert "DocumentCounts.issued" in await failure(office)


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
    head = office.parts.store.head()
    draft = await report(office, MONDAY.year)
    assert draft.year == MONDAY.year
    assert "尚未结束" in await failure(office, MONDAY.year, publish=True)
    assert office.parts.store.head() == head
    with office.environment.auto_time_skipping_disabled():
        async with asyncio.timeout(PATIENCE):
            await office.request(f"report/{AGENCY}/{MONDAY.year}").result()


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


async def test_table_two_comes_from_what_the_agency_recorded(office: Office) -> None:
    record(
        office,
        RecordDocuments(agency=AGENCY, on=date(2025, 5, 6), kind="normative_documents", issued=3),
    )
    tables = document(office, await report(office))["table2"]
    assert tables["normative_documents"] == {"issued": 3, "repealed": 0, "in_force": 3}


async def test_without_a_schedule_the_turn_of_the_year_says_so(office: Office) -> None:
    handle = await office.client.start_workflow(
        TurnOfTheYear.run, ReportStart(agency=AGENCY), id="no-year", task_queue=TASK_QUEUE
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
