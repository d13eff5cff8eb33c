"""Numbers and denials about requests: received, carried over, answered, and with which result."""

import re

from audit.claims import (
    BROUGHT_OVER,
    CAME,
    HANDLED,
    NEW_ONLY,
    REQUESTS,
    RESULTS,
    TAKEN_OVER,
    Claim,
    Reading,
)
from audit.clauses import Clause, Quantity
from audit.narrative_context import FROM_BEFORE, OF_REQUESTS, ONLY_HEADED, Context
from audit.narrative_results import applicant_claim, result_claim
from audit.phrases import (
    ADVERBS,
    ANY_REQUEST,
    CARRIED,
    FILLER,
    FILLING,
    PEOPLE,
    REQUEST,
    TO_DEAL,
    by_channel,
)

UNITS = {"件", "宗", "份", "条", "起", "例", "次", "件次", "件(次)", ""}

NEWLY = r"(?:新收到?|新增(?!长)|新接收|新受理|新接到)"
TO_RECEIVE = r"(?:收到|接收到?|接到|收悉|收)"
TO_ACCEPT = r"(?:收办|收到并受理|登记受理|受理|登记|接受)"
TO_CARRY_OUT = r"(?:受理并?(?:办理|处理)|接收并办理|收到并(?:办理|处理)|办理|处理)"
TO_FINISH = (
    r"(?:办理结果(?:总计)?|受理并办结|办理并答复|办理答复|答复办结|办结|办理完成|办理完毕|办复)"
)
TO_ANSWER = r"(?:答复|回复|作出答复|予以答复|出具答复)"


def _whole(verb: str, request: str) -> re.Pattern[str]:
    return re.compile(rf"{verb}{FILLING}{PEOPLE}{request}{FILLING}$")


def _bare(verb: str) -> re.Pattern[str]:
    return re.compile(rf"^{ADVERBS}{verb}{FILLING}$")


COMPLETED = re.compile(rf"完成{FILLING}{PEOPLE}{ANY_REQUEST}{TO_DEAL}{FILLING}$")
NOMINAL = re.compile(
    rf"^{ADVERBS}{REQUEST}(?:受理|收到|接收|办理)?(?:数量|总数|总量|件数|数|量)?{FILLING}$"
)
NAMED_AGENCY = re.compile(
    r"(?<![我本该全])([^我本该全年,各]{2,8}(?:局|委|厅|院|中心|公司|街道|学校))(?:共|累计|一共|全年|本年度?|年)*$"
)
ANOTHER_SUBJECT = "该句所称主体与报告机关名称不同"
FLOWS: tuple[tuple[str, str, tuple[Reading, ...], tuple[Reading, ...], str], ...] = (
    ("本年新收政府信息公开申请数量", NEWLY, (NEW_ONLY,), (), REQUESTS),
    ("办理结果总计", TO_FINISH, (HANDLED,), (), RESULTS),
    ("办理结果总计", TO_ANSWER, (HANDLED,), (), RESULTS),
    ("本年新收政府信息公开申请数量", TO_RECEIVE, (NEW_ONLY,), (CAME,), REQUESTS),
    ("本年新收政府信息公开申请数量", TO_CARRY_OUT, (NEW_ONLY, CAME, HANDLED), (), REQUESTS),
    ("本年新收政府信息公开申请数量", TO_ACCEPT, (NEW_ONLY, CAME), (), REQUESTS),
)
"""What a verb says: figure, verb, readings, hinted readings, rule; the first that fits holds."""
WHOLES = tuple(
    (figure, _whole(verb, REQUEST), _whole(verb, ANY_REQUEST), _bare(verb), readings, hinted, rule)
    for figure, verb, readings, hinted, rule in FLOWS
)

LAST_YEAR = r"(?:上一?年度?|去年|往年|年度?)"
NEXT_YEAR = r"(?:至|到|入|为|在)?(?:下一?个?年度?|次年|来年|明年|年度?)"
CARRIED_TAIL = rf"(?:的|办理|继续|本年度?|至|处理|答复|{ANY_REQUEST}|未办结|{FILLER})*+$"
FROM_LAST_YEAR = re.compile(
    rf"{LAST_YEAR}(?:的)?{CARRIED}{CARRIED_TAIL}|{CARRIED}自?上一?年度?{CARRIED_TAIL}"
)
TO_NEXT_YEAR = re.compile(rf"(?:结转|转|顺延|转入|延续|留待|递延){NEXT_YEAR}{CARRIED_TAIL}")
TAIL_FROM_LAST_YEAR = re.compile(rf"^(?:为|系|是|属于?)?上一?年度?的?{CARRIED}")
TAIL_TO_NEXT_YEAR = re.compile(
    r"^(?:申请)?(?:已|将|按规定|依法)*+(?:结转|转|顺延|转入|延续)(?:至|到|入)?(?:下一?个?年|次年|明年)"
)
CARRIED_EITHER_WAY = re.compile(rf"^{ADVERBS}结转{FILLING}$")
ALTOGETHER = re.compile(r"^(?:以上|两项)?(?:合计|共计|总计)为?$")
STILL_OPEN = re.compile(
    r"^(?:申请)?(?:(?:仍|还|现)?(?:正在|尚在|在)办理(?:之?中)?|[尚仍还]?未办结)$"
)


