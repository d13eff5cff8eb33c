"""征询: who is asked, from when the fifteen working days count, and what an answer does.

条例 Art. 32, 33¶3, 34.
"""

from collections.abc import Callable
from datetime import date

import pytest

from disclosure.flags import Flag
from disclosure.matter_events import (
    AgencyReplied,
    ConsultationReceived,
    ConsultationSent,
    ThirdPartyReplied,
)
from disclosure.request_commands import RequestCommand
from disclosure.state import Stage
from tests.disclosure.facts import (
    CO_MAKER,
    PARTY,
    agency_reply,
    ask_correction,
    consult,
    consult_agency,
    day,
    decide_on,
    party_received,
    receive_correction,
    register,
    third_party_reply,
)
from tests.disclosure.parties import ANOTHER, ASKED, ASKED_AGENCY, RECEIVED, only, ref_of, silent
from tests.disclosure.specification import LAW, Given, clock, given

# ── asking ──────────────────────────────────────────────────────────────────────────────────────


def test_a_letter_to_a_third_party_is_recorded_with_the_days_it_stops_the_clock_for() -> None:
    # Fifteen working days out of twenty that remained: 20 + 15.
    RECEIVED.when(consult("2025-09-22", received_on="2025-09-22")).then(
        ConsultationSent(
            on=day("2025-09-22"),
            kind="third_party",
            party_ref=ref_of(ASKED),
            received_on=day("2025-09-22"),
            ends_on=day("2025-10-17"),
            clock=clock("2025-11-11", "2025-11-06"),
            party=PARTY,
        )
    )


def test_a_letter_to_a_co_making_agency_stops_the_clock_in_the_same_way() -> None:
    event = only(RECEIVED.when(consult_agency("2025-09-22")).happened)
    assert isinstance(event, ConsultationSent)
    assert (event.kind, event.ends_on) == ("agency", day("2025-10-17"))
    assert ASKED_AGENCY.runs_until == day("2025-11-11")


def test_fifteen_working_days_count_from_the_partys_own_receipt_the_clock_from_sending() -> None:
    # Received on the 5th: until the 20th. The 4th to the 20th, 17 days, are left out.
    asked = RECEIVED.when(consult("2025-09-22", received_on="2025-09-24")).after
    assert asked.state.consultations[0].ends_on == day("2025-10-21")
    assert asked.runs_until == day("2025-11-13")


def test_while_someone_is_asked_the_request_is_in_consultation() -> None:
    assert ASKED.state.stage is Stage.CONSULTING
    limit = ASKED.next_limit
    assert limit is not None
    assert (limit.what, limit.on, limit.due_on) == (
        "consultation",
        day("2025-10-18"),
        day("2025-10-17"),
    )


def test_a_party_is_known_by_a_pseudonym_that_its_name_does_not_stand_in() -> None:
    assert PARTY not in ref_of(ASKED)
    same = RECEIVED.when(consult("2025-09-22", party=f" {PARTY} ")).after
    assert ref_of(same) == ref_of(ASKED)


@pytest.mark.parametrize("ask", [consult, consult_agency])
def test_nobody_is_asked_before_the_request_was_received_or_after_it_was_answered(
    ask: Callable[..., RequestCommand],
) -> None:
    RECEIVED.when(ask("2025-09-16")).then_refused("impossible_order", "on")
    given(register("2025-09-17", "fax")).when(ask("2025-09-22")).then_refused("not_received", "do")
    closed = RECEIVED.when(decide_on("2025-09-20")).after
    closed.when(ask("2025-09-22")).then_refused("already_closed", "do")


@pytest.mark.parametrize("party", ["", " ", "　"])
def test_a_letter_to_nobody_is_refused(party: str) -> None:
    RECEIVED.when(consult("2025-09-22", party=party)).then_refused("empty", "party")


def test_a_letter_is_not_received_before_it_is_sent() -> None:
    RECEIVED.when(consult("2025-09-22", received_on="2025-09-21")).then_refused(
        "impossible_order", "received_on"
    )
    ASKED.when(party_received("2025-09-21")).then_refused("impossible_order", "on")


# ── the day of receipt, learnt later ────────────────────────────────────────────────────────────


def test_a_receipt_learnt_later_moves_the_fifteen_working_days() -> None:
    # Received on the 7th: until the 22nd. The 4th to the 22nd, 19 days, are left out.
    ASKED.when(party_received("2025-09-26")).then(
        ConsultationReceived(
            on=day("2025-09-26"),
            party_ref=ref_of(ASKED),
            ends_on=day("2025-10-23"),
            clock=clock("2025-11-17", "2025-11-12"),
        )
    )
    moved = ASKED.when(party_received("2025-09-26")).after
    silent(moved, "2025-10-18").then_nothing()
    assert len(silent(moved, "2025-10-24").happened) == 1


def test_a_receipt_learnt_when_the_days_from_sending_have_run_out_still_gives_fifteen() -> None:
    """Art. 32: from the party's receipt; counting from sending holds while that is unknown."""
    run_out = silent(ASKED).after
    received = run_out.when(party_received("2025-10-10"))
    # Received on the 12th: until the 27th. The 4th to the 27th, 24 days, are left out.
    received.then_runs_until("2025-11-24")
    assert received.after.state.stage is Stage.CONSULTING
    assert len(silent(received.after, "2025-10-31").happened) == 1
    received.after.when(third_party_reply("2025-10-30")).then_flagged()


