import pytest

from audit.reading import read_source
from audit.source import Line, Source
from tests.audit.read_makers import headings, lines, rows, tables


def read(text: str, name: str = "report.md") -> Source:
    return read_source(name, text.encode())


def test_a_text_file_is_its_lines_with_their_numbers() -> None:
    source = read("年报\r\n\r\n  规章\t1\t0\t \r行政许可 | 2\n", "a.txt")
    assert lines(source) == ["年报", "规章\t1\t0", "行政许可 | 2"]
    assert [block.place for block in source.blocks] == ["第1行", "第3行", "第4行"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_characters_of_a_text_file_are_found_out(encoding: str) -> None:
    text = "平原县镕基办 2024 年政府信息公开工作年度报告\n新收 12 件\n"
    assert lines(read_source("a.txt", text.encode(encoding))) == text.splitlines()


def test_signs_that_are_not_seen_are_gone_and_doubles_are_the_usual_character() -> None:
    source = read("\ufeff⼀、总\u200b体\u00ad情况\x07\n", "a.txt")
    assert lines(source) == ["一、总体情况"]


def test_headings_and_lines_of_markdown_lose_their_marks() -> None:
    source = read(
        "# 年报 #\n\n二级\n---\n\n**新收** 1 件，见[附件](a.pdf)![图](b.png)。\n"
        "- 第一\n- 2 -\n1. 第二\n***\n> 引\n1\\. 属于\n##### （一）公开\n"
    )
    assert headings(source) == ["年报", "二级", "（一）公开"]
    assert lines(source) == [
        *("年报", "二级", "新收 1 件，见附件。", "第一", "- 2 -", "1. 第二", "引", "1. 属于"),
        "（一）公开",
    ]


def test_pipe_tables_are_read_with_and_without_outer_pipes() -> None:
    whole = "| 信息内容 | 件数 |\n| :--- | ---: |\n| 规章 | 1 |\n|文件||\n"
    bare = "信息内容 | 件数\n--- | ---\n规章 | 1\n"
    assert rows(tables(read(whole))[0]) == [["信息内容", "件数"], ["规章", "1"], ["文件", ""]]
    assert rows(tables(read(bare))[0]) == [["信息内容", "件数"], ["规章", "1"]]


def test_ragged_rows_keep_the_cells_they_have() -> None:
    source = read("|a|b|c|\n|-|-|-|\n|规章|1|\n|文件|1|2|3|\n")
    assert rows(tables(source)[0]) == [["a", "b", "c"], ["规章", "1"], ["文件", "1", "2", "3"]]


def test_rows_without_a_line_of_dashes_are_a_table_too() -> None:
    assert rows(tables(read("|规章|1|\n|文件|2|\n"))[0]) == [["规章", "1"], ["文件", "2"]]


def test_one_line_with_a_pipe_is_a_line() -> None:
    source = read("首页 | 导航\n正文\n")
    assert tables(source) == []
    assert lines(source) == ["首页 | 导航", "正文"]


def test_pipes_breaks_and_marks_inside_cells_are_text() -> None:
    source = read("|a\\|b|商业<br>企业|\n|-|-|\n|**3**|`4`|\n")
    assert rows(tables(source)[0]) == [["a|b", "商业企业"], ["3", "4"]]


def test_html_tables_in_markdown_keep_their_spans() -> None:
    source = read(
        "## 三\n<table><tr><td rowspan=2>组</td><td>1</td></tr>\n"
        "<tr><td>2</td></tr></table>\n后文\n"
    )
    assert lines(source) == ["三", "后文"]
    (found,) = tables(source)
    assert [(cell.text, cell.rowspan) for cell in found.cells] == [("组", 2), ("1", 1), ("2", 1)]
    assert found.place == "第2行"


def test_a_text_file_that_draws_markdown_tables_is_markdown() -> None:
    source = read("年报\n|规章|1|\n|---|---|\n|文件|2|\n", "a.txt")
    assert rows(tables(source)[0]) == [["规章", "1"], ["文件", "2"]]


def test_comments_are_gone_and_line_numbers_stay_true() -> None:
    source = read("<!-- 甲\n乙 -->\n正文\n<!-- 未完")
    assert [(block.place) for block in source.blocks][:1] == ["第3行"]
    assert lines(source)[0] == "正文"


def test_fenced_lines_are_text() -> None:
    assert lines(read("```\n# 规章 | 1\n```\n# 题")) == ["# 规章 | 1", "题"]


def test_the_cells_that_tabs_leave_blank_at_the_ends_of_a_line_are_counted() -> None:
    source = read("  \t\t3\t 0\n合计\t3\t\t\n\t\t\n题目\t\n\t题目\n", "a.txt")
    assert lines(source) == ["3\t 0", "合计\t3", "题目", "题目"]
    blanks = [block.blanks for block in source.blocks if isinstance(block, Line)]
    assert blanks == [(2, 0), (0, 2), (0, 0), (0, 0)]


@pytest.mark.parametrize("row", ["| - | - |", "- | - |", "|-|-|"])
def test_a_row_of_single_dashes_below_the_first_is_a_row_and_no_rule(row: str) -> None:
    source = read(f"| 规章 | 文件 |\n| 1 | 2 |\n{row}\n")
    assert rows(tables(source)[0])[-1] == ["-", "-"]


def test_dashes_that_stand_for_none_make_no_markdown_of_a_text() -> None:
    text = "规章 |\n- |\n- |\n3 |\n"
    assert lines(read(text, "a.txt")) == ["规章 |", "- |", "- |", "3 |"]


def test_cells_closed_by_a_pipe_each_on_its_line_are_lines_though_the_file_is_markdown() -> None:
    source = read("甲 | 乙 |\n---|---|\n丙 | 丁 |\n\n规章 |\n0 |\n|\n||\n行政许可 |\n2 |\n")
    assert len(tables(source)) == 1
    assert lines(source) == ["规章 |", "0 |", "|", "||", "行政许可 |", "2 |"]


def test_a_blank_cell_begins_a_row_of_a_table_whose_head_has_no_outer_pipe() -> None:
    source = read("甲 | 乙 | 丙 |\n---|---|---|\n | 2 | 3 |\n")
    assert rows(tables(source)[0])[1] == ["", "2", "3"]
