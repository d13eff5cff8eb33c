"""The form recognised in a source: its cells by their codes, its sections, its sentences.

Every format comes here as the same row of tokens. Labels say what a figure is; the order of the
form is asked only where a page was torn, and run-together digits are cut only where the sums of
the form leave one way. What stays doubtful is reported as unreadable, never guessed.
"""

from collections.abc import Sequence

from audit.published import PublishedReport
from audit.recognition_cells import TableReading
from audit.recognition_documents import read_documents
from audit.recognition_outline import (
    SectionTitle,
    Span,
    printed_titles,
    section_titles,
    sentences_of,
)
from audit.recognition_proceedings import read_proceedings
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
    tokens = tokens_of(source)
    readings = _tables(tokens, year)
    spans = [_span(reading, tokens, titles) for reading in readings]
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
        notes=tuple(note for reading in readings for note in reading.notes),
    )


def _first_block(title: Title | None, titles: Sequence[SectionTitle]) -> int:
    """Return the block the report begins with: its title's, where that stands above the text."""
    return title.line if title and titles and title.line <= titles[0].block else 0


def _tables(tokens: Sequence[Token], year: int | None) -> list[TableReading]:
    requests = read_requests(tokens, year)
    documents = read_documents(tokens, requests.first if requests else None)
    proceedings = read_proceedings(tokens, requests.last if requests else None)
    return [reading for reading in (documents, requests, proceedings) if reading is not None]


def _span(reading: TableReading, tokens: Sequence[Token], titles: Sequence[SectionTitle]) -> Span:
    """Return where a table lies: from its section's title, where that is near, to its last cell."""
    first, last = tokens[reading.first], tokens[reading.last]
    start = (first.block, first.start)
    for title in titles:
        if title.number == TABLE_SECTIONS[reading.table] and title.at <= (last.block, last.end):
            start = title.at
    return start, (last.block, last.end)
