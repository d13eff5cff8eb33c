"""Denials about requests: none received, none carried over, and all of them answered."""

import re
from collections.abc import Iterator
from decimal import Decimal

from audit.claims import BROUGHT_OVER, NEW_ONLY, REQUESTS, RESULTS, TAKEN_OVER, Claim, Reading
from audit.clauses import Clause, plain
from audit.narrative_context import OF_REQUESTS, ONLY_HEADED, Context
from audit.phrases import ANY_REQUEST, PEOPLE, REQUEST, UNREAL

NONE = r"(?:未曾?|没有?|暂未|从未|尚未|暂无|没|无(?!需|法|偿|效|正当|论|障|故|条件))"
COMING = (
    r"(?:新|再|有|收到|接到|接收到?|接收|接|收|受理|发生|产生|出现|办理|涉及|处理|过|到|的|"
    r"及|和|或|并|、)*+"
)
ENDING = (
    r"(?:申请|事宜|事项|情况|情形|件|的|案件|办件|业务|需求|要求|数|信息|受理|办理|发生|行为|等)*+"
)
DENIED = re.compile(
    rf"{NONE}(?P<coming>{COMING})(?:自然人(?=[、和及或]))?{PEOPLE}(?P<request>{ANY_REQUEST}){ENDING}(?=$|、|和|及|或|与|以及|也)"
)
NOUGHT = re.compile(
    rf"(?P<request>{REQUEST})(?:数量|总数|件数|数|受理|办理|收到)?(?:均|都)?(?:为|是)?(?:零|无)$"
)
NONE_CARRIED_IN = re.compile(
    rf"(?:无|没有|未有)上一?年度?(?:的)?结转{ENDING}|上一?年度?(?:均|也)?(?:无|没有|未有)结转"
)
NONE_CARRIED_OUT = re.compile(
    rf"(?:无|没有|未有){ENDING}结转(?:至|到)?下一?年度?|(?:无|没有|未有)下一?年度?(?:的)?结转"
)
STILL_OPEN = re.compile(
    r"(?<!无)(?<!没有)(?<!未有)(?:结转|顺延|转入)[^,;。]{0,8}(?:下一?年|次年|20\d\d)|未办结|正在办理|在办"
)
"""Words of the same sentence by which 均已办结 can only mean what was due (当期到期的申请)."""
ALL_DONE = re.compile(
    r"(?:所有|全部|均|都)(?:已|予以|按期|按时|依法|按要求|在法定期限内|及时|政府信息公开|信息公开|公开|的|"
    r"申请|答复|并|[均都全部])*+(?:办结|办理完成|办理完毕|办结完毕|办完)|(?<!按时)(?<!按期)(?<!及时)(?<!限时)办结率(?:达到?|为|均为|均达)?100%"
)
NOT_ALL = "文中称全部办结，与结转下年度继续办理的件数不符，请核实是否指当期到期的申请"


def request_denials(clause: Clause, context: Context) -> Iterator[Claim]:
    """Yield what a clause says there was none of."""
    text = clause.text
    if UNREAL.search(text):
        return
    spoken = context.topic == OF_REQUESTS or context.headed
    if NONE_CARRIED_IN.search(text) and spoken:
        yield _none(clause, context, "上年结转政府信息公开申请数量", BROUGHT_OVER)
    elif NONE_CARRIED_OUT.search(text) and spoken:
        yield _none(clause, context, "结转下年度继续办理", TAKEN_OVER)
    else:
        yield from _none_received(clause, context, spoken=spoken)
    if (
        context.topic == OF_REQUESTS
        and ALL_DONE.search(text)
        and not STILL_OPEN.search(plain(clause.sentence))
    ):
        yield Claim(
            RESULTS,
            "结转下年度继续办理",
            Decimal(0),
            (TAKEN_OVER,),
            clause.sentence,
            doubt=NOT_ALL,
        )


def _none_received(clause: Clause, context: Context, *, spoken: bool) -> Iterator[Claim]:
    found = DENIED.search(clause.text) or NOUGHT.search(clause.text)
    if not found or (found["request"].startswith("申请") and not _came(found)):
        return
    named = re.fullmatch(REQUEST, found["request"])
    if named or spoken:
        doubt = None if named else ONLY_HEADED
        yield _none(clause, context, "本年新收政府信息公开申请数量", NEW_ONLY, doubt)


def _came(found: re.Match[str]) -> bool:
    """Whether it is denied that something came in (未收到), not that it was asked for (无申请)."""
    return "coming" in found.groupdict() and bool(re.search("[收接]", found["coming"]))


def _none(
    clause: Clause, context: Context, figure: str, reading: Reading, doubt: str | None = None
) -> Claim:
    return Claim(
        REQUESTS,
        figure,
        Decimal(0),
        (reading,),
        clause.sentence,
        doubt=context.scope or doubt,
        denial=True,
    )
