"""The annual report by command: whole files, one version for one content, no year too early."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.stranger import SAMPLE, Gongkai
from tests.reporting.report_makers import one_request
from workdays import date_in_shanghai

REPORT = ("report", "--agency", "baoding-commerce", "--year")


@pytest.fixture
def desk(gongkai: Gongkai) -> Gongkai:
    """Give the command on a folder with the sample year."""
    gongkai.done("import", SAMPLE)
    return gongkai


def test_a_report_is_written_whole_and_publishing_it_again_is_the_same_version(
    desk: Gongkai, tmp_path: Path
) -> None:
    out = tmp_path / "new" / "report"
    first = desk.asked(*REPORT, 2024, "--out", out, "--publish")
    content = {path.name: path.read_bytes() for path in out.iterdir()}
    assert content.keys() == {
        "report.json",
        "report.html",
        "report.docx",
        "report.pdf",
        "report.xlsx",
    }
    assert content["report.docx"][:4] == b"PK\3\4"
    assert b"</html>" in content["report.html"][-20:]
    document = json.loads(content["report.json"])
    stats = desk.asked("stats", "--agency", "baoding-commerce", "--year", 2024)
    assert all(document[table] == stats[table] for table in ("table2", "table3", "table4"))
    assert (document["version"], document["digest"]) == (1, first["digest"])

    published = desk.log()
    second = desk.asked(*REPORT, 2024, "--out", out, "--publish")
    assert (first["version"], second["version"]) == (1, 1)
    assert desk.log() == published
    assert desk.engines() == []


def test_the_tables_of_the_sample_are_the_published_ones_and_its_words_do_not_contradict_them(
    desk: Gongkai, tmp_path: Path
) -> None:
    desk.done(*REPORT, 2024, "--out", tmp_path)
    document = json.loads((tmp_path / "report.json").read_text("utf-8"))
    published = one_request().as_json()
    assert {table: document[table] for table in published} == published
    assert "2024年，新收政府信息公开申请1件" in document["sections"]["overall"]
    assert "未收到" not in document["sections"]["overall"]
    assert document["findings"] == []


def test_what_cannot_be_reported_is_said_with_exit_code_1(desk: Gongkai, tmp_path: Path) -> None:
    year = date_in_shanghai(datetime.now(UTC)).year
    out, file = tmp_path / "report", tmp_path / "file"
    file.touch()
    recorded = desk.log()

    early = desk(*REPORT, year, "--out", out, "--publish")
    assert early.code == 1
    assert f"{year} 年尚未结束" in early.err
    assert not out.exists()
    unknown = desk("report", "--agency", "nobody", "--year", 2024, "--out", out)
    assert unknown.code == 1
    assert "没有登记机关“nobody”" in unknown.err
    onto_a_file = desk(*REPORT, 2024, "--out", file)
    assert onto_a_file.code == 1
    assert "--out 须为目录" in onto_a_file.err
    for finished in (early, unknown, onto_a_file):
        assert "Traceback" not in finished.err
    assert desk.log() == recorded


@pytest.mark.parametrize(
    ("folder", "reason"),
    [("file/report", "不是目录"), ("x" * 300, "名称过长"), ("file/a/b", "不是目录")],
)
def test_a_report_that_could_not_be_written_is_not_published(
    desk: Gongkai, tmp_path: Path, folder: str, reason: str
) -> None:
    (tmp_path / "file").touch()
    recorded = desk.log()
    finished = desk(*REPORT, 2024, "--out", tmp_path / folder, "--publish")
    assert finished.code == 1
    (sentence,) = finished.err.splitlines()
    assert sentence.startswith("不能读写“")
    assert sentence.endswith(f"：{reason}")
    assert desk.log() == recorded
    assert not (desk.data / "temporal.db").exists()
