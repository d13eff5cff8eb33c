"""A data folder with an agency whose years were imported, without an engine."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from activities.report_assembly import PROGRAM, content_digest
from cli.importing import Importer
from disclosure.addresses import report_stream
from disclosure.report_events import AnnualReportPublished, PublishedFile
from engine.parts import Parts
from engine.reports import assembler_of
from records import Write
from workflows.law_in_force import current_law

AGENCY = "chengguan"
TODAY = date(2026, 6, 30)
"""After the last fact and within the published calendar, whenever the tests are run."""


def enter(parts: Parts, folder: Path, *lines: dict[str, Any]) -> None:
    """Import entry lines of the agency, each in a file of this name once."""
    file = folder / f"lines-{parts.store.head()}.jsonl"
    text = (json.dumps({"agency": AGENCY, **line}, ensure_ascii=False) for line in lines)
    file.write_text("\n".join(text) + "\n", encoding="utf-8")
    import_file(parts, file)


def import_file(parts: Parts, file: Path) -> None:
    """Import a file; every line must be taken."""
    importer = Importer(
        parts.log,
        parts.fingerprints,
        current_law(),
        today=lambda: TODAY,
        items_before=parts.items.items_before,
    )
    importer.play([file])
    assert importer.report.rejected == []
    parts.projector.catch_up()


def registered(**given: Any) -> dict[str, Any]:
    """Return the line that registers the agency."""
    return {"do": "register_agency", "on": "2024-01-01", "name": "某市城市管理局", **given}


def request(case: str, on: str, kind: str = "natural_person") -> dict[str, Any]:
    """Return the line of a request handed in at the desk."""
    return {
        "do": "register",
        "case": case,
        "on": on,
        "channel": "in_person",
        "applicant": {"type": kind},
        "description": "预算",
    }


def decided(case: str, on: str, outcome: str = "granted") -> dict[str, Any]:
    """Return the line of a decision."""
    return {"do": "decide", "case": case, "on": on, "outcome": outcome}


def publish(parts: Parts, year: int, on: date = TODAY) -> AnnualReportPublished:
    """Put the report on record as published as it now stands, files and all."""
    assembled = assembler_of(parts).now(AGENCY, year)
    report = assembled.report
    files = tuple(
        PublishedFile(name=name, sha256=parts.files.put(content), size=len(content))
        for name, content in assembled.files().items()
    )
    event = AnnualReportPublished(
        on=on,
        version=report.version,
        log_position=report.log_position,
        digest=report.digest,
        content_digest=content_digest(report),
        files=files,
        rule_set=report.rules.rule_set,
        calendar=report.rules.calendar,
        program=PROGRAM,
    )
    stream = report_stream(AGENCY, year)
    version = parts.store.stream_version(stream)
    parts.log.write(Write(stream, version, f"publish:{report.version}", "", [event]))
    parts.projector.catch_up()
    return event
