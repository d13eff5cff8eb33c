"""The lives that are recorded: each takes one course through the workflows' code."""

import contextlib
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any

from disclosure.addresses import report_stream
from disclosure.agency import AgencyState, decide_agency
from disclosure.agency_commands import AgencyCommand, RecordDecisions, RecordDocuments, WriteSection
from disclosure.proceeding_commands import AppealLawsuit, ConcludeLawsuit, FileLawsuit
from disclosure.refusals import Refused
from disclosure.report_commands import (
    AmendReport,
    ApproveReport,
    PublishReport,
    ReleaseReport,
    ReportCommand,
    ReturnReport,
    SubmitReport,
)
from engine.recovery import nudge, start_from_log
from engine.reports import carry_report, draft_report
from records import Write
from tests.folding import load_record
from tests.replay.rollup_life import rollup
from tests.workflows import a_request as facts
from tests.workflows import matters
from tests.workflows.a_request import AGENCY, MONDAY, NOTE, STREAM
from tests.workflows.office import Office, until
from tests.workflows.turned import turned
from workdays import SHANGHAI
from workflows.annual_report import AnnualReport
from workflows.annual_report_messages import ReportStart
from workflows.law_in_force import current_law
from workflows.names import TASK_QUEUE

Life = Callable[[Office], Awaitable[str]]
"""Live it and return the workflow's id."""

MUCH_LATER = date(2035, 12, 3)


async def full_life(office: Office) -> str:
    """Take every verb while the request is open, one command twice and one in vain."""
    await office.carry(facts.register(channel="online"))
    await office.carry(facts.confirm_receipt(MONDAY))
    await office.carry(facts.request_correction(MONDAY), command_id="correction")
    await office.carry(facts.request_correction(MONDAY), command_id="correction")
    await office.open_at(date(2035, 3, 15))
    await office.carry(facts.receive_correction(date(2035, 3, 15)))
    try:
        await office.carry(facts.extend(date(2035, 3, 15), working_days=21))
    except Refused:
        await office.carry(facts.extend(date(2035, 3, 15)))
    await office.open_at(date(2035, 5, 9))
    await office.carry(facts.decide(date(2035, 5, 9)))
    await office.ended()
    return STREAM


async def correction_lapsed(office: Office) -> str:
    """Ask for a correction that never comes."""
    await office.carry(facts.register())
    await office.carry(facts.request_correction(MONDAY))
    await office.open_at(MUCH_LATER)
    await office.ended()
    return STREAM


async def extension_and_overdue(office: Office) -> str:
    """Extend after the reminder, be reminded again, and answer late."""
    await office.carry(facts.register())
    await office.open_at(date(2035, 3, 29))
    await office.carry(facts.extend(date(2035, 3, 29)))
    await office.open_at(MUCH_LATER)
    await office.carry(facts.decide(MUCH_LATER))
    await office.ended()
    return STREAM


async def conflict_and_catch_up(office: Office) -> str:
    """Meet what others wrote: at a command, and told by a signal."""
    await office.carry(facts.register())
    _written_by_others(office, "import:1")
    await office.carry(facts.extend(MONDAY))
    _written_by_others(office, "import:2")
    await nudge(office.client, STREAM)
    await office.carry(facts.withdraw(MONDAY))
    await office.ended()
    return STREAM


async def started_from_the_log(office: Office) -> str:
    """Take up an imported request whose limits have passed, and answer it."""
    registered = load_record(office.parts.log, STREAM).decide(
        facts.register(date(2025, 9, 17)), current_law()
    )
    office.parts.log.write(Write(STREAM, 0, "import:1", "", registered))
    await start_from_log(office.client, office.parts.log, [STREAM])
    await until(lambda: len(office.types()) == 3)
    await office.carry(facts.decide(MONDAY))
    await office.ended()
    return STREAM


async def entered_late(office: Office) -> str:
    """Enter in one go what happened over a national holiday ten years before."""
    await office.carry(facts.register(date(2025, 9, 17)))
    await until(lambda: len(office.types()) == 3)
    await office.carry(facts.request_correction(date(2025, 9, 22)))
    await office.ended()
    return STREAM


async def everybody_silent(office: Office) -> str:
    """Consult a third party and a co-making agency, demand reasons, and hear of none."""
    await office.carry(facts.register())
    await office.carry(matters.consult_third_party(MONDAY))
    await office.carry(matters.consult_agency(MONDAY))
    await office.carry(matters.demand_reasons(MONDAY, date(2035, 3, 16)))
    await office.open_at(date(2035, 4, 17))
    await office.carry(facts.decide(date(2035, 4, 17)))
    await office.ended()
    return STREAM


async def fee_unpaid_then_reopened(office: Office) -> str:
    """Count items for a fee nobody pays; take the request up again when the payment turns up."""
    await office.carry(facts.register(case="2035-16"))
    await office.carry(facts.register())
    await office.carry(matters.charge_by_items(MONDAY, 12))
    await office.open_at(MUCH_LATER)
    await office.ended()
    await office.carry(matters.reopen(MUCH_LATER))
    await office.carry(matters.pay(date(2035, 3, 30), "300.00"))
    await office.carry(facts.decide(MUCH_LATER))
    await office.ended()
    return STREAM


