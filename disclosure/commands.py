"""Every verb, by its word; and the unions in which commands travel."""

from types import ModuleType
from typing import Annotated, TypeVar

from pydantic import Field

from disclosure import agency_commands, request_commands
from disclosure.agency_commands import (
    AgencyCommand,
    OpeningDocuments,
    PublishInformation,
    RecordDecisions,
    RecordDocuments,
    RecordFeeIncome,
    RegisterAgency,
    WriteSection,
)
from disclosure.command import Command
from disclosure.request_commands import (
    AgencyReply,
    Archive,
    ChargeFee,
    ConfirmReceipt,
    ConsultAgency,
    ConsultThirdParty,
    CorrectRecord,
    Decide,
    Deliver,
    DemandReasons,
    Expire,
    Extend,
    NotifyThirdParty,
    PartyReceived,
    PayFee,
    ReceiveCorrection,
    ReceiveReasons,
    Reclassify,
    Register,
    Reopen,
    RequestCommand,
    RequestCorrection,
    ThirdPartyReply,
    Withdraw,
)

AnyRequestCommand = Annotated[
    Register
    | ConfirmReceipt
    | RequestCorrection
    | ReceiveCorrection
    | Extend
    | ConsultThirdParty
    | PartyReceived
    | ThirdPartyReply
    | NotifyThirdParty
    | ConsultAgency
    | AgencyReply
    | DemandReasons
    | ReceiveReasons
    | ChargeFee
    | PayFee
    | Decide
    | Deliver
    | Withdraw
    | Reclassify
    | CorrectRecord
    | Reopen
    | Archive
    | Expire,
    Field(discriminator="do"),
]

AnyAgencyCommand = Annotated[
    RegisterAgency
    | OpeningDocuments
    | RecordDocuments
    | RecordDecisions
    | RecordFeeIncome
    | PublishInformation
    | WriteSection,
    Field(discriminator="do"),
]


def verb_of(kind: type[Command]) -> str:
    """Return the word an entry line calls this command by."""
    return str(kind.model_fields["do"].default)


Kind = TypeVar("Kind", bound=Command)


def _verbs_in(module: ModuleType, base: type[Kind]) -> dict[str, type[Kind]]:
    return {
        verb_of(kind): kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, base) and "do" in kind.model_fields
    }


REQUEST_VERBS = _verbs_in(request_commands, RequestCommand)
"""The verbs a person may say of a request; what runs out by itself is not among them."""
del REQUEST_VERBS[verb_of(Expire)]

AGENCY_VERBS = _verbs_in(agency_commands, AgencyCommand)
