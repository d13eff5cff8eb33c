"""Invented reports in every shape that text layers, copied pages and tables give them."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from hypothesis import strategies as st

from audit.published import PublishedReport
from audit.recognition import recognise
from audit.source import Line, Source, SourceCell, SourceTable
from disclosure.outcomes import COLUMNS, ROWS
from reporting.form import GRIDS
from reporting.grid import Kind, placed
from reporting.labels import BALANCE_NOTE, GROUP_LABELS, ROW_LABELS, group_of, rows_of
from reporting.tables import (
    PROCEEDING_GROUPS,
    PROCEEDING_STATES,
    DocumentCounts,
    ProceedingCounts,
    Table2,
    Table3,
    Table4,
    Tables,
)

Figures = Mapping[str, int | Decimal]
Shape = Callable[[Figures], str]

NUMBERED = {
    "(一)": "（一）",
    "(二)": "（二）",
    "(三)": "（三）",
    "(四)": "（四）",
    "(五)": "（五）",
    "(六)": "（六）",
    "(七)": "（七）",
    ". ": ".",
    ", ": "，",
    " (": "（",
    ") ": "）",
}


def full_width(label: str) -> str:
    """Return a label with the punctuation most agencies print."""
    for ours, theirs in NUMBERED.items():
        label = label.replace(ours, theirs)
    return label.replace("） ", "）")


def lines_of(text: str) -> Source:
    """Make a source of a text, line by line, as a reader of text files does."""
    return Source(
        tuple(
            Line(line.strip(), f"第{number}行", number)
            for number, line in enumerate(text.splitlines())
            if line.strip()
        )
    )


def read(text: str) -> PublishedReport:
    """Recognise a text."""
    return recognise(lines_of(text), "report.txt")


OPENING = """海棠市林业局
2023年政府信息公开工作年度报告
本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。
一、总体情况
2023年，我局收到政府信息公开申请3件，均已答复。主动公开信息57条。
二、主动公开政府信息情况
"""
CLOSING = """五、存在的主要问题及改进情况
一是公开形式不够丰富；二是队伍不够稳定。下一步将加强培训。
六、其他需要报告的事项
2023年未收取信息处理费。
"""


def table3_rows(figures: Figures) -> list[tuple[str | None, str, list[str]]]:
    """Return each row of table three: its group where that begins, its label, its seven figures."""
    rows = []
    for row in ROWS:
        group = group_of(row)
        first = group is not None and rows_of(group)[0] == row
        label = GROUP_LABELS[group] if first and group else None
        cells = [str(figures[f"{row}.{column}"]) for column in COLUMNS]
        rows.append((label and full_width(label), full_width(ROW_LABELS[row]), cells))
    return rows


def documents(figures: Figures, joint: str) -> str:
    """Table two with its cells joined by ``joint``."""

    def row(label: str, *codes: str) -> str:
        return joint.join([label, *(str(figures[code]) for code in codes)])

    names = ("issued", "repealed", "in_force")
    return "\n".join(
        [
            "第二十条第（一）项",
            joint.join(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]),
            row("规章", *(f"regulations.{name}" for name in names)),
            row("行政规范性文件", *(f"normative_documents.{name}" for name in names)),
            "第二十条第（五）项",
            joint.join(["信息内容", "本年处理决定数量"]),
            row("行政许可", "permits"),
            "第二十条第（六）项",
            joint.join(["信息内容", "本年处理决定数量"]),
            row("行政处罚", "penalties"),
            row("行政强制", "coercive_measures"),
            "第二十条第（八）项",
            joint.join(["信息内容", "本年收费金额（单位：万元）"]),
            row("行政事业性收费", "fees_10k_yuan"),
        ]
    )


def proceedings(figures: Figures, joint: str) -> str:
    """Table four in one row of fifteen, its cells joined by ``joint``."""
    states = joint.join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"])
    return "\n".join(
        [
            joint.join(["行政复议", "行政诉讼"]),
            joint.join([states, "未经复议直接起诉", "复议后起诉"]),
            joint.join([states, states]),
            joint.join(
                str(figures[f"{group}.{state}"])
                for group in PROCEEDING_GROUPS
                for state in PROCEEDING_STATES
            ),
        ]
    )


HEADS = ("自然人", "法人或其他组织", "总计")
ORGANISATIONS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")


def requests(figures: Figures, joint: str) -> str:
    """Table three, label and seven figures on a line, joined by ``joint``."""
    lines = [
        BALANCE_NOTE,
        "申请人情况",
        joint.join(HEADS),
        joint.join(ORGANISATIONS),
    ]
    for group, label, cells in table3_rows(figures):
        if label.startswith("（一）"):
            lines.append("三、本年度办理结果")
        if group:
            lines.append(group)
        lines.append(joint.join([label, *cells]))
    return "\n".join(lines)


def whole(figures: Figures, joint: str) -> str:
    """A report whose cells are joined by ``joint``."""
    return "\n".join(
        [
            OPENING.rstrip(),
            documents(figures, joint),
            "三、收到和处理政府信息公开申请情况",
            requests(figures, joint),
            "四、政府信息公开行政复议、行政诉讼情况",
            proceedings(figures, joint),
            CLOSING,
        ]
    )


def in_rows(figures: Figures) -> str:
    """One row a line, blanks between cells: the text layer of most PDF files."""
    return whole(figures, " ")


def in_tabs(figures: Figures) -> str:
    """Cells between tabs: a table copied from a page or a sheet."""
    return whole(figures, "\t")


def in_pipes(figures: Figures) -> str:
    """Cells between pipes: Markdown."""
    return "\n".join(
        f"| {line} |" if " | " in line else line for line in whole(figures, " | ").splitlines()
    )


def one_cell_a_line(figures: Figures) -> str:
    """Every cell on its own line."""
    return whole(figures, "\n")


def wrapped(figures: Figures) -> str:
    """Labels broken after nine characters, figures at the end of the last line, page numbers."""
    lines: list[str] = []
    for number, line in enumerate(in_rows(figures).splitlines()):
        label = line.split(" ")[0]
        long = line[:1] in "123456789（" and len(label) > 9 and line.count(" ") == 7
        lines.extend([line[:9], line[9:]] if long else [line])
        if number % 30 == 29:
            lines.append(f"- {number // 30} -")
    return "\n".join(lines)


def around_the_figures(figures: Figures) -> str:
    """Figures at the middle of a label of two lines."""
    lines: list[str] = []
    for line in in_rows(figures).splitlines():
        label, _, cells = line.partition(" ")
        if len(label) > 14 and line.count(" ") == 7 and label[0].isdigit():
            lines.extend([label[:10], cells, label[10:]])
        else:
            lines.append(line)
    return "\n".join(lines)


def run_together(figures: Figures) -> str:
    """Everything on one line, nothing between the cells: the text of a saved page."""
    return whole(figures, "").replace("\n", "")


TEXT_SHAPES: tuple[Shape, ...] = (
    in_rows,
    in_tabs,
    in_pipes,
    one_cell_a_line,
    wrapped,
    around_the_figures,
)


def in_grids(figures: Figures) -> Source:
    """The official form as tables with spans, as docx, html, xlsx and ruled PDF give them."""
    blocks: list[Line | SourceTable] = []
    text = [*OPENING.splitlines(), *CLOSING.splitlines()]
    for line in text[:5]:
        blocks.append(Line(line, "正文", len(blocks)))
    for grid in GRIDS:
        blocks.append(Line(grid.caption, "正文", len(blocks)))
        cells = tuple(
            SourceCell(
                str(figures[cell.cell.content])
                if cell.cell.kind is Kind.FIGURE
                else cell.cell.content,
                cell.row,
                cell.column,
                f"{grid.name}第{cell.row + 1}行",
                cell.cell.rowspan,
                cell.cell.colspan,
            )
            for cell in placed(grid)
        )
        blocks.append(SourceTable(cells, grid.name, len(blocks)))
    for line in CLOSING.splitlines():
        blocks.append(Line(line, "正文", len(blocks)))
    return Source(tuple(blocks))


def values_of(report: PublishedReport) -> dict[str, int | Decimal | None]:
    """Return what was read, by code."""
    return {code: cell.value for code, cell in report.cells.items()}


def unreadable_rows(report: PublishedReport) -> set[str | None]:
    """Return the rows that were reported as unreadable."""
    return {found.row for found in report.unreadable}


def balanced(few: int = 3, most: int = 500) -> st.SearchStrategy[Tables]:
    """Tables in which every identity holds; ``few`` result cells at most are not 0."""
    return st.builds(
        _balanced,
        st.lists(
            st.tuples(
                st.integers(2, len(ROWS) - 3),
                st.integers(0, len(COLUMNS) - 2),
                st.integers(1, most),
            ),
            max_size=few,
        ),
        st.lists(st.integers(0, 40), min_size=6, max_size=6),
        st.lists(st.integers(0, 40), min_size=6, max_size=6),
        st.lists(st.integers(0, 99), min_size=12, max_size=12),
        st.lists(st.integers(0, 5000), min_size=9, max_size=9),
    )


def _balanced(
    results: list[tuple[int, int, int]],
    carried_in: list[int],
    carried_out: list[int],
    states: list[int],
    documents_: list[int],
) -> Tables:
    rows = {row: [0] * (len(COLUMNS) - 1) for row in ROWS}
    for row, column, number in results:
        rows[ROWS[row]][column] = number
    for column in range(len(COLUMNS) - 1):
        handled = sum(rows[row][column] for row in ROWS[2:-2])
        rows["total_handled"][column] = handled
        rows["carried_in"][column] = min(carried_in[column], handled)
        rows["carried_out"][column] = carried_out[column] if results else 0
        rows["new"][column] = handled + rows["carried_out"][column] - rows["carried_in"][column]
    return Tables(
        Table2(
            DocumentCounts(*documents_[:3]),
            DocumentCounts(*documents_[3:6]),
            documents_[6],
            documents_[7],
            documents_[8],
            Decimal(documents_[0]) / 8,
        ),
        Table3.of(
            {
                row: dict(zip(COLUMNS, [*numbers, sum(numbers)], strict=True))
                for row, numbers in rows.items()
            }
        ),
        Table4(_concluded(states[:4]), _concluded(states[4:8]), _concluded(states[8:])),
    )


def _concluded(states: list[int]) -> ProceedingCounts:
    upheld, corrected, other, pending = states
    return ProceedingCounts(upheld, corrected, other, pending, sum(states))
