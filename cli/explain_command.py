"""`gongkai explain`: which cases, and in each which events, make up one figure; and the reverse."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table

from activities.figures import AgencyFigures
from cli.options import AgencyOption, Format, FormatOption, RecordOption, YearOption, settings_for
from cli.output import CommandFailed, out, print_json, say
from disclosure.addresses import agency_stream, case_stream
from disclosure.outcomes import COLUMNS, ROWS, TOTAL
from disclosure.proceeding_events import ProceedingLimitPassed, ProceedingLimitRecalculated
from disclosure.proceeding_results import GROUP_LABELS
from disclosure.sentences import sentence
from engine.parts import Parts, open_parts
from projections import Proceedings, Publication, RequestFacts, table_four
from projections.annual_statistics import CELL_RULES, Year
from projections.cells import cells_of
from records import Entry
from reporting.labels import DECISION_LABELS
from reporting.tables import DOCUMENT_FIELDS, DOCUMENT_KINDS
from workdays import date_in_shanghai

_TURNS = Proceedings().types - {ProceedingLimitPassed.type, ProceedingLimitRecalculated.type}


@dataclass(frozen=True, slots=True)
class Source:
    """A case, or the agency itself, and those of its events a figure rests on."""

    name: str
    entries: Sequence[Entry]


def explain(
    agency: AgencyOption,
    year: YearOption,
    cell: Annotated[
        str | None,
        typer.Option(
            "--cell",
            help="表三的行或行.列，如 new.natural_person；表四如 reconsideration.upheld；"
            "表二如 regulations.in_force、permits、fees_10k_yuan",
        ),
    ] = None,
    case: Annotated[
        str | None, typer.Option("--case", help="改为列出这一件计入该年度的哪些格")
    ] = None,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """列出一个数字由哪些案件、哪些事件构成，或者一件申请计入哪些格"""
    if (cell is None) == (case is None):
        raise typer.BadParameter("--cell 和 --case 须且只须给出一个")
    with open_parts(settings_for(data)) as parts:
        figures = parts.figures.at(agency)
        if case is not None:
            _print_cells_of(figures, year, case, output)
            return
        value, sources = _explained(parts, figures, year, cell or "")
    if output is Format.JSON:
        print_json(_document(figures, year, cell or "", value, sources))
    else:
        _print_sources(f"{figures.name} {year} 年 {cell} = {value}", sources)


def _explained(
    parts: Parts, figures: AgencyFigures, year: int, cell: str
) -> tuple[str, list[Source]]:
    """Return a cell's figure as it stands in the tables, and what it rests on.

    Raises:
        CommandFailed: there is no such cell.
    """
    named = figures.of_year(year).named()
    sources = sources_of(parts, figures, year, cell)
    if sources is None:
        raise CommandFailed(
            f"没有“{cell}”这一格，写法如 new.natural_person、reconsideration.upheld"
        )
    return named[cell], sources


def sources_of(parts: Parts, figures: AgencyFigures, year: int, cell: str) -> list[Source] | None:
    """Return what a cell rests on, None where there is no such cell."""
    row, _, column = cell.rpartition(".")
    if cell in ROWS:
        row, column = cell, TOTAL
    if row in ROWS and column in COLUMNS:
        return _requests(parts, figures, year, row, column)
    if row in _GROUPS and column in table_four.CELL_RULES:
        return _proceedings(parts, figures, year, row, column)
    if cell in _TABLE_TWO:
        return _of_the_agency(parts, figures, year, _TABLE_TWO[cell])
    return None


def _requests(
    parts: Parts, figures: AgencyFigures, year: int, row: str, column: str
) -> list[Source]:
    counted = [
        facts.case
        for facts in figures.facts
        if CELL_RULES[row](facts, Year.of(year)) and column in {facts.column, TOTAL}
    ]
    return _cases(parts, figures.agency, counted, RequestFacts().types)


def _proceedings(
    parts: Parts, figures: AgencyFigures, year: int, group: str, state: str
) -> list[Source]:
    rule = table_four.CELL_RULES[state]
    counted = [
        contest.case
        for contest in figures.contests
        if contest.group == group and rule(contest, Year.of(year))
    ]
    return _cases(parts, figures.agency, counted, _TURNS)


def _cases(parts: Parts, agency: str, cases: Sequence[str], types: frozenset[str]) -> list[Source]:
    return [
        Source(
            case,
            [
                entry
                for entry in parts.log.read(case_stream(agency, case))
                if entry.event.type in types
            ],
        )
        for case in sorted(cases)
    ]


def _of_the_agency(
    parts: Parts, figures: AgencyFigures, year: int, wanted: Callable[[str, str, int, int], bool]
) -> list[Source]:
    """Return the agency's own facts that enter an item; a balance rests on earlier years too."""
    amounts = Publication().amounts
    entries = [
        entry
        for entry in parts.log.read(agency_stream(figures.agency))
        if type(entry.event) in amounts
        and any(
            wanted(item, kind, entry.event.on.year, year)
            for item, kind, _ in amounts[type(entry.event)](entry.event)
        )
    ]
    return [Source(figures.name, entries)] if entries else []


