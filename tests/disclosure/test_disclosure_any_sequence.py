"""Whatever is reported, in whatever order: the law's promises hold at every step."""

from datetime import date

from hypothesis import event as noted
from hypothesis import given, settings

from disclosure.deadlines import expiries, next_expiry
from disclosure.event import Event
from disclosure.evolution import fold
from disclosure.refusals import Refused
from disclosure.request_commands import Expire, Reclassify, Reopen
from disclosure.state import RequestState, Stage
from tests.disclosure.any_life import LIVES, Life, LimitRunsOut, answer_to, lived
from tests.disclosure.facts import AGENCY, CASE

_MANY = 40
"""More limits than a life of a dozen steps can have."""

whatever_happens = settings(max_examples=200)


@whatever_happens
@given(LIVES)
def test_a_command_is_refused_in_words_about_one_of_its_fields_or_makes_events(life: Life) -> None:
    for moment in lived(life):
        if isinstance(moment.answer, Refused):
            fields = type(moment.command).model_fields
            assert moment.answer.field == "do" or moment.answer.field in fields
            assert moment.answer.message
        else:
            assert all(isinstance(event, Event) for event in moment.answer)


@whatever_happens
@given(LIVES)
def test_the_state_is_the_fold_of_all_events_and_a_refusal_changes_nothing(life: Life) -> None:
    log: list[Event] = []
    after = RequestState()
    for moment in lived(life):
        assert moment.before == fold(log)
        log += moment.events
        after = moment.after
        if isinstance(moment.answer, Refused):
            assert after == moment.before
    assert after == fold(log)
    noted(f"ends {after.stage} after {len(log)} events")


@whatever_happens
@given(LIVES)
def test_a_closed_request_has_no_limits_and_changes_its_result_only_in_the_open(
    life: Life,
) -> None:
    for moment in lived(life):
        if moment.before.closed:
            assert next_expiry(moment.before) is None
            if isinstance(moment.command, Reopen):
                continue
            assert moment.after.stage is Stage.CLOSED
            assert moment.after.closed_on == moment.before.closed_on
            if not isinstance(moment.command, Reclassify):
                assert moment.after.outcome == moment.before.outcome


@whatever_happens
@given(LIVES)
def test_the_same_command_on_the_same_state_has_the_same_answer(life: Life) -> None:
    for moment in lived(life):
        again = answer_to(moment.before, moment.command)
        if isinstance(moment.answer, Refused):
            assert isinstance(again, Refused)
            assert again.args == moment.answer.args
        else:
            assert again == moment.answer


@whatever_happens
@given(LIVES)
def test_no_request_is_received_before_it_was_submitted_or_closed_before_it_was_received(
    life: Life,
) -> None:
    for moment in lived(life):
        state = moment.after
        known = [state.submitted_on, state.received_on, state.closed_on]
        dates: list[date] = [each for each in known if each is not None]
        assert dates == sorted(dates)


@whatever_happens
@given(LIVES)
def test_a_limit_that_runs_has_its_effect_once_and_one_that_does_not_has_none(life: Life) -> None:
    for moment in lived(life):
        if isinstance(moment.command, Expire) and not isinstance(moment.answer, Refused):
            limits = expiries(moment.before)
            runs = moment.command in [limit.command(AGENCY, CASE) for limit in limits]
            assert bool(moment.answer) is runs
            assert answer_to(moment.after, moment.command) == []


@whatever_happens
@given(LIVES)
def test_left_alone_a_request_comes_to_rest(life: Life) -> None:
    state = RequestState()
    for moment in lived(life):
        state = moment.after
    for _ in range(_MANY):
        command = LimitRunsOut(0).after(state)
        if command is not None:
            answer = answer_to(state, command)
            assert not isinstance(answer, Refused)
            state = fold(answer, state)
    assert next_expiry(state) is None
