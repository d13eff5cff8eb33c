"""登记 and 确认收到 (条例 Art. 29, 31)."""

import unicodedata
from dataclasses import replace

from disclosure.deadlines import answer_clock
from disclosure.event import Event
from disclosure.law import Law
from disclosure.order import must_be_open, not_before
from disclosure.receipt_date import received_date
from disclosure.refusals import Refused
from disclosure.request_commands import ConfirmReceipt, Register
from disclosure.request_events import PersonalParticulars, ReceiptConfirmed, RequestRegistered
from disclosure.state import RequestState


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
    received = received_date(
        command.channel,
        submitted_on=command.on,
        signed_on=command.signed_on,
        confirmed_on=command.confirmed_on,
    )
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
            clock=answer_clock(replace(state, received_on=received), law),
            applicant_ref=applicant_ref(command.agency, who.id_number or who.name, law),
            identified_by="id_number" if who.id_number else "name" if who.name else None,
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
    clock = answer_clock(replace(state, received_on=command.on), law)
    return [ReceiptConfirmed(on=command.on, note=command.note, clock=clock)]


def applicant_ref(agency: str, identity: str | None, law: Law) -> str:
    """Return the applicant's pseudonym in this agency; empty where nothing identifies one.

    A number identifies better than a name; a name alone must do where no number was given. Full
    width and half width, upper and lower case are the same.
    """
    known = unicodedata.normalize("NFKC", identity or "").strip().upper()
    return law.pseudonym(f"applicant\n{agency}\n{known}") if known else ""
