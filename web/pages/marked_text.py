"""A written section as paragraphs, with each finding beside the sentence it means."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reporting.findings import Finding, Severity
from reporting.section_text import Block, blocks


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one weight; `severity` is that of the finding they are part of, or empty."""

    words: str
    bold: bool
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, head or item, with the findings about it."""

    kind: str
    marker: str
    pieces: Sequence[Piece]
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A section ready for the page.

    Attributes:
        apart: findings about the section as a whole.
    """

    paragraphs: Sequence[Paragraph]
    apart: Sequence[Finding]


def marked(markdown: str, title: str, findings: Iterable[Finding]) -> MarkedText:
    """Lay a filled section out; what is found in other sections is left to them.

    A finding about the section as a whole names its title in the place of a sentence.
    """
    given = list(findings)
    paragraphs = [_paragraph(block, given) for block in blocks(markdown)]
    return MarkedText(paragraphs, [each for each in given if each.where.sentence == title])


def _paragraph(block: Block, findings: Sequence[Finding]) -> Paragraph:
    words = "".join(span.words for span in block.spans)
    found = [(place, each) for each in findings for place in _places(words, each)]
    return Paragraph(
        block.kind.value, block.marker, list(_pieces(block, found)), [each for _, each in found]
    )


def _places(words: str, finding: Finding) -> Iterator[range]:
    sentence = (finding.where.sentence or "").replace("**", "").strip()
    start = words.find(sentence) if sentence else -1
    if start >= 0:
        yield range(start, start + len(sentence))


def _pieces(block: Block, found: Sequence[tuple[range, Finding]]) -> Iterator[Piece]:
    """Cut the spans of a block where a marked sentence begins or ends."""
    cuts = {edge for place, _ in found for edge in (place.start, place.stop)}
    at = 0
    for span in block.spans:
        end = at + len(span.words)
        edges = [at, *sorted(cut for cut in cuts if at < cut < end), end]
        for first, last in pairwise(edges):
            yield Piece(span.words[first - at : last - at], span.bold, _severity(first, found))
        at = end


def _severity(at: int, found: Sequence[tuple[range, Finding]]) -> str:
    severities = {finding.severity for place, finding in found if at in place}
    if Severity.ERROR in severities:
        return Severity.ERROR.value
    return Severity.WARNING.value if severities else ""
