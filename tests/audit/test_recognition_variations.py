"""What agencies really print: labels cut short, columns moved, cells left blank, pages around."""

import re

import pytest

from audit.published import PublishedReport
from audit.recognition import recognise
from audit.source import Line, Source, SourceCell, SourceTable
from disclosure.outcomes import COLUMNS, ROWS
from reporting.labels import COLUMN_LABELS, PROCEEDING_LABELS, ROW_LABELS, STATE_LABELS
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES, Tables
from tests.audit.recognition_makers import (
    CLOSING,
    OPENING,
    documents,
    full_width,
    in_rows,
    in_tabs,
    proceedings,
    read,
    requests,
    run_together,
    unreadable_rows,
    values_of,
)
from tests.reporting.report_makers import city

CITY = city().figures()
TITLES = ("三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况")


def _report(
    table3: str, table4: str | None = None, table2: str | None = None, opening: str = OPENING
) -> str:
    return "\n".join(
        [
            opening.rstrip(),
            table2 or documents(CITY, "\t"),
            TITLES[0],
            table3,
            TITLES[1],
            table4 or proceedings(CITY, "\t"),
            CLOSING,
        ]
    )


def _table3(
    joint: str = "\t",
    columns: tuple[str, ...] = COLUMNS,
    rows: tuple[str, ...] = ROWS,
    labels: dict[str, str] | None = None,
) -> str:
    lines = [joint.join(COLUMN_LABELS[column] for column in columns)]
    for row in rows:
        label = (labels or {}).get(row, full_width(ROW_LABELS[row]))
        lines.append(joint.join([label, *(str(CITY[f"{row}.{column}"]) for column in columns)]))
    return "\n".join(lines)


def _assert_city(report: PublishedReport) -> None:
    assert values_of(report) == CITY
    assert report.unreadable == ()


@pytest.mark.parametrize("joint", ["\t", " "])
def test_columns_in_another_order_are_read_by_their_heads(joint: str) -> None:
    moved = ("total", "natural_person", "legal_service", "business", "research", "other_org")
    _assert_city(read(_report(_table3(joint, (*moved, "social_welfare")))))


def test_a_torn_head_in_another_order_leaves_the_table_unread() -> None:
    moved = ("total", "natural_person", "legal_service", "business", "research", "social_welfare")
    text = _table3(columns=(*moved, "other_org")).replace("社会公益组织", "□□", 1)
    report = read(_report(text))
    assert unreadable_rows(report) == set(ROWS)
    assert "new.total" not in report.cells


def test_a_head_that_cannot_be_read_leaves_the_order_of_the_form_with_a_note() -> None:
    text = "\n".join(_table3().splitlines()[1:])
    report = read(_report(text))
    _assert_city(report)
    assert any("表头无法完整识别" in note for note in report.notes)


def test_rows_in_another_order_are_read_by_their_labels() -> None:
    _assert_city(read(_report(_table3(" ", rows=ROWS[::-1]))))


def test_shortened_labels_are_known() -> None:
    short = {
        "new": "一、本年新收",
        "carried_in": "二、上年度结转",
        "carried_out": "四、结转下一年度",
        "unable.not_held": "1、本机关不掌握",
        "refused.prohibited_by_law": "2.其他法律行政止公开",
        "other.correction_lapsed": "1.逾期不补正",
        "other.fee_lapsed": "2.逾期不缴费",
        "other.other": "其他",
        "total_handled": "（七）合计",
    }
    _assert_city(read(_report(_table3(" ", labels=short))))


def test_numbering_with_a_comma_and_the_other_word_for_the_balance_are_known() -> None:
    text = in_rows(CITY).replace("勾稽", "钩稽")
    _assert_city(read(re.sub(r"(?m)^([1-8])\.", r"\1、", text)))


def test_a_missing_total_column_leaves_blank_cells_and_a_note() -> None:
    report = read(_report(_table3(columns=COLUMNS[:-1])))
    assert report.cells["new.total"].value is None
    assert report.cells["new.total"].printed == ""
    assert report.cells["new.natural_person"].value == 2883
    assert "表三没有“总计”列" in report.notes


