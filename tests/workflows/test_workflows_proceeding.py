"""A reconsideration and a lawsuit on a real server, from filing until they are final."""

import asyncio
import dataclasses
from datetime import date
from typing import Any

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Replayer

from disclosure.flags import Flag
from disclosure.outcomes import Outcome
from disclosure.proceeding_commands import (
    AppealLawsuit,
    ConcludeLawsuit,
    ConcludeReconsideration,
    FileLawsuit,
    FileReconsideration,
)
from disclosure.proceeding_events import LawsuitFiled, ProceedingLimitPassed
from disclosure.refusals import Refused
from disclosure.request_commands import Decide
from engine.cases import load_case
from engine.recovery import Reconciled, reconcile, running_requests, start_from_log
from projections import Proceedings
from records import Write
from tests.workflows import a_request
from tests.workflows.a_request import AGENCY, MONDAY
from tests.workflows.awkward_logs import CrowdedLog
from tests.workflows.office import PATIENCE, Office, until
from tests.workflows.servers import strict_sandbox
from vault.codec import data_converter
from worker import running_worker
from workflows.case_records import record_for
from workflows.law_in_force import current_law
from workflows.proceeding import Proceeding

CASE = "复议-1"
STREAM = f"case/{AGENCY}/{CASE}"
COMPLETED = WorkflowExecutionStatus.COMPLETED
RUNNING = WorkflowExecutionStatus.RUNNING
JUDGED = date(2035, 6, 4)
"""A Monday; the fifteenth day after it, the 19th, is a Tuesday."""


def file_reconsideration(on: date = MONDAY, **fields: Any) -> FileReconsideration:
    return FileReconsideration(agency=AGENCY, **{"case": CASE, "on": on, **fields})


def conclude_reconsideration(on: date) -> ConcludeReconsideration:
    return ConcludeReconsideration(agency=AGENCY, case=CASE, on=on, result="corrected")


def file_lawsuit(on: date = MONDAY, **fields: Any) -> FileLawsuit:
    given = {"case": CASE, "on": on, "after_reconsideration": False, **fields}
    return FileLawsuit(agency=AGENCY, **given)


def appeal(on: date) -> AppealLawsuit:
    return AppealLawsuit(agency=AGENCY, case=CASE, on=on)


def conclude_lawsuit(on: date, **fields: Any) -> ConcludeLawsuit:
    return ConcludeLawsuit(agency=AGENCY, on=on, **{"case": CASE, "result": "upheld", **fields})


async def status(office: Office, stream: str = STREAM) -> WorkflowExecutionStatus | None:
    """Return how the proceeding's latest run stands."""
    return (await office.request(stream).describe()).status


async def ended(office: Office) -> None:
    """Return when the proceeding's workflow has ended by itself, without moving the clock."""
    with office.environment.auto_time_skipping_disabled():
        async with asyncio.timeout(PATIENCE):
            await office.request(STREAM).result()


def passed(office: Office) -> list[tuple[date, str]]:
    """Return the limits that are on record as passed."""
    return [
        (entry.event.on, entry.event.what)
        for entry in office.entries(STREAM)
        if isinstance(entry.event, ProceedingLimitPassed)
    ]


def row(office: Office) -> dict[str, Any]:
    """Return the proceeding's row of the register."""
    (found,) = office.parts.projector.fold(Proceedings(), office.parts.store.head()).values()
    return dict(found)


def written(office: Office, stream: str, *commands: Any) -> None:
    """Write to the log as an import does."""
    log = office.parts.log
    for n, command in enumerate(commands):
        record = load_case(log, stream) or record_for(command)
        events = record.decide(command, current_law())
        log.write(Write(stream, record.version, f"import:{n}", "", events))


async def refusal(office: Office, command: Any) -> tuple[str, str]:
    """Carry what must be refused; return code and field."""
    with pytest.raises(Refused) as refused:
        await office.carry(command)
    return refused.value.code, refused.value.field


async def test_a_reconsideration_runs_over_its_limit_is_concluded_and_becomes_final(
    office: Office,
) -> None:
    await office.carry(file_reconsideration())
    await office.open_at(date(2035, 5, 5))
    await until(lambda: passed(office) == [(date(2035, 5, 5), "decision")])
    assert row(office)["overdue"]

    await office.open_at(date(2035, 5, 14))
    receipt = await office.carry(conclude_reconsideration(date(2035, 5, 14)))
    assert (receipt.version, receipt.events) == (3, ["reconsideration_concluded"])
    assert await status(office) is RUNNING
    await office.open_at(date(2035, 5, 31))
    await ended(office)

    # Fifteen days after the 14th is the 29th, a Tuesday.
    assert passed(office)[1:] == [(date(2035, 5, 30), "suing")]
    assert await status(office) is COMPLETED
    assert row(office)["stage"] == "final"
    tables = office.parts.figures.at(AGENCY).of_year(2035).tables
    assert dataclasses.astuple(tables.table4.reconsideration) == (0, 1, 0, 0, 1)


