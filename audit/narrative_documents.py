"""Numbers and denials about documents and decisions of table two, and about fees."""

import re
from collections.abc import Iterator
from decimal import Decimal

from audit.claims import DOCUMENTS, FEES, Claim
from audit.clauses import Clause, Quantity
from audit.narrative_context import ONE_OF_MANY, WHOLE_AREA, Context
from audit.phrases import FILLING, UNREAL
from reporting.labels import DECISION_LABELS, DOCUMENT_COLUMN_LABELS, DOCUMENT_LABELS

SHEETS = {"条", "篇"}
"""Units of documents now and then, never of decisions: those are then what was published."""
UNITS = {"件", "宗", "份", "个", "部", "项", "起", "次", ""}
KIND_WORDS = (
    ("normative_documents", r"(?:行政)?规范性文件"),
    ("regulations", r"(?:政府)?规章(?!制度)"),
)
ANY_KIND = "|".join(words for _, words in KIND_WORDS)
VERBS = (
    ("repealed", r"废止|失效"),
    ("in_force", r"现行有效"),
    ("issued", r"制发|制定并?(?:印发|出台|发布)?|印发|出台|新发布?"),
)
KIND_AT_END = tuple(
    (kind, re.compile(rf"(?:{words})(?:文件)?{FILLING}$")) for kind, words in KIND_WORDS
)
VERB_AT_END = tuple(
    (verb, re.compile(rf"(?:{words})(?:文件)?{FILLING}(?:[、等和及])*+$")) for verb, words in VERBS
)
LISTED = re.compile(rf"^(?:{ANY_KIND})(?:文件)?(?:共|计|为)*$")
"""A kind by itself, as the second of a list whose verb stands before the first."""
KIND_AFTER = tuple((kind, re.compile(rf"(?:{words})(?:文件)?")) for kind, words in KIND_WORDS)
MADE_PUBLIC = re.compile(rf"(?:{ANY_KIND})(?:文件)?发布{FILLING}$")
"""发布 alone is no 制发, but the numbers after it (废止数量0条) are of the same kind."""
SHOWN = re.compile(
    r"解读|备案|审查|审核|清理|上传|学习|党内|征求|评估|公平竞争|征集|以外|之外|牵头|起草|代拟|修订意见"
)
LAPSED_APART = "该句另列宣布失效的件数，表二废止件数或为两者之和"
KIND_FROM_BEFORE = "该句未写明文件种类，按上文理解"

DECISIONS = tuple(
    (kind, re.compile(rf"{words}(?:处理)?(?:案件|决定|处理决定)?(?:数量|总数)?{FILLING}$"))
    for kind, words in DECISION_LABELS.items()
)
DECIDED = re.compile(r"作出|做出|下达|处理决定|处罚决定|许可决定|强制决定")
TAKEN = re.compile(r"作出|做出|下达|办理")
INFORMATION_SHOWN = re.compile(
    rf"(?:公开|公示|公布|发布)[^,;]{{0,60}}?(?:信息|{'|'.join(DECISION_LABELS.values())})"
)
"""What follows in the list was made public; that is not all that was decided."""
MADE_AT_END = re.compile(rf"(?:作出|做出|下达)了?{FILLING}$")
PUBLISHED = re.compile(r"公示|公开|发布|公布|归集|上传|信息|申请|咨询|事项|案卷|文书|复议")
NOT_ALL_DECISIONS = "该句所称口径或与表二“本年处理决定数量”不同"

SERVICE_FEES = re.compile(rf"行政事业性收费(?:总?金额|收入|总额|项目)?{FILLING}$")
COLLECTED = re.compile(rf"(?:收取|收缴|征收){FILLING}$")
PROCESSING_FEE = r"信息(?:公开)?处理费(?:用)?(?:金额|收入)?"
FEES_RECEIVED = re.compile(rf"(?:收取|收到|收入|实收|收缴)[^,]{{0,16}}{PROCESSING_FEE}{FILLING}$")
FEES_DEMANDED = re.compile(
    rf"(?:要求缴纳|应缴|应收|要求支付)[^,]{{0,16}}{PROCESSING_FEE}{FILLING}$"
)
FEE_NOTICES = re.compile(rf"收费通知书?{FILLING}$")

