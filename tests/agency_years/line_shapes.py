"""Section 2 of the outside contract as a table: which fields each verb has and may have."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from tests.agency_years import codes
from tests.agency_years.facts import Line

_Check = Callable[[object], bool]


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _day(value: object) -> bool:
    return isinstance(value, str) and date.fromisoformat(value).isoformat() == value


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _money(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d+(\.\d+)?", value) is not None


def _one_of(*words: str) -> _Check:
    return lambda value: value in words


def _applicant(value: object) -> bool:
    names = {"type", "name", "id_number", "phone", "email", "address"}
    return (
        isinstance(value, dict) and set(value) == names and value["type"] in codes.APPLICANT_TYPES
    )


_Shape = dict[str, _Check]
_OPINION: Final = _one_of("agree", "partly", "object")
_RESULT: Final = _one_of(*codes.PROCEEDING_RESULTS)
_OUTCOME: Final = _one_of(*codes.RESULTS)
_SIGNED: Final[_Shape] = {"reason": _text, "approved_by": _text}

OFFICE: Final = {
    "register_agency",
    "record_documents",
    "opening_documents",
    "record_decisions",
    "record_fee_income",
    "publish_information",
    "write_section",
}
"""Verbs about the agency as a whole: their lines have no case."""

REQUIRED: Final[dict[str, _Shape]] = {
    "register_agency": {"name": _text},
    "register": {
        "channel": _one_of(*codes.CHANNELS),
        "applicant": _applicant,
        "description": _text,
    },
    "confirm_receipt": {},
    "request_correction": {"points": _text},
    "receive_correction": {"description": _text},
    "extend": _SIGNED,
    "consult_third_party": {"party": _text},
    "party_received": {"party": _text},
    "third_party_reply": {"party": _text, "opinion": _OPINION, "reason": _text},
    "notify_third_party": {"party": _text, "content": _text},
    "consult_agency": {"party": _text},
    "agency_reply": {"party": _text, "opinion": _text},
    "demand_reasons": {"facts": _text, "due_on": _day},
    "receive_reasons": {"accepted": _flag},
    "charge_fee": {"mode": _one_of("items", "pages"), "notice_received_on": _day},
    "pay_fee": {"amount": _money},
    "decide": {"outcome": _OUTCOME, "grounds": _text},
    "deliver": {"method": _one_of("in_person", "mail", "online", "other")},
    "withdraw": {"reason": _text},
    "reclassify": {"outcome": _OUTCOME, **_SIGNED},
    "correct_record": {
        "field": _one_of("channel", "signed_on", "confirmed_on", "applicant.type"),
        "value": _text,
        **_SIGNED,
    },
    "reopen": _SIGNED,
    "archive": {"volume": _text, "retention_years": lambda value: value in {10, 30}},
    "file_reconsideration": {},
    "conclude_reconsideration": {"result": _RESULT},
    "file_lawsuit": {"after_reconsideration": _flag},
    "appeal_lawsuit": {},
    "conclude_lawsuit": {"result": _RESULT},
    "record_documents": {
        "kind": _one_of(*codes.DOCUMENT_KINDS),
        "issued": _count,
        "repealed": _count,
    },
    "opening_documents": {"kind": _one_of(*codes.DOCUMENT_KINDS), "in_force": _count},
    "record_decisions": {"kind": _one_of(*codes.DECISION_KINDS), "count": _count},
    "record_fee_income": {"amount_yuan": _money},
    "publish_information": {"channel": _text, "category": _text, "count": _count},
    "write_section": {
        "year": _count,
        "section": _one_of("overall", "problems", "other"),
        "text": _text,
    },
}

OPTIONAL: Final[dict[str, _Shape]] = {
    "register_agency": {"region": _text, "document_code": _text, "opened_on": _day},
    "register": {"signed_on": _day, "confirmed_on": _day},
    "request_correction": {"due_on": _day, "working_days": _count},
    "extend": {"working_days": lambda value: value in range(1, 21)},
    "consult_third_party": {"received_on": _day},
    "consult_agency": {"received_on": _day},
    "receive_reasons": {"delay_until": _day},
    "charge_fee": {"quantity": _count},
    "decide": {"already_public": _flag, "document_number": _text},
    "deliver": {"posted_on": _day, "signed_on": _day},
    "file_reconsideration": {"request": _text},
    "conclude_reconsideration": {"outcome_detail": _text},
    "file_lawsuit": {"request": _text},
}


def faults(line: Line) -> list[str]:
    """Name every field of the line that is missing, unknown or of the wrong kind."""
    verb = str(line.get("do"))
    required: _Shape = {"do": _one_of(*REQUIRED), "agency": _text, "on": _day}
    required |= {} if verb in OFFICE else {"case": _text}
    required |= REQUIRED.get(verb, {})
    known = required | OPTIONAL.get(verb, {}) | {"by": _text, "note": _text}
    wrong = [name for name in required if name not in line]
    wrong += [name for name, value in line.items() if name not in known or not known[name](value)]
    return [f"{verb}.{name}" for name in wrong]
