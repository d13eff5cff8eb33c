from dataclasses import replace
from datetime import date

import pytest

from disclosure.numbering import DocumentKind
from documents import DocumentError, DocumentIncomplete, FeeBasis, document_for
from tests.disclosure.facts import (
    CO_MAKER,
    PARTY,
    ask_correction,
    charge,
    charge_items,
    consult,
    consult_agency,
    decide_on,
    demand_reasons,
    expire,
    extend,
    receive_correction,
    register,
    reopen,
    third_party_reply,
)
from tests.documents.office import (
    AGENCY,
    APPLICANT,
    BODY,
    COURT,
    NUMBER,
    ON,
    RECEIVED,
    SAID,
    lived,
    words,
    written,
)

PROCEDURAL = {
    DocumentKind.RECEIPT: (),
    DocumentKind.CORRECTION_NOTICE: (ask_correction("2025-09-19"),),
    DocumentKind.EXTENSION_NOTICE: (extend("2025-09-26"),),
    DocumentKind.THIRD_PARTY_CONSULTATION: (),
    DocumentKind.CONSULTATION_NOTICE: (consult("2025-09-22"),),
    DocumentKind.AGENCY_CONSULTATION: (),
    DocumentKind.REASONS_DEMAND: (demand_reasons("2025-09-22", "2025-09-30"),),
    DocumentKind.FEE_NOTICE: (),
}


@pytest.mark.parametrize("kind", PROCEDURAL)
def test_a_procedural_notice_has_no_remedy_paragraph(kind: DocumentKind) -> None:
    content = written(kind, RECEIVED, *PROCEDURAL[kind])
    assert content.remedy is None
    assert content.values["救济途径"] == ""


def test_a_receipt_names_the_received_day_and_the_due_date() -> None:
    content = written(DocumentKind.RECEIPT, RECEIVED)
    assert content.addressee == APPLICANT
    assert "第三十一条的规定，收到申请之日为2025年9月17日" in words(content)
    assert "答复期限至2025年10月21日" in words(content)
    assert "以当面方式" in words(content)


def test_a_receipt_before_confirmation_names_no_day_but_the_confirmation() -> None:
    content = written(DocumentKind.RECEIPT, register("2025-09-17", "online"))
    assert "双方确认之日为收到申请之日" in words(content)
    assert "收到申请之日为" not in words(content)
    assert "答复期限至" not in words(content)


def test_a_receipt_made_again_later_names_no_due_date_that_others_have_moved() -> None:
    content = written(DocumentKind.RECEIPT, RECEIVED, extend("2025-09-26"))
    assert "答复期限至" not in words(content)


def test_a_correction_notice_says_what_is_unclear_until_when_and_what_silence_means() -> None:
    content = written(DocumentKind.CORRECTION_NOTICE, RECEIVED, ask_correction("2025-09-19"))
    assert "第三十条的规定，现一次性告知你作出补正" in words(content)
    assert SAID.points in content.body
    assert "请于2025年10月16日前（含当日）补正" in words(content)
    assert "视为放弃申请" in words(content)


def test_a_correction_notice_is_none_where_its_threat_would_be_empty() -> None:
    asked = (RECEIVED, ask_correction("2025-09-19"))
    lapse = lived(*asked).correction
    assert lapse is not None
    assert lapse.lapses_on is not None
    on = lapse.lapses_on.isoformat()
    with pytest.raises(DocumentError, match="目前不能制作补正告知书"):
        written(DocumentKind.CORRECTION_NOTICE, *asked, expire("correction", on), reopen(on))


def test_an_extension_notice_names_its_days_its_reason_and_the_new_due_date() -> None:
    content = written(DocumentKind.EXTENSION_NOTICE, RECEIVED, extend("2025-09-26"))
    assert "第三十三条第二款" in words(content)
    assert "工作机构负责人同意，延长答复期限20个工作日" in words(content)
    assert "延长后的答复期限至2025年11月18日。" in words(content)
    assert "检索量大" in content.body


def test_a_due_date_beyond_the_published_calendar_is_not_promised() -> None:
    state = lived(RECEIVED, extend("2025-09-26"))
    assert state.clock is not None
    provisional = replace(state, clock=replace(state.clock, provisional=True))
    content = document_for(
        DocumentKind.EXTENSION_NOTICE, provisional, SAID, AGENCY, on=ON, number=NUMBER
    )
    assert "2025年11月18日（以国务院办公厅公布的节假日安排为准）" in words(content)


