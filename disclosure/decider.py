"""`decide`: from a state and a command to the events it makes, or to a refusal.

The frame only: which verb is answered where. Each family of verbs has a module of its own with one
function a verb; a new verb enters by its command, its events, its function and a line in `_VERBS`.

The record refuses what cannot have happened and records, with a flag, what should not have. A
calendar never decides whether a command is accepted, only which dates and flags its events carry:
so a workflow that is replayed under a newer calendar takes the same course.
"""

from collections.abc import Callable
from typing import Any

from disclosure import (
    amendment,
    answer,
    charging,
    consultation,
    correction,
    expiry,
    extension,
    reasons,
    receipt,
)
from disclosure.command import refuse_unstorable_text
from disclosure.event import Event
from disclosure.law import Law
from disclosure.refusals import Refused
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
from disclosure.state import RequestState

Decider = Callable[[RequestState, Any, Law], list[Event]]

_VERBS: dict[type[RequestCommand], Decider] = {
    Register: receipt.register,
    ConfirmReceipt: receipt.confirm,
    RequestCorrection: correction.request,
    ReceiveCorrection: correction.receive,
    Extend: extension.extend,
    Decide: answer.decide,
    Deliver: answer.deliver,
    Withdraw: answer.withdraw,
    ConsultThirdParty: consultation.consult_third_party,
    PartyReceived: consultation.party_received,
    ThirdPartyReply: consultation.third_party_reply,
    NotifyThirdParty: consultation.notify_third_party,
    ConsultAgency: consultation.consult_agency,
    AgencyReply: consultation.agency_reply,
    DemandReasons: reasons.demand,
    ReceiveReasons: reasons.receive,
    ChargeFee: charging.charge,
    PayFee: charging.pay,
    Reclassify: amendment.reclassify,
    CorrectRecord: amendment.correct_record,
    Reopen: amendment.reopen,
    Archive: amendment.archive,
    Expire: expiry.expire,
}


def decide(state: RequestState, command: RequestCommand, law: Law) -> list[Event]:
    """Return what the command makes happen; an empty list where a timer comes too late to matter.

    Raises:
        Refused: when the fact cannot be true; nothing is to be recorded then.
    """
    refuse_unstorable_text(command)
    if state.submitted_on is None and not isinstance(command, Register):
        raise Refused("unknown_case", "case", "没有这一申请编号，请先登记（register）")
    return _VERBS[type(command)](state, command, law)
