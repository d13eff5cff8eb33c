"""更正: results and records are put right in the open, and nothing is taken back.

Received on 17 September 2025, answered by 21 October, the 20th working day after it.
"""

from dataclasses import replace

import pytest

from disclosure.amendment_events import RecordCorrected, ResultReclassified
from disclosure.event import Clock
from disclosure.flags import Flag
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.request_commands import RequestCommand
from disclosure.request_events import RequestRegistered
from disclosure.state import RequestState, Stage
from tests.disclosure.facts import (
    ask_correction,
    charge,
    confirm,
    consult,
    correct_record,
    day,
    decide_on,
    deliver,
    expire,
    extend,
    receive_correction,
    reclassify,
    register,
    reopen,
    third_party_reply,
    withdraw,
)
from tests.disclosure.specification import Given, clock, given

OPEN = given(register("2025-09-17"))
ANSWERED = given(register("2025-09-17"), decide_on("2025-10-20", "unable.not_held"))
OBJECTED = given(
    register("2025-09-17"), consult("2025-09-22"), third_party_reply("2025-09-22", "object")
)
BY_WEB = given(register("2025-09-15", "online", confirmed_on="2025-09-17"))
BY_MAIL = given(register("2025-09-15", "registered_mail", signed_on="2025-09-17"))
UNCONFIRMED = given(register("2025-09-15", "online"))

LAPSED = given(
    register("2025-09-17"),
    ask_correction("2025-09-22", due_on="2025-10-10"),
    expire("correction", "2025-10-15"),
)
UNPAID = given(
    register("2025-09-17"),
    charge("2025-09-22", 101, received="2025-09-24"),
    expire("fee", "2025-10-29"),
)
WITHDRAWN = OPEN.when(withdraw("2025-10-13")).after


# ── reclassify ──────────────────────────────────────────────────────────────────────────────────


def test_a_wrong_result_is_replaced_and_the_first_stays_in_the_log() -> None:
    amended = ANSWERED.when(reclassify("2026-01-05", "refused.process_information"))
    amended.then(
        ResultReclassified(
            on=day("2026-01-05"),
            previous=Outcome.NOT_HELD,
            outcome=Outcome.PROCESS_INFORMATION,
            approved_by="科长",
            reason="登记有误",
        )
    )
    assert amended.after.events[:-1] == ANSWERED.events
    assert amended.after.state.outcome is Outcome.PROCESS_INFORMATION
    assert amended.after.state.closed_on == day("2025-10-20")


@pytest.mark.parametrize("closed", [ANSWERED, LAPSED, UNPAID, WITHDRAWN])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_result_can_be_replaced_by_every_other(closed: Given, outcome: Outcome) -> None:
    amended = closed.when(reclassify("2026-01-05", outcome.value))
    if outcome is closed.state.outcome:
        amended.then_refused("unchanged", "outcome")
    else:
        assert amended.after.state.outcome is outcome


def test_a_result_is_replaced_only_where_there_is_one_and_not_before_it_was_given() -> None:
    OPEN.when(reclassify("2025-10-20", "granted")).then_refused("not_closed", "do")
    ANSWERED.when(reclassify("2025-10-19", "granted")).then_refused("impossible_order", "on")


@pytest.mark.parametrize(
    ("before", "outcome", "flag"),
    [
        (OPEN, "not_processed.excessive", Flag.EXCESSIVE_WITHOUT_REASONS),
        (OPEN, "other.correction_lapsed", Flag.LAPSE_WITHOUT_NOTICE),
        (OPEN, "other.fee_lapsed", Flag.FEE_LAPSE_WITHOUT_NOTICE),
        (OPEN, "unable.unclear_after_correction", Flag.UNCLEAR_WITHOUT_CORRECTION),
        (OBJECTED, "granted", Flag.THIRD_PARTY_NOT_NOTIFIED),
    ],
)
def test_a_result_put_right_is_asked_for_what_the_law_asks_before_it_and_no_more(
    before: Given, outcome: str, flag: Flag
) -> None:
    wrong = before.when(decide_on("2025-10-20", "unable.not_held")).after
    assert wrong.state.flags == ()
    right = wrong.when(reclassify("2026-01-05", outcome))
    right.then_flagged(flag)
    back = right.after.when(reclassify("2026-01-06", "unable.not_held"))
    back.then_flagged()
    assert back.after.state.flags == ()


