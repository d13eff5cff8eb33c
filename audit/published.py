"""A report as it was published: what is printed in each cell of the form, and each sentence.

Nothing is corrected here. The codes are those of `reporting.figures`: ``new.natural_person``,
``regulations.issued``, ``permits``, ``reconsideration.total``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell of the form.

    Attributes:
        printed: the characters that stand there; empty where the cell is blank.
        value: the number they are (an int; a Decimal only for 行政事业性收费), or None where they
            are none: blank, ``/``, ``-``, words. Such a cell counts as 0.
        place: where it stands, in Chinese and for people.
    """

    printed: str
    value: int | Decimal | None
    place: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row (or a cell) of a table that is there and cannot be read with certainty.

    Attributes:
        table: ``table2``, ``table3`` or ``table4``.
        row: code of the row (``refused.state_secret``, ``normative_documents``,
            ``reconsideration``), or None where not even that is certain.
        printed: what stands there.
        reason: in Chinese: why it is not read (several readings, cells missing).
        place: where.
        blanks: so many cells of the row are blank for certain, though not which ones; the others
            are 0, and the cells of the row are read, all as 0.
    """

    table: str
    row: str | None
    printed: str
    reason: str
    place: str
    blanks: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the narrative, its punctuation with it; ``section`` is 0 before the first."""

    text: str
    section: int
    place: str


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """What was read of one report.

    Attributes:
        file: its name as it was given.
        title: the title line, where one was found.
        year: of the report by its title, or else by its period sentence; None where neither says.
        agency: whose report it is by its title, where it says.
        tables: the tables found, ``table2`` to ``table4``, readable or not.
        pictured: tables that were not found and have a picture in their section instead.
        cells: every cell that was read, by its code. A cell of a found table that is missing here
            is covered by ``unreadable`` or was not printed at all (the reader says which: what was
            not printed at all is blank, with ``printed`` empty). A group of results printed as one
            row of its own, as （六）其他处理 was up to 2020, is there under the group's code:
            ``other.natural_person`` to ``other.total``; the rows below it are then blank, or
            ``absent`` in a report of its time.
        absent: codes the layout of its year does not have (the layout of 2019 to 2020 for table
            two), which are nobody's fault; also the row 规章 where an agency that makes none
            leaves it out.
        unreadable: rows and cells that are there and cannot be read with certainty.
        sections: title of each of the six sections found, by its number.
        sentences: the narrative, tables left out, in reading order.
        period: first and last day of the figures as data state them (report.json), whatever stands
            there; None for a report in words, whose period is a sentence.
        notes: anything else worth saying about the reading, in Chinese.
    """

    file: str
    title: str | None
    year: int | None
    agency: str | None
    tables: frozenset[str]
    cells: Mapping[str, PrintedCell]
    absent: frozenset[str] = frozenset()
    unreadable: tuple[Unreadable, ...] = ()
    sections: Mapping[int, str] = field(default_factory=dict)
    sentences: tuple[Sentence, ...] = ()
    pictured: frozenset[str] = frozenset()
    period: tuple[str, str] | None = None
    notes: tuple[str, ...] = ()
