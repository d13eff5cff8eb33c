"""Each flag: the life that earns it, and the lawful twin that differs in one fact and does not.

Received on 17 September 2025, answered by 21 October. What is flagged is on record all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from disclosure.flags import Flag
from disclosure.request_commands import Extend, RequestCommand
from tests.disclosure.facts import (
    agency_reply,
    ask_correction,
    charge,
    consult,
    consult_agency,
    decide_on,
    deliver,
    demand_reasons,
    extend,
    notify,
    pay,
    receive_correction,
    receive_reasons,
    register,
    said,
    third_party_reply,
)
from tests.disclosure.specification import given

Life = Sequence[RequestCommand]


@dataclass(frozen=True, slots=True)
class Case:
    """A flag, what came before, the fact that earns it, and what should have been done instead."""

    flag: Flag
    before: Life
    unlawful: RequestCommand
    lawful: Life


def extension_approved_by(whom: str) -> Extend:
    return said(Extend, "2025-10-20", reason="检索量大", approved_by=whom)


ASKED = [ask_correction("2025-09-22", due_on="2025-10-10")]
CHARGED = [charge("2025-09-22", 101, received="2025-09-24")]
CONSULTED = [consult("2025-09-22", received_on="2025-09-22")]
REASONS = [demand_reasons("2025-09-22", "2025-10-10")]
OBJECTED = [*CONSULTED, third_party_reply("2025-09-28", "object")]
THIRD_PARTYS = "refused.third_party_rights"

CASES = [
    Case(
        Flag.CORRECTION_NOTICE_LATE,
        [],
        ask_correction("2025-09-28"),
        [ask_correction("2025-09-26")],  # the 7th working day
    ),
    Case(Flag.CORRECTION_NOTICE_REPEATED, ASKED, ask_correction("2025-09-23"), []),
    Case(
        Flag.CORRECTION_RECEIVED_LATE,
        ASKED,
        receive_correction("2025-10-11"),
        [receive_correction("2025-10-10")],
    ),
    Case(Flag.EXTENSION_LATE, [], extend("2025-10-22"), [extend("2025-10-21")]),
    Case(Flag.EXTENSION_REPEATED, [extend("2025-10-20", 5)], extend("2025-10-21", 5), []),
    Case(
        Flag.EXTENSION_UNAPPROVED,
        [],
        extension_approved_by(" "),
        [extension_approved_by("办公室主任")],
    ),
    Case(Flag.ANSWERED_LATE, [], decide_on("2025-10-22"), [decide_on("2025-10-21")]),
    Case(
        Flag.ANSWERED_LATE,
        [decide_on("2025-10-21")],
        deliver("2025-10-22", "mail", posted_on="2025-10-22"),
        [deliver("2025-10-22", "mail", posted_on="2025-10-21", signed_on="2025-10-22")],
    ),
    Case(
        Flag.DELIVERED_AGAIN,
        [decide_on("2025-10-20"), deliver("2025-10-20")],
        deliver("2025-10-21"),
        [],
    ),
    Case(
        Flag.LAPSE_WITHOUT_NOTICE,
        [],
        decide_on("2025-10-15", "other.correction_lapsed"),
        [*ASKED, decide_on("2025-10-15", "other.correction_lapsed")],
    ),
    Case(
        Flag.UNCLEAR_WITHOUT_CORRECTION,
        ASKED,
        decide_on("2025-10-15", "unable.unclear_after_correction"),
        [
            receive_correction("2025-10-09"),
            decide_on("2025-10-15", "unable.unclear_after_correction"),
        ],
    ),
    Case(
        Flag.REPLY_AFTER_LIMIT,
        CONSULTED,
        third_party_reply("2025-10-20"),  # 17 October is the last of the 15 working days
        [third_party_reply("2025-10-17")],
    ),
    Case(
        Flag.REPLY_AFTER_LIMIT,
        [consult_agency("2025-09-22", received_on="2025-09-24")],
        agency_reply("2025-10-22"),  # counted from its receipt: 21 October
        [agency_reply("2025-10-21")],
    ),
    Case(
        Flag.THIRD_PARTY_NOT_NOTIFIED,
        OBJECTED,
        decide_on("2025-10-13", grounds="公共利益"),
        [notify("2025-10-13"), decide_on("2025-10-13", grounds="公共利益")],
    ),
    Case(
        Flag.DISCLOSED_WITHOUT_REASON,
        [*OBJECTED, notify("2025-10-13")],
        decide_on("2025-10-13"),
        [decide_on("2025-10-13", grounds="公共利益")],
    ),
    Case(
        Flag.REFUSED_OVER_SILENCE,
        CONSULTED,
        decide_on("2025-11-11", THIRD_PARTYS),
        [decide_on("2025-11-11", THIRD_PARTYS, grounds="含商业秘密，公开将损害其合法权益")],
    ),
    Case(
        Flag.REFUSED_OVER_SILENCE,
        CONSULTED,
        decide_on("2025-11-11", THIRD_PARTYS),
        [third_party_reply("2025-09-28", "object"), decide_on("2025-10-28", THIRD_PARTYS)],
    ),
    Case(
        Flag.EXCESSIVE_WITHOUT_REASONS,
        [],
        decide_on("2025-10-20", "not_processed.excessive"),
        [
            *REASONS,
            receive_reasons("2025-10-10", accepted=False),
            decide_on("2025-10-20", "not_processed.excessive"),
        ],
    ),
    Case(
        Flag.REASONS_LATE, REASONS, receive_reasons("2025-10-11"), [receive_reasons("2025-10-10")]
    ),
    Case(Flag.FEE_NOTICE_LATE, [], charge("2025-10-22"), [charge("2025-10-21")]),
    Case(Flag.FEE_NOTICE_FREE, [], charge("2025-09-22", 30), [charge("2025-09-22", 31)]),
    Case(Flag.FEE_PAID_LATE, CHARGED, pay("2025-10-29", "720"), [pay("2025-10-28", "720")]),
    Case(
        Flag.FEE_LAPSE_WITHOUT_NOTICE,
        [],
        decide_on("2025-10-29", "other.fee_lapsed"),
        [*CHARGED, decide_on("2025-10-29", "other.fee_lapsed")],
    ),
]
OF_PROCEEDINGS = {Flag.APPEAL_LATE}
EACH_CASE = pytest.mark.parametrize("case", CASES, ids=lambda case: case.flag.value)


def flags_of(life: Life) -> list[Flag]:
    """Return every flag of a whole life, oldest first."""
    return [flag for event in given(register("2025-09-17"), *life).events for flag in event.flags]


def test_every_flag_a_request_can_earn_has_its_case_here() -> None:
    assert {case.flag for case in CASES} == set(Flag) - OF_PROCEEDINGS


@EACH_CASE
def test_what_should_not_have_happened_is_on_record_with_its_flag_and_no_other(case: Case) -> None:
    before = given(register("2025-09-17"), *case.before)
    assert flags_of(case.before) == []
    flagged = before.when(case.unlawful)
    flagged.then_flagged(case.flag)
    assert flagged.after.events[:-1] == before.events


@EACH_CASE
def test_the_lawful_twin_carries_no_flag(case: Case) -> None:
    assert flags_of([*case.before, *case.lawful]) == []


def test_a_fact_may_be_wrong_in_more_than_one_way() -> None:
    late_and_twice = [extend("2025-10-20", 5), extend("2025-10-29", 5)]
    assert flags_of(late_and_twice) == [Flag.EXTENSION_LATE, Flag.EXTENSION_REPEATED]
    late_and_alone = [decide_on("2025-10-22", "not_processed.excessive")]
    assert flags_of(late_and_alone) == [Flag.ANSWERED_LATE, Flag.EXCESSIVE_WITHOUT_REASONS]
