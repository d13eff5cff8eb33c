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
    TAKEN_ON,
    TO_DEAL,
    by_channel,
)

UNITS = {"件", "宗", "份", "条", "起", "例", "次", "件次", "件(次)", ""}
ALSO_OF_STEPS = {"项", "个"}
"""Units of requests now and then, of steps and measures more often: 流程5个环节."""

NEWLY = r"(?:新收到?|新增(?!长)|新接收|新受理|新接到)"
TO_RECEIVE = r"(?:收到|接收到?|接到|收悉|收)"
TO_ACCEPT = r"(?:收办|收到并受理|登记受理|受理|登记|接受)"
TO_CARRY_OUT = r"(?:受理并?(?:办理|处理)|接收并办理|收到并(?:办理|处理)|办理|处理)"
TO_FINISH = (
    r"(?:办理结果(?:总计)?|(?<=已)办理|受理并办结|办理并答复|办理答复|答复办结|办结|"
    r"办理完成|办理完毕|办复)"
)
TO_ANSWER = r"(?:答复|回复|作出答复|予以答复|出具答复)"


def _whole(verb: str, request: str) -> re.Pattern[str]:
    return re.compile(rf"{verb}{FILLING}{PEOPLE}{request}{FILLING}$")


def _bare(verb: str) -> re.Pattern[str]:
    return re.compile(rf"^{ADVERBS}{verb}{FILLING}$")


COMPLETED = re.compile(rf"完成{FILLING}{PEOPLE}{ANY_REQUEST}{TO_DEAL}{FILLING}$")
NOMINAL = re.compile(
    rf"^{ADVERBS}(?:[^,;\d]{{1,12}}(?:局|委|厅|院|中心|街道|镇|乡|办公室))?{ADVERBS}{REQUEST}(?:受理|收到|接收|办理|办结|和|并|、)*+"
    rf"(?:数量|总数|总量|件数|数|量)?{FILLING}$"
)
PLACE = re.compile(r"[省市区县州盟旗镇乡街道办]")
NAMED_AGENCY = re.compile(
    r"(?<![我本该全])([^我本该全年,各]{2,8}(?:局|委|厅|院|中心|公司|街道|学校))(?:共|累计|一共|全年|本年度?|年)*$"
)
SOME_TAKEN_ON = "该句另列实际受理的件数，表三或只计实际受理的申请"
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
CARRIED_TAIL = (
    rf"(?:的|办理|继续|本年度?|至|处理|作出|予以|答复|{ANY_REQUEST}|"
    rf"(?:政府)?信息公开|未办结|{FILLER})*+$"
)
FROM_LAST_YEAR = re.compile(
    rf"{LAST_YEAR}(?:的)?{CARRIED}{CARRIED_TAIL}|{CARRIED}自?上一?年度?{CARRIED_TAIL}"
)
TO_NEXT_YEAR = re.compile(
    rf"(?:结转|转|顺延|转入|延续|留待|递延){NEXT_YEAR}{CARRIED_TAIL}"
    rf"|^(?:下一?个?年度?|次年|明年)继续(?:办理|处理|答复){FILLING}$"
)
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
    if quantity.rounded or not _of_requests(quantity):
        return None
    return (
        _carried(clause, quantity, context)
        or _flow(clause, quantity, context)
        or applicant_claim(clause, quantity, context)
        or result_claim(clause, quantity, context)
    )


def _of_requests(quantity: Quantity) -> bool:
    if quantity.unit in ALSO_OF_STEPS:
        return not quantity.tail or bool(re.fullmatch(ANY_REQUEST, quantity.tail))
    return quantity.unit in UNITS


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
    for figure, strong, weak, bare, readings, hinted, rule in WHOLES:
        named = strong.search(head)
        spoken = context.topic == OF_REQUESTS or context.headed
        found = named or (spoken and (weak.search(head) or bare.match(head)))
        before = head[: found.start()] if found else ""
        if not found or by_channel(before) or _of_somebody(before):
            continue
        whole = context.whole if context.in_parts else None
        if whole and whole.readings[0] == HANDLED == readings[0]:
            return None
        if context.in_parts and not named and not (whole and bare.match(head)):
            return None
        includes_old = bool(hinted and context.includes_old)
        return Claim(
            rule,
            figure,
            quantity.value,
            readings + (hinted if includes_old else ()),
            clause.sentence,
            () if includes_old else hinted,
            _doubt(context, head, before, named=bool(named)),
            *_shortfall(rule, head),
        )
    return _without_verb(clause, quantity, context, head)


def _doubt(context: Context, head: str, before: str, *, named: bool) -> str | None:
    """Return why a number received or answered need not be the agency's of the year."""
    doubt = None if named and context.doubt == FROM_BEFORE else context.doubt
    if doubt:
        return doubt
    if not named and context.topic != OF_REQUESTS:
        return ONLY_HEADED
    if context.taken_on and not TAKEN_ON.search(head):
        return SOME_TAKEN_ON
    if _names_another(before, context.agency):
        return ANOTHER_SUBJECT
    unnamed = not named and context.last is None and not context.in_parts
    return FROM_BEFORE if unnamed else None


def _without_verb(clause: Clause, quantity: Quantity, context: Context, head: str) -> Claim | None:
    """Return what 完成申请办理 or 政府信息公开申请数量 counts: no verb says what was done."""
    if COMPLETED.search(quantity.head):
        figure, readings, doubt = "办理结果总计", (HANDLED,), context.doubt
        return Claim(RESULTS, figure, quantity.value, readings, clause.sentence, doubt=doubt)
    asked = "申请" in head.replace("依申请", "") or _counts_under_heading(head, context)
    if not asked or not NOMINAL.match(head) or context.topic != OF_REQUESTS:
        return None
    return Claim(
        REQUESTS,
        "本年新收政府信息公开申请数量",
        quantity.value,
        (NEW_ONLY, CAME, HANDLED),
        clause.sentence,
        doubt=context.doubt or "该句未写明是收到还是办结",
    )


def _shortfall(rule: str, head: str) -> tuple[str | None, Reading]:
    """Return why fewer answered than the table says need not be wrong, and how many fewer."""
    if rule != RESULTS:
        return None, ()
    if re.search("结|完|办理$", head):
        return "办结件数或只计本年新收的申请", BROUGHT_OVER
    return "答复件数或不含其他处理等情形", ()


def _with_object(quantity: Quantity) -> str:
    """Return the head, with the object after the number put back in its place (收到70件申请).

    Where the clause goes on to say something of those requests it speaks of some of them.
    """
    after = re.fullmatch(ANY_REQUEST, quantity.tail)
    return quantity.head + after[0] if after and not quantity.head.endswith("的") else quantity.head


def _counts_under_heading(head: str, context: Context) -> bool:
    """Whether 依申请公开……数 under a heading of requests counts them, and no documents."""
    return head.endswith(("受理和办结", "受理、办结")) or (context.headed and head.endswith("数"))


def _names_another(words: str, agency: str | None) -> bool:
    """Whether the words before the verb end in an agency that is not the report's own.

    An agency is often called by a part of its name or by signs out of it (园建局).
    """
    named = NAMED_AGENCY.search(words)
    return bool(named and agency and set(PLACE.sub("", named[1])) - set(agency))


def _of_somebody(words: str) -> bool:
    """Whether the words before the verb divide the requests by who made them or about what."""
    return bool(
        re.search(
            r"\d个?(?:工作|自然)?日|涉及|关于|有关[^部]|自然人|企业(?!和)|机构(?!改革)|其中", words
        )
    )
