"""Every verb, by its word; and the unions in which commands travel."""

from types import ModuleType
from typing import Annotated, TypeVar

from pydantic import Field

from disclosure import agency_commands, proceeding_commands, report_commands, request_commands
from disclosure.agency_commands import (
    AgencyCommand,
    ConfigureAgency,
    MergeAgency,
    MoveAgency,
    OpeningDocuments,
    PublishInformation,
    RecordDecisions,
    RecordDocuments,
    RecordFeeIncome,
    RegisterAgency,
    WriteRollupSection,
    WriteSection,
)
from disclosure.command import Command
from disclosure.proceeding_commands import (
    AppealLawsuit,
    ConcludeLawsuit,
    ConcludeReconsideration,
    ExpireProceeding,
    FileLawsuit,
    FileReconsideration,
    ProceedingCommand,
)
from disclosure.report_commands import ExpireReport, ReleaseReport, ReportCommand
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

AnyProceedingCommand = Annotated[
    FileReconsideration
    | ConcludeReconsideration
    | FileLawsuit
    | AppealLawsuit
    | ConcludeLawsuit
    | ExpireProceeding,
    Field(discriminator="do"),
]

AnyCaseCommand = Annotated[AnyRequestCommand | AnyProceedingCommand, Field(discriminator="do")]

AnyAgencyCommand = Annotated[
    RegisterAgency
    | ConfigureAgency
    | MoveAgency
    | MergeAgency
    | OpeningDocuments
    | RecordDocuments
    | RecordDecisions
    | RecordFeeIncome
    | PublishInformation
    | WriteSection
    | WriteRollupSection,
    Field(discriminator="do"),
]


CaseCommand = RequestCommand | ProceedingCommand
"""What a workflow carries out; requests and proceedings share one space of case references."""


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

PROCEEDING_VERBS = _verbs_in(proceeding_commands, ProceedingCommand)
del PROCEEDING_VERBS[verb_of(ExpireProceeding)]

AGENCY_VERBS = _verbs_in(agency_commands, AgencyCommand)

REPORT_VERBS = _verbs_in(report_commands, ReportCommand)
"""The steps a person may take with a report, one by one; a release takes them all at once."""
del REPORT_VERBS[verb_of(ReleaseReport)]
del REPORT_VERBS[verb_of(ExpireReport)]