def test_a_receipt_is_recorded_once_and_only_of_a_party_that_was_asked() -> None:
    ASKED.when(party_received("2025-09-26", party=ANOTHER)).then_refused("unknown_party", "party")
    known = ASKED.when(party_received("2025-09-26")).after
    known.when(party_received("2025-09-27")).then_refused("already_received", "party")


# ── answers ─────────────────────────────────────────────────────────────────────────────────────


def test_the_answer_of_a_third_party_lets_the_clock_run_again() -> None:
    ASKED.when(third_party_reply("2025-09-28")).then(
        ThirdPartyReplied(
            on=day("2025-09-28"),
            party_ref=ref_of(ASKED),
            opinion="object",
            clock=clock("2025-10-28", "2025-10-23"),
            reason="涉及经营信息",
        )
    )
    assert ASKED.when(third_party_reply("2025-09-28")).after.state.stage is Stage.IN_PROGRESS


def test_the_answer_of_a_co_making_agency_lets_the_clock_run_again() -> None:
    ASKED_AGENCY.when(agency_reply("2025-09-28")).then(
        AgencyReplied(
            on=day("2025-09-28"),
            party_ref=ref_of(ASKED_AGENCY),
            clock=clock("2025-10-28", "2025-10-23"),
            opinion="同意公开",
        )
    )


@pytest.mark.parametrize(
    ("asked", "reply"), [(ASKED, third_party_reply), (ASKED_AGENCY, agency_reply)]
)
def test_an_answer_after_the_fifteen_days_is_flagged_and_gives_no_more_than_fifteen(
    asked: Given, reply: Callable[..., RequestCommand]
) -> None:
    asked.when(reply("2025-10-17")).then_flagged()
    late = asked.when(reply("2025-10-20"))
    late.then_flagged(Flag.REPLY_AFTER_LIMIT)
    late.then_runs_until("2025-11-11")
    after_silence = silent(asked).after.when(reply("2025-10-20"))
    after_silence.then_flagged(Flag.REPLY_AFTER_LIMIT)
    after_silence.then_runs_until("2025-11-11")


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        (ASKED, third_party_reply("2025-09-28", party=ANOTHER)),
        (ASKED_AGENCY, agency_reply("2025-09-28", party=ANOTHER)),
        (ASKED_AGENCY, third_party_reply("2025-09-28", party=CO_MAKER)),
        (ASKED, agency_reply("2025-09-28", party=PARTY)),
    ],
)
def test_an_answer_of_someone_who_was_not_asked_in_that_quality_is_refused(
    asked: Given, reply: RequestCommand
) -> None:
    asked.when(reply).then_refused("unknown_party", "party")


def test_nobody_answers_a_letter_before_it_was_received() -> None:
    received = RECEIVED.when(consult("2025-09-22", received_on="2025-09-24")).after
    received.when(third_party_reply("2025-09-23")).then_refused("impossible_order", "on")


def test_an_answer_before_the_letter_or_a_second_one_is_refused() -> None:
    ASKED.when(third_party_reply("2025-09-21")).then_refused("impossible_order", "on")
    answered = ASKED.when(third_party_reply("2025-09-28")).after
    answered.when(third_party_reply("2025-09-29")).then_refused("already_answered", "party")


def test_a_corrected_request_loses_only_the_days_of_consultation_that_follow_it() -> None:
    request = given(
        register("2025-09-17"),
        ask_correction("2025-09-18"),
        consult("2025-09-24"),
        receive_correction("2025-09-28"),
    )
    # Restarted on the 8th; the 9th to the 12th are left out: 8 + 20 + 4.
    request.when(third_party_reply("2025-10-10")).then_runs_until("2025-11-06")


def test_a_consultation_while_a_correction_is_awaited_moves_the_day_an_answer_is_judged_by() -> (
    None
):
    request = given(
        register("2025-09-17"),
        ask_correction("2025-09-18"),
        consult("2025-09-22"),
        third_party_reply("2025-09-28", "agree"),
    )
    assert request.runs_until is None
    request.when(decide_on("2025-10-28")).then_flagged()
    request.when(decide_on("2025-10-29")).then_flagged(Flag.ANSWERED_LATE)


def test_a_receipt_learnt_after_the_answer_shows_that_the_answer_was_in_time() -> None:
    answered = ASKED.when(third_party_reply("2025-10-20")).after
    assert answered.events[-1].flags == (Flag.REPLY_AFTER_LIMIT,)
    learnt = answered.when(party_received("2025-09-24"))
    (event,) = learnt.happened
    assert isinstance(event, ConsultationReceived)
    assert (event.ends_on, event.lifted) == (day("2025-10-21"), (Flag.REPLY_AFTER_LIMIT,))
    # Until 20 October, not only to the 17th: the clock stood one working day longer.
    assert learnt.after.runs_until == following(answered.runs_until)


def test_a_receipt_after_the_answer_cannot_be() -> None:
    answered = ASKED.when(third_party_reply("2025-09-30")).after
    answered.when(party_received("2025-10-09")).then_refused("impossible_order", "on")


def following(due_on: date | None) -> date:
    """Return the next working day."""
    assert due_on is not None
    return LAW.calendar.after(due_on, 1).day