NO = r"(?:未曾?|没有?|无|暂未|尚未|暂无)"
NONE_ISSUED = re.compile(rf"{NO}(?:新)?(?:制发|制定|出台|印发)[^,]{{0,60}}?(?:{ANY_KIND})")
NONE_REPEALED = re.compile(rf"{NO}(?:废止|失效)[^,]{{0,60}}?(?:{ANY_KIND})")
NONE_IN_FORCE = re.compile(rf"{NO}现行有效[^,]{{0,60}}?(?:{ANY_KIND})")
NO_DECISIONS = re.compile(
    rf"{NO}(?:作出|做出)[^,]{{0,60}}?(?:{'|'.join(DECISION_LABELS.values())})"
)
NO_SERVICE_FEES = re.compile(rf"{NO}(?:收取|发生|产生)?行政事业性收费")
NO_PROCESSING_FEE = re.compile(
    rf"{NO}[^,]{{0,12}}(?:收取|收到)[^,]{{0,20}}{PROCESSING_FEE}|{NO}收取{PROCESSING_FEE}"
)
NO_FEE_NOTICE = re.compile(
    rf"{NO}(?:发出|送达|产生|发生)[^,]{{0,20}}(?:{PROCESSING_FEE}|收费通知|收费)"
)


def document_claim(clause: Clause, quantity: Quantity, context: Context) -> Claim | None:
    """Return what a number says of documents made, repealed, in force, or of decisions."""
    if quantity.rounded or quantity.unit not in {*UNITS, *SHEETS}:
        return None
    if INFORMATION_SHOWN.search(quantity.head):
        context.shown = True
    found = _documents(clause, quantity, context)
    return found if found or quantity.unit in SHEETS else _decisions(clause, quantity, context)


def _documents(clause: Clause, quantity: Quantity, context: Context) -> Claim | None:
    head = quantity.head.replace("清理废止", "废止")
    kind = next((kind for kind, pattern in KIND_AT_END if pattern.search(head)), None)
    verb = next((verb for verb, words in VERBS if re.search(words, head)), None)
    at_end = next((verb for verb, pattern in VERB_AT_END if pattern.search(head)), None)
    if kind is None and at_end:
        kind = next((kind for kind, words in KIND_AFTER if words.fullmatch(quantity.tail)), None)
    if SHOWN.search(head) or (kind is None and at_end is None):
        context.kind, context.verb = _kind_made_public(head), None
        return None
    if verb is None and not LISTED.match(head):
        return None
    named = kind or next((kind for kind, words in KIND_WORDS if re.search(words, head)), None)
    if verb == "repealed" and verb == context.verb and "废止" not in head:
        return None
    meant, verb = named or context.kind, verb or context.verb
    context.kind, context.verb = meant, verb
    if meant is None or verb is None or (context.in_parts and context.whole is None):
        return None
    several = len(re.findall(rf"规章(?:、|和|及|与)(?:{ANY_KIND})", head)) > 0
    kinds = tuple(DOCUMENT_LABELS) if several else (meant,)
    own = tuple(f"{one}.{verb}" for one in kinds)
    label = "、".join(DOCUMENT_LABELS[one] for one in kinds)
    return Claim(
        DOCUMENTS,
        f"“{label}”{DOCUMENT_COLUMN_LABELS[verb]}",
        quantity.value,
        (own, (f"{meant}.{verb}",)),
        clause.sentence,
        doubt=_doubt(clause, context)
        or (None if named or "文件" not in head else KIND_FROM_BEFORE)
        or (LAPSED_APART if verb == "repealed" and _lapsed_apart(clause, head) else None),
    )


def _kind_made_public(head: str) -> str | None:
    if not MADE_PUBLIC.search(head):
        return None
    return next((kind for kind, words in KIND_WORDS if re.search(words, head)), None)


def _lapsed_apart(clause: Clause, head: str) -> bool:
    """Whether documents declared void (宣布失效) are counted apart from those repealed."""
    return "失效" in clause.sentence and "失效" not in head


def _decisions(clause: Clause, quantity: Quantity, context: Context) -> Claim | None:
    head = quantity.head
    for kind, pattern in DECISIONS:
        if not pattern.search(head) and not _decided(kind, quantity):
            continue
        context.shown = bool(PUBLISHED.search(head)) or (context.shown and not TAKEN.search(head))
        listed = context.in_parts and context.whole is None
        if not context.shown and not listed and not context.of_authorities:
            made = DECIDED.search(head) or context.decision_verb
            context.decision_verb = bool(made)
            return Claim(
                DOCUMENTS,
                f"“{DECISION_LABELS[kind]}”本年处理决定数量",
                quantity.value,
                ((kind,),),
                clause.sentence,
                doubt=_doubt(clause, context) or (None if made else NOT_ALL_DECISIONS),
            )
    return None