def request_claim(clause: Clause, quantity: Quantity, context: Context) -> Claim | None:
    """Return what a number says of requests and their results, or None where nothing is certain."""
    if quantity.unit not in UNITS or quantity.rounded:
        return None
    return (
        _carried(clause, quantity, context)
        or _flow(clause, quantity, context)
        or applicant_claim(clause, quantity, context)
        or result_claim(clause, quantity, context)
    )


def _carried(clause: Clause, quantity: Quantity, context: Context) -> Claim | None:
    if context.topic != OF_REQUESTS:
        return None
    head, tail = quantity.head, quantity.tail
    last_year = context.year is None or clause.year in {None, 0, context.year, context.year - 1}
    if last_year and (FROM_LAST_YEAR.search(head) or (TAIL_FROM_LAST_YEAR.match(tail))):
        readings: tuple[Reading, ...] = (BROUGHT_OVER,)
        figure = "上年结转政府信息公开申请数量"
    elif TO_NEXT_YEAR.search(head) or TAIL_TO_NEXT_YEAR.match(tail) or STILL_OPEN.match(tail):
        readings, figure = (TAKEN_OVER,), "结转下年度继续办理"
    elif ALTOGETHER.match(head) and _just_carried_in(context):
        readings, figure = (CAME, HANDLED), "本年新收与上年结转合计"
    elif CARRIED_EITHER_WAY.match(head):
        readings, figure = (TAKEN_OVER, BROUGHT_OVER), "结转下年度继续办理"
    else:
        return None
    doubt = "尚未办结的件数或按另一时点统计" if STILL_OPEN.match(tail) else context.doubt
    if context.in_parts and context.whole is None:
        return None
    return Claim(REQUESTS, figure, quantity.value, readings, clause.sentence, doubt=doubt)


def _just_carried_in(context: Context) -> bool:
    latest = context.latest
    return latest is not None and latest.readings == (BROUGHT_OVER,)


def _flow(clause: Clause, quantity: Quantity, context: Context) -> Claim | None:
    head = _with_object(quantity)
    doubt = context.doubt
    for figure, strong, weak, bare, readings, hinted, rule in WHOLES:
        named = strong.search(head)
        spoken = context.topic == OF_REQUESTS or context.headed
        found = named or (spoken and (weak.search(head) or bare.match(head)))
        if not found or by_channel(head[: found.start()]) or _of_somebody(head[: found.start()]):
            continue
        if not named and context.topic != OF_REQUESTS:
            doubt = doubt or ONLY_HEADED
        elif _names_another(head[: found.start()], context.agency):
            doubt = doubt or ANOTHER_SUBJECT
        elif not named and context.last is None and not context.in_parts:
            doubt = doubt or FROM_BEFORE
        if context.in_parts and not named and not (context.whole and bare.match(head)):
            return None
        includes_old = bool(hinted and context.includes_old)
        return Claim(
            rule,
            figure,
            quantity.value,
            readings + (hinted if includes_old else ()),
            clause.sentence,
            () if includes_old else hinted,
            None if doubt == FROM_BEFORE and named else doubt,
            *_shortfall(rule, head),
        )
    if COMPLETED.search(quantity.head):
        return Claim(
            RESULTS, "办理结果总计", quantity.value, (HANDLED,), clause.sentence, doubt=doubt
        )
    if (
        NOMINAL.match(head)
        and context.topic == OF_REQUESTS
        and "申请" in head.replace("依申请", "")
    ):
        readings = (NEW_ONLY, CAME, HANDLED)
        return Claim(
            REQUESTS,
            "本年新收政府信息公开申请数量",
            quantity.value,
            readings,
            clause.sentence,
            doubt=doubt or "该句未写明是收到还是办结",
        )
    return None


def _shortfall(rule: str, head: str) -> tuple[str | None, Reading]:
    """Return why fewer answered than the table says need not be wrong, and how many fewer."""
    if rule != RESULTS:
        return None, ()
    if "结" in head or "完" in head:
        return "办结件数或只计本年新收的申请", BROUGHT_OVER
    return "答复件数或不含其他处理等情形", ()


def _with_object(quantity: Quantity) -> str:
    """Return the head, with the object after the number put back in its place (收到70件申请).

    Where the clause goes on to say something of those requests it speaks of some of them.
    """
    after = re.fullmatch(ANY_REQUEST, quantity.tail)
    return quantity.head + after[0] if after and not quantity.head.endswith("的") else quantity.head


def _names_another(words: str, agency: str | None) -> bool:
    """Whether the words before the verb end in an agency that is not the report's own."""
    named = NAMED_AGENCY.search(words)
    return bool(named and agency and named[1][-3:] not in agency)


def _of_somebody(words: str) -> bool:
    """Whether the words before the verb divide the requests by who made them or about what."""
    return bool(
        re.search(
            r"\d个?(?:工作|自然)?日|涉及|关于|有关[^部]|自然人|企业(?!和)|机构(?!改革)|其中", words
        )
    )
