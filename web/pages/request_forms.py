"""The form of each verb: what it asks for, in which words, with which choices."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from casework.personal import PersonalData
from disclosure.commands import PROCEEDING_VERBS, REQUEST_VERBS, CaseCommand
from disclosure.proceeding_results import RESULTS_OF_DECISIONS
from disclosure.registration_words import REGISTRATION_FIELDS
from disclosure.state import RequestState
from disclosure.steps import STEPS
from web.forms import Form, form_for

VERBS: Final[Mapping[str, type[CaseCommand]]] = {**REQUEST_VERBS, **PROCEEDING_VERBS}

LABELS: Final[Mapping[str, str]] = {
    **{step.verb: step.label for step in STEPS},
    "file_reconsideration": "行政复议受理",
    "conclude_reconsideration": "行政复议审结",
    "file_lawsuit": "行政诉讼立案",
    "appeal_lawsuit": "提起上诉",
    "conclude_lawsuit": "行政诉讼审结",
}
"""Each verb as officials write it."""

KNOWN: Final = frozenset({"agency", "case", "by", "approved_by"})
"""Members the page fills in: who is signed in, and which case it is."""

_DAYS: Final[Mapping[str, str]] = {
    "confirm_receipt": "双方确认收到之日",
    "request_correction": "告知补正之日",
    "receive_correction": "收到补正之日",
    "extend": "告知延期之日",
    "consult_third_party": "征询书发出之日",
    "consult_agency": "征求意见函发出之日",
    "party_received": "被征询方收到之日",
    "third_party_reply": "收到第三方答复之日",
    "agency_reply": "收到该机关答复之日",
    "notify_third_party": "告知第三方之日",
    "demand_reasons": "要求说明理由之日",
    "receive_reasons": "收到理由之日",
    "charge_fee": "发出收费通知之日",
    "pay_fee": "缴费之日",
    "decide": "答复之日（成文日期）",
    "deliver": "登记送达之日",
    "withdraw": "申请人撤回之日",
    "reclassify": "更正之日",
    "correct_record": "更正之日",
    "reopen": "恢复办理之日",
    "archive": "归档之日",
    "file_reconsideration": "复议机关受理之日",
    "conclude_reconsideration": "收到复议决定书之日",
    "file_lawsuit": "法院立案之日",
    "appeal_lawsuit": "提起上诉之日",
    "conclude_lawsuit": "收到裁判文书之日",
}

_HINTS: Final[Mapping[str, Mapping[str, str]]] = {
    "request_correction": {
        "points": "一次性写明需要补正的事项和合理的补正要求",
        "due_on": "届满日和工作日数填一项即可，都不填的，由系统按规定确定",
    },
    "extend": {"working_days": "最长二十个工作日，只能延长一次"},
    "decide": {
        "document_number": "不填的，由系统按机关代字连续编号",
        "grounds": "不予公开、无法提供、不予处理的，应当告知并说明理由",
    },
    "deliver": {"posted_on": "邮寄的，以交邮日认定是否按期"},
    "correct_record": {
        "value": "日期写作 2025-03-07；申请渠道写作当面、网络等，申请人类型写作自然人、商业企业等"
    },
    "charge_fee": {"quantity": "按量计收的填页数；按件计收的填本申请所计件数"},
    "archive": {"retention_years": "10 年或者 30 年，按本机关的保管期限表"},
    "file_reconsideration": {"request": "与某件申请无关的，不填"},
    "file_lawsuit": {"request": "与某件申请无关的，不填"},
}

CORRECTABLE: Final = tuple(
    (name, words) for name, words in REGISTRATION_FIELDS.items() if name != "on"
)
"""Members of the registration that can be corrected."""

_PARTY_VERBS: Final[Mapping[str, str | None]] = {
    "party_received": None,
    "third_party_reply": "third_party",
    "agency_reply": "agency",
    "notify_third_party": "third_party",
}
"""Verbs about a party that was consulted before, and of which kind it must be."""


def verb_form(
    verb: str,
    today: date,
    *,
    state: RequestState | None = None,
    personal: PersonalData | None = None,
    draft: bool = False,
) -> Form:
    """Make the form of a verb.

    Args:
        verb: of a request or a proceeding.
        today: in Shanghai, what the day is unless said otherwise.
        state: of the request, for the parties it knows.
        personal: their names.
        draft: whether it is written for approval; its day may then be left to that.
    """
    day: dict[str, Any] = {"label": _DAYS.get(verb, "日期"), "initial": today.isoformat()}
    if draft:
        day |= {"initial": "", "optional": True, "hint": "不填的，为批准之日"}
    changes: dict[str, dict[str, Any]] = {"on": day, "note": {"label": "备注（不对外）"}}
    for name, hint in _HINTS.get(verb, {}).items():
        changes.setdefault(name, {})["hint"] = hint
    if "outcome" in VERBS[verb].model_fields:
        changes["outcome"] = {"label": "办理结果"}
    if verb == "correct_record":
        changes["field"] = {"label": "更正哪一项", "options": CORRECTABLE}
    if verb in _PARTY_VERBS and state is not None and personal is not None:
        changes["party"] = {"options": _parties(_PARTY_VERBS[verb], state, personal)}
    kind = {"conclude_reconsideration": "reconsideration", "conclude_lawsuit": "lawsuit"}.get(verb)
    if kind is not None:
        known = "、".join(RESULTS_OF_DECISIONS[kind])  # type: ignore[index] # its two keys
        changes["outcome_detail"] = {"hint": f"如{known}"}
    form = form_for(VERBS[verb], leave_out=KNOWN, changes=changes, first=("on",))
    note = [each for each in form.fields if each.name == "note"]
    return Form((*(each for each in form.fields if each.name != "note"), *note))


def _parties(
    kind: str | None, state: RequestState, personal: PersonalData
) -> list[tuple[str, str]]:
    names = [
        personal.parties[each.party_ref]
        for each in state.last_consultations()
        if (kind is None or each.kind == kind) and personal.parties.get(each.party_ref)
    ]
    return [(name, name) for name in names]
