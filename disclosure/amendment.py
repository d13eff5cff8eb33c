"""更正、恢复办理、归档: what may still happen to a request that has its result.

Nothing is taken back: the first fact stays in the log, the correction stands beside it with its
reason and who approved it, and the figures follow the last word.
"""

from dataclasses import replace
from datetime import date
from typing import get_args

from disclosure.amended_receipt import with_received_date
from disclosure.amendment_events import (
    RecordCorrected,
    RequestArchived,
    RequestReopened,
    ResultReclassified,
)
from disclosure.deadlines import answer_clock
from disclosure.event import Event
from disclosure.evolution import evolve
from disclosure.flags import Flag, in_order
from disclosure.law import Law
from disclosure.order import not_before
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.receipt import applicant_ref
from disclosure.receipt_date import FIELDS_OF_RECEIPT
from disclosure.refusals import Refused
from disclosure.request_commands import Archive, Channel, CorrectRecord, Reclassify, Reopen
from disclosure.result_flags import REPLY_FLAGS, RESULT_FLAGS, unlawful
from disclosure.state import RequestState

PERSONAL_FIELDS = frozenset(
    {
        "applicant.name",
        "applicant.id_number",
        "applicant.phone",
        "applicant.email",
        "applicant.address",
        "description",
        "form",
    }
)
"""Fields of the registration whose value is sealed."""

_LONGEST_RETENTION = 100


def reclassify(state: RequestState, command: Reclassify, _law: Law) -> list[Event]:
    """更正办理结果: what the law asks for before the right result is asked for now.

    It is held against the last day to answer, or no longer, as if it had been entered at once.
    Reasons are missed only where the decision is known to have given none.
    """
    previous = _result(state)
    _approved(command.reason, command.approved_by)
    not_before(command.on, state.closed_on or command.on, "办结之日")
    if command.outcome is previous:
        raise Refused("unchanged", "outcome", f"办理结果已经是“{previous.label}”")
    event = ResultReclassified(
        on=command.on,
        note=command.note,
        previous=previous,
        outcome=command.outcome,
        approved_by=command.approved_by,
        reason=command.reason,
    )
    lacking = set(unlawful(state, command.outcome, reasoned=state.reasoned))
    if evolve(state, event).replied_late:
        lacking.add(Flag.ANSWERED_LATE)
    standing = (RESULT_FLAGS | {Flag.ANSWERED_LATE}).intersection(state.flags)
    return [replace(event, flags=in_order(lacking - standing), lifted=in_order(standing - lacking))]


def correct_record(state: RequestState, command: CorrectRecord, law: Law) -> list[Event]:
    """更正登记: column, received date, period, and what was judged by it follow."""
    _approved(command.reason, command.approved_by)
    not_before(command.on, state.submitted_on or command.on, "登记之日")
    if command.field in PERSONAL_FIELDS:
        return [_personal_corrected(state, command, law)]
    if command.field == "applicant.type":
        _one_of(command.value, [kind.value for kind in ApplicantType])
        _changed(state.applicant_type, command.value)
        return [_corrected(state, command, value=command.value)]
    if command.field not in FIELDS_OF_RECEIPT:
        raise Refused("unknown_field", "field", "该字段不能更正，或没有这个字段")
    if command.field == "channel":
        _one_of(command.value, list(get_args(Channel)))
    else:
        _a_date(command.value, command.on)
    _changed(getattr(state, FIELDS_OF_RECEIPT[command.field]), command.value)
    event = _corrected(state, command, value=command.value)
    return [with_received_date(state, event, law)]


def reopen(state: RequestState, command: Reopen, law: Law) -> list[Event]:
    """恢复办理: the result is void and the request open, as if it had never been given.

    After a lapse the text or the payment that came to light is entered next. Any other request is
    answered anew within a full period from this day.
    """
    voided = _result(state)
    _approved(command.reason, command.approved_by)
    not_before(command.on, state.closed_on or command.on, "办结之日")
    event = RequestReopened(
        on=command.on,
        note=command.note,
        voided=voided,
        lifted=in_order(REPLY_FLAGS.intersection(state.flags)),
        clock=None,
        approved_by=command.approved_by,
        reason=command.reason,
    )
    return [replace(event, clock=answer_clock(evolve(state, event), law))]


def archive(state: RequestState, command: Archive, _law: Law) -> list[Event]:
    """归档: 10 or 30 years by the agency's own schedule (档案法)."""
    _result(state)
    not_before(command.on, state.closed_on or command.on, "办结之日")
    if state.archived:
        raise Refused("already_archived", "do", "该申请已经归档")
    if not command.volume.strip():
        raise Refused("empty", "volume", "案卷号不能为空")
    if not 1 <= command.retention_years <= _LONGEST_RETENTION:
        raise Refused("out_of_range", "retention_years", f"保管年限须为 1—{_LONGEST_RETENTION} 年")
    return [
        RequestArchived(
            on=command.on,
            note=command.note,
            volume=command.volume,
            retention_years=command.retention_years,
        )
    ]


def _result(state: RequestState) -> Outcome:
    if state.outcome is None:
        raise Refused("not_closed", "do", "该申请尚未办结")
    return state.outcome


def _approved(reason: str, approved_by: str) -> None:
    if not reason.strip():
        raise Refused("empty", "reason", "须说明理由")
    if not approved_by.strip():
        raise Refused("empty", "approved_by", "须写明批准人")


def _personal_corrected(state: RequestState, command: CorrectRecord, law: Law) -> RecordCorrected:
    """Correct what is sealed; who counts as the same applicant follows."""
    if command.field == "description" and not command.value.strip():
        raise Refused("empty", "value", "申请公开的内容不能为空")
    event = _corrected(state, command, personal_value=command.value)
    by_name = state.identified_by != "id_number" and command.field == "applicant.name"
    if by_name or command.field == "applicant.id_number":
        return replace(event, applicant_ref=applicant_ref(command.agency, command.value, law))
    return event


def _changed(before: object, value: str) -> None:
    if str(before) == value:
        raise Refused("unchanged", "value", "登记的就是这个值")


def _corrected(
    state: RequestState,
    command: CorrectRecord,
    *,
    value: str | None = None,
    personal_value: str | None = None,
) -> RecordCorrected:
    return RecordCorrected(
        on=command.on,
        note=command.note,
        field=command.field,
        value=value,
        received_on=state.received_on,
        clock=state.clock,
        approved_by=command.approved_by,
        personal_value=personal_value,
        reason=command.reason,
    )


def _one_of(value: str, allowed: list[str]) -> None:
    if value not in allowed:
        raise Refused("unknown_value", "value", f"取值须为 {'、'.join(allowed)} 之一")


def _a_date(value: str, today: date) -> None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise Refused("unknown_value", "value", "须为日期，写作 YYYY-MM-DD") from None
    if day > today:
        raise Refused("in_the_future", "value", "更正后的日期不能晚于更正之日")
