"""The verbs: which there are, that each is answered, and which of their dates may lie ahead."""

from datetime import date
from operator import attrgetter
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from disclosure.agency import AgencyState, decide_agency
from disclosure.agency_commands import RecordFeeIncome, RegisterAgency
from disclosure.command import Command, refuse_the_future
from disclosure.commands import (
    AGENCY_VERBS,
    REQUEST_VERBS,
    AnyAgencyCommand,
    AnyRequestCommand,
    verb_of,
)
from disclosure.decider import decide
from disclosure.refusals import Refused
from disclosure.request_commands import Expire, RequestCommand
from tests.disclosure.facts import (
    agency_reply,
    archive,
    ask_correction,
    charge,
    confirm,
    consult,
    consult_agency,
    correct_record,
    decide_on,
    deliver,
    demand_reasons,
    expire,
    extend,
    notify,
    party_received,
    pay,
    receive_correction,
    receive_reasons,
    reclassify,
    register,
    reopen,
    said,
    third_party_reply,
    withdraw,
)
from tests.disclosure.specification import LAW, given

TODAY = date(2025, 9, 17)
ONE_OF_EACH: tuple[RequestCommand, ...] = (
    register("2025-09-17"),
    confirm("2025-09-17"),
    ask_correction("2025-09-17"),
    receive_correction("2025-09-17"),
    extend("2025-09-17"),
    decide_on("2025-09-17"),
    deliver("2025-09-17"),
    withdraw("2025-09-17"),
    consult("2025-09-17"),
    party_received("2025-09-17"),
    third_party_reply("2025-09-17"),
    notify("2025-09-17"),
    consult_agency("2025-09-17"),
    agency_reply("2025-09-17"),
    demand_reasons("2025-09-17", "2025-09-30"),
    receive_reasons("2025-09-17"),
    charge("2025-09-17"),
    pay("2025-09-17", "700.00"),
    reclassify("2025-09-17", "granted"),
    correct_record("2025-09-17", "channel", "oral"),
    reopen("2025-09-17"),
    archive("2025-09-17"),
    expire("due", "2025-09-17"),
)


def kinds_of(union: Any) -> set[type[Command]]:
    return set(get_args(get_args(union)[0]))


def test_the_wire_carries_every_verb_a_person_may_say_and_the_timers_own() -> None:
    assert kinds_of(AnyRequestCommand) == {*REQUEST_VERBS.values(), Expire}
    assert kinds_of(AnyAgencyCommand) == set(AGENCY_VERBS.values())


def test_a_timer_is_not_among_the_verbs_a_person_may_say() -> None:
    assert verb_of(Expire) not in REQUEST_VERBS


def test_there_is_an_example_of_every_verb_below() -> None:
    assert {type(command) for command in ONE_OF_EACH} == kinds_of(AnyRequestCommand)


@pytest.mark.parametrize("command", ONE_OF_EACH, ids=attrgetter("do"))
def test_every_verb_is_answered_with_events_or_a_refusal(command: RequestCommand) -> None:
    for request in (given(), given(register("2025-09-17")), given(register("2025-09-17", "fax"))):
        try:
            answer = decide(request.state, command, LAW)
        except Refused as refusal:
            assert refusal.field == "do" or refusal.field in type(command).model_fields  # noqa: PT017 - either answer is right; a refusal must name a field of the verb
        else:
            assert isinstance(answer, list)


@pytest.mark.parametrize("command", ONE_OF_EACH, ids=attrgetter("do"))
def test_a_command_is_the_same_after_a_journey_over_the_wire(command: RequestCommand) -> None:
    wire: TypeAdapter[RequestCommand] = TypeAdapter(AnyRequestCommand)
    assert wire.validate_json(wire.dump_json(command)) == command


@pytest.mark.parametrize("command", ONE_OF_EACH, ids=attrgetter("do"))
def test_a_fact_of_tomorrow_is_refused_and_one_of_today_is_not(command: RequestCommand) -> None:
    refuse_the_future(command, TODAY)
    with pytest.raises(Refused) as refused:
        refuse_the_future(command, date(2025, 9, 16))
    assert (refused.value.code, refused.value.field) == ("in_the_future", "on")


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (register("2025-09-17", "registered_mail", signed_on="2025-09-18"), "signed_on"),
        (register("2025-09-17", "online", confirmed_on="2025-09-18"), "confirmed_on"),
        (deliver("2025-09-17", posted_on="2025-09-18"), "posted_on"),
        (deliver("2025-09-17", signed_on="2025-09-18"), "signed_on"),
        (said(RegisterAgency, "2025-09-17", name="某局", opened_on="2025-09-18"), "opened_on"),
    ],
)
def test_every_date_of_a_fact_counts_not_only_its_own(command: Command, field: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_the_future(command, TODAY)
    assert (refused.value.code, refused.value.field) == ("in_the_future", field)


def test_a_limit_set_by_a_fact_may_lie_ahead() -> None:
    refuse_the_future(ask_correction("2025-09-17", due_on="2025-12-01"), TODAY)


@pytest.mark.parametrize("amount", [12.5, 12, "zwölf"])
def test_money_is_a_decimal_string_and_nothing_else(amount: object) -> None:
    with pytest.raises(ValidationError):
        said(RecordFeeIncome, "2025-09-17", amount_yuan=amount)


def test_what_does_not_fit_a_verb_is_told_without_quoting_it() -> None:
    with pytest.raises(ValidationError) as told:
        register("2025-09-17", applicant={"type": "nobody", "name": "（虚构）甲"})
    assert "虚构" not in str(told.value)


@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_characters_that_are_no_text_are_refused_wherever_they_stand(character: str) -> None:
    broken = f"某{character}人"
    asked = register("2025-09-17", description=broken)
    given().when(asked).then_refused("bad_text", "description")
    named = register("2025-09-17", applicant={"type": "research", "name": broken})
    given().when(named).then_refused("bad_text", "name")
    agency = RegisterAgency(agency="a", on=TODAY, name=broken)
    with pytest.raises(Refused) as refused:
        decide_agency(AgencyState(), agency)
    assert (refused.value.code, refused.value.field) == ("bad_text", "name")