def test_what_a_wrong_result_lacked_is_not_held_against_the_right_one() -> None:
    silent = given(
        register("2025-09-17"),
        consult("2025-09-22"),
        decide_on("2025-10-20", "refused.third_party_rights"),
    )
    assert silent.state.flags == (Flag.REFUSED_OVER_SILENCE,)
    right = silent.when(reclassify("2026-01-05", "unable.not_held")).after
    assert right.state.flags == ()


@pytest.mark.parametrize(
    ("before", "decided", "then"),
    [
        (
            given(register("2025-09-17"), consult("2025-09-22"), third_party_reply("2025-09-22")),
            "granted",
            (Flag.DISCLOSED_WITHOUT_REASON, Flag.THIRD_PARTY_NOT_NOTIFIED),
        ),
        (
            given(register("2025-09-17"), consult("2025-09-22")),
            "refused.third_party_rights",
            (Flag.REFUSED_OVER_SILENCE,),
        ),
    ],
    ids=["granted", "refused"],
)
def test_a_result_replaced_and_put_back_lacks_what_it_lacked(
    before: Given, decided: str, then: tuple[Flag, ...]
) -> None:
    wanting = before.when(decide_on("2025-10-20", decided)).after
    assert set(wanting.state.flags) == set(then)
    there = wanting.when(reclassify("2026-01-05", "partial")).after
    assert there.state.flags == ()
    back = there.when(reclassify("2026-01-06", decided)).after
    assert set(back.state.flags) == set(then)
    anew = back.when(reopen("2026-01-07")).after.when(decide_on("2026-01-08", "partial")).after
    assert Flag.DISCLOSED_WITHOUT_REASON not in anew.state.flags
    assert anew.state.reasoned


# ── in time, or late ────────────────────────────────────────────────────────────────────────────


def same_but_for_flags_order(state: RequestState) -> RequestState:
    return replace(state, flags=tuple(sorted(state.flags)))


@pytest.mark.parametrize("day_of_answer", ["2025-10-21", "2025-10-22"], ids=["in-time", "late"])
@pytest.mark.parametrize("lapse", ["other.correction_lapsed", "other.fee_lapsed"])
@pytest.mark.parametrize("sent", [[], [deliver("2025-10-22")]], ids=["kept", "sent"])
def test_a_result_put_right_is_late_or_in_time_as_if_it_had_been_entered_at_once(
    day_of_answer: str, lapse: str, sent: list[RequestCommand]
) -> None:
    answered = given(register("2025-09-17"), decide_on(day_of_answer), *sent)
    lapsed = given(register("2025-09-17"), decide_on(day_of_answer, lapse), *sent)
    made_answer = lapsed.when(reclassify("2026-01-05", "granted"))
    late = bool(answered.state.flags)
    assert late is (day_of_answer > "2025-10-21" or bool(sent))
    assert same_but_for_flags_order(made_answer.after.state) == answered.state
    made_lapse = answered.when(reclassify("2026-01-05", lapse))
    assert made_lapse.after.state == lapsed.state
    assert made_lapse.after.when(reclassify("2026-01-06", "granted")).after.state == answered.state
    (event,) = made_lapse.happened
    assert isinstance(event, ResultReclassified)
    assert event.lifted == ((Flag.ANSWERED_LATE,) if late else ())


