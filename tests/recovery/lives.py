"""Invented requests, and the way facts of an older day come into a log."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from disclosure.addresses import case_stream
from disclosure.agency_events import AgencyRegistered
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.request_commands import (
    Applicant,
    Decide,
    Deliver,
    Extend,
    ReceiveCorrection,
    Register,
    RequestCommand,
    RequestCorrection,
)
from records import Write
from tests.folding import load_record
from workdays import date_in_shanghai
from worker import Parts
from workflows.law_in_force import current_law

AGENCY = "baoding-commerce"


def days_ago(days: int) -> date:
    """Return the date some days before today in Shanghai."""
    return date_in_shanghai(datetime.now(UTC)) - timedelta(days)


def register(case: str, on: date) -> Register:
    return Register(
        agency=AGENCY,
        case=case,
        on=on,
        channel="in_person",
        applicant=Applicant(type=ApplicantType.RESEARCH, name="虚构研究院"),
        description="历年统计资料",
    )


def ask(case: str, on: date, limit: date) -> RequestCorrection:
    return RequestCorrection(agency=AGENCY, case=case, on=on, points="哪一年", due_on=limit)


def decide(case: str, on: date) -> Decide:
    return Decide(agency=AGENCY, case=case, on=on, outcome=Outcome.GRANTED)


def whole_life(case: str) -> Iterator[RequestCommand]:
    """Give the commands of a request from its receipt to the delivery of its reply."""
    yield register(case, days_ago(6))
    yield ask(case, days_ago(5), days_ago(-30))
    yield ReceiveCorrection(agency=AGENCY, case=case, on=days_ago(4), description="2024年")
    yield Extend(agency=AGENCY, case=case, on=days_ago(3), reason="检索需时", approved_by="负责人")
    yield decide(case, days_ago(2))
    yield Deliver(agency=AGENCY, case=case, on=days_ago(1), method="other")


def register_agency(parts: Parts) -> None:
    """Put the agency on record."""
    event = AgencyRegistered(on=date(2019, 5, 15), name="保定市商务局")
    parts.log.write(Write(f"agency/{AGENCY}", 0, "register", "", [event]))


def put_on_record(parts: Parts, *commands: RequestCommand) -> None:
    """Write what the commands make happen straight to the log, whatever their dates."""
    for command in commands:
        stream = case_stream(command.agency, command.case)
        record = load_record(parts.log, stream)
        events = record.decide(command, current_law())
        command_id = f"old:{record.version}"
        parts.log.write(Write(stream, record.version, command_id, "", events))