def _decided(kind: str, quantity: Quantity) -> bool:
    """Whether the kind stands behind the number: 作出694宗行政许可."""
    words = rf"{DECISION_LABELS[kind]}(?:处理)?(?:案件|决定|处理决定)?"
    at_end = MADE_AT_END.search(quantity.head)
    return bool(at_end and re.fullmatch(words, quantity.tail))


def _doubt(clause: Clause, context: Context) -> str | None:
    if context.aggregate and not (context.whole_area or WHOLE_AREA.search(clause.text)):
        return ONE_OF_MANY
    return context.scope


def fee_claim(clause: Clause, quantity: Quantity, context: Context) -> Claim | None:
    """Return what a sum of money or a number of notices says of fees; yuan."""
    if quantity.rounded:
        return None
    head = quantity.head
    if quantity.unit == "元" and (
        SERVICE_FEES.search(head) or (COLLECTED.search(head) and quantity.tail == "行政事业性收费")
    ):
        value = quantity.value / 10000
        codes, figure = ("fees_10k_yuan",), "“行政事业性收费”本年收费金额（万元）"
        doubt = _doubt(clause, context)
        return Claim(FEES, figure, value, (codes,), clause.sentence, doubt=doubt)
    for unit, pattern, code, figure in (
        ("元", FEES_RECEIVED, "fees.received", "实际收取的信息处理费（元）"),
        ("元", FEES_DEMANDED, "fees.demanded", "要求缴纳的信息处理费（元）"),
        ("件", FEE_NOTICES, "fees.notices", "信息处理费收费通知件数"),
        ("份", FEE_NOTICES, "fees.notices", "信息处理费收费通知件数"),
    ):
        if quantity.unit == unit and pattern.search(head):
            least = ("fees_10k_yuan",) if code == "fees.received" else ()
            return Claim(FEES, figure, quantity.value, ((code,),), clause.sentence, least=least)
    return None


def document_denials(clause: Clause, context: Context) -> Iterator[Claim]:
    """Yield the documents and decisions a clause says there were none of."""
    if UNREAL.search(clause.text):
        return
    for pattern, field in (
        (NONE_ISSUED, "issued"),
        (NONE_REPEALED, "repealed"),
        (NONE_IN_FORCE, "in_force"),
    ):
        if pattern.search(clause.text) and not SHOWN.search(clause.text):
            for kind, words in KIND_WORDS:
                if re.search(words, clause.text):
                    figure = f"“{DOCUMENT_LABELS[kind]}”{DOCUMENT_COLUMN_LABELS[field]}"
                    yield _none(DOCUMENTS, figure, f"{kind}.{field}", clause, context)
    if NO_DECISIONS.search(clause.text):
        for kind, words in DECISION_LABELS.items():
            if words in clause.text:
                yield _none(DOCUMENTS, f"“{words}”本年处理决定数量", kind, clause, context)


def fee_denials(clause: Clause, context: Context) -> Iterator[Claim]:
    """Yield the fees a clause says there were none of."""
    text = clause.text
    if UNREAL.search(text):
        return
    if NO_SERVICE_FEES.search(text):
        figure = "“行政事业性收费”本年收费金额（万元）"
        yield _none(FEES, figure, "fees_10k_yuan", clause, context)
    if NO_PROCESSING_FEE.search(text):
        yield _none(FEES, "实际收取的信息处理费（元）", "fees.received", clause, context)
    elif NO_FEE_NOTICE.search(text):
        yield _none(FEES, "信息处理费收费通知件数", "fees.notices", clause, context)
        # Nobody can let a fee lapse that nobody was asked for; whether the sentence speaks of
        # notices or of money paid is not always clear.
        yield Claim(
            FEES,
            "“逾期不缴费”",
            Decimal(0),
            (("other.fee_lapsed.total",),),
            clause.sentence,
            doubt="表三载有因逾期未缴费不再处理的申请，应有收费通知，请核实该句所指",
            denial=True,
        )


def _none(rule: str, figure: str, code: str, clause: Clause, context: Context) -> Claim:
    return Claim(
        rule,
        figure,
        Decimal(0),
        ((code,),),
        clause.sentence,
        doubt=_doubt(clause, context) if rule == DOCUMENTS or code == "fees_10k_yuan" else None,
        denial=True,
    )
