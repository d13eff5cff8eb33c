"""The document a draft would become: filled from the case as it would be after the command."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import BaseModel

from casework.address import CaseAddress
from casework.documents import UNNUMBERED
from casework.letters import LetterTexts, decided_number, letter, opened_events, texts_for
from clearance import DraftRefused
from disclosure.decider import decide
from disclosure.evolution import fold
from disclosure.numbering import DocumentKind, kind_of_reply
from disclosure.outcomes import Outcome
from disclosure.refusals import Refused
from disclosure.request_commands import ChargeFee, RequestCommand
from documents import DocumentError, Line, preview, wordings_for
from web.forms import Form, form_for
from web.office import Office
from web.pages.agency_forms import agency_rows
from web.pages.clearance_open import OpenPoint, open_points
from web.pages.request_forms import VERBS
from workflows.law_in_force import current_law

_KINDS: Final[Mapping[str, DocumentKind]] = {
    "extend": DocumentKind.EXTENSION_NOTICE,
    "demand_reasons": DocumentKind.REASONS_DEMAND,
    "charge_fee": DocumentKind.FEE_NOTICE,
}


@dataclass(frozen=True, slots=True)
class DraftLetter:
    """A document in draft.

    Attributes:
        lines: of the preview; none where it cannot be made yet.
        unrecordable: why the record would refuse the draft as things stand.
        missing: what the document lacks; it must not be approved so.
        open: what may be open still.
        wordings: keys and titles of the texts it may have.
    """

    kind: DocumentKind
    lines: Sequence[Line] = ()
    unrecordable: str = ""
    missing: str = ""
    open: Sequence[OpenPoint] = ()
    wordings: Sequence[tuple[str, str]] = ()


class _WithLetter(BaseModel):
    """What a draft says beside its command: the texts of its document."""

    letter: LetterTexts


def letter_form(made: DraftLetter | None) -> Form:
    """Return the fields of what the record does not know of a draft's document.

    The command has grounds of its own, which the document takes.
    """
    if made is None:
        return Form(())
    wanted = set(texts_for(made.kind)) - {"grounds"}
    if len(made.wordings) < 2:  # noqa: PLR2004 - nothing to choose
        wanted.discard("wording")
    return form_for(
        _WithLetter,
        leave_out={f"letter.{name}" for name in LetterTexts.model_fields if name not in wanted},
        changes={"letter.wording": {"options": made.wordings, "label": "文书的文本"}},
    )


def draft_letter(
    office: Office, at: CaseAddress, verb: str, content: Mapping[str, Any], on: date
) -> DraftLetter | None:
    """Return the document of a draft; None for what goes out without one."""
    command = content["command"]
    kind = _kind(verb, command)
    if kind is None:
        return None
    events = opened_events(office.parts, at.stream)
    said: RequestCommand = VERBS[verb].model_validate(  # type: ignore[assignment] # a request's verbs
        {**command, "agency": at.agency, "case": at.case, "on": on, "approved_by": "（待批准）"}
    )
    if isinstance(said, ChargeFee) and said.needs_count:
        before = office.parts.items.items_before(at.stream)
        said = said.model_copy(update={"items_before": before})
    choices: list[tuple[str, str]] = []
    try:
        after = [*events, *decide(fold(events), said, current_law())]
        choices = [(each.key, each.title) for each in wordings_for(kind, fold(after))]
        texts = LetterTexts.model_validate(content.get("letter", {}))
        number = decided_number(kind, texts, after) or UNNUMBERED
        words = letter(office.parts, at, kind, texts, after, on=on, number=number)
    except Refused as refused:
        return DraftLetter(kind, unrecordable=f"按现在的情况不能登记：{refused.message}")
    except DocumentError as error:
        return DraftLetter(kind, missing=str(error), wordings=choices)
    left = open_points(words, command, agency_rows(office)[at.agency])
    return DraftLetter(kind, preview(words), open=left, wordings=choices)


def refuse_incomplete(made: DraftLetter | None) -> None:
    """Refuse to approve a document that lacks what it must say.

    What the record would refuse is left to the record, which gives the draft back with the reason.

    Raises:
        DraftRefused: naming what is missing.
    """
    if made is not None and made.missing:
        raise DraftRefused("", f"文书尚不完整，不能批准。{made.missing}。请退回起草人补写")


def _kind(verb: str, command: Mapping[str, Any]) -> DocumentKind | None:
    if verb == "decide":
        return kind_of_reply(Outcome(command["outcome"]))
    return _KINDS.get(verb)
