"""One Chinese sentence an event, without personal data: timeline, log and audit share them."""

from collections.abc import Callable
from typing import Any

from disclosure.agency_events import (
    AgencyConfigured,
    AgencyMerged,
    AgencyMoved,
    AgencyRegistered,
    DecisionsRecorded,
    DocumentsOpened,
    DocumentsRecorded,
    FeeIncomeRecorded,
    InformationPublished,
    RollupSectionWritten,
    SectionWritten,
)
from disclosure.amendment_sentences import AMENDMENT_SENTENCES
from disclosure.calendar_events import HolidayNoticeLoaded
from disclosure.chinese import chinese_date, due_words
from disclosure.document_events import DocumentNumbered, DocumentNumberVoided
from disclosure.event import Event
from disclosure.matter_events import (
    AgencyReplied,
    ConsultationReceived,
    ConsultationSent,
    ConsultationSilent,
    FeeCharged,
    FeeLapsed,
    FeePaid,
    ReasonsDemanded,
    ReasonsOverdue,
    ReasonsReceived,
    ThirdPartyNotified,
    ThirdPartyReplied,
)
from disclosure.proceeding_sentences import PROCEEDING_SENTENCES
from disclosure.registration_words import CHANNELS
from disclosure.report_sentences import REPORT_SENTENCES
from disclosure.request_events import (
    CorrectionLapsed,
    CorrectionReceived,
    CorrectionRequested,
    DueDateNear,
    Overdue,
    PeriodExtended,
    ReceiptConfirmed,
    ReplyDelivered,
    RequestDecided,
    RequestRegistered,
    RequestWithdrawn,
)
from disclosure.rollup_events import RollupDeadlineMissed, RollupOpened, RollupPublished

DELIVERY_METHODS = {"in_person": "当面", "mail": "邮寄", "online": "网络", "other": "其他方式"}

TABLE_TWO_KINDS = {
    "regulations": "规章",
    "normative_documents": "行政规范性文件",
    "permits": "行政许可",
    "penalties": "行政处罚",
    "coercive_measures": "行政强制",
}

PARTIES = {"third_party": "第三方", "agency": "共同制作机关"}

OPINIONS = {"agree": "同意公开", "partly": "同意部分公开", "object": "不同意公开"}

SECTIONS = {
    "overall": "总体情况",
    "problems": "存在的主要问题及改进情况",
    "other": "其他需要报告的事项",
}


def sentence(event: Event) -> str:
    """Say in one sentence what happened."""
    return _SENTENCES[type(event)](event)


def _registered(event: RequestRegistered) -> str:
    head = f"登记{event.applicant_type.label}以{CHANNELS[event.channel]}方式提出的申请"
    if event.received_on is None:
        return f"{head}，收到日期待双方确认"
    return f"{head}，{chinese_date(event.received_on)}收到{due_words(event.clock)}"


def _correction_requested(event: CorrectionRequested) -> str:
    return f"告知申请人补正，补正期限至{chinese_date(event.due_on)}"


def _correction_received(event: CorrectionReceived) -> str:
    if not event.effective:
        return "收到补充说明，答复期限不变"
    return f"收到补正申请，答复期限重新计算{due_words(event.clock)}"


def _extended(event: PeriodExtended) -> str:
    who = f"经{event.approved_by}同意，" if event.approved_by else ""
    if not event.effective:
        return f"{who}告知延期 {event.working_days} 个工作日，不产生延长期限的效力"
    return f"{who}延长答复期限 {event.working_days} 个工作日{due_words(event.clock)}"


def _decided(event: RequestDecided) -> str:
    number = f"，文号{event.document_number}" if event.document_number else ""
    return f"作出答复：{event.outcome.label}（{event.outcome.basis}）{number}"


def _delivered(event: ReplyDelivered) -> str:
    dates = [
        f"{chinese_date(day)}{what}"
        for day, what in ((event.posted_on, "交邮"), (event.signed_on, "签收"))
        if day is not None
    ]
    return "，".join([f"以{DELIVERY_METHODS[event.method]}方式送达答复", *dates])


def _consultation(event: ConsultationSent) -> str:
    return f"向{PARTIES[event.kind]}征询意见，期间不计入答复期限"


def _silent(event: ConsultationSilent) -> str:
    follows = "由本机关决定是否公开" if event.kind == "third_party" else "视为同意公开"
    return f"{PARTIES[event.kind]}逾期未答复，{follows}"


def _reasons(event: ReasonsReceived) -> str:
    verdict = "合理" if event.accepted else "不合理"
    delay = f"，延迟至{chinese_date(event.delay_until)}答复" if event.delay_until else ""
    return f"收到申请人说明的理由，认定{verdict}{delay}"


