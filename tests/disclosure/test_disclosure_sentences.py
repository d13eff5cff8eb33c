"""One sentence an event, for timeline, log and audit: complete, Chinese, and naming nobody."""

import re

import pytest
from hypothesis import given, settings

from disclosure.event import Event
from disclosure.events import EVENTS
from disclosure.outcomes import Outcome
from disclosure.request_commands import RequestCommand
from disclosure.sentences import sentence
from tests.disclosure.facts import (
    ask_correction,
    decide_on,
    deliver,
    expire,
    extend,
    receive_correction,
    register,
    withdraw,
)
from tests.disclosure.invented_events import MARKER, events, instances_of, with_marker
from tests.disclosure.specification import Given
from tests.disclosure.specification import given as given_that

RECEIVED = given_that(register("2025-09-17"))
ASKED = given_that(register("2025-09-17"), ask_correction("2025-09-22", due_on="2025-10-10"))


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS.keys())
def test_every_type_of_event_has_a_sentence_in_chinese(kind: type[Event]) -> None:
    @settings(max_examples=20)
    @given(instances_of(kind))
    def whatever_it_holds(event: Event) -> None:
        said = sentence(event)
        assert re.search(r"[\u4e00-\u9fff]{2}", said)
        assert "None" not in said

    whatever_it_holds()


@settings(max_examples=300)
@given(events())
def test_a_sentence_says_nothing_of_the_personal_fields(event: Event) -> None:
    assert MARKER not in sentence(with_marker(event))


@given(events())
def test_a_sentence_is_the_same_whether_or_not_the_personal_fields_can_be_read(
    event: Event,
) -> None:
    clear, _ = event.parts()
    assert sentence(type(event).from_parts(event.on, clear)) == sentence(event)


@pytest.mark.parametrize(
    ("happened", "command", "said"),
    [
        (
            given_that(),
            register("2025-09-17"),
            "登记自然人以当面方式提出的申请，2025年9月17日收到，答复期限至2025年10月21日",
        ),
        (
            given_that(),
            register("2025-09-17", "online"),
            "登记自然人以网络方式提出的申请，收到日期待双方确认",
        ),
        (
            RECEIVED,
            ask_correction("2025-09-22", due_on="2025-10-10"),
            "告知申请人补正，补正期限至2025年10月10日",
        ),
        (
            ASKED,
            receive_correction("2025-10-09"),
            "收到补正申请，答复期限重新计算，答复期限至2025年11月5日",
        ),
        (
            RECEIVED,
            extend("2025-10-20"),
            "经办公室同意，延长答复期限 20 个工作日，答复期限至2025年11月18日",
        ),
        (
            RECEIVED,
            extend("2025-10-22"),
            "经办公室同意，告知延期 20 个工作日，不产生延长期限的效力",
        ),
        (RECEIVED, expire("reminder", "2025-10-16"), "答复期限将于2025年10月21日届满"),
        (
            RECEIVED,
            expire("due", "2025-10-22"),
            "答复期限已于2025年10月21日届满，尚未登记答复",
        ),
        (
            ASKED,
            expire("correction", "2025-10-15"),
            "申请人逾期不补正，视为放弃申请，不再处理",
        ),
        (
            RECEIVED,
            decide_on("2025-10-20", document_number="城管公开〔2025〕7号"),
            "作出答复：予以公开（条例第三十六条第（一）、（二）项），文号城管公开〔2025〕7号",
        ),
        (
            RECEIVED.when(decide_on("2025-10-20")).after,
            deliver("2025-10-20", "mail", posted_on="2025-10-20", signed_on="2025-10-23"),
            "以邮寄方式送达答复，2025年10月20日交邮，2025年10月23日签收",
        ),
        (RECEIVED, withdraw("2025-09-30"), "申请人撤回申请"),
    ],
)
def test_sentences_read_as_officials_write_them(
    happened: Given, command: RequestCommand, said: str
) -> None:
    (event,) = happened.when(command).happened
    assert sentence(event) == said


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_sentence_of_a_decision_names_result_and_basis(outcome: Outcome) -> None:
    (event,) = RECEIVED.when(decide_on("2025-10-20", outcome.value)).happened
    assert outcome.label in sentence(event)
    assert outcome.basis in sentence(event)
