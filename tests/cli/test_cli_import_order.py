"""The order of lines decides, not how far apart they lie; the report follows it too."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cli.importing import Importer
from disclosure.addresses import case_stream
from engine.parts import Parts, open_parts
from engine.settings import Settings
from tests.cli.entries import AGENCY, Line, agency, decide, fact, register, write
from tests.cli.stranger import Gongkai
from workflows.law_in_force import current_law

TODAY = date(2025, 6, 3)


def documents(count: int) -> list[Line]:
    """Give facts of the agency, to stand between two lines."""
    fact = {"do": "record_documents", "agency": AGENCY, "on": "2024-03-04", "kind": "regulations"}
    return [fact | {"issued": number + 1} for number in range(count)]


@pytest.mark.parametrize("distance", [0, 1100])
def test_an_agency_is_known_from_the_line_that_registers_it_however_near_the_line_before(
    gongkai: Gongkai, tmp_path: Path, distance: int
) -> None:
    early, late = register("甲-1", "2024-03-04"), register("甲-2", "2024-03-04")
    lines = [
        agency("first"),
        early,
        *[line | {"agency": "first"} for line in documents(distance)],
        agency(),
        decide("甲-1", "2024-03-11"),
        late,
        decide("甲-2", "2024-03-11"),
    ]
    report = gongkai("import", write(tmp_path / "lines.jsonl", *lines), "--format", "json").document
    assert [(each["line"], each["field"]) for each in report["rejected"]] == [
        (2, "agency"),
        (distance + 4, ""),
    ]
    assert gongkai.events("甲-1") == []
    assert len(gongkai.events("甲-2")) == 2


def test_what_was_rejected_stands_in_the_order_of_files_and_lines(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    unread, untrue = {"do": "approve"}, decide("没有-1", "2024-03-04")
    second = write(tmp_path / "b.jsonl", untrue, unread, untrue | {"case": "没有-2"}, untrue)
    first = write(tmp_path / "a.jsonl", agency(), untrue, documents(1)[0] | {"issued": 0}, unread)
    report = gongkai("import", second, first, second, "--format", "json").document
    assert [(Path(each["file"]).stem, each["line"]) for each in report["rejected"]] == [
        *(("b", number) for number in (1, 1, 2, 2, 3, 3, 4, 4)),
        *(("a", number) for number in (2, 3, 4)),
    ]


class Meanwhile:
    """Does something once, when it is asked the day for the second time."""

    def __init__(self, what: Callable[[], None]) -> None:
        self._what = what
        self._asked = 0

    def __call__(self) -> date:
        self._asked += 1
        if self._asked == 2:
            self._what()
        return TODAY


def importer(parts: Parts, today: Callable[[], date] = lambda: TODAY) -> Importer:
    return Importer(
        parts.log,
        parts.fingerprints,
        current_law(),
        today=today,
        items_before=parts.items.items_before,
    )


@pytest.mark.parametrize("others", [1, 2, 3])
def test_lines_somebody_else_records_meanwhile_are_already_there_and_the_rest_goes_on(
    tmp_path: Path, others: int
) -> None:
    lines = [
        register("甲-1", "2025-05-06"),
        fact("request_correction", "甲-1", "2025-05-07", points="请明确", due_on="2025-06-20"),
        fact("receive_correction", "甲-1", "2025-05-08", description="某项信息"),
    ]
    with open_parts(Settings(data=tmp_path / "data")) as parts:
        importer(parts).play([write(tmp_path / "agency.jsonl", agency())])
        theirs = write(tmp_path / "theirs.jsonl", *lines[:others])
        ours = importer(parts, Meanwhile(lambda: importer(parts).play([theirs])))
        ours.play([write(tmp_path / "ours.jsonl", *lines)])
        recorded = [entry.event.type for entry in parts.log.read(case_stream(AGENCY, "甲-1"))]
    report = ours.report
    assert report.rejected == []
    assert (report.events, report.already_there) == (3 - others, others)
    assert recorded == ["request_registered", "correction_requested", "correction_received"]