def test_units_separators_and_full_width_digits_are_numbers() -> None:
    text = _table3().replace("\t3000", "\t3,000件").replace("\t2883", "\t２８８３")
    _assert_city(read(_report(text)))


def test_what_is_no_number_stays_as_printed_and_has_no_value() -> None:
    lines = _table3().splitlines()
    lines[2] = "二、上年结转政府信息公开申请数量\t/\t-\tO\t\t无\t1.5\t-3"
    cells = read(_report("\n".join(lines))).cells
    printed = [cells[f"carried_in.{column}"].printed for column in COLUMNS]
    values = [cells[f"carried_in.{column}"].value for column in COLUMNS]
    assert printed == ["/", "-", "O", "", "无", "1.5", "-3"]
    assert values == [None, None, None, None, None, None, -3]


def test_blank_cells_at_the_end_of_a_row_are_blank() -> None:
    lines = _table3().splitlines()
    lines[2] = "二、上年结转政府信息公开申请数量\t34\t0"
    cells = read(_report("\n".join(lines))).cells
    assert (cells["carried_in.natural_person"].value, cells["carried_in.business"].value) == (34, 0)
    assert cells["carried_in.total"].printed == ""


def test_six_figures_between_blanks_do_not_say_which_cell_is_missing() -> None:
    lines = _table3(" ").splitlines()
    lines[2] = "二、上年结转政府信息公开申请数量 34 0 0 0 0 34"
    report = read(_report("\n".join(lines)))
    assert unreadable_rows(report) == {"carried_in"}
    assert report.unreadable[0].printed == "34 0 0 0 0 34"


def test_six_zeros_run_together_do_not_say_which_cell_is_missing() -> None:
    zero = run_together(Tables.zero().figures())
    text = zero.replace("四、结转下年度继续办理0000000", "四、结转下年度继续办理000000")
    report = read(text)
    assert unreadable_rows(report) == {"carried_out"}
    assert report.cells["total_handled.total"].value == 0


def test_two_decimal_documents_run_together_are_not_guessed() -> None:
    figures = dict(Tables.zero().figures()) | {"normative_documents.issued": 12}
    figures |= {"normative_documents.repealed": 3, "normative_documents.in_force": 40}
    assert unreadable_rows(read(run_together(figures))) == {"normative_documents"}


def test_a_row_with_a_wrong_total_is_read_where_every_digit_is_a_cell() -> None:
    figures = dict(Tables.zero().figures()) | {"partial.natural_person": 8, "partial.business": 1}
    figures |= {"partial.total": 8}
    assert values_of(read(run_together(figures)))["partial.business"] == 1


@pytest.mark.parametrize("joint", ["\t", " ", "\n"])
def test_table_four_reads_in_three_rows_of_five(joint: str) -> None:
    lines = [joint.join(STATE_LABELS.values())]
    for group, label in PROCEEDING_LABELS.items():
        lines.append(
            joint.join([label, *(str(CITY[f"{group}.{state}"]) for state in PROCEEDING_STATES)])
        )
    _assert_city(read(_report(_table3(), "\n".join(lines))))


@pytest.mark.parametrize("joint", ["\t", " ", "\n"])
def test_table_four_reads_in_five_rows_of_three(joint: str) -> None:
    lines = [joint.join(PROCEEDING_LABELS.values())]
    for state, label in STATE_LABELS.items():
        lines.append(
            joint.join([label, *(str(CITY[f"{group}.{state}"]) for group in PROCEEDING_GROUPS)])
        )
    _assert_city(read(_report(_table3(), "\n".join(lines))))


@pytest.mark.parametrize("joint", ["\t", " ", "\n"])
def test_table_four_reads_in_three_tables(joint: str) -> None:
    parts = []
    for group, label in PROCEEDING_LABELS.items():
        figures = (str(CITY[f"{group}.{state}"]) for state in PROCEEDING_STATES)
        parts.append(f"{label}\n{joint.join(STATE_LABELS.values())}\n{joint.join(figures)}")
    _assert_city(read(_report(_table3(), "\n".join(parts))))


