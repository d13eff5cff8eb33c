"""Limits run out by themselves: on the legal date, at the instant, once, and only if they run."""

from datetime import date, datetime, timedelta

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionStatus

from disclosure.request_events import CorrectionLapsed, CorrectionRequested, DueDateNear, Overdue
from projections import CaseRegister
from tests.workflows import a_request as facts
from tests.workflows.a_request import AGENCY, CASE, DUE, MONDAY, STREAM
from tests.workflows.office import Office, until
from workdays import start_of

REMINDER = date(2035, 3, 28)
"""Three working days before DUE."""

MUCH_LATER = date(2035, 12, 3)


async def fired(office: Office) -> list[datetime]:
    """Return the instants at which timers went off, to the second."""
    instants = await office.instants(EventType.EVENT_TYPE_TIMER_FIRED)
    return [instant.replace(microsecond=0) for instant in instants]


async def test_an_unanswered_correction_notice_closes_the_request_on_its_legal_date(
    office: Office,
) -> None:
    await office.carry(facts.register())
    await office.carry(facts.request_correction(MONDAY))
    notice = office.event(CorrectionRequested)
    assert (notice.due_on, notice.lapses_on) == (date(2035, 3, 26), date(2035, 3, 30))

    await office.pass_until(start_of(date(2035, 3, 30)) - timedelta(minutes=1))
    assert await office.status() is WorkflowExecutionStatus.RUNNING
    await office.open_at(MUCH_LATER)
    await office.ended()

    assert office.types() == ["request_registered", "correction_requested", "correction_lapsed"]
    assert office.event(CorrectionLapsed).on == date(2035, 3, 30)
    assert await fired(office) == [start_of(date(2035, 3, 30))]
    assert await office.status() is WorkflowExecutionStatus.COMPLETED


async def test_a_lapse_is_seen_by_register_and_table_three(office: Office) -> None:
    await office.carry(facts.register())
    await office.carry(facts.request_correction(MONDAY))
    await office.open_at(MUCH_LATER)
    await office.ended()

    table = office.parts.figures.at(AGENCY).of_year(2035).tables.table3
    document = table.as_json()
    counted = {row: cells["natural_person"] for row, cells in document.items()}
    assert {row: count for row, count in counted.items() if count} == {
        "new": 1,
        "other.correction_lapsed": 1,
        "total_handled": 1,
    }
    (row,) = office.parts.projector.fold(CaseRegister(), office.parts.store.head()).values()
    assert (row["case_reference"], row["stage"]) == (CASE, "closed")
    assert (row["outcome"], row["closed_on"]) == ("other.correction_lapsed", date(2035, 3, 30))


async def test_the_reminder_comes_before_the_due_date_and_overdue_when_it_is_over(
    office: Office,
) -> None:
    await office.carry(facts.register())
    await office.open_at(MUCH_LATER)
    await office.carry(facts.decide(MUCH_LATER))
    await office.ended()

    assert office.types() == [
        "request_registered",
        "due_date_near",
        "overdue",
        "request_decided",
    ]
    assert office.event(DueDateNear) == DueDateNear(on=REMINDER, due_on=DUE)
    assert office.event(Overdue) == Overdue(on=date(2035, 4, 3), due_on=DUE)
    assert await fired(office) == [start_of(REMINDER), start_of(date(2035, 4, 3))]
    last = office.entries()[-1].event
    assert last.flags == ("answered_late",)


async def test_at_the_last_minute_of_the_due_day_a_request_is_not_overdue(office: Office) -> None:
    await office.carry(facts.register())
    await office.pass_until(start_of(date(2035, 4, 3)) - timedelta(minutes=1))
    await office.carry(facts.decide(DUE))
    await office.open_at(MUCH_LATER)
    await office.ended()
    assert office.types() == ["request_registered", "due_date_near", "request_decided"]
    assert office.entries()[-1].event.flags == ()


async def test_an_extension_moves_the_limit(office: Office) -> None:
    await office.carry(facts.register())
    await office.open_at(date(2035, 3, 20))
    await office.carry(facts.extend(date(2035, 3, 20)))
    await office.open_at(MUCH_LATER)
    await office.carry(facts.decide(MUCH_LATER))
    await office.ended()
    extended = date(2035, 4, 30)
    assert office.event(DueDateNear) == DueDateNear(on=date(2035, 4, 25), due_on=extended)
    assert office.event(Overdue) == Overdue(on=date(2035, 5, 1), due_on=extended)
    assert await fired(office) == [start_of(date(2035, 4, 25)), start_of(date(2035, 5, 1))]