def _in_year(item: str, kind: str = "") -> Callable[[str, str, int, int], bool]:
    return lambda its_item, its_kind, its_year, year: (
        (its_item, its_kind, its_year)
        == (
            item,
            kind,
            year,
        )
    )


def _up_to_year(kind: str) -> Callable[[str, str, int, int], bool]:
    balance = {"opening", "issued", "repealed"}
    return lambda item, its_kind, its_year, year: (
        item in balance and its_kind == kind and its_year <= year
    )


_GROUPS = frozenset(GROUP_LABELS)
_TABLE_TWO: dict[str, Callable[[str, str, int, int], bool]] = {
    **{
        f"{kind}.{name}": _up_to_year(kind) if name == "in_force" else _in_year(name, kind)
        for kind in DOCUMENT_KINDS
        for name in DOCUMENT_FIELDS
    },
    **{kind: _in_year("decisions", kind) for kind in DECISION_LABELS},
    "fees_10k_yuan": _in_year("fee_income"),
}


def _document(
    figures: AgencyFigures, year: int, cell: str, value: str, sources: Sequence[Source]
) -> dict[str, Any]:
    return {
        "agency": figures.name,
        "agency_id": figures.agency,
        "year": year,
        "cell": cell,
        "value": value,
        "log_position": figures.position,
        "sources": [
            {"name": source.name, "events": [_event_document(entry) for entry in source.entries]}
            for source in sources
        ],
    }


def _event_document(entry: Entry) -> dict[str, Any]:
    return {
        "position": entry.position,
        "version": entry.version,
        "on": entry.event.on.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "type": entry.event.type,
        "sentence": sentence(entry.event),
    }


def _print_sources(title: str, sources: Sequence[Source]) -> None:
    say(title)
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("案件", "日志", "日期", "事实"):
        table.add_column(head, overflow="fold")
    for source in sources:
        name = source.name
        for entry in source.entries:
            table.add_row(
                name, str(entry.position), entry.event.on.isoformat(), sentence(entry.event)
            )
            name = ""
    if sources:
        out.print(table)


def _print_cells_of(figures: AgencyFigures, year: int, case: str, output: Format) -> None:
    cells = sorted(_cells_of_case(figures, year, case))
    if output is Format.JSON:
        print_json({"agency_id": figures.agency, "year": year, "case": case, "cells": cells})
        return
    if not cells:
        say(f"“{case}”不计入 {year} 年的任何一格")
    for cell in cells:
        say(cell)


def _cells_of_case(figures: AgencyFigures, year: int, case: str) -> Iterator[str]:
    this_year = date_in_shanghai(datetime.now(UTC)).year
    for facts in figures.facts:
        if facts.case == case:
            for cell in cells_of(facts, max(year, this_year)):
                if cell.year == year:
                    yield f"{cell.row}.{cell.column}"
    for contest in figures.contests:
        if contest.case == case:
            for state, rule in table_four.CELL_RULES.items():
                if rule(contest, Year.of(year)):
                    yield f"{contest.group}.{state}"