def test_the_former_layout_of_table_two_gives_what_it_shares_with_the_present_one() -> None:
    decisions = "信息内容\t上一年项目数量\t本年增/减\t处理决定数量"
    former = "\n".join(
        [
            "第二十条第（一）项",
            "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量",
            "规章\t0\t0\t0",
            "规范性文件\t4\t5\t6",
            f"第二十条第（五）项\n{decisions}",
            "行政许可\t10\t-2\t8",
            "其他对外管理服务事项\t0\t0\t0",
            f"第二十条第（六）项\n{decisions}",
            "行政处罚\t1\t2\t3",
            "行政强制\t4\t5\t6",
            "第二十条第（八）项\n信息内容\t上一年项目数量\t本年增/减",
            "行政事业性收费\t2\t0",
            "第二十条第（九）项\n信息内容\t采购项目数量\t采购总金额",
            "政府集中采购\t3\t2829.1万元",
        ]
    )
    report = read(_report(_table3(), table2=former, opening=OPENING.replace("2023", "2019")))
    values = values_of(report)
    assert values["normative_documents.issued"] == 4
    assert [values[code] for code in ("permits", "penalties", "coercive_measures")] == [8, 3, 6]
    assert {"fees_10k_yuan", "normative_documents.in_force"} <= report.absent
    assert report.year == 2019


def test_a_merged_cell_of_table_two_repeated_over_its_columns_is_one_figure() -> None:
    table2 = "\n".join(
        line if line.count("\t") != 1 else "\t".join([line, *line.split("\t")[1:] * 2])
        for line in documents(CITY, "\t").splitlines()
    )
    report = read(_report(_table3(), table2=table2))
    _assert_city(report)
    assert report.notes == ()


def _with_one_row_of_others(opening: str) -> PublishedReport:
    others = [f"other.{name}" for name in ("correction_lapsed", "fee_lapsed", "other")]
    rows = tuple(row for row in ROWS if row not in others)
    figures = "\t".join(str(CITY[f"other.other.{column}"]) for column in COLUMNS)
    text = _table3(rows=rows).replace("（七）", f"（六）其他处理\t{figures}\n（七）")
    return read(_report(text, opening=opening))


def test_one_row_of_other_results_belongs_to_the_layout_of_2020() -> None:
    report = _with_one_row_of_others(OPENING.replace("2023", "2020"))
    assert report.cells["other.total"].value == CITY["other.other.total"]
    assert len(report.absent) == 21


def test_one_row_of_other_results_leaves_three_rows_blank_in_2023() -> None:
    report = _with_one_row_of_others(OPENING)
    assert report.cells["other.total"].value == CITY["other.other.total"]
    assert report.cells["other.fee_lapsed.total"].printed == ""
    assert report.absent == frozenset()


def test_a_department_that_makes_no_regulations_may_leave_their_row_out() -> None:
    table2 = documents(CITY, "\t").replace("规章\t1\t0\t11\n", "")
    report = read(_report(_table3(), table2=table2))
    assert set(report.absent) == {
        f"regulations.{name}" for name in ("issued", "repealed", "in_force")
    }


def test_of_two_tables_of_a_kind_the_first_is_read_and_the_second_named() -> None:
    second = _table3().replace("\t3000", "\t2999")
    report = read(_report(f"{_table3()}\n市本级情况如下\n{second}"))
    _assert_city(report)
    assert any("多张" in note for note in report.notes)


def test_the_same_table_printed_twice_is_one() -> None:
    report = read(_report(f"{_table3()}\n{_table3()}"))
    _assert_city(report)
    assert report.notes == ()


def test_a_label_repeated_after_a_page_break_is_one_row() -> None:
    text = _table3().replace("（四）", "- 3 -\n（四）")
    broken = text.replace("2.重复申请", "2.重复申请\n- 4 -\n2.重复申请")
    _assert_city(read(_report(broken)))


def test_heads_repeated_on_the_next_page_change_nothing() -> None:
    lines = requests(CITY, "\n").splitlines()
    place = lines.index("（四）无法提供")
    head = ["申请人情况", "自然人", "法人或其他组织", "总计", *list(COLUMN_LABELS.values())[1:6]]
    _assert_city(read(_report("\n".join([*lines[:place], *head, *lines[place:]]))))


