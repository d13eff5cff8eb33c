"""Whatever is reported, in whatever order: the law's promises hold at every step."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import event as noted
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.commands import (
    Applicant,
    ConfirmReceipt,
    Decide,
    Deliver,
    Expire,
    Extend,
    ReceiveCorrection,
    Register,
    RequestCommand,
    RequestCorrection,
    Withdraw,
)
from disclosure.deadlines import expiries, next_expiry
from disclosure.decider import decide
from disclosure.events import Event
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.refusals import Refused
from disclosure.state import RequestState, Stage, fold
from tests.disclosure.facts import AGENCY, CASE
from tests.disclosure.specification import LAW

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
ANY_DAY = st.dates(FIRST, LAST)
PLACE = {"agency": st.just(AGENCY), "case": st.just(CASE)}


def days_near(state: RequestState) -> st.SearchStrategy[date]:
    """Return days shortly after the last fact, the likely ones, and any day at all."""
    latest = state.latest_on or FIRST
    near = st.integers(0, 30).map(lambda days: min(latest + timedelta(days), LAST))
    return near | near | near | ANY_DAY


def commands(state: RequestState) -> st.SearchStrategy[RequestCommand]:
    """Make any command, sensible here or not."""
    on = days_near(state)
    maybe = st.none() | on
    return st.one_of(
        st.builds(
            Register,
            **PLACE,
            on=on,
            channel=st.sampled_from(
                ["in_person", "registered_mail", "ordinary_mail", "online", "fax", "oral"]
            ),
            applicant=st.builds(Applicant, type=st.sampled_from(ApplicantType)),
            description=st.sampled_from(["公报", " "]),
            signed_on=maybe,
            confirmed_on=maybe,
        ),
        st.builds(ConfirmReceipt, **PLACE, on=on),
        st.builds(
            RequestCorrection,
            **PLACE,
            on=on,
            points=st.just(""),
            due_on=maybe,
            working_days=st.none() | st.integers(-2, 300),
        ),
        st.builds(ReceiveCorrection, **PLACE, on=on, description=st.just("")),
        st.builds(
            Extend,
            **PLACE,
            on=on,
            reason=st.just(""),
            approved_by=st.just(""),
            working_days=st.integers(-1, 22),
        ),
        st.builds(Decide, **PLACE, on=on, outcome=st.sampled_from(Outcome)),
        st.builds(
            Deliver,
            **PLACE,
            on=on,
            method=st.sampled_from(["in_person", "mail", "online", "other"]),
            posted_on=maybe,
            signed_on=maybe,
        ),
        st.builds(Withdraw, **PLACE, on=on),
        st.builds(
            Expire, **PLACE, on=on, what=st.sampled_from(["reminder", "due", "correction"])
        ),
    )


def next_commands(state: RequestState) -> st.SearchStrategy[RequestCommand]:
    """Make the next command: one somebody gives, or a limit that runs out."""
    limits = [
        Expire(agency=AGENCY, case=CASE, on=expiry.on, what=expiry.what)
        for expiry in sorted(expiries(state))
    ]
    given_by_somebody = commands(state)
    return given_by_somebody | st.sampled_from(limits) if limits else given_by_somebody


Promise = Callable[[RequestState, RequestCommand, list[Event] | Refused], None]


def live(data: st.DataObject, promise: Promise) -> list[Event]:
    """Let a request go through up to fifteen commands, looking at each."""
    state, log = RequestState(), list[Event]()
    for _ in range(data.draw(st.integers(1, 15), label="commands")):
        command = data.draw(next_commands(state))
        answer: list[Event] | Refused
        try:
            answer = decide(state, command, LAW)
        except Refused as refusal:
            answer = refusal
        promise(state, command, answer)
        if not isinstance(answer, Refused):
            log += answer
            state = fold(answer, state)
    noted(f"ends {state.stage}")
    noted(f"{len(log)} events")
    assert state == fold(log)
    return log


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_the_state_is_the_fold_of_all_events_and_a_refusal_changes_nothing(
    data: st.DataObject,
) -> None:
    def promise(
        state: RequestState, command: RequestCommand, answer: list[Event] | Refused
    ) -> None:
        if isinstance(answer, Refused):
            assert answer.field == "do" or answer.field in type(command).model_fields
            assert answer.message

    live(data, promise)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_closed_request_never_reopens_keeps_its_result_and_has_no_limits(
    data: st.DataObject,
) -> None:
    def promise(
        state: RequestState, _command: RequestCommand, answer: list[Event] | Refused
    ) -> None:
        if not state.closed:
            return
        assert next_expiry(state) is None
        after = state if isinstance(answer, Refused) else fold(answer, state)
        assert after.stage is Stage.CLOSED
        assert (after.outcome, after.closed_on) == (state.outcome, state.closed_on)

    live(data, promise)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_the_same_command_on_the_same_state_has_the_same_answer(data: st.DataObject) -> None:
    def promise(
        state: RequestState, command: RequestCommand, answer: list[Event] | Refused
    ) -> None:
        try:
            assert decide(state, command, LAW) == answer
        except Refused as refusal:
            assert isinstance(answer, Refused)
            assert (refusal.code, refusal.field) == (answer.code, answer.field)  # noqa: PT017 - a refusal is an answer like another

    live(data, promise)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_no_request_is_closed_before_it_was_received(data: st.DataObject) -> None:
    def promise(
        state: RequestState, _command: RequestCommand, answer: list[Event] | Refused
    ) -> None:
        after = state if isinstance(answer, Refused) else fold(answer, state)
        if after.closed_on is not None and after.received_on is not None:
            assert after.received_on <= after.closed_on

    live(data, promise)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_every_limit_runs_out_by_itself_once_and_then_runs_no_more(data: st.DataObject) -> None:
    def promise(
        state: RequestState, command: RequestCommand, answer: list[Event] | Refused
    ) -> None:
        if isinstance(command, Expire) and not isinstance(answer, Refused):
            running = {(expiry.on, expiry.what) for expiry in expiries(state)}
            assert bool(answer) is ((command.on, command.what) in running)
            assert decide(fold(answer, state), command, LAW) == []

    live(data, promise)
