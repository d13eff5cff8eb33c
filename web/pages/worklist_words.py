"""What the worklist calls things, and the choices of its filters, each a value with its words."""

from collections.abc import Mapping, Sequence
from typing import Final

from disclosure.flags import Flag
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.proceeding_limits import limit_words
from disclosure.proceeding_results import KIND_LABELS, RESULT_LABELS
from disclosure.proceeding_state import ProceedingStage
from disclosure.registration_words import CHANNELS
from disclosure.state import Stage

Options = Sequence[tuple[str, str]]

KINDS: Final[Mapping[str, str]] = {"request": "依申请公开", **dict(KIND_LABELS.items())}

STAGES: Final[Mapping[str, str]] = {
    **{stage.value: stage.label for stage in ProceedingStage if stage is not stage.UNFILED},
    **{stage.value: stage.label for stage in Stage if stage is not Stage.UNREGISTERED},
}

WAITS: Final[Mapping[str, str]] = {
    "us": "本机关",
    "applicant": "申请人",
    "third_party": "第三方",
    "agency": "其他行政机关",
    "authority": "复议机关、法院",
    "parties": "当事人",
}

DUE: Final[Mapping[str, str]] = {
    "overdue": "逾期",
    "near": "临期",
    "normal": "正常",
    "still": "停止计算",
    "others": "他方期限",
    "none": "未起算",
}
"""How the limit of an open case stands; the first three are the agency's own."""

LOOKS: Final[Mapping[str, str]] = {
    "overdue": "bad",
    "near": "soon",
    "normal": "good",
    "still": "calm",
    "others": "calm",
    "none": "over",
    "late": "bad",
    "closed": "over",
}
"""The colour each goes with; the word always stands there too."""

LIMITS: Final[Mapping[str, str]] = {
    "answer": "答复期限",
    "correction": "补正",
    "fee": "缴费",
    "decision": limit_words("decision"),
    "suing": limit_words("suing"),
    "judgment": limit_words("judgment"),
    "appeal": limit_words("appeal"),
    "ruling_appeal": limit_words("ruling_appeal"),
    "second_judgment": limit_words("second_judgment"),
}

SCOPES: Final[Mapping[str, str]] = {
    "all": "全部",
    "mine": "我的",
    "office": "本科室",
    "unassigned": "未分办",
}

OUTCOMES: Final[Mapping[str, str]] = {
    **{outcome.value: outcome.label for outcome in Outcome},
    **dict(RESULT_LABELS.items()),
}

APPLICANTS: Final[Mapping[str, str]] = {kind.value: kind.label for kind in ApplicantType}

STATES: Final[Mapping[str, str]] = {"open": "在办", "closed": "已办结", "all": "全部"}

FLAGS: Final[Mapping[str, str]] = {flag.value: flag.words for flag in Flag}

CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "scope": SCOPES,
    "state": STATES,
    "kind": KINDS,
    "stage": STAGES,
    "waits_for": WAITS,
    "due": DUE,
    "channel": CHANNELS,
    "applicant": APPLICANTS,
    "outcome": OUTCOMES,
    "flag": FLAGS,
}
"""Filters that take one of some values known beforehand."""


def options_of(field: str) -> Options:
    """Return the choices of a filter as a form takes them."""
    return list(CHOICES[field].items())