async def test_an_appeal_keeps_a_lawsuit_pending_until_the_second_instance_ends_it(
    office: Office,
) -> None:
    await office.carry(file_lawsuit())
    await office.open_at(JUDGED)
    await office.carry(conclude_lawsuit(JUDGED))
    await office.open_at(date(2035, 6, 19))
    await office.carry(appeal(date(2035, 6, 19)))
    await office.open_at(date(2035, 7, 2))
    assert await status(office) is RUNNING
    assert passed(office) == []
    direct = office.parts.figures.at(AGENCY).of_year(2035).tables.table4.litigation_direct
    assert (direct.upheld, direct.pending, direct.total) == (0, 1, 1)

    await office.carry(conclude_lawsuit(date(2035, 7, 2), result="other"))
    await ended(office)
    assert office.types(STREAM) == [
        "lawsuit_filed",
        "lawsuit_concluded",
        "lawsuit_appealed",
        "lawsuit_concluded",
    ]
    direct = office.parts.figures.at(AGENCY).of_year(2035).tables.table4.litigation_direct
    assert (direct.other, direct.pending, direct.total) == (1, 0, 1)


async def test_an_appeal_that_comes_late_takes_a_final_lawsuit_up_again_and_is_flagged(
    office: Office,
) -> None:
    await office.carry(file_lawsuit())
    await office.open_at(JUDGED)
    await office.carry(conclude_lawsuit(JUDGED))
    await office.open_at(date(2035, 6, 25))
    await ended(office)
    assert passed(office) == [(date(2035, 6, 20), "appeal")]

    await office.carry(appeal(date(2035, 6, 25)))
    assert await status(office) is RUNNING
    assert office.entries(STREAM)[-1].event.flags == (Flag.APPEAL_LATE,)
    await office.open_at(date(2035, 10, 1))
    await until(lambda: len(passed(office)) == 2)
    # Three months after the 25th of June.
    assert passed(office)[1:] == [(date(2035, 9, 26), "second_judgment")]
    assert await status(office) is RUNNING


async def test_a_command_sent_again_is_carried_out_once(office: Office) -> None:
    first = await office.carry(file_lawsuit(), "one")
    again = await office.carry(file_lawsuit(), "one")
    assert (first.already_recorded, again.already_recorded) == (False, True)
    assert office.types(STREAM) == ["lawsuit_filed"]


async def test_what_was_imported_is_taken_up_from_the_log_and_its_passed_limit_fires_at_once(
    office: Office,
) -> None:
    written(office, STREAM, file_reconsideration(date(2025, 3, 3)))
    handled = await start_from_log(office.client, office.parts.log, [STREAM])
    assert handled.started == 1
    await until(lambda: passed(office) == [(date(2025, 5, 7), "decision")])
    await office.carry(conclude_reconsideration(date(2025, 5, 20)))
    await ended(office)
    assert passed(office)[1:] == [(date(2025, 6, 5), "suing")]
    assert [entry.command_id for entry in office.entries(STREAM)][1::2] == [
        "expire:decision:2025-05-06",
        "expire:suing:2025-06-04",
    ]


async def test_every_open_case_gets_the_workflow_of_its_kind_and_final_ones_none(
    served: Office,
) -> None:
    today = date(2026, 1, 5)
    request, pending = f"case/{AGENCY}/1", f"case/{AGENCY}/2"
    written(served, request, a_request.register(today, case="1"))
    written(served, pending, file_lawsuit(today, case="2"))
    final = f"case/{AGENCY}/3"
    written(
        served,
        final,
        file_lawsuit(date(2025, 3, 3), case="3"),
        conclude_lawsuit(date(2025, 6, 3), case="3"),
        AppealLawsuit(agency=AGENCY, case="3", on=date(2025, 6, 10)),
        conclude_lawsuit(date(2025, 7, 3), case="3"),
    )
    parts = served.parts
    found = await reconcile(served.client, parts.log, parts.projector, parts.engine)
    assert found == Reconciled(open=2, running=0, started=2, nudged=0)
    types = [
        (await served.request(stream).describe()).workflow_type for stream in (request, pending)
    ]
    assert types == ["DisclosureRequest", "Proceeding"]
    with pytest.raises(RPCError) as unknown:
        await served.request(final).describe()
    assert unknown.value.status is RPCStatusCode.NOT_FOUND

    async with asyncio.timeout(PATIENCE):
        while {name async for name in running_requests(served.client)} != {request, pending}:  # noqa: ASYNC110 - the list lags behind
            await asyncio.sleep(0.05)
    again = await reconcile(served.client, parts.log, parts.projector, parts.engine)
    assert again == Reconciled(open=2, running=2, started=0, nudged=0)


