"""What the record knows of a document's texts, from a request's own events."""

from collections.abc import Sequence
from datetime import date

from disclosure.decider import decide
from disclosure.event import Event
from disclosure.evolution import fold
from disclosure.numbering import DocumentKind
from disclosure.request_commands import RequestCommand
from documents import FeeBasis, document_for, particulars_on_record, party_of
from tests.disclosure.facts import (
    CASE,
    CO_MAKER,
    DESCRIPTION,
    PARTY,
    ask_correction,
    charge_items,
    consult,
    consult_agency,
    correct_record,
    decide_on,
    demand_reasons,
    extend,
    notify,
    pay,
    receive_correction,
    reclassify,
    reopen,
    third_party_reply,
)
from tests.disclosure.specification import LAW
from tests.documents.office import AGENCY, NUMBER, RECEIVED, words


def _events(*commands: RequestCommand) -> Sequence[Event]:
    events: list[Event] = []
    for command in commands:
        events += decide(fold(events), command, LAW)
    return events


def test_each_text_is_found_in_the_event_that_carries_it() -> None:
    said = particulars_on_record(
        CASE,
        _events(
            RECEIVED,
            extend("2025-09-18"),
            consult("2025-09-22"),
            third_party_reply("2025-09-24"),
            notify("2025-09-25"),
            demand_reasons("2025-09-25", "2025-09-30"),
            charge_items("2025-09-25", before=12, items=2),
        ),
    )
    assert (said.case, said.applicant, said.description) == (CASE, "（虚构）甲", DESCRIPTION)
    assert (said.extension_reason, said.third_party) == ("检索量大", PARTY)
    assert said.disclosed == "公开中标价格，涉及公共利益"
    assert said.excess == "一个月内就同类事项申请五十件"
    assert said.fee == FeeBasis(mode="items", quantity=2, items_before=12)


def test_a_corrected_request_and_a_corrected_record_have_the_last_word() -> None:
    said = particulars_on_record(
        CASE,
        _events(
            RECEIVED,
            ask_correction("2025-09-19"),
            receive_correction("2025-09-24"),
            correct_record("2025-09-25", "applicant.name", "（虚构）乙"),
        ),
    )
    assert said.points == "所需信息的年度不明确"
    assert said.description == "2024 年度"
    assert said.applicant == "（虚构）乙"


def test_a_fee_charged_and_paid_is_the_one_the_notice_names() -> None:
    charged = charge_items("2025-09-25", before=12, items=2)
    events = _events(RECEIVED, charged)
    content = document_for(
        DocumentKind.FEE_NOTICE,
        fold(events),
        particulars_on_record(CASE, events),
        AGENCY,
        on=date(2025, 9, 25),
        number=NUMBER,
    )
    assert "第13至14件（2件），每件100元，计200元；" in content.body
    paid = _events(RECEIVED, charged, pay("2025-09-26", "200"))
    basis = FeeBasis(mode="items", quantity=2, items_before=12)
    assert particulars_on_record(CASE, paid).fee == basis


def test_a_rectification_names_the_reply_that_was_wrong() -> None:
    events = _events(
        RECEIVED,
        decide_on(
            "2025-09-26", "granted", document_number="某城管公开〔2025〕3号", grounds="可以公开"
        ),
        reclassify("2025-09-30", "refused.enforcement_file"),
    )
    content = document_for(
        DocumentKind.REPLY,
        fold(events),
        particulars_on_record(CASE, events),
        AGENCY,
        on=date(2025, 9, 30),
        number=NUMBER,
        wording="reply.rectified",
    )
    assert "并于2025年9月26日作出答复（某城管公开〔2025〕3号）" in words(content)
    assert "登记有误" in content.body
    assert "可以公开" not in words(content)


def test_the_reasons_of_a_void_result_are_not_those_of_the_next() -> None:
    events = _events(
        RECEIVED, decide_on("2025-09-26", "partial", grounds="旧理由"), reopen("2025-09-30")
    )
    assert particulars_on_record(CASE, events).grounds == ""


def test_a_party_is_found_by_its_name_and_only_where_it_was_asked() -> None:
    events = _events(RECEIVED, consult("2025-09-22"), consult_agency("2025-09-23"))
    refs = [each.party_ref for each in fold(events).consultations]
    assert [party_of(events, PARTY), party_of(events, f" {CO_MAKER} ")] == refs
    assert party_of(events, "（虚构）无关公司") is None


def test_a_co_making_agency_is_never_taken_for_a_third_party() -> None:
    events = _events(RECEIVED, consult_agency("2025-09-22"), consult("2025-09-23"))
    said = particulars_on_record(CASE, events)
    assert (said.co_maker, said.third_party) == (CO_MAKER, PARTY)
    assert said.third_party_ref == party_of(events, PARTY)


def test_sealed_events_give_no_texts() -> None:
    events = _events(
        RECEIVED, ask_correction("2025-09-19"), decide_on("2025-09-30", grounds="理由")
    )
    sealed = [type(each).from_parts(each.on, each.parts()[0]) for each in events]
    said = particulars_on_record(CASE, sealed)
    assert (said.applicant, said.description, said.points, said.grounds) == ("", "", "", "")
