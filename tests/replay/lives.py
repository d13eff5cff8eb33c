"""The lives that are recorded: each takes one course through the workflows' code."""

from collections.abc import Awaitable, Callable
from datetime import date

from disclosure.proceeding_commands import AppealLawsuit, ConcludeLawsuit, FileLawsuit
from disclosure.refusals import Refused
from engine.commands import load_record
from engine.recovery import nudge, start_from_log
from records import Write
from tests.workflows import a_request as facts
from tests.workflows import matters
from tests.workflows.a_request import AGENCY, MONDAY, STREAM
from tests.workflows.office import Office, until
from workflows.annual_report import AnnualReport
from workflows.law_in_force import current_law
from workflows.messages import ReportStart
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
    """Make a past year's report and publish it."""
    workflow_id = f"report/{AGENCY}/2025"
    handle = await office.client.start_workflow(
        AnnualReport.run,
        ReportStart(agency=AGENCY, year=2025, publish=True, approved_by="李科长"),
        id=workflow_id,
        task_queue=TASK_QUEUE,
    )
    with office.environment.auto_time_skipping_disabled():
        await handle.result()
    return workflow_id


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
    )
}