async def test_a_reference_stands_for_one_case_of_one_kind(office: Office) -> None:
    await office.carry(file_reconsideration())
    taken = a_request.register(MONDAY, case=CASE)
    assert await refusal(office, taken) == ("duplicate_case", "case")
    decision = Decide(agency=AGENCY, case=CASE, on=MONDAY, outcome=Outcome.GRANTED)
    assert await refusal(office, decision) == ("wrong_kind", "do")

    await office.carry(a_request.register())
    for command, answer in (
        (file_lawsuit(case=a_request.CASE), ("duplicate_case", "case")),
        (conclude_lawsuit(MONDAY, case=a_request.CASE), ("wrong_kind", "do")),
    ):
        assert await refusal(office, command) == answer
    # Closed, its workflow gone, it is still a request.
    await office.carry(a_request.decide(MONDAY))
    await office.ended()
    assert await refusal(office, file_lawsuit(case=a_request.CASE)) == ("duplicate_case", "case")
    assert office.types(STREAM) == ["reconsideration_filed"]
    assert office.types() == ["request_registered", "request_decided"]


async def test_a_proceeding_names_a_request_that_is_on_record(office: Office) -> None:
    unknown = file_lawsuit(request="2035-17")
    assert await refusal(office, unknown) == ("unknown_case", "request")
    await office.carry(a_request.register(case="2035-17"))
    await office.carry(unknown)
    filed = office.entries(STREAM)[0].event
    assert isinstance(filed, LawsuitFiled)
    assert filed.request == "2035-17"
    another = file_lawsuit(case="诉-2", request=CASE)
    assert await refusal(office, another) == ("unknown_case", "request")


async def test_what_cannot_begin_starts_no_workflow_and_leaves_the_reference_free(
    office: Office,
) -> None:
    assert await refusal(office, appeal(MONDAY)) == ("unknown_case", "case")
    assert await refusal(office, file_lawsuit(request="没有")) == ("unknown_case", "request")
    with pytest.raises(RPCError) as unknown:
        await status(office)
    assert unknown.value.status is RPCStatusCode.NOT_FOUND
    await office.carry(a_request.register(MONDAY, case=CASE))


async def test_a_reference_that_others_took_meanwhile_is_not_written_to(desk: Office) -> None:
    def registered() -> None:
        written(desk, STREAM, a_request.register(MONDAY, case=CASE))

    crowded = CrowdedLog(desk.parts, [registered])
    async with running_worker(dataclasses.replace(desk.parts, log=crowded), desk.client):
        assert await refusal(desk, file_lawsuit()) == ("duplicate_case", "case")
    assert desk.types(STREAM) == ["request_registered"]


async def test_a_proceedings_history_replays(office: Office) -> None:
    await office.carry(file_lawsuit())
    await office.open_at(JUDGED)
    await office.carry(conclude_lawsuit(JUDGED))
    await office.carry(appeal(JUDGED))
    await office.open_at(date(2035, 9, 5))
    await office.carry(conclude_lawsuit(date(2035, 9, 5)))
    await ended(office)
    assert len(passed(office)) == 1
    replayer = Replayer(
        workflows=[Proceeding],
        data_converter=data_converter(office.parts.keyring),
        workflow_runner=strict_sandbox(),
    )
    await replayer.replay_workflow(await office.request(STREAM).fetch_history())


async def test_a_ruling_has_its_own_time_to_appeal_and_is_final_when_that_has_passed(
    office: Office,
) -> None:
    await office.carry(file_lawsuit())
    ruled = {"result": "other", "outcome_detail": "驳回起诉"}
    await office.open_at(JUDGED)
    await office.carry(ConcludeLawsuit(agency=AGENCY, case=CASE, on=JUDGED, **ruled))
    await office.open_at(date(2035, 6, 16))
    passed = [entry.event for entry in office.entries(STREAM)][-1]
    assert isinstance(passed, ProceedingLimitPassed)
    assert (passed.what, passed.due_on) == ("ruling_appeal", date(2035, 6, 14))
    with office.environment.auto_time_skipping_disabled():
        async with asyncio.timeout(PATIENCE):
            await office.request(STREAM).result()