def test_the_day_a_limit_ran_out_is_no_late_answer_and_what_is_sent_then_is_judged() -> None:
    ran_out = given(
        register("2025-09-17"),
        ask_correction("2025-09-22", due_on="2025-10-24"),
        expire("correction", "2025-10-30"),
    )
    for lapsed in (ran_out, UNPAID):
        amended = lapsed.when(reclassify("2025-11-03", "granted"))
        amended.then_flagged()
        assert amended.after.state.answer_due_on is None
        assert not amended.after.state.overdue
        corrected = amended.after.when(correct_record("2025-11-04", "on", "2025-09-16"))
        corrected.then_flagged()
        assert corrected.after.state.answer_due_on is None
        sent = amended.after.when(deliver("2025-11-05"))
        sent.then_flagged(Flag.ANSWERED_LATE)
        assert sent.after.state.answer_due_on == day("2025-10-21")
        back = sent.after.when(reclassify("2025-11-06", lapsed.state.outcome or "")).after.state
        assert (back.answer_due_on, back.overdue, back.flags) == (None, False, ())
        noticed = lapsed.when(deliver("2025-10-30")).after
        noticed.when(reclassify("2025-11-03", "granted")).then_flagged(Flag.ANSWERED_LATE)


def test_what_is_sent_in_time_after_a_lapse_was_put_right_is_in_time() -> None:
    early = given(
        register("2025-09-17"),
        ask_correction("2025-09-18", due_on="2025-09-28"),
        expire("correction", "2025-10-10"),
    )
    amended = early.when(reclassify("2025-10-20", "granted")).after
    amended.when(deliver("2025-10-21")).then_flagged()
    amended.when(deliver("2025-10-22")).then_flagged(Flag.ANSWERED_LATE)


def test_a_withdrawal_put_right_to_a_lapse_and_back_is_a_withdrawal_again() -> None:
    there = WITHDRAWN.when(reclassify("2026-01-05", "other.correction_lapsed")).after
    assert there.state.answer_due_on is None
    back = there.when(reclassify("2026-01-06", "other.other")).after
    assert back.state == WITHDRAWN.state


# ── correct the record ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("request_", "field", "value", "received", "period"),
    [
        (OPEN, "on", "2025-09-16", "2025-09-16", clock("2025-10-20", "2025-10-15")),
        (BY_WEB, "confirmed_on", "2025-09-18", "2025-09-18", clock("2025-10-22", "2025-10-17")),
        (BY_MAIL, "signed_on", "2025-09-19", "2025-09-19", clock("2025-10-23", "2025-10-20")),
        (BY_WEB, "channel", "oral", "2025-09-15", clock("2025-10-17", "2025-10-14")),
        (BY_MAIL, "channel", "in_person", "2025-09-15", clock("2025-10-17", "2025-10-14")),
        (
            UNCONFIRMED,
            "confirmed_on",
            "2025-09-17",
            "2025-09-17",
            clock("2025-10-21", "2025-10-16"),
        ),
    ],
)
def test_the_received_date_and_the_clock_of_an_open_request_follow_the_record(
    request_: Given, field: str, value: str, received: str, period: Clock
) -> None:
    corrected = request_.when(correct_record("2025-10-09", field, value))
    corrected.then(
        RecordCorrected(
            on=day("2025-10-09"),
            field=field,
            value=value,
            received_on=day(received),
            clock=period,
            approved_by="科长",
            reason="登记有误",
        )
    )
    assert corrected.after.state.received_on == day(received)
    assert corrected.after.runs_until == period.due_on


def test_a_channel_that_needs_a_confirmation_nobody_gave_leaves_the_request_unreceived() -> None:
    corrected = OPEN.when(correct_record("2025-10-09", "channel", "online")).after
    assert corrected.state.stage is Stage.AWAITING_RECEIPT
    assert corrected.runs_until is None
    assert corrected.next_limit is None
    corrected.when(confirm("2025-09-18")).then_runs_until("2025-10-22")


