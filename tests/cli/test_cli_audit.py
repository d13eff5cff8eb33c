"""`gongkai audit` as a stranger uses it: exit codes, formats, pairs, folders."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.audit.run_makers import put, text_report, with_figure
from tests.cli.stranger import Gongkai
from tests.reporting.report_makers import city

WRONG = with_figure(city(), "reconsideration.total", 9)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return put(tmp_path, "年报/好.json", text_report(2024))


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return put(tmp_path, "年报/坏.json", text_report(2024, tables=WRONG, agency="海棠市水利局"))


def test_a_sound_report_is_said_to_be_sound(gongkai: Gongkai, good: Path) -> None:
    said = gongkai.done("audit", good)
    assert said.splitlines() == [
        f"{good}（海棠市林业局，2024）",
        "  未发现问题",
        "",
        "共核对 1 份文件：错误 0 处，提示 0 处；未发现问题 1 份，不能读取 0 份。",
    ]
    assert not gongkai.data.exists()


def test_an_error_is_exit_code_one_and_one_document(gongkai: Gongkai, good: Path) -> None:
    missing = good.with_name("没有.pdf")
    ended = gongkai("audit", missing, good, "--format", "json")
    assert (ended.code, ended.err) == (1, "")
    assert list(ended.document) == ["files", "findings"]
    assert [one["file"] for one in ended.document["files"]] == [str(missing), str(good)]
    assert ended.document["findings"] == [
        {
            "rule": "file.unreadable",
            "severity": "error",
            "where": {},
            "expected": None,
            "found": None,
            "message": "文件不存在。请检查路径是否写错。",
            "file": str(missing),
        }
    ]


def test_findings_are_grouped_by_file_for_people(gongkai: Gongkai, bad: Path, good: Path) -> None:
    ended = gongkai("audit", bad.parent)
    assert ended.code == 1
    assert "  错误 t4.total 表四“行政复议”总计填报9件" in ended.out
    assert ended.out.endswith("错误 1 处，提示 0 处；未发现问题 1 份，不能读取 0 份。\n")
    assert ended.out.index(bad.name) < ended.out.index(good.name)


def test_many_findings_of_one_rule_are_cut_short_for_people_only(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    document = json.loads(text_report(2024))
    document["table3"]["granted"] = {}
    file = put(tmp_path, "a.json", json.dumps(document).encode())
    assert "  错误 cell.blank 另有1处" in gongkai("audit", file).out
    findings = gongkai("audit", file, "--format", "json").document["findings"]
    assert [one["rule"] for one in findings].count("cell.blank") == 7


def test_last_year_is_held_against_this_year(gongkai: Gongkai, good: Path) -> None:
    last = put(good.parent.parent, "2023.json", text_report(2023))
    ended = gongkai("audit", good, "--previous", last, "--format", "json")
    assert ended.code == 1
    assert {one["rule"] for one in ended.document["findings"]} == {"carry_over", "in_force"}
    assert ended.document["files"][0]["previous"] == str(last)


def test_a_parent_is_a_warning_and_no_failure(gongkai: Gongkai, good: Path) -> None:
    tables = with_figure(city(), "permits", 1)
    parent = put(
        good.parent.parent, "市.json", text_report(2024, tables=tables, agency="海棠市人民政府")
    )
    shown = gongkai.asked("audit", good, "--parent", parent)
    assert [(one["rule"], one["file"]) for one in shown["findings"]] == [
        ("rollup.sum", str(parent))
    ]


def test_summaries_are_written_to_files(gongkai: Gongkai, bad: Path, tmp_path: Path) -> None:
    book, page = tmp_path / "a.xlsx", tmp_path / "a.html"
    ended = gongkai("audit", bad, "--format", "xlsx", "--out", book)
    assert (ended.code, f"已写入 {book}" in ended.out) == (1, True)
    assert openpyxl.load_workbook(book).sheetnames == ["汇总", "问题清单"]
    assert gongkai("audit", bad, "--format", "html", "--out", page).code == 1
    assert "表四总计" in page.read_text("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("a.pdf", "--format", "xlsx"),
        ("a.pdf", "--format", "yaml"),
        ("a.pdf", "--out", "."),
        ("a.pdf", "--previous", "."),
        ("a.pdf", "--parent", "."),
        ("a.pdf", "--workers", "0"),
    ],
)
def test_wrong_usage_is_exit_code_two(gongkai: Gongkai, arguments: tuple[str, ...]) -> None:
    ended = gongkai("audit", *arguments)
    assert (ended.code, ended.out) == (2, "")


def test_a_folder_that_cannot_be_written_to_is_said(gongkai: Gongkai, good: Path) -> None:
    ended = gongkai("audit", good, "--out", good.parent / "没有" / "a.txt")
    assert ended.code == 1
    assert "不能读写" in ended.err


def test_a_folder_without_reports_is_no_success(gongkai: Gongkai, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    ended = gongkai("audit", tmp_path / "空", "--format", "json")
    assert (ended.code, ended.out) == (1, "")
    assert "没有可以核对的文件" in ended.err
