"""What may be pending in the one invented request: parties, reasons, fees; and what follows."""

from datetime import date
from decimal import Decimal

from disclosure.outcomes import Outcome
from disclosure.request_commands import (
    AgencyReply,
    Archive,
    ChargeFee,
    ConsultAgency,
    ConsultThirdParty,
    CorrectRecord,
    DemandReasons,
    NotifyThirdParty,
    PayFee,
    ReceiveReasons,
    Reclassify,
    Reopen,
    ThirdPartyReply,
)
from tests.workflows.a_request import AGENCY, CASE, GROUNDS

PARTY = "（虚构）某建设有限公司"
CO_MAKER = "（虚构）某规划局"


def consult_third_party(on: date) -> ConsultThirdParty:
    return ConsultThirdParty(agency=AGENCY, case=CASE, on=on, party=PARTY)


def third_party_objects(on: date) -> ThirdPartyReply:
    return ThirdPartyReply(
        agency=AGENCY, case=CASE, on=on, party=PARTY, opinion="object", reason=GROUNDS
    )


def notify_third_party(on: date) -> NotifyThirdParty:
    return NotifyThirdParty(agency=AGENCY, case=CASE, on=on, party=PARTY, content=GROUNDS)


def consult_agency(on: date) -> ConsultAgency:
    return ConsultAgency(agency=AGENCY, case=CASE, on=on, party=CO_MAKER, received_on=on)


def agency_reply(on: date) -> AgencyReply:
    return AgencyReply(agency=AGENCY, case=CASE, on=on, party=CO_MAKER, opinion=GROUNDS)


def demand_reasons(on: date, due_on: date) -> DemandReasons:
    return DemandReasons(agency=AGENCY, case=CASE, on=on, facts=GROUNDS, due_on=due_on)


def receive_reasons(on: date, delay_until: date) -> ReceiveReasons:
    return ReceiveReasons(agency=AGENCY, case=CASE, on=on, accepted=True, delay_until=delay_until)


def charge_by_pages(on: date, pages: int = 100) -> ChargeFee:
    return ChargeFee(
        agency=AGENCY, case=CASE, on=on, mode="pages", quantity=pages, notice_received_on=on
    )


def charge_by_items(on: date, items: int, *, case: str = CASE) -> ChargeFee:
    return ChargeFee(
        agency=AGENCY, case=case, on=on, mode="items", quantity=items, notice_received_on=on
    )


def pay(on: date, yuan: str) -> PayFee:
    return PayFee(agency=AGENCY, case=CASE, on=on, amount=Decimal(yuan))


def reopen(on: date) -> Reopen:
    return Reopen(agency=AGENCY, case=CASE, on=on, reason=GROUNDS, approved_by="办公室")


def reclassify(on: date, outcome: Outcome) -> Reclassify:
    return Reclassify(
        agency=AGENCY, case=CASE, on=on, outcome=outcome, reason=GROUNDS, approved_by="办公室"
    )


def correct_column(on: date, column: str) -> CorrectRecord:
    return CorrectRecord(
        agency=AGENCY,
        case=CASE,
        on=on,
        field="applicant.type",
        value=column,
        reason=GROUNDS,
        approved_by="办公室",
    )


def archive(on: date) -> Archive:
    return Archive(agency=AGENCY, case=CASE, on=on, volume="2035-永-17", retention_years=10)
