"""The document a draft would become: filled from the case as it would be after the command."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from pydantic import BaseModel

from casework.address import CaseAddress
from casework.documents import UNNUMBERED
from casework.letters import LetterTexts, decided_number, letter, texts_for
from clearance import Draft, DraftRefused
from disclosure.evolution import fold
from disclosure.numbering import DocumentKind, kind_of_reply
from disclosure.outcomes import Outcome
from documents import (
    DocumentError,
    DocumentIncomplete,
    Line,
    WordingNotChosen,
    preview,
    wordings_for,
)
from web.forms import Form, form_for
from web.office import Office
from web.pages.agency_forms import agency_rows
from web.pages.clearance_open import OpenPoint, open_points
from web.pages.clearance_record import Foreseen

_KINDS: Final[Mapping[str, DocumentKind]] = {
    "extend": DocumentKind.EXTENSION_NOTICE,
    "demand_reasons": DocumentKind.REASONS_DEMAND,
    "charge_fee": DocumentKind.FEE_NOTICE,
}


@dataclass(frozen=True, slots=True)
class DraftLetter:
    """A document in draft.

    Attributes:
        lines: of the preview; none where it cannot be made.
        none: why there is no such document; that does not hold up the approval, for the record
            takes what is true and flags what is unlawful.
        missing: what the document lacks; it must not be approved so.
        open: what may be open still.
        wordings: keys and titles of the texts it may have.
    """

    kind: DocumentKind
    lines: Sequence[Line] = ()
    none: str = ""
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
    office: Office, draft: Draft, content: Mapping[str, Any], ahead: Foreseen, on: date
) -> DraftLetter | None:
    """Return the document of a draft; None for what goes out without one.

    Args:
        office: the office.
        draft: the draft.
        content: what is sealed in it.
        ahead: what the record would say to it.
        on: date of the document, Asia/Shanghai.
    """
    kind = _kind(draft.verb, content["command"])
    if kind is None:
        return None
    made = DraftLetter(kind)
    if ahead.refusal:
        return replace(made, none=ahead.refusal)
    if ahead.extends_nothing:
        return replace(made, none=f"该延期不产生延长期限的效力，不制作{kind.label}")
    after = [*ahead.before, *ahead.added]
    state = fold(after)
    made = replace(made, wordings=[(each.key, each.title) for each in wordings_for(kind, state)])
    try:
        texts = LetterTexts.model_validate(content.get("letter", {}))
        number = decided_number(kind, texts, after) or UNNUMBERED
        at = CaseAddress(draft.agency, draft.case)
        words = letter(office.parts, at, kind, texts, after, on=on, number=number, state=state)
    except (DocumentIncomplete, WordingNotChosen) as error:
        return replace(made, missing=str(error))
    except DocumentError as error:
        return replace(made, none=str(error))
    unwritten = open_points(words, content["command"], agency_rows(office)[draft.agency])
    return replace(made, lines=preview(words), open=unwritten)


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
