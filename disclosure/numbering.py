"""文书编号: 机关代字〔year〕n号, without a gap for each agency, kind of document and year.

A number is given at issue, by the order of the log; one that is not used in the end is made void
and stays on record. A number an official wrote by hand is taken from the same counter.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from disclosure.document_events import DocumentNumbered, DocumentNumberVoided
from disclosure.event import Event
from disclosure.outcomes import Outcome
from disclosure.refusals import Refused


class DocumentKind(StrEnum):
    """Kinds of documents (文书) of a request, each with a counter of its own."""

    RECEIPT = "receipt"
    CORRECTION_NOTICE = "correction_notice"
    EXTENSION_NOTICE = "extension_notice"
    THIRD_PARTY_CONSULTATION = "third_party_consultation"
    CONSULTATION_NOTICE = "consultation_notice"
    AGENCY_CONSULTATION = "agency_consultation"
    THIRD_PARTY_NOTICE = "third_party_notice"
    REASONS_DEMAND = "reasons_demand"
    FEE_NOTICE = "fee_notice"
    TERMINATION_NOTICE = "termination_notice"
    REPLY = "reply"

    @property
    def label(self) -> str:
        """The kind as officials write it."""
        return _LABELS[self]


def kind_of_reply(outcome: Outcome) -> DocumentKind:
    """Return the kind of document a result goes out in: a lapse is told, not answered."""
    return DocumentKind.TERMINATION_NOTICE if outcome.is_lapse else DocumentKind.REPLY


_LABELS = {
    DocumentKind.RECEIPT: "登记回执",
    DocumentKind.CORRECTION_NOTICE: "补正告知书",
    DocumentKind.EXTENSION_NOTICE: "延期答复告知书",
    DocumentKind.THIRD_PARTY_CONSULTATION: "第三方意见征询书",
    DocumentKind.CONSULTATION_NOTICE: "征询情况告知书",
    DocumentKind.AGENCY_CONSULTATION: "共同制作机关征询函",
    DocumentKind.THIRD_PARTY_NOTICE: "第三方告知书",
    DocumentKind.REASONS_DEMAND: "要求说明理由通知书",
    DocumentKind.FEE_NOTICE: "收费通知书",
    DocumentKind.TERMINATION_NOTICE: "不再处理告知书",
    DocumentKind.REPLY: "答复书",
}


@dataclass(frozen=True, slots=True)
class NumberRegister:
    """The numbers given so far in one stream.

    Attributes:
        numbered: what was given, in order and without a gap. The first is 1, or what a person
            wrote: earlier ones stand in the register the agency kept before.
        voided: numbers made void.
    """

    numbered: tuple[DocumentNumbered, ...] = ()
    voided: frozenset[int] = frozenset()

    @property
    def following(self) -> int:
        """The number that is given next."""
        return self.numbered[-1].number + 1 if self.numbered else 1

    def given(self, number: int) -> DocumentNumbered | None:
        """Return what a number was given to, None where it was not given here."""
        return next((each for each in self.numbered if each.number == number), None)


def evolve_numbers(register: NumberRegister, event: Event) -> NumberRegister:
    """Return the register after `event`."""
    match event:
        case DocumentNumbered():
            return replace(register, numbered=(*register.numbered, event))
        case DocumentNumberVoided():
            return replace(register, voided=register.voided | {event.number})
        case _:
            return register


def fold_numbers(events: Iterable[Event]) -> NumberRegister:
    """Fold a stream of numbers, oldest first."""
    register = NumberRegister()
    for event in events:
        register = evolve_numbers(register, event)
    return register


def formatted(document_code: str, year: int, number: int) -> str:
    """Write a number: hexagonal brackets U+3014 and U+3015, no leading zeros (GB/T 9704)."""
    return f"{document_code}〔{year}〕{number}号"


def give_number(
    register: NumberRegister, *, document_code: str, case: str, on: date
) -> DocumentNumbered:
    """Give the next number of the year of `on`.

    Raises:
        Refused: the agency has no document code.
    """
    if not document_code.strip():
        raise Refused("no_document_code", "agency", "机关尚未登记机关代字，不能编号")
    return _numbered(register.following, document_code, case, on)


def _numbered(number: int, document_code: str, case: str, on: date) -> DocumentNumbered:
    return DocumentNumbered(
        on=on,
        case=case,
        number=number,
        document_number=formatted(document_code.strip(), on.year, number),
    )


def own_number(text: str, *, document_code: str, year: int) -> int | None:
    """Return the n of 机关代字〔year〕n号; None where a number is not written in this pattern."""
    code = re.escape(document_code.strip())
    found = re.fullmatch(f"{code}〔{year}〕([1-9][0-9]{{0,8}})号", text.strip())
    return int(found[1]) if found else None


def claim_number(
    register: NumberRegister, *, document_number: str, document_code: str, case: str, on: date
) -> DocumentNumbered | None:
    """Take the number a document of the year of `on` brings with it.

    None is taken where it is not in the agency's own pattern, or was given to this case before.
    The first of a counter may be any: an agency that begins in mid-year goes on from its own.

    Raises:
        Refused: another case has it, it is void, or it would leave a gap.
    """
    number = own_number(document_number, document_code=document_code, year=on.year)
    if number is None:
        return None
    if not register.numbered or number == register.following:
        return _numbered(number, document_code, case, on)
    if number > register.following:
        following = formatted(document_code.strip(), on.year, register.following)
        raise Refused(
            "number_gap",
            "document_number",
            f"编号不得断号，下一个编号为{following}，请使用该编号，或者不填文号，由系统编号",
        )
    given = register.given(number)
    if given is None or given.case != case:
        raise Refused("number_taken", "document_number", "该文号已经使用，不能再次使用")
    if number in register.voided:
        raise Refused("number_void", "document_number", "该文号已经作废，不能再次使用")
    return None


def void_number(
    register: NumberRegister, *, number: int, reason: str, on: date
) -> DocumentNumberVoided:
    """Make a number void.

    Raises:
        Refused: it was never given, is void already, or no reason is named.
    """
    if register.given(number) is None:
        raise Refused("unknown_number", "number", "没有发出过这一编号")
    if number in register.voided:
        raise Refused("already_void", "number", "该编号已经作废")
    if not reason.strip():
        raise Refused("empty", "reason", "须说明作废理由")
    return DocumentNumberVoided(on=on, number=number, reason=reason)
