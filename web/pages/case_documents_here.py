"""The document a request's page is about: what was approved of it, what may still be added."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from fastapi import Depends, HTTPException
from pydantic import BaseModel, Field

from casework.documents import preview_of
from casework.letters import LetterTexts, texts_for
from clearance.draft import Opened
from disclosure.amendment_events import RequestReopened, ResultReclassified
from disclosure.event import Event
from disclosure.matter_events import FeeCharged, ReasonsDemanded
from disclosure.numbering import DocumentKind
from disclosure.request_events import PeriodExtended, RequestDecided
from disclosure.state import RequestState
from documents import DocumentError, possible_documents, wordings_for
from web.forms import Form, FormRefusedError, form_for, typed
from web.pages.request_access import CaseHere, TheCase, drafts_of, today

_RESULT: Final = (RequestDecided, ResultReclassified, RequestReopened)
_TOLD_OF: Final[Mapping[DocumentKind, tuple[type[Event], ...]]] = {
    DocumentKind.REPLY: _RESULT,
    DocumentKind.TERMINATION_NOTICE: _RESULT,
    DocumentKind.EXTENSION_NOTICE: (PeriodExtended,),
    DocumentKind.REASONS_DEMAND: (ReasonsDemanded,),
    DocumentKind.FEE_NOTICE: (FeeCharged,),
}
"""The events a document that goes through clearance may be about.

The last of them that has effect is the one: a second extension changes nothing the first one told.
"""

_AMENDED: Final = (ResultReclassified, RequestReopened)
"""What takes a decision back, and its approved words with it."""

_AS_APPROVED: Final = "该文书已经审核批准，须按批准的文字制作，不能修改"


class _Dated(BaseModel):
    """The day every document bears."""

    on: date = Field(description="成文日期")


@dataclass(frozen=True, slots=True)
class DocumentHere:
    """A document of a case, and who is at it.

    Attributes:
        texts: its fields, those that are closed too.
        letter: what was approved of it; empty where nothing was.
        closed: fields whose words were approved, those approved as empty too.
    """

    case: CaseHere
    kind: DocumentKind
    texts: Form
    letter: LetterTexts
    closed: frozenset[str]

    @property
    def form(self) -> Form:
        """What may still be said: its day, and the texts nobody approved."""
        free = [each for each in self.texts.fields if each.name not in self.closed]
        return Form((*form_for(_Dated).fields, *free))

    @property
    def approved(self) -> list[tuple[str, str]]:
        """The approved texts as they are shown: label and words."""
        said = typed(self.letter.model_dump())
        return [
            (each.label, dict(each.options).get(said[each.name], said[each.name]))
            for each in self.texts.fields
            if each.name in self.closed and said.get(each.name)
        ]

    def read(self, given: Mapping[str, str]) -> tuple[date, LetterTexts]:
        """Return the day and the texts of a form, the approved ones as they were approved.

        Raises:
            FormRefusedError: naming the fields at fault, or that an approved text was changed.
        """
        said = typed(self.letter.model_dump())
        for name in self.closed & given.keys():
            if given[name].replace("\r\n", "\n").strip() != said.get(name, ""):
                raise FormRefusedError({"": _AS_APPROVED})
        values = self.form.read(given)
        on: date = values.pop("on")
        return on, self.letter.model_copy(update=values)


def document_here(case: TheCase, kind: DocumentKind) -> DocumentHere:
    """Return the document a request is about; the reading of what is in it is written down."""
    state = case.known().state
    if kind not in possible_documents(state):
        raise HTTPException(404)
    case.reads()
    draft = _approved(case, kind)
    letter, closed = LetterTexts(), frozenset[str]()
    if draft is not None:
        letter = LetterTexts.model_validate(draft["letter"])
        whole = _whole(case, kind, letter)
        # What was approved before it could be made has to be completed by somebody.
        closed = frozenset(LetterTexts.model_fields if whole else _said(draft))
    return DocumentHere(case, kind, _texts(kind, state), letter, closed)


TheDocument = Annotated[DocumentHere, Depends(document_here)]


def _approved(case: CaseHere, kind: DocumentKind) -> Opened | None:
    """Return the draft with which the event a document tells of was approved; None without one.

    Its command went out under the id of its draft, so what is on record under that was approved.
    """
    kinds = _TOLD_OF.get(kind, ())
    entries = case.office.parts.log.read(case.at.stream)
    told = [
        each
        for each in entries
        if isinstance(each.event, kinds) and getattr(each.event, "effective", True)
    ]
    if not told or isinstance(told[-1].event, _AMENDED):
        return None
    drafts = drafts_of(case.office)
    for draft in drafts.of_case(case.at.agency, case.at.case):
        if draft.command_id == told[-1].command_id:
            return drafts.open(draft)
    return None


def _whole(case: CaseHere, kind: DocumentKind, letter: LetterTexts) -> bool:
    """Tell whether a document can be made of what was approved."""
    try:
        preview_of(case.office.parts, case.at, kind, letter, today())
    except DocumentError:
        return False
    return True


def _said(draft: Opened) -> set[str]:
    """Return the texts a draft has words for; its command has the grounds of a decision."""
    texts = {"grounds": draft["command"].get("grounds"), **draft["letter"]}
    return {name for name, words in texts.items() if words}


def _texts(kind: DocumentKind, state: RequestState) -> Form:
    wordings = wordings_for(kind, state)
    leave_out = set(LetterTexts.model_fields) - set(texts_for(kind))
    if len(wordings) < 2:  # noqa: PLR2004 - nothing to choose
        leave_out.add("wording")
    choices = [(each.key, each.title) for each in wordings]
    return form_for(LetterTexts, leave_out=leave_out, changes={"wording": {"options": choices}})
