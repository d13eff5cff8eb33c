from typing import Any

import pytest

from disclosure.numbering import DocumentKind, kind_of_reply
from disclosure.outcomes import Outcome
from disclosure.remedies import REFUSALS
from documents import DocumentError, DocumentIncomplete, wordings_for
from tests.disclosure.facts import decide_on as decided
from tests.disclosure.facts import (
    deliver,
    demand_reasons,
    receive_reasons,
    reclassify,
    register,
    withdraw,
)
from tests.documents.office import BODY, COURT, RECEIVED, SAID, lived, words, written

REPLY = DocumentKind.REPLY
ARTICLES = {
    "reply.granted": "第三十六条第（二）项、第四十条",
    "reply.granted.already_public": "第三十六条第（一）项",
    "reply.partial": "第三十七条",
    "reply.refused.state_secret": "第十四条、第三十六条第（三）项",
    "reply.refused.prohibited_by_law": "第十四条、第三十六条第（三）项",
    "reply.refused.three_securities_one_stability": "第十四条、第三十六条第（三）项",
    "reply.refused.third_party_rights": "第十五条、第三十二条、第三十六条第（三）项",
    "reply.refused.internal_affairs": "第十六条第一款、第三十六条第（三）项",
    "reply.refused.process_information": "第十六条第二款、第三十六条第（三）项",
    "reply.refused.enforcement_file": "第十六条第二款、第三十六条第（三）项",
    "reply.refused.administrative_query": "第三十六条第（七）项",
    "reply.unable.not_held.does_not_exist": "第三十六条第（四）项",
    "reply.unable.not_held.other_agency": "第三十六条第（五）项",
    "reply.unable.needs_creation": "第三十八条",
    "reply.unable.unclear_after_correction": "第三十条",
    "reply.not_processed.petition": "第三十九条第一款",
    "reply.not_processed.repeat": "第三十六条第（六）项",
    "reply.not_processed.publication": "第三十九条第二款",
    "reply.not_processed.excessive": "第三十五条",
    "reply.not_processed.confirm_or_reissue": "第二条、第三十八条",
    "reply.other.other.record_corrected": "第四十一条",
}


def _outcome(key: str) -> str:
    (found,) = (
        each.value
        for each in Outcome
        if key == f"reply.{each.value}" or key.startswith(f"reply.{each.value}.")
    )
    return found


@pytest.mark.parametrize("key", ARTICLES)
def test_each_reply_cites_its_article(key: str) -> None:
    content = written(REPLY, RECEIVED, decided("2025-09-30", _outcome(key)), wording=key)
    assert "《中华人民共和国政府信息公开条例》" in words(content)
    assert ARTICLES[key] in words(content)
    assert SAID.description in content.body
    assert content.body[0].startswith("本机关于2025年9月17日收到你提出的政府信息公开申请")


@pytest.mark.parametrize("outcome", Outcome)
def test_each_result_goes_out_in_a_document_with_the_right_remedy(outcome: Outcome) -> None:
    state = lived(RECEIVED, decided("2025-09-30", outcome))
    wording = wordings_for(kind_of_reply(outcome), state)[0].key
    content = written(
        kind_of_reply(outcome), RECEIVED, decided("2025-09-30", outcome), wording=wording
    )
    assert content.remedy is not None
    assert BODY in content.remedy
    assert COURT in content.remedy
    if outcome in REFUSALS:
        assert "行政复议法》第二十三条第一款第四项" in content.remedy
        assert f"六十日内先向{BODY}申请行政复议" in content.remedy
        assert "十五日内" in content.remedy
        assert "六个月" not in content.remedy
    else:
        assert "六十日内" in content.remedy
        assert f"六个月内向{COURT}提起行政诉讼" in content.remedy


def test_what_does_not_exist_and_what_others_hold_is_never_chosen_silently() -> None:
    with pytest.raises(DocumentError, match="请选择答复书的文本"):
        written(REPLY, RECEIVED, decided("2025-09-30", "unable.not_held"))


