import pytest

from disclosure.outcomes import ROWS
from reporting.form import GRIDS, TABLE2, TABLE3, TABLE4
from reporting.grid import Cell, Grid, Kind, heads_of, placed
from reporting.labels import BALANCE_NOTE, ROW_LABELS, SECTION_TITLES, title
from tests.reporting.report_makers import city

OFFICIAL_ROWS = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "(一) 予以公开",
    "(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)",
    "1. 属于国家秘密",
    "2. 其他法律行政法规禁止公开",
    "3. 危及“三安全一稳定”",
    "4. 保护第三方合法权益",
    "5. 属于三类内部事务信息",
    "6. 属于四类过程性信息",
    "7. 属于行政执法案卷",
    "8. 属于行政查询事项",
    "1. 本机关不掌握相关政府信息",
    "2. 没有现成信息需要另行制作",
    "3. 补正后申请内容仍不明确",
    "1. 信访举报投诉类申请",
    "2. 重复申请",
    "3. 要求提供公开出版物",
    "4. 无正当理由大量反复申请",
    "5. 要求行政机关确认或重新出具已获取信息",
    "1. 申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2. 申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3. 其他",
    "(七) 总计",
    "四、结转下年度继续办理",
]


def words(cells: tuple[Cell, ...]) -> list[str]:
    return [cell.content for cell in cells]


def heads_over(grid: Grid, code: str) -> list[str]:
    cells = list(placed(grid))
    figure = next(one for one in cells if one.cell.content == code)
    return [head.cell.content for head in heads_of(figure, cells)]


def test_rows_of_table_three_bear_the_words_of_the_form() -> None:
    assert [ROW_LABELS[row] for row in ROWS] == OFFICIAL_ROWS


def test_table_three_is_headed_as_on_the_form() -> None:
    first, second, third = TABLE3.head
    assert words(first) == [BALANCE_NOTE, "申请人情况", "总计"]
    assert BALANCE_NOTE == "(本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和)"
    assert words(second) == ["自然人", "法人或其他组织"]
    assert words(third) == ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]


def test_results_stand_under_their_groups() -> None:
    spans = {one.cell.content: one.cell.rowspan for one in placed(TABLE3) if one.cell.rowspan > 3}
    assert spans == {"三、本年度办理结果": 22, "(三) 不予公开": 8, "(五) 不予处理": 5}
    assert heads_over(TABLE3, "refused.state_secret.business") == [
        "申请人情况",
        "法人或其他组织",
        "商业企业",
        "三、本年度办理结果",
        "(三) 不予公开",
        "1. 属于国家秘密",
    ]
    assert heads_over(TABLE3, "carried_out.total") == [
        "总计",
        "四、结转下年度继续办理",
    ]


def test_table_two_has_four_blocks_each_with_its_own_head() -> None:
    assert [words(block[0]) for block in TABLE2.bodies] == [
        [f"第二十条第（{number}）项"] for number in "一五六八"
    ]
    assert heads_over(TABLE2, "normative_documents.repealed") == [
        "第二十条第（一）项",
        "本年废止件数",
        "行政规范性文件",
    ]
    assert heads_over(TABLE2, "fees_10k_yuan") == [
        "第二十条第（八）项",
        "本年收费金额（单位：万元）",
        "行政事业性收费",
    ]


def test_table_four_is_one_row_of_fifteen_figures() -> None:
    ((figures,),) = TABLE4.bodies
    assert len(figures) == 15
    assert heads_over(TABLE4, "reconsideration.upheld") == ["行政复议", "结果维持"]
    assert heads_over(TABLE4, "litigation_after_reconsideration.total") == [
        "行政诉讼",
        "复议后起诉",
        "总计",
    ]


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.name)
def test_cells_cover_the_whole_table_and_nothing_twice(grid: Grid) -> None:
    covered = [(row, column) for one in placed(grid) for row in one.rows for column in one.columns]
    whole = {(row, col) for row in range(len(grid.rows)) for col in range(len(grid.widths))}
    assert len(covered) == len(set(covered))
    assert set(covered) == whole


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.name)
def test_a_table_is_as_wide_as_the_page_between_its_margins(grid: Grid) -> None:
    assert sum(grid.widths) == pytest.approx(210 - 28 - 26)


def test_every_figure_of_the_tables_has_one_cell_on_the_form() -> None:
    codes = [
        one.cell.content for grid in GRIDS for one in placed(grid) if one.cell.kind is Kind.FIGURE
    ]
    assert sorted(codes) == sorted(city().figures())


def test_a_grid_whose_cells_overlap_is_refused() -> None:
    wide = Cell(Kind.FIGURE, "a", colspan=2)
    tall = Cell(Kind.FIGURE, "b", rowspan=2)
    grid = Grid("wrong", "", (1, 1), (), (((Cell(Kind.FIGURE, "c"), tall), (wide,)),))
    with pytest.raises(ValueError, match="overlap in row 1"):
        list(placed(grid))


def test_the_report_has_its_six_sections_and_its_title() -> None:
    assert [words_of[:2] for words_of in SECTION_TITLES] == [f"{n}、" for n in "一二三四五六"]
    assert "".join(title("某市商务局", 2024)) == "某市商务局2024年政府信息公开工作年度报告"
