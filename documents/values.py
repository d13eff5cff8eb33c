"""The values behind the placeholders: the request's state and the caller's texts, in Chinese.

Dates are read from the state, never counted here. A value that is not there is empty.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from disclosure.chinese import chinese_date
from disclosure.event import Clock
from disclosure.fees import Step
from disclosure.matters import Consultation
from disclosure.numbering import DocumentKind
from disclosure.outcomes import ApplicantType
from disclosure.registration_words import CHANNELS
from disclosure.sentences import OPINIONS
from disclosure.state import RequestState
from documents.errors import DocumentError
from documents.particulars import AgencySettings, FeeBasis, Particulars
from documents.placeholders import clean
from documents.possible import objecting, pending

_TO_OTHERS = frozenset(
    {
        DocumentKind.THIRD_PARTY_CONSULTATION,
        DocumentKind.AGENCY_CONSULTATION,
        DocumentKind.THIRD_PARTY_NOTICE,
    }
)
"""Letters that do not go to the applicant and do not say who it is (个人信息保护法 Art. 6)."""


def addressee(kind: DocumentKind, particulars: Particulars) -> str:
    """Return who the document goes to; empty where the name is not known."""
    if kind is DocumentKind.AGENCY_CONSULTATION:
        return clean(particulars.co_maker)
    return clean(particulars.third_party if kind in _TO_OTHERS else particulars.applicant)


def values_for(
    kind: DocumentKind, state: RequestState, particulars: Particulars, agency: AgencySettings
) -> dict[str, str]:
    """Return every value the wordings of this kind may name.

    Raises:
        DocumentError: the fee given is not the one on record, or it is unclear which third party
            is meant.
    """
    values = {
        "申请编号": clean(particulars.case),
        "申请内容": clean(particulars.description),
        "联系方式": clean(agency.contact),
        "缴纳方式": clean(agency.payment),
        "第三方": clean(particulars.third_party),
        "共同制作机关": clean(particulars.co_maker),
        "补正事项": clean(particulars.points),
        "延期理由": clean(particulars.extension_reason),
        "数量频次事实": clean(particulars.excess),
        "决定公开的内容和理由": clean(particulars.disclosed),
        "依据和理由": clean(particulars.grounds),
        "获取方式": clean(particulars.access),
        "负责公开的机关": clean(particulars.responsible_agency),
        "原答复文号": clean(particulars.earlier_number),
        "原答复日期": _date(particulars.earlier_on),
        "原答复的文号或者日期": _earlier_reply(particulars),
        **_receipt(state),
        **_matters(state),
    }
    if kind not in _TO_OTHERS:
        values |= _applicant(state, particulars)
    if kind is DocumentKind.CONSULTATION_NOTICE:
        values |= _asked(pending(state))
    if kind is DocumentKind.THIRD_PARTY_NOTICE:
        values |= _objection(_objector(state, particulars))
    if kind is DocumentKind.FEE_NOTICE and particulars.fee is not None:
        values |= _fee(state, particulars.fee)
    return values


def always_filled(kind: DocumentKind) -> frozenset[str]:
    """Return the values that a request on record has for this kind, whichever its wording."""
    filled = {"申请编号", "申请内容", "申请渠道", "提出日期"}
    if kind not in _TO_OTHERS:
        filled |= {"申请人", "你", "来件"}
    if kind in {DocumentKind.REPLY, DocumentKind.TERMINATION_NOTICE}:
        filled |= {"办理结果", "结果依据"}
    return frozenset(filled)


def refuse_empty_fee(kind: DocumentKind, particulars: Particulars) -> None:
    """Refuse a notice of a fee of nothing, or of one nobody has said how to reckon.

    Raises:
        DocumentError: nothing is to be paid for so few, or mode and quantity are not known.
    """
    if kind is not DocumentKind.FEE_NOTICE:
        return
    if particulars.fee is None:
        raise DocumentError("尚缺：计收方式和数量，请先登记“收取信息处理费”")
    if particulars.fee.fee.amount == 0:
        raise DocumentError("按所列数量不需要收取信息处理费，不能发出收费通知")


def _applicant(state: RequestState, particulars: Particulars) -> dict[str, str]:
    you = "你" if state.applicant_type is ApplicantType.NATURAL_PERSON else "你单位"
    return {
        "申请人": clean(particulars.applicant),
        "你": you,
        "来件": _arrival(state, you, clean(particulars.case)),
    }


def _earlier_reply(particulars: Particulars) -> str:
    """Name the reply a repeated request was given: one of old may bear no number (Art. 36(6))."""
    named = (clean(particulars.earlier_number), _date(particulars.earlier_on))
    return "，".join(each for each in named if each)


def _arrival(state: RequestState, you: str, case: str) -> str:
    """Say when the request came in; one that was never received was at least submitted."""
    if state.received_on is None:
        return f"{you}于{_date(state.submitted_on)}向本机关提出政府信息公开申请（申请编号：{case}）"
    first = f"本机关于{_date(state.received_on)}收到{you}提出的政府信息公开申请（申请编号：{case}）"
    corrected = state.correction.received_on if state.correction else None
    return f"{first}，于{_date(corrected)}收到补正后的申请" if corrected else first


def _receipt(state: RequestState) -> dict[str, str]:
    channel = CHANNELS[state.channel] if state.channel else ""
    return {
        "提出日期": _date(state.submitted_on),
        "收到日期": _date(state.received_on),
        "申请渠道": channel,
        "待确认渠道": channel if state.received_on is None else "",
    }


def _matters(state: RequestState) -> dict[str, str]:
    """Return what hangs in the request or has hung in it, with its dates."""
    correction, reasons, fee = state.correction, state.reasons, state.fee
    outcome = state.outcome
    return {
        "告知补正日期": _date(correction.requested_on) if correction else "",
        "补正期限": _date(correction.due_on) if correction else "",
        "延长工作日": str(state.extension_days or ""),
        "答复期限": _due(state.running_clock),
        "要求说明理由日期": _date(reasons.demanded_on) if reasons else "",
        "说明理由期限": _date(reasons.due_on) if reasons else "",
        "收费通知日期": _date(fee.charged_on) if fee else "",
        "缴费期限": _date(fee.due_on) if fee else "",
        "金额": f"{fee.amount:f}" if fee else "",
        "办理结果": outcome.label if outcome else "",
        "结果依据": outcome.basis if outcome else "",
    }


def _asked(consultations: Iterable[Consultation]) -> dict[str, str]:
    asked = tuple(consultations)
    kinds = [kind for kind in _CONSULTED if any(each.kind == kind for each in asked)]
    days = sorted({each.sent_on for each in asked})
    return {
        "征询对象": "和".join(_CONSULTED[kind][0] for kind in kinds),
        "征询缘由": "，".join(_CONSULTED[kind][1] for kind in kinds),
        "征询条款": "、".join(_CONSULTED[kind][2] for kind in kinds),
        "征询日期": "、".join(_date(day) for day in days),
    }


_CONSULTED: Mapping[str, tuple[str, str, str]] = {
    "third_party": ("第三方", "公开可能损害第三方合法权益", "第三十二条"),
    "agency": ("共同制作机关", "由本机关与其他行政机关共同制作", "第三十四条"),
}


def _objector(state: RequestState, particulars: Particulars) -> Consultation:
    """Return the third party the letter goes to; with several, its pseudonym must tell."""
    found = objecting(state)
    if particulars.third_party_ref:
        found = tuple(each for each in found if each.party_ref == particulars.third_party_ref)
    if len(found) != 1:
        raise DocumentError(
            "请指明告知哪一个第三方；告知的须是不同意公开或者只同意部分公开的第三方"
        )
    return found[0]


def _objection(asked: Consultation) -> dict[str, str]:
    return {
        "征询日期": _date(asked.sent_on),
        "第三方答复日期": _date(asked.answered_on),
        "第三方意见": OPINIONS.get(asked.opinion or "", ""),
    }


def _fee(state: RequestState, basis: FeeBasis) -> dict[str, str]:
    fee = basis.fee
    if state.fee is not None and state.fee.amount != fee.amount:
        raise DocumentError("按所列数量计算的信息处理费与登记的金额不一致，请核对")
    by_pages = basis.mode == "pages"
    unit = "页" if by_pages else "件"
    return {
        "计收方式": "按量" if by_pages else "按件",
        "计费条款": "第五条" if by_pages else "第四条",
        "计费明细": "\n".join(_step(step, unit) for step in fee.steps),
        "金额": str(fee.amount),
    }


def _step(step: Step, unit: str) -> str:
    span = f"第{step.first}{unit}" if step.count == 1 else f"第{step.first}至{step.last}{unit}"
    price = f"每{unit}{step.each}元，计{step.amount}元" if step.each else "不收费"
    return f"{span}（{step.count}{unit}），{price}；"


def _due(clock: Clock | None) -> str:
    if clock is None:
        return ""
    later = "（以国务院办公厅公布的节假日安排为准）" if clock.provisional else ""
    return f"{chinese_date(clock.due_on)}{later}"


def _date(day: date | None) -> str:
    return chinese_date(day) if day else ""
