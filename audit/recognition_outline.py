"""The report around its tables: title, year, agency, the six sections and their sentences."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audit.labels import SECTIONS
from audit.published import Sentence
from audit.recognition_text import folded
from audit.recognition_tokens import is_noise
from audit.source import Line

Span = tuple[tuple[int, int], tuple[int, int]]
"""A stretch of the source from (block, character) up to, not with, (block, character)."""

_NUMBERING = (
    r"(?:第?[一二三四五六七]\s*(?:部分|[、.,:]|\s)\s*|[(][一二三四五六][)]\s*|[1-6]\s*[、.]\s*)"
)
_WHOLE_TITLES = {
    number: re.compile(rf"\s*(?:#+\s*)?(?:{_NUMBERING})?({_spaced})\s*[:。]?\s*")
    for number, _spaced in SECTIONS.items()
}
_INLINE_TITLES = {
    number: re.compile(rf"[一二三四五六七]\s*[、.]\s*(?:{pattern})")
    for number, pattern in SECTIONS.items()
}
LONGEST_TITLE = 40
"""Characters of a line that can still be a section title and nothing else."""


@dataclass(frozen=True, slots=True)
class SectionTitle:
    """The title of a section at its place in the source."""

    number: int
    text: str
    block: int
    start: int
    end: int

    @property
    def at(self) -> tuple[int, int]:
        """Where the text of the section begins."""
        return (self.block, self.end)


def section_titles(lines: Sequence[Line]) -> list[SectionTitle]:
    """Return the titles of the six sections in reading order, tables of contents left out."""
    found = [title for line in lines for title in _titles_in(line)]
    found.sort(key=lambda title: (title.block, title.start))
    counts = {title.number: 0 for title in found}
    for title in found:
        counts[title.number] += 1
    kept = [
        title
        for title, following in pairwise([*found, None])
        if title and not (counts[title.number] > 1 and _is_contents(title, following, lines))
    ]
    return _first_of_each(kept)


_OWN_NUMBER = re.compile(r"\s*(?P<bracket>[(（])?\s*第?\s*(?P<number>[一二三四五六1-6])(?!\w)")


def _first_of_each(titles: Sequence[SectionTitle]) -> list[SectionTitle]:
    """Return one title for each section: the one numbered as such, or else the first.

    Section one often has headings of its own by the same names: （一）主动公开政府信息情况.
    """
    best: dict[int, SectionTitle] = {}
    for title in titles:
        if title.number not in best or _certainty(title) > _certainty(best[title.number]):
            best[title.number] = title
    return sorted(best.values(), key=lambda title: (title.block, title.start))


def _certainty(title: SectionTitle) -> int:
    numbered = _OWN_NUMBER.match(folded(title.text))
    if numbered is None:
        return 1
    own = numbered["number"] in {"一二三四五六"[title.number - 1], str(title.number)}
    return (1 if own else 0) + (0 if numbered["bracket"] else 1)


_NEEDED = re.compile("情况|概况|问题|困难|事项|说明|内容")
"""One of these words is in every section title: lines without them are passed over."""


def _titles_in(line: Line) -> Iterator[SectionTitle]:
    if not _NEEDED.search(line.text):
        return
    text = folded(line.text)
    if len(text) <= LONGEST_TITLE:
        squeezed = re.sub(r"\s+", "", text)
        for number, pattern in _WHOLE_TITLES.items():
            if pattern.fullmatch(squeezed):
                yield SectionTitle(
                    number, line.text.lstrip("# ").strip(), line.number, 0, len(text)
                )
                return
    for number, pattern in _INLINE_TITLES.items():
        for match in pattern.finditer(text):
            printed = line.text[match.start() : match.end()]
            yield SectionTitle(number, printed, line.number, match.start(), match.end())


def _is_contents(
    title: SectionTitle, following: SectionTitle | None, lines: Sequence[Line]
) -> bool:
    """Whether nothing but dots and page numbers stands between a title and the next one."""
    if following is None:
        return False
    if following.block == title.block:
        line = next(line for line in lines if line.number == title.block)
        between = line.text[title.end : following.start]
        return not re.sub(r"[\s.…·;；、和\d]+", "", between)
    return following.block == title.block + 1


TERMINAL = "。！？!?；;"
_SENTENCE = re.compile(r"[^。！？!?；;]*[。！？!?；;]+[”’」』）)]?|[^。！？!?；;]+")
WRAPPED = 0.8
"""Share of the usual width from which a line without a full stop goes on in the next."""
NARROWEST = 30
"""Width of the narrowest page of wrapped text, in half-width characters."""
PARAGRAPH = 60
"""Width from which a line without a full stop goes on, however wide the others are."""


_FURNITURE = re.compile(
    r"^(?:上一?篇|下一?篇|上一条|下一条|版权所有|主办(?:单位)?[:：]|承办(?:单位)?[:：]|网站标识码|附件下载|分享|打印|关闭)"
    r"|ICP备|公网安备|网站标识码"
)
"""What a page prints below a report and what is no word of it."""


def sentences_of(
    lines: Sequence[Line], titles: Sequence[SectionTitle], tables: Sequence[Span], first: int
) -> tuple[Sentence, ...]:
    """Return the narrative sentence by sentence, tables and section titles left out.

    ``first`` is the number of the block the report begins with: what a page prints above is none.
    """
    lines = [line for line in lines if line.number >= first and not _FURNITURE.search(line.text)]
    width = _usual_width(lines)
    found: list[Sentence] = []
    pending: tuple[str, int, str] | None = None
    for text, section, place, continues in _pieces(lines, titles, tables, width):
        if pending and pending[1] == section:
            pending = (pending[0] + text, section, pending[2])
        else:
            if pending:
                found.extend(split_sentences(*pending))
            pending = (text, section, place)
        if not continues:
            found.extend(split_sentences(*pending))
            pending = None
    if pending:
        found.extend(split_sentences(*pending))
    return tuple(found)


def split_sentences(text: str, section: int, place: str) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph, each with its punctuation; none that has no word."""
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        if re.search(r"\w", sentence):
            yield Sentence(sentence, section, place)