async def test_after_a_reminder_an_extension_brings_another_for_the_new_due_date(
    office: Office,
) -> None:
    await office.carry(facts.register())
    await office.open_at(date(2035, 3, 30))
    await office.carry(facts.extend(date(2035, 3, 30), working_days=5))
    await office.open_at(MUCH_LATER)
    await office.carry(facts.decide(MUCH_LATER))
    await office.ended()
    reminders = [entry.event for entry in office.entries() if entry.event.type == "due_date_near"]
    assert reminders == [
        DueDateNear(on=REMINDER, due_on=DUE),
        DueDateNear(on=date(2035, 4, 4), due_on=date(2035, 4, 9)),
    ]


async def test_while_a_correction_is_awaited_no_answer_is_due(office: Office) -> None:
    await office.carry(facts.register())
    await office.carry(facts.request_correction(MONDAY))
    await office.open_at(date(2035, 3, 29))
    await office.carry(facts.receive_correction(date(2035, 3, 29)))
    assert office.types() == [
        "request_registered",
        "correction_requested",
        "correction_received",
    ]


async def test_a_corrected_text_starts_the_period_anew(office: Office) -> None:
    await office.carry(facts.register())
    await office.carry(facts.request_correction(MONDAY))
    await office.open_at(date(2035, 3, 15))
    await office.carry(facts.receive_correction(date(2035, 3, 15)))
    await office.open_at(MUCH_LATER)
    await office.carry(facts.decide(MUCH_LATER))
    await office.ended()
    assert "correction_lapsed" not in office.types()
    assert office.event(Overdue) == Overdue(on=date(2035, 4, 13), due_on=date(2035, 4, 12))
    assert await fired(office) == [start_of(date(2035, 4, 9)), start_of(date(2035, 4, 13))]


async def test_a_decision_just_before_leaves_nothing_to_run_out(office: Office) -> None:
    await office.carry(facts.register())
    await office.pass_until(start_of(REMINDER) - timedelta(minutes=1))
    await office.carry(facts.decide(date(2035, 3, 27)))
    await office.open_at(MUCH_LATER)
    await office.ended()
    assert office.types() == ["request_registered", "request_decided"]
    assert await fired(office) == []


async def test_without_a_received_date_nothing_runs(office: Office) -> None:
    await office.carry(facts.register(channel="online"))
    await office.open_at(MUCH_LATER)
    await office.carry(facts.confirm_receipt(MUCH_LATER))
    assert office.types() == ["request_registered", "receipt_confirmed"]


async def test_limits_that_had_passed_before_the_registration_run_out_at_once(
    office: Office,
) -> None:
    received = date(2025, 9, 17)
    await office.carry(facts.register(received))
    await until(lambda: len(office.types()) == 3)
    assert office.event(DueDateNear) == DueDateNear(
        on=date(2025, 10, 16), due_on=date(2025, 10, 21)
    )
    assert office.event(Overdue) == Overdue(on=date(2025, 10, 22), due_on=date(2025, 10, 21))


async def test_a_correction_limit_over_the_national_holiday_lapses_on_the_day_the_notice_gives(
    office: Office,
) -> None:
    await office.carry(facts.register(date(2025, 9, 17)))
    await office.carry(facts.request_correction(date(2025, 9, 17)))
    await office.ended()
    assert office.event(CorrectionRequested).due_on == date(2025, 10, 14)
    assert office.event(CorrectionLapsed).on == date(2025, 10, 20)


async def test_a_timer_gives_its_command_the_same_id_whoever_notices_first(
    office: Office,
) -> None:
    await office.carry(facts.register())
    await office.open_at(MUCH_LATER)
    await until(lambda: len(office.types()) == 3)
    assert [entry.command_id for entry in office.entries(STREAM)[1:]] == [
        "expire:reminder:2035-04-02",
        "expire:due:2035-04-02",
    ]
    assert [entry.actor for entry in office.entries()[1:]] == ["", ""]
