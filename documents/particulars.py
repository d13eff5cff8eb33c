"""What a document says beyond the request's state: given by the caller as values.

Texts come from the sealed events or from the official who drafts the document; the settings from
the agency. Nothing of it is kept or logged here.
"""

from dataclasses import dataclass, field
from datetime import date

from disclosure.fees import Fee, fee_by
from disclosure.remedies import RemedyBodies
from disclosure.request_commands import FeeMode


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeBasis:
    """What a fee is reckoned from, as in the event `fee_charged`.

    Attributes:
        quantity: pages, or items (件) the request counts for.
        items_before: the applicant's earlier items of the month; none in the mode of pages.
    """

    mode: FeeMode
    quantity: int
    items_before: int | None = None

    @property
    def fee(self) -> Fee:
        """The fee with its steps, in yuan.

        Raises:
            Refused: an implausible number.
        """
        return fee_by(self.mode, self.quantity, self.items_before or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySettings:
    """What the agency's documents say of itself.

    Attributes:
        remedies: reconsideration body and court.
        contact: address and telephone; the line is left out where empty.
        payment: how a fee is paid (缴纳方式); a fee notice needs it (国办函〔2020〕109号 Art. 6).
    """

    name: str
    remedies: RemedyBodies = field(default_factory=RemedyBodies)
    contact: str = ""
    payment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """Names and texts, empty where a document does not need them.

    Attributes:
        case: the request's reference (申请编号).
        applicant: name of the applicant.
        description: what is asked for, as corrected if it was.
        third_party: name of the third party a letter goes to.
        third_party_ref: its pseudonym in the state; needed where several third parties objected.
        co_maker: name of the co-making agency (共同制作机关) a letter goes to.
        points: what is to be corrected (补正事项).
        extension_reason: why the period is extended.
        excess: facts of number and frequency (条例 Art. 35).
        disclosed: what is disclosed over an objection, and why (条例 Art. 32).
        grounds: basis and reasons of the result; facts of the search for what does not exist.
        access: how to get the information, or where else to turn.
        responsible_agency: name and contact of who discloses it (条例 Art. 36(5)).
        already_public: as in the decision.
        earlier_number, earlier_on: of the reply that is repeated or rectified.
        fee: as charged, or as about to be.
    """

    case: str
    applicant: str = ""
    description: str = ""
    third_party: str = ""
    third_party_ref: str = ""
    co_maker: str = ""
    points: str = ""
    extension_reason: str = ""
    excess: str = ""
    disclosed: str = ""
    grounds: str = ""
    access: str = ""
    responsible_agency: str = ""
    already_public: bool = False
    earlier_number: str = ""
    earlier_on: date | None = None
    fee: FeeBasis | None = None
