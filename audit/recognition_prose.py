"""Sentences that stand in a table's section before the table: 2022年共收到8件申请……（表三）.

What lies between the title of a section and the first cell of its table is the table's head and
what was written above it. Only the latter is narrative: it goes up to the last full stop, and the
note on the sums of the form (勾稽关系) is none of it.
"""

import re
from collections.abc import Iterator, Sequence

from audit.recognition_outline import SectionTitle, Span
from audit.source import Line, Source

Place = tuple[int, int]
"""Block and character."""

HEAD_OF_TABLE = re.compile(
    r"[（(]?本列数据|勾稽关系|第一项加第二项|第二十条\s*第|信息内容|申请人情况"
    r"|结果维持[\s|]*结果纠正"
)
NUMBERS_ALONE = re.compile(r"[\d\s|/.,\-]+")
FULL_STOP = re.compile(r"[。！？]")
LEAST_WORDS = 6
MOST_LINES = 4
"""Lines of one sentence on a narrow page; more without a full stop are cells of a table."""
TABLE_SECTIONS = frozenset({2, 3, 4})


def without_prose(source: Source, titles: Sequence[SectionTitle]) -> Source:
    """Return the source without the paragraphs that stand above its tables.

    Their words are those of the tables' heads (自然人30件，法人或其他组织16件), so that whoever
    reads a table must not see them. Every other block keeps its number.
    """
    lines = [block for block in source.blocks if isinstance(block, Line)]
    prose = {number for title in titles for number in _paragraphs_below(title, titles, lines)}
    return Source(tuple(block for block in source.blocks if block.number not in prose))


def _paragraphs_below(
    title: SectionTitle, titles: Sequence[SectionTitle], lines: Sequence[Line]
) -> Sequence[int]:
    if title.number not in TABLE_SECTIONS:
        return ()
    ends = min((one.block for one in titles if one.block > title.block), default=None)
    below = [one for one in lines if one.number > title.block and (not ends or one.number < ends)]
    numbers: list[int] = []
    waiting: list[int] = []
    for line in below:
        of_table = HEAD_OF_TABLE.search(line.text) or NUMBERS_ALONE.fullmatch(line.text)
        if of_table or len(waiting) == MOST_LINES:
            break
        waiting.append(line.number)
        if _stop(line.text):
            numbers.extend(waiting)
            waiting.clear()
    return numbers


def heads_of_table(lines: Sequence[Line], start: Place, first: Place) -> Iterator[Span]:
    """Yield what is no narrative between the title of a section and its table's first cell."""
    region = list(_region(lines, start, first))
    prose_to = max(
        (place for place, (line, begin, end) in enumerate(region) if _stop(line.text[begin:end])),
        default=-1,
    )
    for place, (line, begin, end) in enumerate(region):
        kept = begin
        if place < prose_to and not HEAD_OF_TABLE.search(line.text[begin:end]):
            kept = end
        elif place <= prose_to:
            kept = begin + _stop(line.text[begin:end])
        if kept < end:
            yield (line.number, kept), (line.number, end)


def _region(lines: Sequence[Line], start: Place, first: Place) -> Iterator[tuple[Line, int, int]]:
    for line in lines:
        if start[0] <= line.number <= first[0]:
            begin = start[1] if line.number == start[0] else 0
            end = first[1] if line.number == first[0] else len(line.text)
            if begin < end:
                yield line, begin, end


def _stop(text: str) -> int:
    """Return where the last whole sentence of a line ends, 0 where there is none."""
    head = HEAD_OF_TABLE.search(text)
    stops = [found.end() for found in FULL_STOP.finditer(text[: head.start()] if head else text)]
    long_enough = stops and len(re.sub(r"\W", "", text[: stops[-1]])) >= LEAST_WORDS
    return stops[-1] if long_enough else 0
