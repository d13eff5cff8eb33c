"""From one year to the next: what the last published report said, and what breaks the thread."""

from pathlib import Path

from engine.parts import Parts
from engine.report_status import ReportStatus, report_status
from tests.activities.desk import AGENCY, decided, enter, publish, request


def looked_at(parts: Parts, year: int = 2026) -> ReportStatus:
    return report_status(parts, AGENCY, year)


def rules(status: ReportStatus) -> set[str]:
    return {finding.rule for finding in status.draft.findings}


def test_a_year_that_begins_where_the_last_report_ended_has_nothing_to_say(
    parts: Parts, tmp_path: Path
) -> None:
    enter(parts, tmp_path, request("甲-1", "2025-12-30"))
    publish(parts, 2025)
    enter(parts, tmp_path, decided("甲-1", "2026-01-09"))
    status = looked_at(parts)
    assert "carry_over" not in rules(status)
    assert status.continuity.requests == ()


def test_without_a_published_report_of_last_year_nothing_is_compared(
    parts: Parts, tmp_path: Path
) -> None:
    enter(parts, tmp_path, request("甲-1", "2025-12-30"))
    assert rules(looked_at(parts)) == set()


def test_requests_carried_over_otherwise_than_published_are_named_with_their_cause(
    parts: Parts, tmp_path: Path
) -> None:
    enter(
        parts,
        tmp_path,
        request("甲-1", "2025-12-30"),
        request("甲-2", "2025-12-30"),
        request("甲-3", "2025-12-30"),
    )
    publish(parts, 2025)
    corrected = {
        "do": "correct_record",
        "case": "甲-3",
        "on": "2026-02-02",
        "field": "applicant.type",
        "value": "business",
        "reason": "登记有误",
        "approved_by": "李科长",
    }
    enter(
        parts,
        tmp_path,
        decided("甲-1", "2025-12-31"),
        corrected,
        request("甲-4", "2025-12-31", "research"),
    )
    status = looked_at(parts)
    columns = {
        finding.where.column: (finding.expected, finding.found)
        for finding in status.draft.findings
        if finding.rule == "carry_over"
    }
    assert columns == {
        "natural_person": (3, 1),
        "business": (0, 1),
        "research": (0, 1),
    }
    assert [(each.case, each.published, each.now) for each in status.continuity.requests] == [
        ("甲-1", "natural_person", None),
        ("甲-3", "natural_person", "business"),
        ("甲-4", None, "research"),
    ]
    causes = {
        each.case: [cause.event.type for cause in each.causes]
        for each in status.continuity.requests
    }
    assert causes == {
        "甲-1": ["request_decided"],
        "甲-3": ["record_corrected"],
        "甲-4": ["request_registered"],
    }
    named = status.as_json()["continuity"]["requests"]
    assert [(each["published_words"], each["now_words"]) for each in named] == [
        ("自然人", "不结转"),
        ("自然人", "商业企业"),
        ("未结转", "科研机构"),
    ]


def test_a_document_of_last_year_entered_late_breaks_the_thread_of_what_is_in_force(
    parts: Parts, tmp_path: Path
) -> None:
    publish(parts, 2025)
    late = {"do": "record_documents", "on": "2025-07-01", "kind": "regulations", "issued": 1}
    enter(parts, tmp_path, late, {**late, "on": "2026-01-05"})
    status = looked_at(parts)
    assert rules(status) == {"in_force"}
    (fact,) = status.continuity.documents
    assert fact.event.on.isoformat() == "2025-07-01"


def test_the_thread_is_held_though_the_published_file_is_lost(parts: Parts, tmp_path: Path) -> None:
    enter(parts, tmp_path, request("甲-1", "2025-12-30"))
    published = publish(parts, 2025)
    enter(parts, tmp_path, decided("甲-1", "2025-12-31"))
    source = published.draft.source
    (parts.folder.files / source[:2] / source).unlink()
    assert "carry_over" in rules(looked_at(parts))
