"""沉默 and 异议: silence, several parties, disclosure over an objection (条例 Art. 32, 34)."""

import pytest

from disclosure.flags import Flag
from disclosure.matter_events import ConsultationSilent, ThirdPartyNotified
from disclosure.sentences import sentence
from disclosure.state import Stage
from tests.disclosure.facts import (
    CO_MAKER,
    agency_reply,
    consult,
    consult_agency,
    day,
    decide_on,
    notify,
    register,
    third_party_reply,
)
from tests.disclosure.parties import ANOTHER, ASKED, ASKED_AGENCY, only, ref_of, silent
from tests.disclosure.specification import given


def test_the_silence_of_a_third_party_is_neither_consent_nor_refusal() -> None:
    silence = silent(ASKED)
    silence.then(
        ConsultationSilent(on=day("2025-10-18"), kind="third_party", party_ref=ref_of(ASKED))
    )
    assert sentence(only(silence.happened)) == "第三方逾期未答复，由本机关决定是否公开"
    assert silence.after.state.consultations[0].opinion is None
    assert silence.after.state.stage is Stage.IN_PROGRESS
    assert silence.after.runs_until == day("2025-11-11")


def test_after_silence_the_agency_may_disclose_or_withhold_for_reasons_of_its_own() -> None:
    decided = silent(ASKED).after
    decided.when(decide_on("2025-11-11", "granted")).then_flagged()
    decided.when(
        decide_on(
            "2025-11-11", "refused.third_party_rights", grounds="含商业秘密，公开将损害其权益"
        )
    ).then_flagged()


def test_withholding_for_no_other_reason_than_silence_is_flagged() -> None:
    decided = silent(ASKED).after
    for grounds in (None, " "):
        decided.when(
            decide_on("2025-11-11", "refused.third_party_rights", grounds=grounds)
        ).then_flagged(Flag.REFUSED_OVER_SILENCE)


def test_the_silence_of_a_co_making_agency_is_consent() -> None:
    silence = silent(ASKED_AGENCY)
    silence.then(
        ConsultationSilent(on=day("2025-10-18"), kind="agency", party_ref=ref_of(ASKED_AGENCY))
    )
    assert sentence(only(silence.happened)) == "共同制作机关逾期未答复，视为同意公开"
    silence.after.when(decide_on("2025-11-11", "granted")).then_flagged()


def test_silence_is_said_once_and_not_on_the_last_day() -> None:
    silent(ASKED, "2025-10-17").then_nothing()
    silent(silent(ASKED).after).then_nothing()
    silent(ASKED.when(third_party_reply("2025-10-17")).after).then_nothing()


# ── several ─────────────────────────────────────────────────────────────────────────────────────


def test_several_at_once_stop_the_clock_for_the_union_of_their_days() -> None:
    # 22 to 28 September and 24 to 30 September: the 4th to the 10th, 7 days.
    request = given(
        register("2025-09-17"),
        consult("2025-09-22"),
        consult_agency("2025-09-24"),
        third_party_reply("2025-09-28"),
        agency_reply("2025-09-30"),
    )
    assert request.runs_until == day("2025-10-30")


def test_an_answer_inside_anothers_time_does_not_let_the_clock_run() -> None:
    request = given(
        register("2025-09-17"),
        consult("2025-09-22"),
        consult("2025-09-23", party=ANOTHER),
        third_party_reply("2025-09-26", party=ANOTHER),
    )
    assert request.state.stage is Stage.CONSULTING
    assert request.runs_until == day("2025-11-11")


def test_each_of_several_parties_has_its_own_limit_and_its_own_silence() -> None:
    request = ASKED.when(consult("2025-09-24", party=ANOTHER)).after
    one_silent = silent(request, "2025-10-18", which=0).after
    assert [each.silent for each in one_silent.state.consultations] == [True, False]
    limit = one_silent.next_limit
    assert limit is not None
    assert (limit.on, limit.party_ref) == (day("2025-10-22"), ref_of(request, 1))


def test_a_party_is_not_asked_again_while_its_answer_is_awaited() -> None:
    ASKED.when(consult("2025-09-24")).then_refused("already_asked", "party")


def test_a_party_asked_again_after_its_answer_or_its_silence_stops_the_clock_again() -> None:
    answered = ASKED.when(third_party_reply("2025-09-25")).after
    again = answered.when(consult("2025-09-26")).after
    assert again.state.stage is Stage.CONSULTING
    # The 4th to the 6th, then the 8th and the 9th.
    again.when(third_party_reply("2025-09-29")).then_runs_until("2025-10-28")
    after_silence = silent(ASKED).after.when(consult("2025-10-20")).after
    # The 4th to the 18th, then the 20th to the 23rd.
    after_silence.when(third_party_reply("2025-10-24")).then_runs_until("2025-11-17")