def _fee(event: FeeCharged) -> str:
    mode = "按量" if event.mode == "pages" else "按件"
    unit = "页" if event.mode == "pages" else "件"
    head = f"发出信息处理费收费通知，{mode}计收 {event.quantity} {unit}"
    if not event.amount_yuan:
        return f"{head}，在不收费范围内，无须缴费"
    return f"{head}，{event.amount_yuan} 元，缴费期限至{chinese_date(event.due_on)}"


def _paid(event: FeePaid) -> str:
    return f"缴纳信息处理费 {event.amount_yuan} 元{due_words(event.clock)}"


def _documents(event: DocumentsRecorded) -> str:
    return f"{TABLE_TWO_KINDS[event.kind]}制发 {event.issued} 件、废止 {event.repealed} 件"


def _moved(event: AgencyMoved) -> str:
    into = f"改由机关 {event.parent} 汇总" if event.parent is not None else "不再由上级机关汇总"
    return f"自{chinese_date(event.on)}起{into}"


_SENTENCES: dict[type[Event], Callable[[Any], str]] = {
    RequestRegistered: _registered,
    ReceiptConfirmed: lambda event: f"双方确认收到申请{due_words(event.clock)}",
    CorrectionRequested: _correction_requested,
    CorrectionReceived: _correction_received,
    CorrectionLapsed: lambda _: "申请人逾期不补正，视为放弃申请，不再处理",
    PeriodExtended: _extended,
    DueDateNear: lambda event: f"答复期限将于{chinese_date(event.due_on)}届满",
    Overdue: lambda event: f"答复期限已于{chinese_date(event.due_on)}届满，尚未登记答复",
    RequestDecided: _decided,
    ReplyDelivered: _delivered,
    RequestWithdrawn: lambda _: "申请人撤回申请",
    ConsultationSent: _consultation,
    ConsultationReceived: lambda event: (
        f"被征询方收到征询，答复意见期限至{chinese_date(event.ends_on)}"
    ),
    ThirdPartyReplied: lambda event: f"第三方答复：{OPINIONS[event.opinion]}",
    AgencyReplied: lambda _: "共同制作机关答复意见",
    ConsultationSilent: _silent,
    ThirdPartyNotified: lambda _: "将决定公开的信息内容和理由书面告知第三方",
    ReasonsDemanded: lambda event: f"要求申请人说明理由，期限至{chinese_date(event.due_on)}",
    ReasonsReceived: _reasons,
    ReasonsOverdue: lambda _: "申请人逾期未说明理由",
    FeeCharged: _fee,
    FeePaid: _paid,
    HolidayNoticeLoaded: lambda event: f"载入 {event.year} 年节假日安排（{event.number}）",
    FeeLapsed: lambda _: "申请人逾期未缴纳信息处理费，视为放弃申请，不再处理",
    **AMENDMENT_SENTENCES,
    **PROCEEDING_SENTENCES,
    AgencyRegistered: lambda event: f"登记机关“{event.name}”",
    AgencyConfigured: lambda _: "更新机关文书设置",
    AgencyMoved: _moved,
    AgencyMerged: lambda event: f"{chinese_date(event.on)}撤并，并入机关 {event.into}",
    DocumentNumbered: lambda event: f"为申请 {event.case} 编号{event.document_number}",
    DocumentNumberVoided: lambda event: f"第 {event.number} 号作废",
    DocumentsOpened: lambda event: (
        f"{event.on.year}年年初现行有效{TABLE_TWO_KINDS[event.kind]} {event.in_force} 件"
    ),
    DocumentsRecorded: _documents,
    DecisionsRecorded: lambda event: f"作出{TABLE_TWO_KINDS[event.kind]}处理决定 {event.count} 件",
    FeeIncomeRecorded: lambda event: f"收取行政事业性收费 {event.amount_yuan} 元",
    InformationPublished: lambda event: f"通过{event.channel}公开{event.category} {event.count} 条",
    SectionWritten: lambda event: f"撰写 {event.year} 年度报告“{SECTIONS[event.section]}”部分",
    RollupSectionWritten: lambda event: (
        f"撰写 {event.year} 年度汇总报告“{SECTIONS[event.section]}”部分"
    ),
    **REPORT_SENTENCES,
    RollupOpened: lambda event: f"启动 {event.year} 年度报告汇总",
    RollupDeadlineMissed: lambda event: (
        f"汇总期限已过，尚有 {len(event.missing)} 个机关的数据未汇总"
    ),
    RollupPublished: lambda event: f"公布汇总年度报告第 {event.version} 版",
}