def test_a_third_party_is_asked_with_an_answer_form_and_not_told_who_applied() -> None:
    content = written(DocumentKind.THIRD_PARTY_CONSULTATION, RECEIVED)
    assert content.addressee == PARTY
    assert "第十五条、第三十二条" in words(content)
    assert "自收到本征询书之日起15个工作日内" in words(content)
    assert "逾期未提出意见的，由本机关依照" in words(content)
    assert content.attachment is not None
    assert content.attachment.title == "第三方意见答复表"
    assert any(line.startswith("□　不同意公开") for line in content.attachment.lines)
    assert APPLICANT not in str(content)


def test_a_co_making_agency_is_told_that_silence_is_consent() -> None:
    content = written(DocumentKind.AGENCY_CONSULTATION, RECEIVED)
    assert content.addressee == CO_MAKER
    assert "第三十四条" in words(content)
    assert "15个工作日" in words(content)
    assert "逾期未提出意见的，视为同意公开" in words(content)
    assert content.attachment is not None
    assert APPLICANT not in str(content)


def test_the_applicant_hears_that_others_are_asked_but_not_who() -> None:
    content = written(
        DocumentKind.CONSULTATION_NOTICE,
        RECEIVED,
        consult("2025-09-22"),
        consult_agency("2025-09-24"),
    )
    assert "第三十二条、第三十四条" in words(content)
    assert "于2025年9月22日、2025年9月24日书面征求第三方和共同制作机关的意见" in words(content)
    assert "第三十三条第三款的规定，征求意见所需时间不计算在答复期限内" in words(content)
    assert PARTY not in words(content)


def test_a_third_party_whose_objection_is_overruled_is_told_why_and_may_sue_at_once() -> None:
    content = written(
        DocumentKind.THIRD_PARTY_NOTICE,
        RECEIVED,
        consult("2025-09-22"),
        third_party_reply("2025-09-26"),
    )
    assert "于2025年9月22日书面征求" in words(content)
    assert "于2025年9月26日提出意见：不同意公开" in words(content)
    assert "第十五条、第三十二条的规定，决定予以公开" in words(content)
    assert SAID.disclosed in content.body
    assert content.remedy is not None
    assert "对本告知书不服" in content.remedy
    assert "六个月内向" in content.remedy
    assert APPLICANT not in str(content)


def test_of_several_objecting_parties_the_letter_must_say_which_one_it_is_for() -> None:
    asked = (
        RECEIVED,
        consult("2025-09-22"),
        consult("2025-09-23", party="（虚构）乙公司"),
        third_party_reply("2025-09-26"),
        third_party_reply("2025-09-28", opinion="partly", party="（虚构）乙公司"),
    )
    with pytest.raises(DocumentError, match="请指明告知哪一个第三方"):
        written(DocumentKind.THIRD_PARTY_NOTICE, *asked)
    second = lived(*asked).consultations[1].party_ref
    content = written(DocumentKind.THIRD_PARTY_NOTICE, *asked, third_party_ref=second)
    assert "于2025年9月28日提出意见：同意部分公开" in words(content)


def test_reasons_are_asked_for_with_the_facts_and_a_day() -> None:
    content = written(
        DocumentKind.REASONS_DEMAND, RECEIVED, demand_reasons("2025-09-22", "2025-09-30")
    )
    assert "第三十五条的规定，请于2025年9月30日前（含当日）" in words(content)
    assert SAID.excess in content.body


def test_a_fee_by_pages_is_asked_for_with_basis_standard_amount_and_way_to_pay() -> None:
    content = written(DocumentKind.FEE_NOTICE, RECEIVED)
    assert "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第三条、第五条" in words(
        content
    )
    assert "按量收取信息处理费" in words(content)
    assert "第1至30页（30页），不收费；" in content.body
    assert "第201至250页（50页），每页40元，计2000元；" in content.body
    assert "以上合计4700元" in words(content)
    assert AGENCY.payment in content.body
    assert "自收到本通知书次日起20个工作日内缴纳" in words(content)


