"""What can be done now, as data, held against the decider: they must say the same."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.commands import REQUEST_VERBS
from disclosure.decider import decide
from disclosure.flags import Flag
from disclosure.outcomes import Outcome
from disclosure.refusals import Refused
from disclosure.request_commands import RequestCommand
from disclosure.state import RequestState, Stage
from disclosure.steps import STEPS, next_steps
from tests.disclosure.any_life import LIVES, PARTIES, Life, lived
from tests.disclosure.facts import AGENCY, APPLICANT, CASE, ask_correction, day, register
from tests.disclosure.specification import LAW
from tests.disclosure.specification import given as request_after

LATER = st.integers(0, 200).map(timedelta)
"""So many days after the latest fact."""


def a_day(state: RequestState, later: timedelta) -> date:
    """Return a day on which nothing already on record stands in the way."""
    known = [state.submitted_on, state.received_on, state.latest_on, state.closed_on]
    known += [each.received_on or each.sent_on for each in state.consultations]
    # A receipt may be learnt after the answer, but not be of a later day.
    known += [each.answered_on + timedelta(1) for each in state.consultations if each.answered_on]
    known += [state.reasons.demanded_on] if state.reasons else []
    return max((each for each in known if each), default=date(2025, 1, 2)) + later


def suitable(verb: str, state: RequestState, on: date) -> list[RequestCommand]:
    """Say the verb in every way that could suit the state; only its order in time is at issue."""
    other = next(each for each in Outcome if each is not state.outcome and not each.is_lapse)
    owed = state.fee.amount - state.fee.paid if state.fee else "1"
    by_party = [{"party": party} for party in PARTIES]
    approved = {"reason": "登记有误", "approved_by": "科长"}
    fields: dict[str, list[dict[str, Any]]] = {
        "register": [{"channel": "oral", "applicant": APPLICANT, "description": "公报"}],
        "request_correction": [{"points": "不明确"}],
        "receive_correction": [{"description": "2024 年度"}],
        "extend": [{"reason": "检索量大", "approved_by": "办公室"}],
        "consult_third_party": [{"party": "（虚构）从未征询过的一方"}],
        "consult_agency": [{"party": "（虚构）从未征询过的机关"}],
        "party_received": by_party,
        "third_party_reply": [{**each, "opinion": "agree"} for each in by_party],
        "agency_reply": [{**each, "opinion": "同意"} for each in by_party],
        "notify_third_party": [{**each, "content": "理由"} for each in by_party],
        "demand_reasons": [{"facts": "频次", "due_on": on}],
        "receive_reasons": [{"accepted": False}],
        "charge_fee": [{"mode": "pages", "quantity": 31, "notice_received_on": on}],
        "pay_fee": [{"amount": str(owed)}],
        "decide": [{"outcome": Outcome.OTHER}],
        "deliver": [{"method": "other"}],
        "reclassify": [{"outcome": other, **approved}],
        "correct_record": [{"field": "applicant.name", "value": "（虚构）乙", **approved}],
        "reopen": [approved],
        "archive": [{"volume": "甲", "retention_years": 10}],
    }
    return [
        REQUEST_VERBS[verb](agency=AGENCY, case=CASE, on=on, **said)
        for said in fields.get(verb, [{}])
    ]


def flags_of_accepted(verb: str, state: RequestState, on: date) -> set[Flag] | None:
    """Return the flags the decider gives the verb, None where it refuses it every time."""
    accepted: list[set[Flag]] = []
    for command in suitable(verb, state, on):
        try:
            events = decide(state, command, LAW)
        except Refused:
            continue
        accepted.append({flag for event in events for flag in event.flags})
    return min(accepted, key=len) if accepted else None


def test_every_verb_a_person_may_say_has_its_row_with_words_and_article() -> None:
    assert [step.verb for step in STEPS] == list(dict.fromkeys(step.verb for step in STEPS))
    assert {step.verb for step in STEPS} == set(REQUEST_VERBS)
    for step in STEPS:
        assert step.label
        assert "第" in step.article or "号" in step.article


@settings(max_examples=300)
@given(LIVES, LATER)
def test_what_the_table_offers_the_decider_takes_and_nothing_else(
    life: Life, later: timedelta
) -> None:
    state = RequestState()
    for moment in lived(life):
        state = moment.after
    on = a_day(state, later)
    offered = {each.step.verb for each in next_steps(state, on, LAW)}
    taken = {verb for verb in REQUEST_VERBS if flags_of_accepted(verb, state, on) is not None}
    assert offered == taken


@settings(max_examples=300)
@given(LIVES, LATER)
def test_what_the_table_warns_of_the_decider_flags(life: Life, later: timedelta) -> None:
    state = RequestState()
    for moment in lived(life):
        state = moment.after
    on = a_day(state, later)
    for each in next_steps(state, on, LAW):
        flags = flags_of_accepted(each.step.verb, state, on)
        assert flags is not None
        # A reply's lateness is a matter of whose it is, which the table does not ask.
        assert set(each.flags) == flags - {Flag.REPLY_AFTER_LIMIT}


def test_a_request_just_received_may_be_answered_extended_or_sent_back() -> None:
    steps = next_steps(request_after(register("2025-09-17")).state, day("2025-09-18"), LAW)
    verbs = [each.step.verb for each in steps]
    assert verbs[:3] == ["request_correction", "extend", "consult_third_party"]
    assert "decide" in verbs
    assert "deliver" not in verbs
    assert all(each.flags == () for each in steps)


def test_a_second_notice_is_possible_and_warned_of() -> None:
    asked = request_after(register("2025-09-17"), ask_correction("2025-09-18")).state
    assert asked.stage is Stage.AWAITING_CORRECTION
    (notice,) = (
        each
        for each in next_steps(asked, day("2025-09-18"), LAW)
        if each.step.verb == "request_correction"
    )
    assert notice.flags == (Flag.CORRECTION_NOTICE_REPEATED,)
