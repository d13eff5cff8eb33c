"""The sentences of our own draft against its own figures, before anybody approves it.

The same rules that read anyone's published report read ours; only where the figures come from
differs. The agency's name is not asked for: a draft speaks of the agency whose figures it quotes.
"""

import re
from collections.abc import Iterator, Mapping

from audit.narrative import claims
from audit.narrative_findings import disagreements
from audit.narrative_parts import sums
from audit.published import Sentence
from audit.rules_sections import OTHER_MATTERS, PROBLEMS, empty_section, other_years
from reporting.figures import Figures
from reporting.findings import Finding
from reporting.labels import SECTION_TITLES

SECTIONS = {"overall": 1, "problems": PROBLEMS, "other": OTHER_MATTERS}
MARKUP = re.compile(r"^\s*(?:#+|[-*+]|\d+\.)\s+|\*\*")
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")


def check_texts(texts: Mapping[str, str], figures: Figures, year: int) -> tuple[Finding, ...]:
    """Return what the written sections say that the figures do not.

    ``texts`` holds the Markdown of ``overall``, ``problems`` and ``other`` after its placeholders
    were filled (a section that is not given is not asked for); ``year`` is the report's.
    """
    return tuple(_findings(texts, figures, year))


def _findings(texts: Mapping[str, str], figures: Figures, year: int) -> Iterator[Finding]:
    said = {name: tuple(_sentences(texts[name], name)) for name in SECTIONS if name in texts}
    in_order = tuple(one for sentences in said.values() for one in sentences)
    cells = figures.tables.figures() | {
        "fees.notices": figures.fees.notices,
        "fees.demanded": figures.fees.demanded,
        "fees.received": figures.fees.received,
    }
    yield from disagreements(claims(in_order, year=year, agency=None), cells)
    yield from sums(in_order, year)
    for name in ("problems", "other"):
        if name in said:
            elsewhere = [one.text for one in in_order if one.section != SECTIONS[name]]
            yield from empty_section(SECTIONS[name], [one.text for one in said[name]], elsewhere)
    yield from other_years(in_order, year)


def _sentences(text: str, name: str) -> Iterator[Sentence]:
    section = SECTIONS[name]
    for line in text.splitlines():
        for found in SENTENCE.finditer(MARKUP.sub("", line)):
            if found[0].strip():
                place = f"“{SECTION_TITLES[section - 1]}”部分"
                yield Sentence(found[0].strip(), section, place)