def test_rows_torn_from_their_labels_are_read_by_order_when_the_sums_bear_them_out() -> None:
    lines = _table3(" ").splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith("2.没有现成"))
    first, second = (line.split(" ", 1) for line in lines[place : place + 2])
    lines[place : place + 2] = [first[0], second[0], first[1], second[1]]
    report = read(_report("\n".join(lines)))
    _assert_city(report)
    assert any("按次序" in note for note in report.notes)


def test_rows_torn_from_their_labels_are_unreadable_when_the_sums_do_not_hold() -> None:
    lines = _table3(" ").replace("（七）总计 2821", "（七）总计 2820").splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith("2.没有现成"))
    first, second = (line.split(" ", 1) for line in lines[place : place + 2])
    lines[place : place + 2] = [first[0], second[0], first[1], second[1]]
    report = read(_report("\n".join(lines)))
    assert unreadable_rows(report) == {"unable.needs_creation", "unable.unclear_after_correction"}


def test_a_file_cut_off_inside_a_table_says_so_of_the_rows_it_lacks() -> None:
    text = in_tabs(CITY)
    report = read(text[: text.index("（三）不予公开")])
    assert report.cells["partial.total"].value == CITY["partial.total"]
    missing = {found.row for found in report.unreadable if "到此为止" in found.reason}
    assert "refused.state_secret" in missing
    assert "carried_out" in missing


def test_a_row_left_out_in_the_middle_is_blank() -> None:
    rows = tuple(row for row in ROWS if row != "not_processed.publication")
    report = read(_report(_table3(rows=rows)))
    assert report.cells["not_processed.publication.total"].printed == ""
    assert report.unreadable == ()


def test_a_statistics_page_without_tables_has_none() -> None:
    text = "一、收到申请情况\n2022年，全区收到申请1499件。其中，予以公开966件，部分公开67件。"
    report = read(text)
    assert report.tables == frozenset()
    assert report.cells == {}


def test_cells_closed_by_a_pipe_each_on_its_line_are_cells() -> None:
    lines = ["海棠市统计局2023年政府信息公开工作年度报告", "二、主动公开政府信息情况", "信息内容 |"]
    lines += ["本年制发件数 |", "本年废止件数 |", "现行有效件数 |", "规章 |", "/ |", "/ |", "/ |"]
    lines += [
        "行政规范性文件 |",
        "0 |",
        "0 |",
        "7 |",
        "第二十条第(五)项 |",
        "||||",
        "行政许可 |",
        "3 |",
        "||",
    ]
    lines += ["一、本年新收政府信息公开申请数量 |", *["|"] * 6, "2 |", "||"]
    lines += ["二、上年结转政府信息公开申请数量 |", *["|"] * 6, "0 |", "||", "五、存在的问题"]
    cells = read("\n".join(lines)).cells
    assert cells["regulations.issued"].printed == "/"
    assert cells["normative_documents.in_force"].value == 7
    assert cells["permits"].value == 3
    assert (cells["new.natural_person"].printed, cells["new.total"].value) == ("", 2)


def test_figures_under_their_heads_are_read_though_labels_take_other_widths() -> None:
    heads = ["项目", "总计", *(COLUMN_LABELS[column] for column in COLUMNS[:-1])]
    cells = [SourceCell(text, 0, place, "表1") for place, text in enumerate(heads)]
    for number, row in enumerate(ROWS, start=1):
        printed = [CITY[f"{row}.total"], *(CITY[f"{row}.{column}"] for column in COLUMNS[:-1])]
        cells.append(SourceCell(ROW_LABELS[row], number, 0, "表1"))
        cells += [
            SourceCell(str(figure), number, place, "表1")
            for place, figure in enumerate(printed, start=1)
            if figure != 0 or place == 1
        ]
    source = Source(
        (
            Line("海棠市2023年政府信息公开工作年度报告", "正文", 0),
            SourceTable(tuple(cells), "表1", 1),
        )
    )
    found = recognise(source, "report.xlsx").cells
    for code, figure in city().table3.figures():
        shown = figure if figure != 0 or code.endswith(".total") else None
        assert found[code].value == shown, code
