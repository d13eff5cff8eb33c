from audit.reading import read_source
from audit.source import Source
from reporting.render_pdf import render_pdf
from tests.audit.read_makers import cells, lines, pdf_of, rows, tables
from tests.reporting.report_makers import a_report, city


def read(body: str) -> Source:
    return read_source("report.pdf", pdf_of(body))


def test_cells_are_told_by_ruled_lines_with_their_spans() -> None:
    source = read(
        "表前\n#table(columns: 3, table.cell(colspan: 2)[合并], table.cell(rowspan: 2)[竖],"
        "[1], [2])\n表后"
    )
    assert [type(block).__name__ for block in source.blocks] == ["Line", "SourceTable", "Line"]
    assert cells(tables(source)[0]) == [
        ("合并", 0, 0, 1, 2),
        ("竖", 0, 2, 2, 1),
        ("1", 1, 0, 1, 1),
        ("2", 1, 1, 1, 1),
    ]
    assert [block.place for block in source.blocks] == ["第1页", "第1页表1", "第1页"]


def test_blank_cells_are_there_and_empty() -> None:
    source = read("#table(columns: 3, [规章], [], [0], [规范性文件], [3], [])")
    assert rows(tables(source)[0]) == [["规章", "", "0"], ["规范性文件", "3", ""]]


def test_a_label_over_several_lines_is_one_and_figures_over_lines_are_not() -> None:
    source = read("#table(columns: (30pt, 40pt), [社会公益组织], [12 \\ 34])")
    assert rows(tables(source)[0]) == [["社会公益组织", "12 34"]]


def test_one_character_a_line_is_a_word() -> None:
    source = read("#table(columns: (20pt, 60pt), [三、本年度办理结果], [予以公开])")
    assert rows(tables(source)[0]) == [["三、本年度办理结果", "予以公开"]]


def test_a_table_over_two_pages_is_two_tables() -> None:
    many = ",".join(f"[{number}], [0]" for number in range(70))
    found = tables(read(f"#table(columns: 2, {many})"))
    assert [table.place for table in found] == ["第1页表1", "第2页表1"]
    assert [row[0] for table in found for row in rows(table)] == [str(n) for n in range(70)]


def test_without_lines_a_table_stays_lines_in_visual_order() -> None:
    source = read(
        "#table(columns: (120pt, 30pt, 30pt), stroke: none, [规章], [1], [0], [文件], [2], [3])"
    )
    assert tables(source) == []
    assert lines(source) == ["规章 1 0", "文件 2 3"]


def test_a_box_around_text_is_no_table() -> None:
    source = read("#rect[注意事项]\n#underline[标题]")
    assert tables(source) == []
    assert lines(source) == ["注意事项", "标题"]


def test_a_table_inside_a_frame_is_still_a_table() -> None:
    source = read("#rect(width: 100%, inset: 12pt)[框内 #table(columns: 2, [规章], [5])]")
    assert lines(source) == ["框内"]
    assert rows(tables(source)[0]) == [["规章", "5"]]


def test_thin_filled_boxes_are_lines_too() -> None:
    bar = "place(dx: {}pt, dy: {}pt, rect(width: {}pt, height: {}pt, fill: black))"
    drawn = [bar.format(0, y, 100, 0.7) for y in (0, 20, 40)]
    drawn += [bar.format(x, 0, 0.7, 40.7) for x in (0, 60, 100)]
    words = [(5, 5, "规章"), (65, 5, "1"), (5, 25, "文件"), (65, 25, "2")]
    drawn += [f"place(dx: {x}pt, dy: {y}pt)[{text}]" for x, y, text in words]
    source = read("#box(width: 100pt, height: 50pt, {" + "\n".join(drawn) + "})")
    assert rows(tables(source)[0]) == [["规章", "1"], ["文件", "2"]]


def test_a_table_open_at_both_sides_ends_with_its_lines() -> None:
    source = read(
        "#table(columns: (60pt, 60pt), stroke: (x, y) => (left: if x == 1 {0.5pt}, "
        "top: 0.5pt, bottom: 0.5pt), [规章], [1], [文件], [2])"
    )
    assert rows(tables(source)[0]) == [["规章", "1"], ["文件", "2"]]


def test_a_page_set_sideways_is_read_as_a_person_turns_it() -> None:
    for turn in ("90deg", "270deg"):
        source = read(
            f"#rotate({turn}, reflow: true)[#table(columns: 2, [规章], [17], [文件], [28])]"
        )
        assert rows(tables(source)[0]) == [["规章", "17"], ["文件", "28"]]


def test_text_printed_twice_for_boldness_is_read_once() -> None:
    source = read(
        "#box(width: 90pt, height: 20pt, {place(dx: 0pt)[新收11件]; place(dx: 0.4pt)[新收11件]})"
    )
    assert lines(source) == ["新收11件"]


def test_pages_and_lines_are_in_reading_order() -> None:
    source = read("甲\n\n乙\n#pagebreak()\n丙")
    assert [(block.place, block.number) for block in source.blocks] == [
        ("第1页", 1),
        ("第1页", 2),
        ("第2页", 3),
    ]
    assert lines(source) == ["甲", "乙", "丙"]


def test_our_own_report_reads_back_with_the_form_whole() -> None:
    source = read_source("report.pdf", render_pdf(a_report(city())))
    table2, table3, table4 = (table for table in tables(source) if len(table.cells) > 9)
    assert rows(table2)[3] == ["行政规范性文件", "8", "26", "66"]
    assert ("三、本年度办理结果", 5, 0, 22, 1) in cells(table3)
    assert rows(table3)[3][1:] == ["2883", "53", "0", "0", "61", "3", "3000"]
    assert rows(table4)[-1][:5] == ["72", "64", "178", "37", "351"]


def test_a_figure_wider_than_its_cell_is_not_cut_at_the_line() -> None:
    source = read(
        "#table(columns: (60pt, 14pt, 40pt), inset: 1pt, align: center,"
        "[许可], [#box(width: 12pt)[#place(dx: -14pt)[447228]]], [35])"
    )
    assert rows(tables(source)[0]) == [["许可", "447228", "35"]]