# ── over an objection ───────────────────────────────────────────────────────────────────────────

WHY = "不公开会对公共利益造成重大影响"
OBJECTED = ASKED.when(third_party_reply("2025-09-28", "object")).after


def test_an_objection_heard_is_followed_by_a_refusal_or_by_a_letter_that_says_why_not() -> None:
    OBJECTED.when(decide_on("2025-10-09", "refused.third_party_rights")).then_flagged()
    OBJECTED.when(decide_on("2025-10-09", grounds=WHY)).then_flagged(Flag.THIRD_PARTY_NOT_NOTIFIED)
    told = OBJECTED.when(notify("2025-10-09"))
    told.then(
        ThirdPartyNotified(
            on=day("2025-10-09"), party_ref=ref_of(ASKED), content="公开中标价格，涉及公共利益"
        )
    )
    told.after.when(decide_on("2025-10-09", grounds=WHY)).then_flagged()


def test_a_third_party_that_agrees_need_not_be_told() -> None:
    agreed = ASKED.when(third_party_reply("2025-09-28", "agree")).after
    agreed.when(decide_on("2025-10-09")).then_flagged()


def test_of_several_third_parties_each_that_objects_must_be_told() -> None:
    both = OBJECTED.when(consult("2025-09-28", party=ANOTHER)).after
    both = both.when(third_party_reply("2025-09-29", "object", party=ANOTHER)).after
    one_told = both.when(notify("2025-10-09")).after
    one_told.when(decide_on("2025-10-09", grounds=WHY)).then_flagged(Flag.THIRD_PARTY_NOT_NOTIFIED)
    both_told = one_told.when(notify("2025-10-09", party=ANOTHER)).after
    both_told.when(decide_on("2025-10-09", grounds=WHY)).then_flagged()


def test_the_last_word_of_a_third_party_counts() -> None:
    asked_again = OBJECTED.when(consult("2025-09-29")).after
    agreed = asked_again.when(third_party_reply("2025-09-30", "agree")).after
    agreed.when(decide_on("2025-10-09")).then_flagged()
    objected = asked_again.when(third_party_reply("2025-09-30", "object")).after
    objected.when(decide_on("2025-10-09", grounds=WHY)).then_flagged(Flag.THIRD_PARTY_NOT_NOTIFIED)
    objected.when(notify("2025-10-09")).after.when(
        decide_on("2025-10-09", grounds=WHY)
    ).then_flagged()


def test_the_letter_about_what_is_disclosed_may_follow_the_decision_and_lifts_its_flag() -> None:
    disclosed = OBJECTED.when(decide_on("2025-10-09", grounds=WHY)).after
    disclosed.when(notify("2025-10-10")).then(
        ThirdPartyNotified(
            on=day("2025-10-10"),
            party_ref=ref_of(ASKED),
            content="公开中标价格，涉及公共利益",
            lifted=(Flag.THIRD_PARTY_NOT_NOTIFIED,),
        )
    )


def test_one_letter_of_two_lifts_nothing() -> None:
    both = OBJECTED.when(consult("2025-09-28", party=ANOTHER)).after
    both = both.when(third_party_reply("2025-09-29", "object", party=ANOTHER)).after
    disclosed = both.when(decide_on("2025-10-09", grounds=WHY)).after
    (first,) = disclosed.when(notify("2025-10-10")).happened
    assert isinstance(first, ThirdPartyNotified)
    assert first.lifted == ()
    told = disclosed.when(notify("2025-10-10")).after
    (second,) = told.when(notify("2025-10-10", party=ANOTHER)).happened
    assert isinstance(second, ThirdPartyNotified)
    assert second.lifted == (Flag.THIRD_PARTY_NOT_NOTIFIED,)


@pytest.mark.parametrize("opinion", ["object", "partly"])
def test_a_full_disclosure_against_a_third_partys_wish_says_why(opinion: str) -> None:
    told = ASKED.when(third_party_reply("2025-09-28", opinion)).after
    told = told.when(notify("2025-10-09")).after
    told.when(decide_on("2025-10-09")).then_flagged(Flag.DISCLOSED_WITHOUT_REASON)
    told.when(decide_on("2025-10-09", grounds=WHY)).then_flagged()


def test_a_partial_disclosure_may_leave_out_just_what_was_objected_to() -> None:
    OBJECTED.when(decide_on("2025-10-09", "partial")).then_flagged()


def test_only_a_third_party_that_was_asked_is_told() -> None:
    OBJECTED.when(notify("2025-10-09", party=ANOTHER)).then_refused("unknown_party", "party")
    ASKED_AGENCY.when(notify("2025-10-09", party=CO_MAKER)).then_refused("unknown_party", "party")
    OBJECTED.when(notify("2025-09-21")).then_refused("impossible_order", "on")
