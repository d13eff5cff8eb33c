"""Numbers and denials about reconsideration and litigation (行政复议, 行政诉讼) over disclosure."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from audit.claims import PROCEEDINGS, Claim, Reading
from audit.clauses import Clause, Quantity
from audit.narrative_context import Context
from audit.phrases import FILLING, UNREAL
from reporting.labels import PROCEEDING_LABELS, STATE_LABELS

UNITS = {"件", "宗", "起", "例", "次", "件次", "件(次)", "项", "条", ""}
RECONSIDERATION, DIRECT, AFTER = PROCEEDING_LABELS

MATTER = (
    r"(?:的|类|案件|案|申请|事项|事件|情况|情形|现象|问题|件数|数量|数|结果|有关|相关|发生|等|总计|"
    r"受理|行为)*+"
)
DIRECT_WORDS = r"未经复议(?:程序)?直接(?:起诉|提起(?:行政)?诉讼)|直接起诉"
AFTER_WORDS = r"(?:行政|经)?复议后(?:再)?(?:起诉|提起(?:行政)?诉讼|诉讼)"
GROUP_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (DIRECT_WORDS, (DIRECT,)),
    (AFTER_WORDS, (AFTER,)),
    (r"(?:提起)?(?:行政)?诉讼(?:、?应诉)?", (DIRECT, AFTER)),
    (r"(?:行政)?复议", (RECONSIDERATION,)),
)
ANY_GROUP = "|".join(words for words, _ in GROUP_WORDS)
SEVERAL = re.compile(
    rf"(?:{ANY_GROUP}){MATTER}(?:、|和|及|与|或者?|以及)(?:被?提起)?(?:{ANY_GROUP}){MATTER}{FILLING}$"
)
ALONE = tuple(
    (re.compile(rf"(?:{words}){MATTER}{FILLING}$"), groups) for words, groups in GROUP_WORDS
)
BEHIND = tuple(
    (re.compile(rf"^[^,]{{0,24}}(?:{words})(?:案件|案|事项|申请)?$"), groups)
    for words, groups in GROUP_WORDS
)
STATES: tuple[tuple[str, str], ...] = (
    (r"(?:尚未|未|尚在)审结|(?:正在|尚在)审理(?:中)?", "pending"),
    (r"(?:结果)?(?:被)?(?<!未)(?:维持|予以维持)", "upheld"),
    (r"(?:结果)?(?:被)?(?:依法|予以)?(?:纠正|纠错)|败诉", "corrected"),
    (r"其他结果", "other"),
)
STATE_AT_END = tuple(
    (re.compile(rf"(?:{words})(?:的|案件)*+{FILLING}$"), state) for words, state in STATES
)
STATE_AT_START = tuple((re.compile(rf"^(?:案件)?(?:{words})"), state) for words, state in STATES)

WITHDRAWN = re.compile(rf"(?:撤销|撤回|终止|放弃)(?:行政)?(?:复议|诉讼)(?:申请|请求)?{FILLING}$")
"""How a proceeding ended, not how many there were."""
INSTANCE = re.compile(r"[一二再]审")
"""Judgments by instance: one lawsuit may have two, and the form counts lawsuits."""
PARTIAL = re.compile(
    r"新收|新增|新发生|收到|提起|被申请|申请|被诉|败诉|胜诉|受理|应诉|审结|办结|引发"
)
AS_AUTHORITY = re.compile(r"办理|审理|审查|受理|代理|承办|出庭|应诉")
PENDING_FROM_BEFORE = "表内还包括上年尚未审结、本年继续计入的案件"
NOT_SAID = "该句未写明是政府信息公开行政复议、行政诉讼"
LOST = "败诉与表四“结果纠正”口径或有不同"
OTHER_CAPACITY = "该句所称或为作为复议机关、应诉代理办理的案件"

NO = r"(?:未|没有|暂未|暂无|不存在|没|无)"
DENIED = re.compile(
    rf"{NO}(?!经)(?P<between>[^\d]{{0,40}}?)(?:{ANY_GROUP}){MATTER}(?:$|、|和|及|或|与)"
)
NOUGHT = re.compile(rf"(?:{ANY_GROUP}){MATTER}(?:均|都)?(?:为零|为无|未发生|没有发生|无|没有)$")
CONTINUED = re.compile(rf"^(?:被|也|和|及|或)?(?:提起|申请|引发)?(?:{ANY_GROUP}){MATTER}$")
"""The rest of a denial behind a comma: 无……产生行政复议，提起行政诉讼情况发生."""
NOT_CORRECTED = re.compile(rf"{NO}(?:出现|发生|有|被|一起|一件)?[^\d,]{{0,16}}(?:纠正|纠错)")
EVALUATED = re.compile(r"败诉|撤销|违法|纠正|纠错|胜诉|申请人|决定书|逾期")


def proceeding_claim(clause: Clause, quantity: Quantity, context: Context) -> Claim | None:
    """Return what a number says of proceedings over disclosure; None where it is not certain."""
    if quantity.unit not in UNITS or quantity.rounded or context.of_other_acts:
        return None
    if not context.on_disclosure:
        return _nought_of_any(clause, quantity, context)
    state = _state(quantity)
    groups = _groups(quantity)
    if groups:
        context.groups = groups
    if state:
        named = groups or _named_in(clause.text) or context.groups
        return _claim(clause, quantity, context, named, state) if named else None
    return _claim(clause, quantity, context, groups, "total") if groups else None


def _nought_of_any(clause: Clause, quantity: Quantity, context: Context) -> Claim | None:
    """Return 行政复议0件 where nothing says over what: none of any kind is none of ours."""
    groups = _groups(quantity)
    if quantity.value or not groups:
        return None
    return replace(_claim(clause, quantity, context, groups, "total"), doubt=NOT_SAID)


def _state(quantity: Quantity) -> str | None:
    if INSTANCE.search(quantity.head):
        return None
    for pattern, state in STATE_AT_END:
        if pattern.search(quantity.head):
            return state
    if not quantity.head:
        for pattern, state in STATE_AT_START:
            if pattern.match(quantity.tail):
                return state
    return None


def _groups(quantity: Quantity) -> tuple[str, ...]:
    if WITHDRAWN.search(quantity.head):
        return ()
    several = SEVERAL.search(quantity.head)
    if several:
        return _named_in(several[0])
    for pattern, groups in ALONE:
        if pattern.search(quantity.head):
            return groups
    for pattern, groups in BEHIND:
        if pattern.match(quantity.tail):
            return groups
    return ()


def _named_in(text: str) -> tuple[str, ...]:
    named: list[str] = []
    for words, groups in GROUP_WORDS:
        if re.search(words, text):
            named += groups
            text = re.sub(words, "", text)
    return tuple(group for group in PROCEEDING_LABELS if group in named)


def _claim(
    clause: Clause, quantity: Quantity, context: Context, groups: tuple[str, ...], state: str
) -> Claim:
    authority = context.in_authority or (context.aggregate and AS_AUTHORITY.search(quantity.head))
    return Claim(
        PROCEEDINGS,
        _figure(groups, state),
        quantity.value,
        (_reading(groups, state),),
        clause.sentence,
        doubt=context.scope
        or (OTHER_CAPACITY if authority else None)
        or (LOST if "败诉" in quantity.head else None)
        or (None if context.discloses or context.over_disclosure else NOT_SAID),
        doubt_below=PENDING_FROM_BEFORE if PARTIAL.search(quantity.head) else None,
    )


def _figure(groups: tuple[str, ...], state: str) -> str:
    words = "、".join(PROCEEDING_LABELS[group] for group in groups)
    return f"“{words}”{STATE_LABELS[state]}"


def _reading(groups: tuple[str, ...], state: str) -> Reading:
    return tuple(f"{group}.{state}" for group in groups)


def proceeding_denials(clause: Clause, context: Context) -> Iterator[Claim]:
    """Yield what a clause says there was none of; ``context.groups`` remembers what was named."""
    text = clause.text
    continued = clause.before == "," and context.denied_before and bool(CONTINUED.match(text))
    if UNREAL.search(text) or context.of_other_acts:
        return
    named = _named_in(text.replace("未经", ""))
    if NOT_CORRECTED.search(text):
        groups = named or context.groups
        if groups:
            yield _none(clause, context, groups, "corrected")
        return
    if EVALUATED.search(text):
        return
    if named and (continued or DENIED.search(text) or NOUGHT.search(text)):
        context.denied = True
        yield _none(clause, context, named, "total")


def _none(clause: Clause, context: Context, groups: tuple[str, ...], state: str) -> Claim:
    return Claim(
        PROCEEDINGS,
        _figure(groups, state),
        Decimal(0),
        (_reading(groups, state),),
        clause.sentence,
        doubt=context.scope or (None if context.on_disclosure else NOT_SAID),
        denial=True,
    )