def test_a_channel_by_mail_needs_the_day_it_was_signed_for() -> None:
    to_mail = correct_record("2025-10-09", "channel", "registered_mail")
    OPEN.when(to_mail).then_refused("missing", "value")
    signed = OPEN.when(correct_record("2025-10-09", "signed_on", "2025-09-18")).after
    assert signed.state.received_on == day("2025-09-17")
    signed.when(to_mail).then_runs_until("2025-10-22")


def test_the_column_follows_the_record_and_the_clock_does_not_move() -> None:
    for request in (OPEN, ANSWERED):
        corrected = request.when(correct_record("2025-10-20", "applicant.type", "research"))
        corrected.then_flagged()
        assert corrected.after.state.applicant_type is ApplicantType.RESEARCH
        assert corrected.after.runs_until == request.runs_until
        assert corrected.after.state.received_on == day("2025-09-17")


def test_a_received_date_put_right_while_the_period_stands_still_moves_what_is_judged_by_it() -> (
    None
):
    asked = OPEN.when(ask_correction("2025-09-22")).after
    corrected = asked.when(correct_record("2025-09-23", "on", "2025-09-16")).after
    assert corrected.runs_until is None
    corrected.when(decide_on("2025-10-20")).then_flagged()
    corrected.when(decide_on("2025-10-21")).then_flagged(Flag.ANSWERED_LATE)


def test_after_a_restart_a_corrected_received_date_leaves_the_period_where_it_is() -> None:
    restarted = given(
        register("2025-09-17"), ask_correction("2025-09-22"), receive_correction("2025-10-09")
    )
    corrected = restarted.when(correct_record("2025-10-10", "on", "2025-09-16"))
    corrected.then_runs_until("2025-11-05")
    assert corrected.after.state.received_on == day("2025-09-16")


def test_a_closed_request_is_judged_by_the_period_its_right_day_of_receipt_gives() -> None:
    corrected = ANSWERED.when(correct_record("2025-11-03", "on", "2025-09-10")).after
    assert corrected.state.received_on == day("2025-09-10")
    assert corrected.state.clock == clock("2025-10-14", "2025-10-10")
    assert corrected.state.answer_due_on == day("2025-10-14")
    assert corrected.state.closed_on == day("2025-10-20")
    assert corrected.state.overdue
    assert corrected.next_limit is None


@pytest.mark.parametrize(
    "field",
    [
        "applicant.name",
        "applicant.id_number",
        "applicant.phone",
        "applicant.email",
        "applicant.address",
        "description",
        "form",
    ],
)
@pytest.mark.parametrize("request_", [OPEN, ANSWERED], ids=["open", "closed"])
def test_what_identifies_a_person_is_corrected_and_never_stands_in_the_open(
    request_: Given, field: str
) -> None:
    corrected = request_.when(correct_record("2025-10-20", field, "（虚构）乙"))
    (event,) = corrected.happened
    clear, sealed = event.parts()
    assert sealed["personal_value"] == "（虚构）乙"
    assert "虚构" not in str(clear)
    assert corrected.after.runs_until == request_.runs_until


@pytest.mark.parametrize(
    ("field", "value", "code", "named"),
    [
        ("outcome", "granted", "unknown_field", "field"),
        ("received_on", "2025-09-16", "unknown_field", "field"),
        ("channel", "pigeon", "unknown_value", "value"),
        ("applicant.type", "nobody", "unknown_value", "value"),
        ("on", "昨天", "unknown_value", "value"),
        ("on", "2025-02-30", "unknown_value", "value"),
        ("on", "2025-10-10", "in_the_future", "value"),
    ],
)
def test_a_field_or_a_value_that_cannot_be_is_refused(
    field: str, value: str, code: str, named: str
) -> None:
    OPEN.when(correct_record("2025-10-09", field, value)).then_refused(code, named)


