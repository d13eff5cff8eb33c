"""行政复议、行政诉讼: filed, concluded, appealed once, concluded anew; and what cannot be."""

from typing import get_args

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from pydantic import TypeAdapter

from disclosure.case_kinds import BEGINNINGS, of_another_kind
from disclosure.commands import (
    AGENCY_VERBS,
    PROCEEDING_VERBS,
    REQUEST_VERBS,
    AnyCaseCommand,
    AnyProceedingCommand,
    CaseCommand,
    verb_of,
)
from disclosure.event import Event
from disclosure.events import PROCEEDING_EVENTS
from disclosure.flags import Flag
from disclosure.proceeding_commands import ExpireProceeding, ProceedingCommand
from disclosure.proceeding_events import (
    LawsuitAppealed,
    LawsuitConcluded,
    LawsuitFiled,
    ReconsiderationConcluded,
    ReconsiderationFiled,
)
from disclosure.proceeding_results import RESULTS_OF_DECISIONS, ProceedingKind
from disclosure.proceeding_state import ProceedingStage, ProceedingState, evolve_proceeding
from disclosure.proceedings import request_of
from tests.disclosure import facts
from tests.disclosure.facts import AGENCY, day
from tests.disclosure.invented_events import events
from tests.disclosure.proceeding_specification import (
    appeal,
    conclude_lawsuit,
    conclude_reconsideration,
    expire,
    file_lawsuit,
    file_reconsideration,
    given,
    limit,
    said,
)

ONE_OF_EACH: tuple[ProceedingCommand, ...] = (
    file_reconsideration("2025-03-03", "2025-001"),
    conclude_reconsideration("2025-03-03", "other", "调解"),
    file_lawsuit("2025-03-03", after=True),
    appeal("2025-03-03"),
    conclude_lawsuit("2025-03-03"),
    expire("decision", "2025-03-03"),
)


def test_a_reconsideration_is_accepted_about_a_request_and_concluded() -> None:
    accepted = given().when(file_reconsideration("2025-03-03", "2025-001"))
    accepted.then(
        ReconsiderationFiled(
            on=day("2025-03-03"), request="2025-001", limit=limit("decision", "2025-05-06")
        )
    )
    accepted.after.when(conclude_reconsideration("2025-04-25", "corrected", "撤销")).then(
        ReconsiderationConcluded(
            on=day("2025-04-25"),
            result="corrected",
            decision_kind="撤销",
            limit=limit("suing", "2025-05-12"),
        )
    )


def test_a_lawsuit_goes_through_two_instances_and_is_then_final() -> None:
    filed = given().when(file_lawsuit("2025-03-31", after=True, request="2025-001"))
    filed.then(
        LawsuitFiled(
            on=day("2025-03-31"),
            request="2025-001",
            after_reconsideration=True,
            limit=limit("judgment", "2025-09-30"),
        )
    )
    judged = filed.after.when(conclude_lawsuit("2025-09-17", "upheld", "驳回诉讼请求"))
    judged.then(
        LawsuitConcluded(
            on=day("2025-09-17"),
            result="upheld",
            decision_kind="驳回诉讼请求",
            limit=limit("appeal", "2025-10-09"),
        )
    )
    assert judged.after.state.stage is ProceedingStage.CONCLUDED
    appealed = judged.after.when(appeal("2025-10-09"))
    appealed.then(
        LawsuitAppealed(on=day("2025-10-09"), limit=limit("second_judgment", "2026-01-09"))
    )
    assert appealed.after.state.stage is ProceedingStage.UNDER_APPEAL
    assert appealed.after.state.result is None
    final = appealed.after.when(conclude_lawsuit("2025-12-30", "corrected"))
    final.then(LawsuitConcluded(on=day("2025-12-30"), result="corrected", limit=None))
    assert final.after.state.stage is ProceedingStage.FINAL


@pytest.mark.parametrize(
    ("late", "flags"), [("2025-10-09", []), ("2025-10-10", [Flag.APPEAL_LATE])]
)
def test_an_appeal_after_its_time_is_recorded_and_flagged(late: str, flags: list[Flag]) -> None:
    judged = given(file_lawsuit("2025-03-31"), conclude_lawsuit("2025-09-17"))
    judged.when(appeal(late)).then_flagged(*flags)


def test_a_late_appeal_opens_even_what_was_found_final() -> None:
    final = given(
        file_lawsuit("2025-03-31"), conclude_lawsuit("2025-09-17"), expire("appeal", "2025-10-10")
    )
    assert final.state.final
    appealed = final.when(appeal("2025-11-03"))
    appealed.then_flagged(Flag.APPEAL_LATE)
    assert appealed.after.state.stage is ProceedingStage.UNDER_APPEAL


