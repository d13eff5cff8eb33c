"""`gongkai stats`: tables two, three and four, now or as they were known at a moment."""

from datetime import datetime
from typing import Annotated, TypedDict

import typer

from audit.summary import SEVERITY_LABELS
from cli.options import AgencyOption, Format, FormatOption, RecordOption, YearOption, settings_for
from cli.output import CommandFailed, print_json, say
from cli.tables import print_tables
from engine.parts import Parts, open_parts
from reporting.identities import check_tables
from reporting.tables import Table2, Table3
from workdays import SHANGHAI


def stats(
    agency: AgencyOption,
    year: YearOption,
    known_at: Annotated[
        str | None,
        typer.Option(
            "--known-at", help="按这一时刻已知的情况统计，如 2025-01-31T18:00，缺省时区为北京时间"
        ),
    ] = None,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """统计一个机关一个年度的表二、表三、表四"""
    with open_parts(settings_for(data)) as parts:
        position = None if known_at is None else _position(parts, known_at)
        figures = parts.figures.at(agency, position)
        tables = figures.of_year(year).tables
        findings = check_tables(tables, **_last_year(parts, agency, year, figures.position))
    if output is Format.JSON:
        print_json(
            {
                "agency": figures.name,
                "agency_id": agency,
                "year": year,
                "known_at": known_at,
                "log_position": figures.position,
                **tables.as_json(),
                "findings": [finding.as_json() for finding in findings],
            }
        )
    else:
        print_tables(figures.name, year, tables)
        for finding in findings:
            say(f"{SEVERITY_LABELS[finding.severity]} {finding.rule} {finding.message}")


class _LastYear(TypedDict, total=False):
    last_table2: Table2
    last_table3: Table3


def _last_year(parts: Parts, agency: str, year: int, position: int) -> _LastYear:
    """Return last year's tables as they were published by then, nothing where they were not."""
    from engine.reports import assembler_of

    assembler = assembler_of(parts)
    sealed = assembler.published_before(agency, year - 1, position)
    if sealed is None:
        return {}
    last = assembler.tables_of(agency, year - 1, sealed)
    return {"last_table2": last.table2, "last_table3": last.table3}


def _position(parts: Parts, known_at: str) -> int:
    try:
        moment = datetime.fromisoformat(known_at)
    except ValueError:
        raise CommandFailed(
            "--known-at 须为 ISO 8601 时刻，如 2025-01-31T18:00 或 2025-01-31T18:00:00+08:00"
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    return parts.store.positions_recorded_by(moment)