def test_a_received_date_that_facts_on_record_contradict_is_refused() -> None:
    extended = OPEN.when(extend("2025-09-22")).after
    assert extended.when(correct_record("2025-10-09", "on", "2025-09-22")).happened
    for request, latest in ((extended, "2025-09-23"), (ANSWERED, "2025-10-21")):
        late = correct_record("2025-11-03", "on", latest)
        request.when(late).then_refused("impossible_order", "value")
    for request, field in ((BY_WEB, "confirmed_on"), (BY_MAIL, "signed_on")):
        early = correct_record("2025-10-09", field, "2025-09-14")
        request.when(early).then_refused("impossible_order", "value")
    ANSWERED.when(correct_record("2025-11-03", "channel", "fax")).then_refused(
        "impossible_order", "value"
    )


def test_an_ending_does_not_precede_a_received_date_put_right() -> None:
    for received_later in (
        OPEN.when(correct_record("2025-10-09", "on", "2025-09-22")).after,
        UNCONFIRMED.when(correct_record("2025-10-09", "confirmed_on", "2025-09-22")).after,
    ):
        for ending in (withdraw("2025-09-19"), decide_on("2025-09-19")):
            received_later.when(ending).then_refused("impossible_order", "on")


def test_the_record_of_a_request_withdrawn_before_receipt_can_be_put_right() -> None:
    withdrawn = UNCONFIRMED.when(withdraw("2025-09-16")).after
    corrected = withdrawn.when(correct_record("2025-10-09", "channel", "fax")).after
    assert corrected.state.channel == "fax"
    assert corrected.state.received_on is None


def test_a_corrected_received_date_takes_the_flag_of_a_late_notice_back_or_puts_it() -> None:
    late = given(
        register("2025-09-01", "online", confirmed_on="2025-09-01"), ask_correction("2025-09-18")
    )
    assert late.events[-1].flags == (Flag.CORRECTION_NOTICE_LATE,)
    (event,) = late.when(correct_record("2025-09-19", "confirmed_on", "2025-09-16")).happened
    assert isinstance(event, RecordCorrected)
    assert (event.flags, event.lifted) == ((), (Flag.CORRECTION_NOTICE_LATE,))
    timely = given(
        register("2025-09-01", "online", confirmed_on="2025-09-16"), ask_correction("2025-09-18")
    )
    timely.when(correct_record("2025-09-19", "confirmed_on", "2025-09-01")).then_flagged(
        Flag.CORRECTION_NOTICE_LATE
    )


def test_a_name_put_right_makes_the_same_applicant_where_only_a_name_is_known() -> None:
    named = {"type": "natural_person", "name": "（虚构）丁"}
    right = given(register("2025-09-17", applicant=named))
    wrong = given(register("2025-09-17"))
    (event,) = wrong.when(correct_record("2025-09-18", "applicant.name", "(虚构)丁 ")).happened
    assert isinstance(event, RecordCorrected)
    (registered,) = right.events
    assert isinstance(registered, RequestRegistered)
    assert event.applicant_ref == registered.applicant_ref


def test_a_name_put_right_changes_nobody_who_is_known_by_a_number() -> None:
    numbered = {"type": "natural_person", "name": "（虚构）甲", "id_number": "00000000000000000x"}
    request = given(register("2025-09-17", applicant=numbered))
    (event,) = request.when(correct_record("2025-09-18", "applicant.name", "（虚构）丁")).happened
    assert isinstance(event, RecordCorrected)
    assert event.applicant_ref is None


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("applicant.type", "natural_person", "unchanged"),
        ("channel", "in_person", "unchanged"),
        ("on", "2025-09-17", "unchanged"),
        ("description", " ", "empty"),
    ],
)
def test_a_correction_that_corrects_nothing_is_refused(field: str, value: str, code: str) -> None:
    given(register("2025-09-17")).when(correct_record("2025-09-18", field, value)).then_refused(
        code, "value"
    )
