"""登记 and 确认收到: when a request counts as received, by channel (条例 Art. 31)."""

from datetime import date

from disclosure.commands import ConfirmReceipt, Register
from disclosure.deadlines import answer_clock
from disclosure.events import Event, PersonalParticulars, ReceiptConfirmed, RequestRegistered
from disclosure.law import Law
from disclosure.order import must_be_open, not_before
from disclosure.refusals import Refused
from disclosure.state import RequestState


def received_date(command: Register) -> date | None:
    """Return the received date by channel, None while both sides have not confirmed it.

    当面、口头: the day of submission; 挂号: the day the agency signs; 平信: the day the office
    confirms with the applicant; 网络、传真: the day both sides confirm.

    Raises:
        Refused: registered mail without the day it was signed for.
    """
    match command.channel:
        case "in_person" | "oral":
            return command.on
        case "registered_mail":
            if command.signed_on is None:
                raise Refused(
                    "missing", "signed_on", "挂号信以签收日为收到日，请填写签收日（signed_on）"
                )
            return command.signed_on
        case "ordinary_mail" | "online" | "fax":
            return command.confirmed_on


def register(state: RequestState, command: Register, law: Law) -> list[Event]:
    """登记."""
    if state.submitted_on is not None:
        raise Refused("duplicate_case", "case", "申请编号已经登记，一个编号只能登记一件申请")
    if not command.description.strip():
        raise Refused("empty", "description", "申请公开的内容不能为空")
    for name in ("signed_on", "confirmed_on"):
        given = getattr(command, name)
        if given is not None:
            not_before(given, command.on, "提交日", field=name)
    received = received_date(command)
    who = command.applicant
    return [
        RequestRegistered(
            on=command.on,
            note=command.note,
            channel=command.channel,
            applicant_type=who.type,
            signed_on=command.signed_on,
            confirmed_on=command.confirmed_on,
            received_on=received,
            clock=answer_clock(law, received_on=received) if received else None,
            applicant=PersonalParticulars(**who.model_dump(exclude={"type"})),
            description=command.description,
            form=command.form,
        )
    ]


def confirm(state: RequestState, command: ConfirmReceipt, law: Law) -> list[Event]:
    """确认收到."""
    must_be_open(state)
    if state.received_on is not None:
        raise Refused(
            "already_received", "do", f"收到日期已经确认为 {state.received_on}，不能再次确认"
        )
    if state.submitted_on is not None:
        not_before(command.on, state.submitted_on, "提交日")
    clock = answer_clock(law, received_on=command.on)
    return [ReceiptConfirmed(on=command.on, note=command.note, clock=clock)]
