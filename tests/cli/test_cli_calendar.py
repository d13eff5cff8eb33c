"""Holiday notices by command line: what one would change, and what it did."""

import json
from pathlib import Path

import pytest

from tests.cli.entries import AGENCY, NAME, agency, write
from tests.cli.stranger import Gongkai

AMENDMENT = {
    "number": "（虚构）国办发明电〔2024〕99号",
    "title": "（虚构）关于调整2025年元旦假期的通知",
    "year": 2025,
    "issued_on": "2024-12-20",
    "published_on": "2024-12-20",
    "source": "（虚构）",
    "replaces": [{"number": "国办发明电〔2024〕12号", "from": "2025-01-01", "to": "2025-01-01"}],
    "holidays": [{"name": "元旦", "from": "2025-01-01", "to": "2025-01-03"}],
}
"""Two working days fewer in January 2025."""


def entry(verb: str, case: str, on: str, **fields: object) -> dict[str, object]:
    return {"do": verb, "agency": AGENCY, "case": case, "on": on, **fields}


def registered(case: str, on: str) -> dict[str, object]:
    who = {"type": "natural_person", "name": NAME}
    return entry(
        "register", case, on, channel="in_person", applicant=who, description="（虚构）预算"
    )


@pytest.fixture
def office(gongkai: Gongkai, tmp_path: Path) -> Gongkai:
    """Give a folder with two requests open over New Year's Day of 2025 and one closed."""
    lines = [
        agency(),
        registered("跨年", "2024-12-23"),
        registered("补正", "2024-12-25"),
        entry("request_correction", "补正", "2025-01-07", points="（虚构）哪一年"),
        entry("receive_correction", "补正", "2025-01-10", description="（虚构）2024年"),
        registered("办结", "2024-12-20"),
        entry("decide", "办结", "2025-01-06", outcome="granted"),
    ]
    gongkai.done("import", write(tmp_path / "year.jsonl", *lines))
    return gongkai


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """Give the file of an invented amendment."""
    file = tmp_path / "notice.json"
    file.write_text(json.dumps(AMENDMENT, ensure_ascii=False), encoding="utf-8")
    return file


def due_on(office: Gongkai, case: str) -> str:
    shown = office.asked("show", "--agency", AGENCY, "--case", case)
    return str(shown["due_on"])


def test_the_notices_in_force_are_listed_with_number_and_source(gongkai: Gongkai) -> None:
    document = gongkai.asked("calendar", "list")
    assert document["notices"][0]["number"] == "国办发明电〔2018〕15号"
    assert document["published_through"] >= "2026-12-31"
    assert "国办发明电〔2025〕7号" in gongkai.done("calendar", "list")


CHANGES = [
    {
        "agency": AGENCY,
        "case": "补正",
        "limits": [],
        "flags_raised": [],
        "flags_lifted": ["correction_notice_late"],
    },
    {
        "agency": AGENCY,
        "case": "跨年",
        "limits": [{"limit": "答复期限", "from": "2025-01-21", "to": "2025-01-23"}],
        "flags_raised": [],
        "flags_lifted": [],
    },
]


def test_a_preview_says_what_would_change_and_changes_nothing(
    office: Gongkai, notice: Path
) -> None:
    before = office.log()
    assert office.asked("calendar", "preview", notice)["cases"] == CHANGES
    said = office.done("calendar", "preview", notice)
    assert "2025-01-23" in said
    assert "2 件在办案件的期限或提示改变" in said
    assert office.log() == before
    assert due_on(office, "跨年") == "2025-01-21"


def test_loading_moves_open_requests_leaves_closed_ones_and_is_on_record(
    office: Gongkai, notice: Path
) -> None:
    closed = office.events("办结")
    document = office.asked("calendar", "load", notice, "--by", "（虚构）李某")
    assert document["cases"] == CHANGES
    assert due_on(office, "跨年") == "2025-01-23"
    assert office.events("办结") == closed
    assert [kind for kind, _ in office.events("跨年")][-1] == "limits_recalculated"
    said = office.done("show", "--agency", AGENCY, "--case", "跨年")
    assert "节假日安排公布，期限重新计算，答复期限至2025年1月23日" in said
    office.done("verify")
    assert office.engines() == []


def test_a_flag_that_no_longer_holds_is_gone_from_the_register_and_kept_in_the_log(
    office: Gongkai, notice: Path
) -> None:
    flagged = office.asked("show", "--agency", AGENCY, "--case", "补正")
    assert flagged["flags"] != []
    office.done("calendar", "load", notice)
    shown = office.asked("show", "--agency", AGENCY, "--case", "补正")
    assert shown["flags"] == []
    assert [kind for kind, _ in office.events("补正")] == [
        "request_registered",
        "correction_requested",
        "correction_received",
        "overdue",
        "limits_recalculated",
    ]


def test_a_notice_is_loaded_once(office: Gongkai, notice: Path) -> None:
    office.done("calendar", "load", notice)
    loaded = office.log()
    again = office("calendar", "load", notice)
    assert again.code == 1
    assert "已经载入" in again.err
    assert office.log() == loaded


def test_a_notice_in_error_is_refused_with_file_field_and_reason(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    file = tmp_path / "bad.json"
    file.write_text(json.dumps({**AMENDMENT, "year": "2025"}), encoding="utf-8")
    refused = gongkai("calendar", "load", file)
    assert refused.code == 1
    assert "文件 bad.json，字段 year" in refused.err
    missing = gongkai("calendar", "load", tmp_path / "none.json")
    assert (missing.code, "无法读取" in missing.err) == (1, True)
