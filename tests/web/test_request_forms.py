"""Forms made from commands: every verb has one, every choice has words, nothing typed gets lost."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.steps import steps_now, why_not
from clearance import CLEARABLE, NEEDS_APPROVAL, duty_of
from disclosure.amendment import PERSONAL_FIELDS
from disclosure.commands import PROCEEDING_VERBS, REQUEST_VERBS
from disclosure.request_commands import Applicant, Deliver, PayFee, Register
from disclosure.state import RequestState, Stage
from disclosure.steps import STEPS
from people import Role
from web.form_reading import READERS, Kind, UnreadableError
from web.forms import FormRefusedError, form_for, typed
from web.pages.request_forms import CORRECTABLE, LABELS, VERBS, verb_form
from workflows.law_in_force import current_law

DAY = date(2026, 3, 2)


@pytest.mark.parametrize("verb", sorted({*REQUEST_VERBS, *PROCEEDING_VERBS}))
def test_every_verb_has_a_form_in_chinese_that_asks_for_no_name_of_an_approver(verb: str) -> None:
    form = verb_form(verb, DAY)
    for field in form.fields:
        assert not field.label.isascii(), field.name
        assert all(not words.isascii() for _, words in field.options), field.name
    names = [field.name for field in form.fields]
    assert not {"approved_by", "by", "agency", "case", "do", "items_before"} & set(names)
    assert (names[0], names[-1]) == ("on", "note")
    assert verb in LABELS


def test_what_a_form_reads_its_command_takes_and_the_form_shows_again() -> None:
    form = form_for(Deliver, leave_out={"agency", "case", "by"})
    said = {"on": "2026-03-02", "method": "mail", "posted_on": "2026/3/2", "note": " 甲\r\n乙 "}
    values = form.read(said)
    assert values == {"on": DAY, "method": "mail", "posted_on": DAY, "note": "甲\n乙"}
    command = Deliver.model_validate({"agency": "a", "case": "1", **values})
    assert form.read(typed(command.model_dump(include=set(values)))) == values


def test_members_of_members_are_asked_for_under_their_whole_name() -> None:
    form = form_for(Register, leave_out={"agency", "case", "by"})
    names = {field.name for field in form.fields}
    assert {f"applicant.{name}" for name in Applicant.model_fields} <= names
    values = form.read(
        {
            "on": "2026-03-02",
            "channel": "fax",
            "description": "方案",
            "applicant.type": "business",
            "applicant.name": "某公司",
        }
    )
    assert values["applicant"] == {"type": "business", "name": "某公司"}


def test_money_is_read_as_it_was_written() -> None:
    form = form_for(PayFee, leave_out={"agency", "case", "by", "on"})
    assert form.read({"amount": "40.10"}) == {"amount": Decimal("40.10")}


def test_every_field_at_fault_is_named_at_once() -> None:
    form = form_for(Deliver, leave_out={"agency", "case", "by"})
    with pytest.raises(FormRefusedError) as refused:
        form.read({"method": "pigeon", "posted_on": "yesterday"})
    assert set(refused.value.errors) == {"on", "method", "posted_on"}


@given(st.sampled_from(Kind), st.text(min_size=1, max_size=40))
def test_whatever_is_typed_is_read_or_refused_in_a_sentence(kind: Kind, text: str) -> None:
    try:
        READERS[kind](text)
    except UnreadableError as refused:
        assert text not in str(refused) or len(text) < 3  # noqa: PT017 - both ways are right


def test_what_can_be_corrected_is_what_the_law_corrects() -> None:
    names = {name for name, _ in CORRECTABLE}
    assert names == PERSONAL_FIELDS | {"channel", "signed_on", "confirmed_on", "applicant.type"}


def test_every_step_that_is_not_possible_has_a_reason() -> None:
    for step in STEPS:
        for day in (None, DAY):
            state = RequestState(submitted_on=DAY, received_on=day)
            assert step.possible(state) or why_not(step, state)
    closed = RequestState(submitted_on=DAY, received_on=DAY, closed_on=DAY, archived=True)
    assert closed.stage is Stage.CLOSED
    shown = {each.step.verb: each.why_not for each in steps_now(closed, DAY, current_law())}
    assert shown["archive"] == "已经归档"
    assert shown["decide"] == "申请已经办结"


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_somebody_to_do_it_and_no_administrator(verb: str) -> None:
    for cleared in (frozenset[str](), frozenset(CLEARABLE)):
        duty = duty_of(verb, cleared)
        hands = duty.does | duty.approves
        assert hands
        assert hands | duty.drafts <= {Role.CASE_WORKER, Role.REVIEWER, Role.DISCLOSURE_HEAD}
        assert Role.CASE_WORKER not in duty.approves


def test_only_the_head_consents_to_an_extension() -> None:
    assert NEEDS_APPROVAL["extend"] == {Role.DISCLOSURE_HEAD}
    assert set(NEEDS_APPROVAL) == {
        verb for verb, model in VERBS.items() if "approved_by" in model.model_fields
    }
