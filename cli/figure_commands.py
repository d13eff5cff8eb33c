"""`gongkai stats`: tables two, three and four, now or as they were known at a moment."""

from datetime import datetime
from typing import Annotated

import typer

from activities.figures import AgencyFigures, UnknownAgencyError
from activities.published_reports import PublishedReports
from cli.options import AgencyOption, Format, FormatOption, RecordOption, YearOption, settings_for
from cli.output import CommandFailed, print_json, say
from cli.tables import print_tables
from engine.parts import Parts, open_parts
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
        figures = _figures(parts, agency, position)
        tables = figures.of_year(year).tables
        published = PublishedReports(parts.log, parts.figures, parts.files)
        findings = published.check(agency, year, tables, figures.position)
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
            say(f"{finding.severity.words} {finding.rule} {finding.message}")


def _figures(parts: Parts, agency: str, position: int | None) -> AgencyFigures:
    try:
        return parts.figures.at(agency, position)
    except UnknownAgencyError:
        if position is not None:
            parts.figures.at(agency)  # one that is unknown today too is said to be so
            raise CommandFailed(f"在该时刻没有登记机关“{agency}”，请检查 --known-at") from None
        raise


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
