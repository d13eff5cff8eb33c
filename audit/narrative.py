"""The narrative read from its first sentence to its last: every claim it makes about a figure."""

import re
from collections.abc import Iterable, Iterator

from audit.claims import Claim
from audit.clauses import Clause, Quantity, clauses, enumerated
from audit.narrative_context import Context, is_aggregate
from audit.narrative_denials import request_denials
from audit.narrative_documents import document_claim, document_denials, fee_claim, fee_denials
from audit.narrative_proceedings import proceeding_claim, proceeding_denials
from audit.narrative_requests import request_claim
from audit.narrative_results import applicants_alike
from audit.phrases import only_compared
from audit.published import Sentence
from reporting.labels import SECTION_TITLES

GRAMMARS = (request_claim, proceeding_claim, document_claim, fee_claim)
DENIALS = (request_denials, applicants_alike, proceeding_denials, document_denials, fee_denials)

APART = re.compile(r"^(?:其中)?分别(?:为|是|有)[^\d,]")
"""分别为 before the first name of a list (分别为予以公开45件); elsewhere names stand before it."""


def claims(
    sentences: Iterable[Sentence], *, year: int | None, agency: str | None
) -> Iterator[Claim]:
    """Yield what the sentences say of figures, in reading order.

    What is not certain to be about the report's own year and about requests for information (or
    proceedings over them, documents, decisions, fees of the form) yields nothing.
    """
    context = Context(year, is_aggregate(agency), agency)
    section, unfinished = -1, False
    for sentence in sentences:
        if sentence.section != section:
            section, unfinished = sentence.section, False
            context.begin_section(SECTION_TITLES[section - 1] if section else "")
        if enumerated(sentence.text):
            context.begin_heading(sentence.text[:24])
        goes_on = unfinished or sentence.text.lstrip().startswith(("其中", "在其中", "具体"))
        context.begin_sentence(sentence.text, goes_on=goes_on)
        for clause in clauses(sentence.text, year):
            yield from _of_clause(clause, context)
        unfinished = sentence.text.rstrip().endswith(("；", ";", "，", ",", "、", "：", ":"))


def _of_clause(clause: Clause, context: Context) -> Iterator[Claim]:
    context.enter(clause)
    if not context.of_this_year(clause):
        return
    listed = "分别" in clause.text and not APART.match(clause.text)
    for quantity in clause.quantities:
        if only_compared(quantity.head, quantity.tail) or quantity.unit == "%":
            continue
        claim = None if listed else _claim(clause, quantity, context)
        context.note(claim)
        if claim:
            yield claim
    if all(quantity.unit == "%" for quantity in clause.quantities):
        for deny in DENIALS:
            yield from deny(clause, context)


def _claim(clause: Clause, quantity: Quantity, context: Context) -> Claim | None:
    for grammar in GRAMMARS:
        claim = grammar(clause, quantity, context)
        if claim:
            return claim
    return None