async def lawsuit_after_reconsideration(office: Office) -> str:
    """Judge, appeal, and judge again; let the time to appeal be used and a limit pass."""
    stream = f"case/{AGENCY}/诉-1"
    said = {"agency": AGENCY, "case": "诉-1"}
    filed = FileLawsuit(**said, on=MONDAY, after_reconsideration=True)
    await office.carry(filed)
    await office.open_at(date(2035, 10, 8))
    await office.carry(ConcludeLawsuit(**said, on=date(2035, 10, 8), result="upheld"))
    await office.carry(AppealLawsuit(**said, on=date(2035, 10, 8)))
    await office.open_at(MUCH_LATER)
    await office.carry(ConcludeLawsuit(**said, on=MUCH_LATER, result="corrected"))
    with office.environment.auto_time_skipping_disabled():
        await office.request(stream).result()
    return stream


async def annual_report(office: Office) -> str:
    """Draft a past year's report and publish it in one go."""
    await _drafted(office, 2025)
    released = ReleaseReport(agency=AGENCY, year=2025, on=MONDAY, approved_by="李科长")
    await _reported(office, released)
    return await _report_ended(office, 2025)


async def annual_report_reviewed(office: Office) -> str:
    """Write, submit, return, write again, submit, and approve despite an error."""
    year = 2034
    said: dict[str, Any] = {"agency": AGENCY, "year": year, "on": MONDAY, "by": "李科长"}
    repealed = RecordDocuments(
        agency=AGENCY, on=date(year, 5, 6), kind="normative_documents", repealed=1
    )
    _recorded(office, repealed)
    await _reported(office, WriteSection(**said, section="problems", text="公开不够及时。"))
    await _reported(office, SubmitReport(**said))
    with contextlib.suppress(Refused):
        await _reported(office, ApproveReport(**said))
    await _reported(office, ReturnReport(**said, reason=NOTE))
    await _reported(office, WriteSection(**said, section="problems", text="公开还不够及时。"))
    await _reported(office, SubmitReport(**said))
    await _reported(office, ApproveReport(**said, despite=NOTE))
    await _reported(office, PublishReport(**said))
    return await _report_ended(office, year)


async def annual_report_overdue(office: Office) -> str:
    """Let the last day to publish pass, learn of it from the log, and publish late."""
    year = 2035
    stream = report_stream(AGENCY, year)
    await office.open_at(date(2036, 1, 28))
    await office.client.start_workflow(
        AnnualReport.run, ReportStart(agency=AGENCY, year=year), id=stream, task_queue=TASK_QUEUE
    )
    with office.environment.auto_time_skipping_disabled():
        await until(lambda: office.types(stream) == ["annual_report_opened"])
    await office.open_at(date(2036, 1, 29))
    _recorded(office, RecordDecisions(agency=AGENCY, on=date(year, 5, 6), kind="permits", count=2))
    await nudge(office.client, stream)
    await office.open_at(date(2036, 2, 2))
    await until(lambda: len(office.types(stream)) == 2)
    released = ReleaseReport(agency=AGENCY, year=year, on=date(2036, 2, 2), approved_by="李科长")
    await _reported(office, released)
    return await _report_ended(office, year)


async def annual_report_amended(office: Office) -> str:
    """Publish, learn of more, and publish the second version."""
    year = 2034
    said: dict[str, Any] = {"agency": AGENCY, "year": year, "on": MONDAY, "by": "李科长"}
    await _reported(office, ReleaseReport(**said, approved_by="李科长"))
    await _report_ended(office, year)
    _recorded(office, RecordDecisions(agency=AGENCY, on=date(year, 5, 6), kind="permits", count=2))
    await _reported(office, AmendReport(**said, reason=NOTE))
    await _reported(office, SubmitReport(**said))
    await _reported(office, ApproveReport(**said))
    await _reported(office, PublishReport(**said))
    return await _report_ended(office, year)


async def turn_of_the_year(office: Office) -> str:
    """Start the report of the old year as the schedule does."""
    await office.open_at(date(2035, 12, 31), 23)
    turn = datetime(2036, 1, 1, 0, 30, tzinfo=SHANGHAI)
    await office.pass_until(turn)
    workflow_id = await turned(office, turn)
    stream = report_stream(AGENCY, 2035)
    with office.environment.auto_time_skipping_disabled():
        await until(lambda: office.types(stream)[:1] == ["annual_report_opened"])
    return workflow_id


async def _drafted(office: Office, year: int) -> None:
    with office.environment.auto_time_skipping_disabled():
        await draft_report(office.client, office.parts.log, AGENCY, year)


async def _reported(office: Office, command: ReportCommand | WriteSection) -> None:
    command_id = f"step-{office.parts.store.head()}"
    with office.environment.auto_time_skipping_disabled():
        await carry_report(office.client, office.parts.log, command_id, command)


async def _report_ended(office: Office, year: int) -> str:
    stream = report_stream(AGENCY, year)
    with office.environment.auto_time_skipping_disabled():
        await office.request(stream).result()
    return stream


def _recorded(office: Office, command: AgencyCommand) -> None:
    stream = f"agency/{AGENCY}"
    version = office.parts.store.stream_version(stream)
    events = decide_agency(AgencyState(name="保定市商务局"), command)
    office.parts.log.write(Write(stream, version, f"form-{version}", "", events))


def _written_by_others(office: Office, command_id: str) -> None:
    record = load_record(office.parts.log, STREAM)
    events = record.decide(facts.extend(MONDAY), current_law())
    office.parts.log.write(Write(STREAM, record.version, command_id, "", events))


LIVES: dict[str, Life] = {
    life.__name__: life
    for life in (
        full_life,
        correction_lapsed,
        extension_and_overdue,
        conflict_and_catch_up,
        started_from_the_log,
        entered_late,
        everybody_silent,
        fee_unpaid_then_reopened,
        lawsuit_after_reconsideration,
        annual_report,
        annual_report_reviewed,
        annual_report_overdue,
        annual_report_amended,
        turn_of_the_year,
        rollup,
    )
}
