"""Parties, fees, lapses undone: the limits others have, on a real server whose clock is skipped.

No holiday notice reaches 2035, so a working day is Monday to Friday there.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionStatus

from disclosure.amendment_events import RequestReopened
from disclosure.matter_events import (
    ConsultationSilent,
    FeeCharged,
    FeeLapsed,
    FeePaid,
    ReasonsOverdue,
)
from disclosure.outcomes import Outcome
from disclosure.request_events import CorrectionReceived, Overdue
from disclosure.state import Stage
from tests.folding import load_record
from tests.workflows import a_request as facts
from tests.workflows import matters
from tests.workflows.a_request import AGENCY, DUE, MONDAY, STREAM
from tests.workflows.office import Office
from workdays import start_of

FIFTEENTH = date(2035, 3, 26)
"""MONDAY and fifteen working days."""

THIRTY_FIFTH = date(2035, 4, 23)
"""MONDAY, the fifteen days of a consultation, and twenty to answer."""

MUCH_LATER = date(2035, 12, 3)


async def fired(office: Office) -> list[datetime]:
    """Return the instants at which timers of the latest run went off, to the second."""
    instants = await office.instants(EventType.EVENT_TYPE_TIMER_FIRED)
    return [instant.replace(microsecond=0) for instant in instants]


def table_three(office: Office) -> dict[str, int]:
    """Return the cells of the applicant's column that are not 0, for 2035."""
    table = office.parts.figures.at(AGENCY).of_year(2035).tables.table3.as_json()
    counted = {row: cells["natural_person"] for row, cells in table.items()}
    return {row: count for row, count in counted.items() if count}


async def test_a_silent_third_party_ends_the_pause_and_leaves_the_decision_to_the_agency(
    office: Office,
) -> None:
    await office.carry(facts.register())
    await office.carry(matters.consult_third_party(MONDAY))
    await office.pass_until(start_of(date(2035, 3, 27)) - timedelta(minutes=1))
    assert office.types()[-1] == "consultation_sent"
    await office.open_at(date(2035, 4, 17))

    silent = office.event(ConsultationSilent)
    assert (silent.on, silent.kind) == (date(2035, 3, 27), "third_party")
    assert (await fired(office))[0] == start_of(date(2035, 3, 27))
    state = load_record(office.parts.log, STREAM).state
    assert (state.stage, state.clock and state.clock.due_on) == (Stage.IN_PROGRESS, THIRTY_FIFTH)

    await office.carry(
        facts.decide(date(2035, 4, 17), Outcome.THIRD_PARTY_RIGHTS), command_id="decision"
    )
    await office.ended()
    assert office.entries()[-1].event.flags == ()


async def test_a_co_maker_that_is_silent_consents_and_the_period_runs_on_to_its_end(
    office: Office,
) -> None:
    await office.carry(facts.register())
    await office.carry(matters.consult_agency(MONDAY))
    await office.open_at(MUCH_LATER)

    silent = office.event(ConsultationSilent)
    assert (silent.on, silent.kind) == (date(2035, 3, 27), "agency")
    overdue = office.event(Overdue)
    assert (overdue.on, overdue.due_on) == (date(2035, 4, 24), THIRTY_FIFTH)
    assert (await fired(office))[-1] == start_of(date(2035, 4, 24))


async def test_an_answer_in_time_ends_the_pause_on_its_day(office: Office) -> None:
    await office.carry(facts.register())
    await office.carry(matters.consult_agency(MONDAY))
    await office.open_at(date(2035, 3, 12))
    await office.carry(matters.agency_reply(date(2035, 3, 12)))
    await office.open_at(MUCH_LATER)
    assert office.event(Overdue).due_on == date(2035, 4, 9)
    assert "consultation_silent" not in office.types()


async def test_an_unpaid_fee_closes_the_request_on_its_legal_date(office: Office) -> None:
    await office.carry(facts.register())
    await office.carry(matters.charge_by_pages(MONDAY))
    charged = office.event(FeeCharged)
    assert charged.amount_yuan == Decimal(700)
    assert (charged.due_on, charged.lapses_on) == (DUE, date(2035, 4, 3))
    await office.open_at(MUCH_LATER)
    await office.ended()

    assert office.types() == ["request_registered", "fee_charged", "fee_lapsed"]
    assert office.event(FeeLapsed).on == date(2035, 4, 3)
    assert await fired(office) == [start_of(date(2035, 4, 3))]
    assert table_three(office) == {"new": 1, "other.fee_lapsed": 1, "total_handled": 1}


async def test_a_fee_paid_in_full_starts_the_period_anew(office: Office) -> None:
    await office.carry(facts.register())
    await office.carry(matters.charge_by_pages(MONDAY))
    await office.open_at(date(2035, 3, 12))
    await office.carry(matters.pay(date(2035, 3, 12), "300.00"))
    await office.carry(matters.pay(date(2035, 3, 12), "400.00"))
    paid = [entry.event for entry in office.entries() if isinstance(entry.event, FeePaid)]
    assert [event.clock and event.clock.due_on for event in paid] == [None, date(2035, 4, 9)]
    await office.open_at(MUCH_LATER)
    assert office.event(Overdue).due_on == date(2035, 4, 9)


