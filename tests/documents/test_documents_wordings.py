"""The shipped wordings, held against what can be filled into them."""

import pytest

from disclosure.numbering import DocumentKind
from documents.content import FRAME
from documents.values import values_for
from documents.wording import Wording, wordings
from tests.disclosure.facts import consult, decide_on, third_party_reply
from tests.documents.office import AGENCY, RECEIVED, SAID, lived, written

OBJECTED = (RECEIVED, consult("2025-09-22"), third_party_reply("2025-09-24"))
WITH_ALL = lived(*OBJECTED, consult("2025-09-25", party="（虚构）乙公司"))
"""A request in which a third party objects and another is still asked."""


@pytest.mark.parametrize("wording", wordings().values(), ids=wordings().keys())
def test_every_placeholder_of_a_wording_has_a_value_behind_it(wording: Wording) -> None:
    known = values_for(wording.kind, WITH_ALL, SAID, AGENCY)
    assert wording.names <= {*known, *FRAME}


@pytest.mark.parametrize("wording", wordings().values(), ids=wordings().keys())
def test_every_wording_reads_as_an_official_text(wording: Wording) -> None:
    assert wording.title
    assert wording.this in {"本答复", *(f"本{word}" for word in _SELVES)}
    for line in wording.lines:
        alone = line.startswith("{{") and line.endswith("}}") and line.count("{{") == 1
        assert alone or line.endswith(("。", "：", "}}", "表")), line
        assert line.count("《") == line.count("》")
        assert line.count("（") == line.count("）")
        assert line.count("〔") == line.count("〕")


_SELVES = ("回执", "告知书", "征询书", "函", "通知书")


def test_only_procedural_notices_go_without_a_remedy() -> None:
    without = {each.kind for each in wordings().values() if not each.remedy}
    assert without == {
        DocumentKind.RECEIPT,
        DocumentKind.CORRECTION_NOTICE,
        DocumentKind.EXTENSION_NOTICE,
        DocumentKind.THIRD_PARTY_CONSULTATION,
        DocumentKind.CONSULTATION_NOTICE,
        DocumentKind.AGENCY_CONSULTATION,
        DocumentKind.REASONS_DEMAND,
        DocumentKind.FEE_NOTICE,
    }


def test_only_letters_that_ask_for_an_answer_bring_a_form() -> None:
    assert {each.kind for each in wordings().values() if each.attachment} == {
        DocumentKind.THIRD_PARTY_CONSULTATION,
        DocumentKind.AGENCY_CONSULTATION,
    }


LEFT_OUT = {
    "reply.granted": ("依据和理由",),
    "reply.granted.already_public": ("依据和理由",),
    "reply.refused.administrative_query": ("获取方式",),
    "reply.unable.not_held.other_agency": ("负责公开的机关",),
    "reply.not_processed.petition": ("依据和理由", "获取方式"),
    "reply.not_processed.repeat": ("依据和理由",),
    "reply.not_processed.publication": ("获取方式", "依据和理由"),
    "reply.not_processed.excessive": ("要求说明理由日期",),
    "reply.not_processed.confirm_or_reissue": ("依据和理由",),
    "termination_notice.correction_lapsed": ("依据和理由", "联系方式"),
    "termination_notice.fee_lapsed": ("依据和理由", "联系方式"),
}
"""What a document need not say (条例 Art. 36, 39); every other reply must say all it names."""


@pytest.mark.parametrize("wording", wordings().values(), ids=wordings().keys())
def test_only_what_the_law_leaves_open_may_be_absent(wording: Wording) -> None:
    usual = () if wording.kind is DocumentKind.REPLY else ("联系方式",)
    assert wording.may_be_absent == LEFT_OUT.get(wording.key, usual)


def test_a_document_tells_which_of_its_paragraphs_are_left_out() -> None:
    asked = (RECEIVED, decide_on("2025-09-30", "unable.not_held"))
    other = "reply.unable.not_held.other_agency"
    silent = written(DocumentKind.REPLY, *asked, wording=other)
    assert silent.unwritten == ("负责公开的机关",)
    told = written(DocumentKind.REPLY, *asked, wording=other, responsible_agency="某局，12345")
    assert told.unwritten == ()
