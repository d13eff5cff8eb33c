"""Whatever a request has been through, each document it may have is whole."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.numbering import DocumentKind
from disclosure.state import RequestState, Stage
from documents import (
    DocumentContent,
    FeeBasis,
    Particulars,
    document_for,
    possible_documents,
    preview,
    render_docx,
    wordings_for,
)
from documents.possible import objecting
from documents.values import always_filled
from tests.disclosure.any_life import LIVES, Life, Moment, lived
from tests.documents.office import AGENCY, APPLICANT, NUMBER, ON, SAID
from tests.documents.word import read

TEXTS = st.text(min_size=1, max_size=80).map(lambda text: f"文{text}字")
"""Anything somebody may paste."""


def _documents(state: RequestState, description: str = SAID.description) -> list[DocumentContent]:
    return [
        document_for(
            kind,
            state,
            _particulars(kind, state, description),
            AGENCY,
            on=ON,
            number=NUMBER,
            wording=wording.key,
        )
        for kind in possible_documents(state)
        for wording in wordings_for(kind, state)
        if kind is not DocumentKind.FEE_NOTICE or state.fee is None
    ]


def _particulars(kind: DocumentKind, state: RequestState, description: str) -> Particulars:
    said = replace(SAID, description=description, fee=FeeBasis(mode="pages", quantity=31))
    if kind is DocumentKind.THIRD_PARTY_NOTICE:
        return replace(said, third_party_ref=objecting(state)[0].party_ref)
    return said


def _last(steps: Life) -> RequestState:
    moments: list[Moment] = list(lived(steps))
    return moments[-1].after if moments else RequestState()


@given(LIVES)
def test_every_possible_document_is_whole_in_every_state(steps: Life) -> None:
    for moment in lived(steps):
        for content in _documents(moment.after):
            said = [line.words for line in preview(content)]
            assert not any("{{" in words or "None" in words for words in said)
            assert all(words.strip() for words in said)
            assert content.addressee
            assert len(content.body) > 1


@given(LIVES)
def test_a_registered_request_always_has_a_receipt_and_a_closed_one_its_end(steps: Life) -> None:
    state = _last(steps)
    kinds = possible_documents(state)
    assert (DocumentKind.RECEIPT in kinds) == (state.stage is not Stage.UNREGISTERED)
    ends = {DocumentKind.REPLY, DocumentKind.TERMINATION_NOTICE} & set(kinds)
    assert len(ends) == (1 if state.closed else 0)


@given(LIVES)
def test_what_a_template_may_count_on_is_filled_in_every_document(steps: Life) -> None:
    for content in _documents(_last(steps)):
        assert all(content.values[name] for name in always_filled(content.kind))


@given(LIVES)
def test_what_goes_to_others_never_names_the_applicant(steps: Life) -> None:
    for content in _documents(_last(steps)):
        if content.addressee != APPLICANT:
            assert APPLICANT not in str(content)


@settings(max_examples=30)  # real files are made
@given(LIVES, TEXTS)
def test_pasted_text_stands_in_the_word_file_as_it_was_given(steps: Life, text: str) -> None:
    for content in _documents(_last(steps), text)[:2]:
        shown = read(render_docx(content).content)
        assert all(paragraph in shown for paragraph in content.body)
        assert content.number in shown
        assert AGENCY.name in shown
