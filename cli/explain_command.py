"""`gongkai explain`: which cases, and in each which events, make up one figure; and the reverse."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table

from activities.cell_sources import Source, cells_of_case, origin_of
from activities.figures import AgencyFigures
from cli.options import AgencyOption, Format, FormatOption, RecordOption, YearOption, settings_for
from cli.output import CommandFailed, out, print_json, say
from disclosure.sentences import sentence
from engine.parts import Parts, open_parts
from records import Entry
from workdays import date_in_shanghai


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
    origin = origin_of(figures, year, cell)
    return None if origin is None else origin.sources(parts.log)


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
    this_year = date_in_shanghai(datetime.now(UTC)).year
    cells = sorted(cells_of_case(figures, year, case, this_year))
    if output is Format.JSON:
        print_json({"agency_id": figures.agency, "year": year, "case": case, "cells": cells})
        return
    if not cells:
        say(f"“{case}”不计入 {year} 年的任何一格")
    for cell in cells:
        say(cell)