def test_a_case_reference_is_filed_under_once() -> None:
    for first in (file_reconsideration("2025-03-03"), file_lawsuit("2025-03-03")):
        filed = given(first)
        filed.when(file_reconsideration("2025-04-01")).then_refused("duplicate_case", "case")
        filed.when(file_lawsuit("2025-04-01")).then_refused("duplicate_case", "case")


@pytest.mark.parametrize("command", ONE_OF_EACH, ids=lambda command: command.do)
def test_nothing_happens_in_a_proceeding_that_was_not_filed(command: ProceedingCommand) -> None:
    answer = given().when(command)
    if isinstance(command, BEGINNINGS):
        assert answer.happened
    else:
        answer.then_refused("unknown_case", "case")


def test_a_reconsideration_takes_no_facts_of_a_lawsuit_nor_the_other_way_round() -> None:
    reconsideration = given(file_reconsideration("2025-03-03"))
    reconsideration.when(conclude_lawsuit("2025-04-01")).then_refused("wrong_kind", "do")
    reconsideration.when(appeal("2025-04-01")).then_refused("wrong_kind", "do")
    lawsuit = given(file_lawsuit("2025-03-03"))
    lawsuit.when(conclude_reconsideration("2025-04-01")).then_refused("wrong_kind", "do")


def test_what_is_concluded_is_not_concluded_again_without_an_appeal() -> None:
    decided = given(file_reconsideration("2025-03-03"), conclude_reconsideration("2025-04-01"))
    decided.when(conclude_reconsideration("2025-04-02", "other")).then_refused(
        "already_concluded", "do"
    )
    judged = given(file_lawsuit("2025-03-03"), conclude_lawsuit("2025-04-01"))
    judged.when(conclude_lawsuit("2025-04-02", "other")).then_refused("already_concluded", "do")
    final = judged.when(appeal("2025-04-03")).after.when(conclude_lawsuit("2025-06-03")).after
    final.when(conclude_lawsuit("2025-06-04")).then_refused("already_concluded", "do")


def test_an_appeal_against_a_judgment_nobody_entered_opens_the_second_instance() -> None:
    filed = given(file_lawsuit("2025-03-03"))
    filed.when(appeal("2025-12-01")).then_flagged()
    appealed = filed.when(appeal("2025-12-01")).after
    assert appealed.state.stage is ProceedingStage.UNDER_APPEAL
    final = appealed.when(conclude_lawsuit("2026-01-05")).after
    assert final.state.stage is ProceedingStage.FINAL


def test_an_appeal_is_brought_only_once() -> None:
    filed = given(file_lawsuit("2025-03-03"))
    appealed = filed.when(conclude_lawsuit("2025-04-01")).after.when(appeal("2025-04-03")).after
    appealed.when(appeal("2025-04-04")).then_refused("already_appealed", "do")
    final = appealed.when(conclude_lawsuit("2025-06-03")).after
    final.when(appeal("2025-06-04")).then_refused("already_appealed", "do")


def test_no_fact_precedes_the_one_it_follows_and_the_same_day_will_do() -> None:
    filed = given(file_lawsuit("2025-03-03"))
    filed.when(conclude_lawsuit("2025-03-02")).then_refused("impossible_order", "on")
    judged = filed.when(conclude_lawsuit("2025-03-03")).after
    judged.when(appeal("2025-03-02")).then_refused("impossible_order", "on")
    appealed = judged.when(appeal("2025-03-03")).after
    appealed.when(conclude_lawsuit("2025-03-02")).then_refused("impossible_order", "on")
    assert appealed.when(conclude_lawsuit("2025-03-03")).after.state.final


DECISIONS = [
    (kind, word, result)
    for kind, words in RESULTS_OF_DECISIONS.items()
    for word, result in words.items()
]


@pytest.mark.parametrize(("kind", "word", "result"), DECISIONS)
def test_a_kind_of_decision_the_law_names_must_fit_its_result(
    kind: ProceedingKind, word: str, result: str
) -> None:
    lawsuit = kind == "lawsuit"
    filed = given(file_lawsuit("2025-03-03") if lawsuit else file_reconsideration("2025-03-03"))
    conclude = conclude_lawsuit if lawsuit else conclude_reconsideration
    (event,) = filed.when(conclude("2025-04-01", result, f" {word} ")).happened
    assert isinstance(event, ReconsiderationConcluded | LawsuitConcluded)
    assert (event.result, event.decision_kind, event.outcome_detail) == (result, word, None)
    for other in {"upheld", "corrected", "other"} - {result}:
        filed.when(conclude("2025-04-01", other, word)).then_refused("contradiction", "result")


