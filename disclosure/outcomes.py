"""Table three of the annual report as data: its rows, its columns and their codes.

Source: 国办公开办函〔2021〕30号 (form of the annual report); the basis of each result is the
article of 《政府信息公开条例》 (State Council Decree 711) named beside it.
"""

from dataclasses import dataclass
from enum import StrEnum


class ApplicantType(StrEnum):
    """The six columns of table three (申请人情况): who asked."""

    NATURAL_PERSON = "natural_person"
    BUSINESS = "business"
    RESEARCH = "research"
    SOCIAL_WELFARE = "social_welfare"
    LEGAL_SERVICE = "legal_service"
    OTHER_ORG = "other_org"

    @property
    def label(self) -> str:
        """The column's head, word for word as on the form."""
        return APPLICANT_LABELS[self]


APPLICANT_LABELS = {
    ApplicantType.NATURAL_PERSON: "自然人",
    ApplicantType.BUSINESS: "商业企业",
    ApplicantType.RESEARCH: "科研机构",
    ApplicantType.SOCIAL_WELFARE: "社会公益组织",
    ApplicantType.LEGAL_SERVICE: "法律服务机构",
    ApplicantType.OTHER_ORG: "其他",
}


class Outcome(StrEnum):
    """The 21 results a request can have (本年度办理结果); one request has exactly one."""

    GRANTED = "granted"
    PARTIAL = "partial"
    STATE_SECRET = "refused.state_secret"  # noqa: S105 - a ground, not a credential
    PROHIBITED_BY_LAW = "refused.prohibited_by_law"
    THREE_SECURITIES_ONE_STABILITY = "refused.three_securities_one_stability"
    THIRD_PARTY_RIGHTS = "refused.third_party_rights"
    INTERNAL_AFFAIRS = "refused.internal_affairs"
    PROCESS_INFORMATION = "refused.process_information"
    ENFORCEMENT_FILE = "refused.enforcement_file"
    ADMINISTRATIVE_QUERY = "refused.administrative_query"
    NOT_HELD = "unable.not_held"
    NEEDS_CREATION = "unable.needs_creation"
    UNCLEAR_AFTER_CORRECTION = "unable.unclear_after_correction"
    PETITION = "not_processed.petition"
    REPEAT = "not_processed.repeat"
    PUBLICATION = "not_processed.publication"
    EXCESSIVE = "not_processed.excessive"
    CONFIRM_OR_REISSUE = "not_processed.confirm_or_reissue"
    CORRECTION_LAPSED = "other.correction_lapsed"
    FEE_LAPSED = "other.fee_lapsed"
    OTHER = "other.other"

    @property
    def label(self) -> str:
        """The result in words, as officials write it on a register (no numbering)."""
        return OUTCOME_LABELS[self].words

    @property
    def is_lapse(self) -> bool:
        """Whether the applicant let the request lapse: there is nothing to answer in time then."""
        return self in {Outcome.CORRECTION_LAPSED, Outcome.FEE_LAPSED}

    @property
    def basis(self) -> str:
        """The article this result rests on."""
        return OUTCOME_LABELS[self].basis


@dataclass(frozen=True, slots=True)
class OutcomeLabel:
    """What is said of a result: words without numbering, and its legal basis."""

    words: str
    basis: str


OUTCOME_LABELS = {
    Outcome.GRANTED: OutcomeLabel("予以公开", "条例第三十六条第（一）、（二）项"),
    Outcome.PARTIAL: OutcomeLabel("部分公开", "条例第三十七条"),
    Outcome.STATE_SECRET: OutcomeLabel("属于国家秘密", "条例第十四条"),
    Outcome.PROHIBITED_BY_LAW: OutcomeLabel("其他法律行政法规禁止公开", "条例第十四条"),
    Outcome.THREE_SECURITIES_ONE_STABILITY: OutcomeLabel("危及“三安全一稳定”", "条例第十四条"),
    Outcome.THIRD_PARTY_RIGHTS: OutcomeLabel("保护第三方合法权益", "条例第十五条"),
    Outcome.INTERNAL_AFFAIRS: OutcomeLabel("属于三类内部事务信息", "条例第十六条第一款"),
    Outcome.PROCESS_INFORMATION: OutcomeLabel("属于四类过程性信息", "条例第十六条第二款"),
    Outcome.ENFORCEMENT_FILE: OutcomeLabel("属于行政执法案卷", "条例第十六条第二款"),
    Outcome.ADMINISTRATIVE_QUERY: OutcomeLabel("属于行政查询事项", "条例第三十六条第（七）项"),
    Outcome.NOT_HELD: OutcomeLabel("本机关不掌握相关政府信息", "条例第三十六条第（四）、（五）项"),
    Outcome.NEEDS_CREATION: OutcomeLabel("没有现成信息需要另行制作", "条例第三十八条"),
    Outcome.UNCLEAR_AFTER_CORRECTION: OutcomeLabel("补正后申请内容仍不明确", "条例第三十条"),
    Outcome.PETITION: OutcomeLabel("信访举报投诉类申请", "条例第三十九条第一款"),
    Outcome.REPEAT: OutcomeLabel("重复申请", "条例第三十六条第（六）项"),
    Outcome.PUBLICATION: OutcomeLabel("要求提供公开出版物", "条例第三十九条第二款"),
    Outcome.EXCESSIVE: OutcomeLabel("无正当理由大量反复申请", "条例第三十五条"),
    Outcome.CONFIRM_OR_REISSUE: OutcomeLabel(
        "要求行政机关确认或重新出具已获取信息", "国办公开办函〔2021〕30号"
    ),
    Outcome.CORRECTION_LAPSED: OutcomeLabel(
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "条例第三十条"
    ),
    Outcome.FEE_LAPSED: OutcomeLabel(
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "国办函〔2020〕109号第六条",
    ),
    Outcome.OTHER: OutcomeLabel("其他", "国办公开办函〔2021〕30号"),
}


NEW = "new"
CARRIED_IN = "carried_in"
TOTAL_HANDLED = "total_handled"
CARRIED_OUT = "carried_out"
TOTAL = "total"

RESULT_ROWS: tuple[str, ...] = tuple(outcome.value for outcome in Outcome)
ROWS: tuple[str, ...] = (NEW, CARRIED_IN, *RESULT_ROWS, TOTAL_HANDLED, CARRIED_OUT)
COLUMNS: tuple[str, ...] = (*(kind.value for kind in ApplicantType), TOTAL)
