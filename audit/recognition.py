"""The form recognised in a source: its cells by their codes, its sections, its sentences.

Every format comes here as the same row of tokens. Labels say what a figure is; the order of the
form is asked only where a page was torn, and run-together digits are cut only where the sums of
the form leave one way. What stays doubtful is reported as unreadable, never guessed.
"""

from collections.abc import Callable, Iterator, Sequence
from math import inf

from audit.published import PublishedReport
from audit.recognition_cells import TableReading
from audit.recognition_documents import read_documents
from audit.recognition_missing import REPEATS_LOST, repeats_are_lost
from audit.recognition_outline import (
    SectionTitle,
    Span,
    printed_titles,
    section_titles,
    sentences_of,
)
from audit.recognition_proceedings import read_proceedings
from audit.recognition_prose import heads_of_table, without_prose
from audit.recognition_request_figures import read_requests
from audit.recognition_title import Title, find_title, period_year
from audit.recognition_tokens import Token, tokens_of
from audit.source import Line, Source

TABLE_SECTIONS = {"table2": 2, "table3": 3, "table4": 4}


def recognise(source: Source, file: str) -> PublishedReport:
    """Return what is printed in each cell of the form and each sentence of a published report."""
    lines = [block for block in source.blocks if isinstance(block, Line)]
    titles = section_titles(lines)
    title = find_title(lines, titles[0].block if titles else None)
    year = title.year if title else period_year(lines)
    tokens = tokens_of(without_prose(source, titles))
    readings = _tables(tokens, year)
    if repeats_are_lost(lines):
        for reading in readings:
            reading.give_up_all(REPEATS_LOST)
    spans = [span for one in readings for span in _spans(one, tokens, titles, lines)]
    return PublishedReport(
        file=file,
        title=title.text if title else None,
        year=year,
        agency=title.agency if title else None,
        tables=frozenset(reading.table for reading in readings),
        cells={code: cell for reading in readings for code, cell in reading.cells.items()},
        absent=frozenset(code for reading in readings for code in reading.absent),
        unreadable=tuple(found for reading in readings for found in reading.unreadable),
        sections=printed_titles(titles),
        sentences=sentences_of(lines, titles, spans, _first_block(title, titles)),
        pictured=_pictured(source, titles) - {reading.table for reading in readings},
        notes=tuple(note for reading in readings for note in reading.notes),
    )


def _pictured(source: Source, titles: Sequence[SectionTitle]) -> frozenset[str]:
    """Return the tables whose section has a picture in it."""
    places = {block.number: place for place, block in enumerate(source.blocks, start=1)}
    ends = [*(places[title.block] for title in titles[1:]), inf]
    return frozenset(
        table
        for title, end in zip(titles, ends, strict=False)
        for table, section in TABLE_SECTIONS.items()
        if title.number == section
        and any(places[title.block] <= picture < end for picture in source.pictures)
    )


def _first_block(title: Title | None, titles: Sequence[SectionTitle]) -> int:
    """Return the block the report begins with: its title's, where that stands above the text."""
    return title.line if title and titles and title.line <= titles[0].block else 0


def _tables(tokens: Sequence[Token], year: int | None) -> list[TableReading]:
    requests = read_requests(tokens, year)
    documents = read_documents(tokens, requests.first if requests else None)
    proceedings = read_proceedings(tokens, requests.last if requests else None)
    if requests:
        # The sheets of a workbook may have another order than the form.
        documents = documents or _elsewhere(tokens, requests, read_documents, None)
        proceedings = proceedings or _elsewhere(tokens, requests, read_proceedings, -1)
    return [reading for reading in (documents, requests, proceedings) if reading is not None]


def _elsewhere(
    tokens: Sequence[Token],
    requests: TableReading,
    read: Callable[[Sequence[Token], int | None], TableReading | None],
    bound: int | None,
) -> TableReading | None:
    """Return a table that stands on the other side of table three, in a grid only."""
    places = [
        place
        for place, token in enumerate(tokens)
        if token.column is not None and not requests.first <= place <= requests.last
    ]
    reading = read([tokens[place] for place in places], bound)
    if reading:
        reading.first, reading.last = places[reading.first], places[reading.last]
    return reading


def _spans(
    reading: TableReading,
    tokens: Sequence[Token],
    titles: Sequence[SectionTitle],
    lines: Sequence[Line],
) -> Iterator[Span]:
    """Yield where a table lies: its head below its section's title, and its cells."""
    places = [(one.block, one.start) for one in tokens[reading.first : reading.last + 1]]
    first, last = places[0], (tokens[reading.last].block, tokens[reading.last].end)
    own = [one for one in titles if one.number == TABLE_SECTIONS[reading.table] and one.at <= last]
    for title in own:
        first = next((place for place in places if place >= title.at), title.at)
        yield from heads_of_table(lines, title.at, first)
    yield first, last