def test_other_words_for_the_decision_are_taken_as_they_are_and_sealed() -> None:
    filed = given(file_reconsideration("2025-03-03"))
    (event,) = filed.when(conclude_reconsideration("2025-04-01", "other", "部分维持")).happened
    assert isinstance(event, ReconsiderationConcluded)
    assert event.decision_kind is None
    clear, sealed = event.parts()
    assert sealed == {"outcome_detail": "部分维持"}
    assert "部分维持" not in repr(clear)


def test_a_blank_kind_of_decision_is_none() -> None:
    filed = given(file_lawsuit("2025-03-03"))
    (event,) = filed.when(conclude_lawsuit("2025-04-01", "other", " ")).happened
    assert event.parts()[1] == {}


def test_the_result_a_contradiction_should_have_had_is_named() -> None:
    filed = given(file_reconsideration("2025-03-03"))
    refused = filed.when(conclude_reconsideration("2025-04-01", "upheld", "驳回")).answer
    assert "其他结果（other）" in str(refused)


def test_characters_that_are_no_text_are_refused() -> None:
    given().when(file_reconsideration("2025-03-03", "2025\x00")).then_refused("bad_text", "request")


# ── requests and proceedings side by side ───────────────────────────────────────────────────────


def test_no_two_verbs_of_any_kind_have_the_same_word() -> None:
    assert len({*REQUEST_VERBS, *PROCEEDING_VERBS, *AGENCY_VERBS}) == (
        len(REQUEST_VERBS) + len(PROCEEDING_VERBS) + len(AGENCY_VERBS)
    )
    assert verb_of(ExpireProceeding) not in PROCEEDING_VERBS


def test_the_wire_carries_every_verb_of_a_proceeding_and_the_timers_own() -> None:
    carried = set(get_args(get_args(AnyProceedingCommand)[0]))
    assert carried == {*PROCEEDING_VERBS.values(), ExpireProceeding}
    assert carried == {type(command) for command in ONE_OF_EACH}


@pytest.mark.parametrize(
    "command", [*ONE_OF_EACH, facts.register("2025-03-03")], ids=lambda command: command.do
)
def test_a_command_of_either_kind_is_the_same_after_a_journey_over_the_wire(
    command: CaseCommand,
) -> None:
    wire: TypeAdapter[CaseCommand] = TypeAdapter(AnyCaseCommand)
    assert wire.validate_json(wire.dump_json(command)) == command


@pytest.mark.parametrize(
    "command",
    [*ONE_OF_EACH, facts.register("2025-03-03"), facts.decide_on("2025-03-03")],
    ids=lambda command: command.do,
)
def test_a_command_of_the_other_kind_is_told_what_the_reference_stands_for(
    command: CaseCommand,
) -> None:
    refused = of_another_kind(command)
    begins = isinstance(command, BEGINNINGS)
    assert (refused.code, refused.field) == (
        ("duplicate_case", "case") if begins else ("wrong_kind", "do")
    )
    taken_by = "申请" if isinstance(command, ProceedingCommand) else "行政复议或者行政诉讼"
    assert taken_by in refused.message


def test_only_a_filing_that_names_a_request_is_about_one() -> None:
    assert request_of(file_lawsuit("2025-03-03", request="甲-1")) == f"case/{AGENCY}/甲-1"
    assert request_of(file_lawsuit("2025-03-03")) is None
    assert request_of(appeal("2025-03-03")) is None


@settings(max_examples=200)
@hypothesis_given(events())
def test_an_event_changes_any_proceeding_without_failing(event: Event) -> None:
    changed = evolve_proceeding(ProceedingState(), event)
    if not isinstance(event, PROCEEDING_EVENTS):
        assert changed == ProceedingState()


def test_a_result_that_is_none_of_the_three_is_no_command() -> None:
    with pytest.raises(ValueError, match="result"):
        said(type(conclude_lawsuit("2025-03-03")), "2025-03-03", result="pending")


@pytest.mark.parametrize(
    ("detail", "what", "due_on"),
    [
        ("驳回诉讼请求", "appeal", "2025-04-16"),
        ("驳回起诉", "ruling_appeal", "2025-04-11"),
        ("不予立案", "ruling_appeal", "2025-04-11"),
    ],
)
def test_a_ruling_has_ten_days_to_appeal_and_a_judgment_fifteen(
    detail: str, what: str, due_on: str
) -> None:
    result = "upheld" if detail == "驳回诉讼请求" else "other"
    judged = given(file_lawsuit("2025-03-03"), conclude_lawsuit("2025-04-01", result, detail))
    assert judged.state.limit == limit(what, due_on)


@pytest.mark.parametrize("detail", ["撤诉", "终结"])
def test_a_lawsuit_that_was_given_up_is_final_at_once(detail: str) -> None:
    ended = given(file_lawsuit("2025-03-03"), conclude_lawsuit("2025-04-01", "other", detail))
    assert ended.state.stage is ProceedingStage.FINAL
