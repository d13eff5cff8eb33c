"""An invented agency, an invented request, and every text a document may need."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from disclosure.decider import decide
from disclosure.event import Event
from disclosure.evolution import fold
from disclosure.numbering import DocumentKind
from disclosure.remedies import RemedyBodies
from disclosure.request_commands import RequestCommand
from disclosure.state import RequestState
from documents import AgencySettings, DocumentContent, FeeBasis, Particulars, document_for
from tests.disclosure.facts import CO_MAKER, PARTY, register
from tests.disclosure.specification import LAW

BODY, COURT = "某某市人民政府", "某某铁路运输法院"
AGENCY = AgencySettings(
    name="某某市城市管理局",
    remedies=RemedyBodies(BODY, COURT),
    contact="某某市某某路1号，0000-0000000",
    payment="持本通知书到银行网点缴纳",
)
APPLICANT = "（虚构）甲"
SAID = Particulars(
    case="2025-001",
    applicant=APPLICANT,
    description="2024 年度道路养护支出明细",
    third_party=PARTY,
    co_maker=CO_MAKER,
    points="所需信息的年度不明确",
    extension_reason="检索量大",
    excess="一个月内就同类事项申请五十件",
    disclosed="公开中标价格；不公开对公共利益造成重大影响",
    grounds="经审查形成的依据和理由",
    access="随本答复书提供纸质件一份",
    earlier_number="某城管公开〔2025〕3号",
    earlier_on=date(2025, 1, 3),
    fee=FeeBasis(mode="pages", quantity=250),
)
NUMBER = "某城管公开〔2025〕12号"
ON = date(2025, 9, 30)
RECEIVED = register("2025-09-17")


def lived(*commands: RequestCommand) -> RequestState:
    """Fold what the decider answers to the commands, one after the other."""
    events: Sequence[Event] = ()
    for command in commands:
        events = [*events, *decide(fold(events), command, LAW)]
    return fold(events)


def written(
    kind: DocumentKind,
    *commands: RequestCommand,
    wording: str | None = None,
    agency: AgencySettings = AGENCY,
    **said: Any,
) -> DocumentContent:
    """Write a document for a request that has lived through the commands."""
    return document_for(
        kind,
        lived(*commands),
        replace(SAID, **said),
        agency,
        on=ON,
        number=NUMBER,
        wording=wording,
    )


def words(content: DocumentContent) -> str:
    """Return the body as one text."""
    return "\n".join(content.body)