def test_the_responsible_agency_is_named_where_it_is_known() -> None:
    key = "reply.unable.not_held.other_agency"
    last = decided("2025-09-30", "unable.not_held")
    known = written(
        REPLY, RECEIVED, last, wording=key, responsible_agency="某某市财政局，0000-0000001"
    )
    assert "名称、联系方式为：某某市财政局，0000-0000001。" in words(known)
    assert "名称、联系方式为" not in words(written(REPLY, RECEIVED, last, wording=key))


def test_information_public_already_is_answered_with_the_way_to_it() -> None:
    content = written(
        REPLY, RECEIVED, decided("2025-09-30", "granted", already_public=True), already_public=True
    )
    assert content.title == "政府信息已主动公开答复书"
    assert SAID.access in content.body


def test_a_refusal_without_reasons_does_not_go_out() -> None:
    refused = decided("2025-09-30", "refused.internal_affairs")
    with pytest.raises(DocumentIncomplete, match="依据和理由"):
        written(REPLY, RECEIVED, refused, grounds=" ")


def test_a_repeated_request_is_shown_the_earlier_reply() -> None:
    repeat = decided("2025-09-30", "not_processed.repeat")
    assert "（某城管公开〔2025〕3号，2025年1月3日）" in words(written(REPLY, RECEIVED, repeat))
    with pytest.raises(DocumentIncomplete, match=r"尚缺：原答复的文号或者日期$"):
        written(REPLY, RECEIVED, repeat, earlier_number="", earlier_on=None)


@pytest.mark.parametrize(
    ("known", "named"),
    [
        ({"earlier_number": ""}, "作出答复（2025年1月3日）。"),
        ({"earlier_on": None}, "作出答复（某城管公开〔2025〕3号）。"),
    ],
)
def test_an_earlier_reply_without_number_or_of_unknown_date_is_named_by_the_other(
    known: dict[str, Any], named: str
) -> None:
    repeat = decided("2025-09-30", "not_processed.repeat")
    assert named in words(written(REPLY, RECEIVED, repeat, **known))


def test_excessive_requests_are_refused_after_reasons_were_asked_for() -> None:
    content = written(
        REPLY,
        RECEIVED,
        demand_reasons("2025-09-22", "2025-09-26"),
        receive_reasons("2025-09-25", accepted=False),
        decided("2025-09-30", "not_processed.excessive"),
    )
    assert "于2025年9月22日要求你说明理由" in words(content)
    assert content.title == "政府信息公开申请不予处理告知书"


def test_a_rectified_reply_names_the_wrong_one_and_follows_the_new_result() -> None:
    content = written(
        REPLY,
        RECEIVED,
        decided("2025-09-26", "granted"),
        deliver("2025-09-26"),
        reclassify("2025-09-30", "refused.enforcement_file"),
        wording="reply.rectified",
    )
    assert "并于2025年1月3日作出答复（某城管公开〔2025〕3号）" in words(content)
    assert "现更正为：属于行政执法案卷" in words(content)
    assert content.remedy is not None
    assert "先向" in content.remedy
    assert "对本告知书不服" in content.remedy


def test_a_request_withdrawn_before_receipt_is_told_its_end() -> None:
    content = written(
        REPLY, register("2025-09-17", "online"), withdraw("2025-09-18"), wording="reply.other.other"
    )
    assert content.body[0].startswith("你于2025年9月17日向本机关提出政府信息公开申请")


def test_a_wording_of_another_result_is_refused() -> None:
    with pytest.raises(DocumentError, match="没有这种文本"):
        written(REPLY, RECEIVED, decided("2025-09-30", "granted"), wording="reply.partial")


def test_an_open_request_has_no_reply() -> None:
    with pytest.raises(DocumentError, match="目前不能制作答复书"):
        written(REPLY, RECEIVED)
