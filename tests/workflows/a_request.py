"""One invented request, fact by fact; every personal field holds text a test can search for."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from disclosure.outcomes import ApplicantType, Outcome
from disclosure.request_commands import (
    Applicant,
    ConfirmReceipt,
    Decide,
    Deliver,
    Extend,
    ReceiveCorrection,
    Register,
    RequestCorrection,
    Withdraw,
)

AGENCY = "baoding-commerce"
CASE = "2035-17"
STREAM = f"case/{AGENCY}/{CASE}"

MONDAY = date(2035, 3, 5)
"""The day on which the tests' clock begins, at 09:00. No holiday notice reaches that far, so a
period is whole weeks of five working days."""

DUE = date(2035, 4, 2)
"""MONDAY and twenty working days."""

NAME = "王小明"
PERSONAL = {
    "name": NAME,
    "id_number": "130602199001011234",
    "phone": "13800138000",
    "email": "xiaoming@example.com",
    "address": "莲池区东风路一号",
}
DESCRIPTION = "拆迁补偿安置方案"
POINTS = "未写明王小明房屋坐落"
GROUNDS = "涉及王小明的房屋"
NOTE = "王小明来电催办"


def personal_texts() -> Iterator[str]:
    """Every text that must not be readable outside the vault."""
    yield from PERSONAL.values()
    yield from (DESCRIPTION, POINTS, GROUNDS, NOTE)


def register(on: date = MONDAY, *, case: str = CASE, **fields: Any) -> Register:
    given: dict[str, Any] = {"channel": "in_person", "by": "李科长", "note": NOTE, **fields}
    return Register(
        agency=AGENCY,
        case=case,
        on=on,
        applicant=Applicant(type=ApplicantType.NATURAL_PERSON, **PERSONAL),
        description=DESCRIPTION,
        **given,
    )


def confirm_receipt(on: date) -> ConfirmReceipt:
    return ConfirmReceipt(agency=AGENCY, case=CASE, on=on)


def request_correction(on: date, *, case: str = CASE) -> RequestCorrection:
    return RequestCorrection(agency=AGENCY, case=case, on=on, points=POINTS)


def receive_correction(on: date) -> ReceiveCorrection:
    return ReceiveCorrection(agency=AGENCY, case=CASE, on=on, description=DESCRIPTION)


def extend(on: date, working_days: int = 20) -> Extend:
    return Extend(
        agency=AGENCY,
        case=CASE,
        on=on,
        working_days=working_days,
        reason=GROUNDS,
        approved_by="政府信息公开办公室",
    )


def decide(on: date, outcome: Outcome = Outcome.GRANTED, *, case: str = CASE) -> Decide:
    return Decide(agency=AGENCY, case=case, on=on, outcome=outcome, grounds=GROUNDS)


def deliver(on: date) -> Deliver:
    return Deliver(agency=AGENCY, case=CASE, on=on, method="mail", posted_on=on)


def withdraw(on: date) -> Withdraw:
    return Withdraw(agency=AGENCY, case=CASE, on=on, reason=NOTE)
