import pytest

from audit.reading import UnreadableFile, read_source
from audit.source import Line, Source
from reporting.render_html import render_html
from tests.audit.read_makers import cells, headings, lines, rows, tables
from tests.reporting.report_makers import a_report, city


def read(markup: str) -> Source:
    return read_source("page.html", markup.encode())


def test_spans_are_placed_as_browsers_place_them() -> None:
    source = read(
        "<table><thead><tr><th rowspan=2 colspan=2>注<th colspan=2>申请人"
        "<tr><th>自然人<th>总计</thead><tbody><tr><td colspan=2>新收<td>1<td>1</table>"
    )
    assert cells(tables(source)[0]) == [
        ("注", 0, 0, 2, 2),
        ("申请人", 0, 2, 1, 2),
        ("自然人", 1, 2, 1, 1),
        ("总计", 1, 3, 1, 1),
        ("新收", 2, 0, 1, 2),
        ("1", 2, 2, 1, 1),
        ("1", 2, 3, 1, 1),
    ]


def test_a_row_span_ends_with_its_section() -> None:
    source = read(
        "<table><tbody><tr><td rowspan=9>组<td>1<tr><td>2</tbody>"
        "<tbody><tr><td>别组<td>3</tbody></table>"
    )
    assert cells(tables(source)[0]) == [
        ("组", 0, 0, 2, 1),
        ("1", 0, 1, 1, 1),
        ("2", 1, 1, 1, 1),
        ("别组", 2, 0, 1, 1),
        ("3", 2, 1, 1, 1),
    ]


def test_a_row_span_of_zero_reaches_to_the_end_of_its_section() -> None:
    source = read("<table><tr><td rowspan=0>组<td>1<tr><td>2<tr><td>3</table>")
    assert cells(tables(source)[0])[0] == ("组", 0, 0, 3, 1)


def test_a_layout_table_is_poured_out_and_its_inner_tables_are_tables() -> None:
    source = read(
        "<table><tr><td>首页<td><p>某区年度报告</p><table><tr><td>规章<td>2</table><p>完</p></table>"
    )
    assert lines(source) == ["首页", "某区年度报告", "完"]
    assert rows(tables(source)[0]) == [["规章", "2"]]


def test_a_table_around_long_text_is_a_layout() -> None:
    source = read(f"<table><tr><td>导航<td><p>{'本报告' * 200}</p></table>")
    assert lines(source) == ["导航", "本报告" * 200]


def test_scripts_hidden_elements_and_comments_are_not_on_the_page() -> None:
    source = read(
        "<title>题</title><style>p{}</style><script>var a</script><p hidden>甲</p>"
        "<div style='DISPLAY : none'><p>乙</p></div><!--[if gte mso 9]>丙<![endif]-->"
        "<p>看得<!-- 丁 -->见</p><table><tr style='display:none'><td>1<td>2<tr><td>3<td>4</table>"
    )
    assert lines(source) == ["看得见"]
    assert rows(tables(source)[0]) == [["3", "4"]]


def test_navigation_and_footers_stay_lines() -> None:
    source = read("<nav><a>首页</a></nav><h1>年报</h1><footer>主办单位：某区</footer>")
    assert lines(source) == ["首页", "年报", "主办单位：某区"]
    assert headings(source) == ["年报"]


def test_breaks_and_source_lines_are_blanks_only_beside_other_than_chinese() -> None:
    source = read(
        "<p>政府信息\n  公开&nbsp;2024\n年</p><table><tr><td>商业<br>企业<td>1<br>2</table>"
    )
    assert lines(source) == ["政府信息公开 2024 年"]
    assert rows(tables(source)[0]) == [["商业企业", "1 2"]]


def test_preformatted_lines_stay_lines_with_their_tabs() -> None:
    assert lines(read("<pre>规章\t1\t2\n规范性文件\t3\t4</pre>")) == [
        "规章\t1\t2",
        "规范性文件\t3\t4",
    ]


def test_a_caption_stands_before_its_table_and_not_twice() -> None:
    table = "<table><caption>二、主动公开</caption><tr><td>规章<td>2</table>"
    assert lines(read(f"<h2>二、主动公开</h2>{table}")) == ["二、主动公开"]
    assert lines(read(table)) == ["二、主动公开"]


def test_cells_without_rows_and_rows_without_cells_do_not_disturb() -> None:
    source = read("<table><tr></tr><td>规章</td><td>5</td></table>")
    assert [one.text for one in tables(source)[0].cells] == ["规章", "5"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "GBK", "no-such-code"])
def test_characters_are_found_out_whatever_the_page_says(encoding: str, declared: str) -> None:
    page = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>镕基街办</p>'
    )
    assert lines(read_source("p.html", page.encode(encoding))) == ["镕基街办"]


def test_one_cut_character_does_not_lose_the_page() -> None:
    whole = "<p>" + "政府信息公开" * 50 + "</p>"
    for encoding in ("utf-8", "gbk"):
        content = whole.encode(encoding)
        found = lines(read_source("p.html", content[:300] + content[301:]))
        assert found[0].startswith("政府信息公开")
        assert found[0].count("政府信息公开") >= 40


def test_html_under_the_name_of_an_old_word_file_is_read() -> None:
    assert lines(read_source("年报.doc", "<html><p>某局年报</p></html>".encode())) == ["某局年报"]


def test_elements_deeper_than_any_page_are_refused_and_not_lost() -> None:
    for depth in (1_100, 100_000):
        with pytest.raises(UnreadableFile, match="嵌套过深"):
            read("<div>" * depth + "新收1件" + "</div>" * depth)
    assert lines(read("<div>" * 600 + "新收1件")) == ["新收1件"]


def test_spans_that_cover_half_a_million_places_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="过大"):
        read("<table><tr>" + "<td rowspan=1000 colspan=1000>1" * 9 + "</table>")


def test_our_own_page_reads_back_with_the_form_whole() -> None:
    source = read_source("report.html", render_html(a_report(city())))
    table2, table3, table4 = tables(source)
    assert rows(table2)[3] == ["行政规范性文件", "8", "26", "66"]
    assert ("三、本年度办理结果", 5, 0, 22, 1) in cells(table3)
    assert rows(table3)[-1][1:] == ["96", "0", "0", "0", "0", "0", "96"]
    assert ("行政诉讼", 0, 5, 1, 10) in cells(table4)


def test_titles_and_sentences_that_run_across_a_table_are_lines() -> None:
    source = read(
        "<table><tr><td colspan=3>二、主动公开政府信息情况</td></tr>"
        "<tr><td colspan=3>第二十条第（一）项</td></tr><tr><td>规章<td>1<td>2</tr>"
        "<tr><td colspan=3>以上为本机关的数据。</td></tr>"
        "<tr><td colspan=3>注：数据截至年底。</td></tr><tr><td>文件<td>3<td>4</tr></table>"
    )
    assert lines(source) == ["二、主动公开政府信息情况", "以上为本机关的数据。"]
    assert [rows(table)[-1] for table in tables(source)] == [
        ["规章", "1", "2"],
        ["文件", "3", "4"],
    ]


def test_preformatted_rows_keep_the_tabs_of_their_blank_cells() -> None:
    source = read("<pre>规章\t0\t0\n\t\t3\t0\n</pre>")
    assert lines(source) == ["规章\t0\t0", "3\t0"]
    assert [block.blanks for block in source.blocks if isinstance(block, Line)] == [(0, 0), (2, 0)]