def _pieces(
    lines: Sequence[Line], titles: Sequence[SectionTitle], tables: Sequence[Span], width: int
) -> Iterator[tuple[str, int, str, bool]]:
    """Yield text outside tables and titles with its section, and whether its line is wrapped."""
    cuts: list[Span] = [((title.block, title.start), (title.block, title.end)) for title in titles]
    cuts.extend(tables)
    for line in lines:
        if is_noise(line.text):
            continue
        for start, end in _outside(line, cuts):
            text = re.sub(r"^#{1,6}\s+|\*\*", "", line.text[start:end]).strip()
            if text:
                whole = end == len(line.text) and not line.heading
                wrapped = whole and _is_wrapped(line.text, width)
                yield text, _section_at(titles, (line.number, start)), line.place, wrapped


def _outside(line: Line, cuts: Sequence[Span]) -> Iterator[tuple[int, int]]:
    inside = sorted(
        (
            start[1] if start[0] == line.number else 0,
            end[1] if end[0] == line.number else len(line.text),
        )
        for start, end in cuts
        if start[0] <= line.number <= end[0]
    )
    place = 0
    for start, end in inside:
        if start > place:
            yield place, start
        place = max(place, end)
    if place < len(line.text):
        yield place, len(line.text)


def _section_at(titles: Sequence[SectionTitle], place: tuple[int, int]) -> int:
    number = 0
    for title in titles:
        if (title.block, title.start) > place:
            break
        number = title.number
    return number


def _usual_width(lines: Sequence[Line]) -> int:
    widths = sorted(_width(line.text) for line in lines if _width(line.text) >= NARROWEST)
    return widths[int(len(widths) * 0.9)] if widths else 0


def _width(text: str) -> int:
    """Return the width in half-width characters: a Chinese one has three bytes and counts two."""
    return (len(text.encode(errors="replace")) + len(text)) // 2


def _is_wrapped(text: str, width: int) -> bool:
    """Whether a line goes on in the next: as wide as the page, and no full stop at its end."""
    return (
        width >= NARROWEST
        and _width(text) >= min(WRAPPED * width, PARAGRAPH)
        and text.rstrip()[-1] not in TERMINAL + "：:"
    )


def printed_titles(titles: Sequence[SectionTitle]) -> Mapping[int, str]:
    """Return the section titles by number."""
    return {title.number: title.text for title in sorted(titles, key=lambda title: title.number)}