async def test_a_lapse_that_is_undone_goes_on_and_its_statistics_move_back(
    office: Office,
) -> None:
    await office.carry(facts.register())
    await office.carry(facts.request_correction(MONDAY))
    await office.open_at(date(2035, 4, 10))
    await office.ended()
    assert table_three(office) == {"new": 1, "other.correction_lapsed": 1, "total_handled": 1}

    await office.carry(matters.reopen(date(2035, 4, 10)))
    assert office.event(RequestReopened).voided is Outcome.CORRECTION_LAPSED
    assert await office.status() is WorkflowExecutionStatus.RUNNING
    assert table_three(office) == {"new": 1, "carried_out": 1}

    await office.carry(facts.receive_correction(date(2035, 3, 26)))
    received = office.event(CorrectionReceived)
    assert (received.flags, received.clock and received.clock.due_on) == ((), date(2035, 4, 23))
    await office.carry(facts.decide(date(2035, 4, 10)))
    await office.ended()
    assert table_three(office) == {"new": 1, "granted": 1, "total_handled": 1}


async def test_reasons_that_do_not_come_are_noticed_and_the_period_keeps_running(
    office: Office,
) -> None:
    await office.carry(facts.register())
    await office.carry(matters.demand_reasons(MONDAY, date(2035, 3, 16)))
    await office.open_at(date(2035, 4, 3))
    assert office.event(ReasonsOverdue).on == date(2035, 3, 17)
    assert office.event(Overdue).due_on == DUE


async def test_accepted_reasons_may_set_a_later_day(office: Office) -> None:
    await office.carry(facts.register())
    await office.carry(matters.demand_reasons(MONDAY, date(2035, 3, 16)))
    await office.open_at(date(2035, 3, 14))
    await office.carry(matters.receive_reasons(date(2035, 3, 14), date(2035, 6, 29)))
    await office.open_at(MUCH_LATER)
    assert office.event(Overdue).due_on == date(2035, 6, 29)


async def test_items_are_counted_once_when_the_fee_is_charged_and_stand_in_the_event(
    office: Office,
) -> None:
    await office.carry(facts.register(case="2035-16"))
    await office.carry(facts.register())
    await office.carry(matters.charge_by_items(MONDAY, 12))
    charged = office.event(FeeCharged)
    assert (charged.items_before, charged.quantity) == (1, 12)
    assert charged.amount_yuan == Decimal(300)


async def test_what_may_still_come_after_the_end_takes_the_request_up_again(
    office: Office,
) -> None:
    await office.carry(facts.register())
    await office.carry(facts.decide(MONDAY))
    await office.ended()
    await office.carry(matters.reclassify(MONDAY, Outcome.PARTIAL))
    await office.carry(matters.correct_column(MONDAY, "research"))
    await office.carry(facts.deliver(MONDAY))
    await office.carry(matters.archive(MONDAY))
    await office.ended()
    assert office.types() == [
        "request_registered",
        "request_decided",
        "result_reclassified",
        "record_corrected",
        "reply_delivered",
        "request_archived",
    ]
    table = office.parts.figures.at(AGENCY).of_year(2035).tables.table3.as_json()
    assert table["partial"]["research"] == 1
    assert table["new"] == {**dict.fromkeys(table["new"], 0), "research": 1, "total": 1}


async def test_an_objection_disclosed_over_without_telling_the_third_party_is_flagged(
    office: Office,
) -> None:
    await office.carry(facts.register())
    await office.carry(matters.consult_third_party(MONDAY))
    await office.carry(matters.third_party_objects(MONDAY))
    await office.carry(facts.decide(MONDAY))
    assert office.entries()[-1].event.flags == ("third_party_not_notified",)
    await office.carry(matters.notify_third_party(MONDAY))
    assert office.types()[-1] == "third_party_notified"


async def test_a_limit_that_ran_out_before_the_reopening_starves_none_that_runs_after_it(
    office: Office,
) -> None:
    await office.carry(facts.register())
    await office.carry(facts.request_correction(MONDAY))
    await office.open_at(date(2035, 4, 2))
    await office.ended()
    await office.carry(matters.reclassify(date(2035, 4, 2), Outcome.PARTIAL))
    await office.carry(matters.reopen(date(2035, 4, 2)))
    await office.carry(matters.consult_third_party(date(2035, 4, 2)))
    await office.carry(matters.demand_reasons(date(2035, 4, 2), date(2035, 4, 10)))
    await office.open_at(MUCH_LATER)
    assert office.event(ReasonsOverdue).on == date(2035, 4, 11)
    assert office.event(ConsultationSilent).on == date(2035, 4, 24)
    # 2 April, the fifteen days of the third party, and twenty to answer.
    assert office.event(Overdue).due_on == date(2035, 5, 21)