def test_a_fee_by_items_goes_on_from_the_items_of_the_month() -> None:
    basis = FeeBasis(mode="items", quantity=2, items_before=29)
    content = written(
        DocumentKind.FEE_NOTICE, RECEIVED, charge_items("2025-09-22", 29, 2), fee=basis
    )
    assert "第三条、第四条" in words(content)
    assert "第30件（1件），每件100元，计100元；" in content.body
    assert "第31件（1件），每件200元，计200元；" in content.body
    assert "以上合计300元" in words(content)


def test_a_fee_notice_that_contradicts_the_record_or_asks_for_nothing_is_refused() -> None:
    with pytest.raises(DocumentError, match="与登记的金额不一致"):
        written(DocumentKind.FEE_NOTICE, RECEIVED, charge("2025-09-22", pages=100))
    with pytest.raises(DocumentError, match="不需要收取"):
        written(DocumentKind.FEE_NOTICE, RECEIVED, fee=FeeBasis(mode="pages", quantity=30))


def test_a_fee_notice_without_a_way_to_pay_is_incomplete() -> None:
    with pytest.raises(DocumentIncomplete, match="缴纳方式") as refused:
        written(DocumentKind.FEE_NOTICE, RECEIVED, agency=replace(AGENCY, payment=""))
    assert refused.value.missing == ("缴纳方式",)


def test_an_uncorrected_request_is_told_its_end_with_notice_limit_and_remedy() -> None:
    asked = (RECEIVED, ask_correction("2025-09-19"))
    correction = lived(*asked).correction
    assert correction is not None
    assert correction.lapses_on is not None
    lapsed = expire("correction", correction.lapses_on.isoformat())
    content = written(DocumentKind.TERMINATION_NOTICE, *asked, lapsed)
    assert content.title == "政府信息公开申请不再处理告知书"
    assert "于2025年9月19日告知你补正，补正期限至2025年10月16日" in words(content)
    assert "第三十条的规定，视为放弃申请" in words(content)
    assert content.remedy is not None
    assert f"对本告知书不服，可以自收到本告知书之日起六十日内向{BODY}" in content.remedy
    assert COURT in content.remedy


def test_an_unpaid_request_is_told_its_end_with_amount_limit_and_remedy() -> None:
    charged = (RECEIVED, charge("2025-09-22", pages=100))
    fee = lived(*charged).fee
    assert fee is not None
    assert fee.lapses_on is not None
    lapsed = expire("fee", fee.lapses_on.isoformat())
    content = written(DocumentKind.TERMINATION_NOTICE, *charged, lapsed)
    assert "于2025年9月22日向你发出信息处理费收费通知，应缴金额为700元" in words(content)
    assert "（国办函〔2020〕109号）第六条" in words(content)
    assert content.remedy is not None


def test_a_request_ended_by_hand_as_lapsed_says_nothing_of_a_notice_that_never_went_out() -> None:
    content = written(
        DocumentKind.TERMINATION_NOTICE, RECEIVED, decide_on("2025-09-30", "other.fee_lapsed")
    )
    assert "应缴金额" not in words(content)
    assert "逾期未缴纳" in words(content)


def test_a_corrected_request_is_named_by_both_days_it_came_in() -> None:
    content = written(
        DocumentKind.EXTENSION_NOTICE,
        RECEIVED,
        ask_correction("2025-09-19"),
        receive_correction("2025-09-24"),
        extend("2025-09-26"),
    )
    assert "2025年9月17日收到" in content.body[0]
    assert "于2025年9月24日收到补正后的申请" in content.body[0]


def test_a_missing_name_is_said_and_no_document_goes_out_without_addressee() -> None:
    with pytest.raises(DocumentIncomplete, match="《政府信息公开申请登记回执》尚缺：称谓"):
        written(DocumentKind.RECEIPT, RECEIVED, applicant="")


def test_an_organisation_is_not_addressed_as_a_person() -> None:
    business = register("2025-09-17", applicant={"type": "business", "name": "（虚构）丙公司"})
    content = written(DocumentKind.RECEIPT, business, applicant="（虚构）丙公司")
    assert content.body[0].startswith("你单位于2025年9月17日")


def test_the_document_bears_number_agency_and_its_own_day() -> None:
    content = written(DocumentKind.RECEIPT, RECEIVED)
    assert (content.number, content.agency, content.issued_on) == (
        NUMBER,
        AGENCY.name,
        date(2025, 9, 30),
    )
    assert content.values["日期"] == "2025年9月30日"
