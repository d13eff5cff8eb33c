"""Web pages (html): what a browser would show, in the order of the source.

Rows and columns are worked out as the HTML standard does it (4.9.12, forming a table), on the tree
as libxml2 gives it: cells without a row and rows without a table are met with in the wild.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from audit.readers.blocks import Blocks
from audit.readers.flow import Flow, FlowCell, FlowTable, Positions
from audit.readers.html_elements import CELLS, HEADINGS, LINES, SECTIONS, UNSEEN
from audit.readers.limits import MAX_DEPTH, MAX_SPAN, MAX_TABLE_DEPTH, MAX_TAGS
from audit.readers.printed import one_line
from audit.readers.unreadable import UnreadableFile, too_large, without_words
from audit.source import Source

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_AS_BLANK = str.maketrans("\t\r\f", " \n ")
_SPAN = re.compile(r"\s*\+?(\d{1,9})")


def read_html(text: str) -> Source:
    """Return the lines and tables of a page; raises ``UnreadableFile``."""
    blocks = Blocks()
    blocks.flow(html_flow(text))
    return blocks.source()


def html_flow(text: str) -> Flow:
    """Return what flows on a page or in a piece of one; raises ``UnreadableFile``."""
    # NUL ends the text for libxml2, in silence.
    content = text.replace("\0", "").encode("utf-8", "replace")
    if content.count(b"<") > MAX_TAGS:
        raise too_large("网页标签", f"{MAX_TAGS}个")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    root = etree.fromstring(content, parser) if content.strip() else None
    if root is None:
        raise without_words()
    page = _Page()
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start":
            page.depth += 1
            if page.depth > MAX_DEPTH:
                raise _too_deep()
            if _is_unseen(element):
                walker.skip_subtree()
            else:
                page.start(element)
                page.text(element.text)
        elif event == "end":
            page.depth -= 1
            if not _is_unseen(element):
                page.end(element)
        if event != "start":
            page.text(element.tail)
    page.close()
    return page.whole


def _too_deep() -> UnreadableFile:
    return UnreadableFile(
        "网页结构异常：标签或表格嵌套过深，不像正常网页，为安全起见未予读取。"
        "请在浏览器中打开后复制正文，另存为 docx 或 txt 再试。"
    )


def _is_unseen(element: etree._Element) -> bool:
    return (
        element.tag in UNSEEN
        or "hidden" in element.attrib
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _span(element: etree._Element, name: str) -> int:
    found = _SPAN.match(element.get(name, ""))
    return int(found.group(1)) if found else 1


@dataclass(slots=True)
class _OpenTable:
    """A table being read: the row being filled and the first column that may be free in it.

    ``section`` is the first cell of the section (thead, tbody, tfoot), which no rowspan leaves.
    """

    flow: Flow
    row: int = -1
    column: int = 0
    in_row: bool = False
    cells: list[FlowCell] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)
    section: int = 0

    def begin_row(self) -> None:
        self.row += 1
        self.column = 0
        self.in_row = True

    def end_section(self) -> None:
        """Cut the cells of the section at its last row, as the standard does."""
        for cell in self.cells[self.section :]:
            cell.rowspan = min(cell.rowspan, self.row + 1 - cell.row)
        self.taken = set()
        self.section = len(self.cells)
        self.in_row = False


class _Page:
    """Where the walk stands: open tables, open cells, whether text is a heading or as typed."""

    def __init__(self) -> None:
        self.whole = Flow()
        self.depth = 0
        self._flows = [self.whole]
        self._tables: list[_OpenTable] = []
        self._headings = 0
        self._typed = 0
        self._positions = Positions()

    def text(self, text: str | None) -> None:
        if not text:
            return
        flow = self._flows[-1]
        if not self._typed:
            flow.write(text)
            return
        *whole, last = text.split("\n")
        for line in whole:
            flow.write(line)
            flow.end_line()
        flow.write(last)

    def start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in LINES or tag == "table":
            self._end_line()
        if tag == "img":
            self._flows[-1].picture()
        elif tag in HEADINGS:
            self._headings += 1
        elif tag == "pre":
            self._typed += 1
        elif tag == "table":
            self._begin_table()
        elif self._tables:
            self._start_in_table(element, self._tables[-1])

    def _begin_table(self) -> None:
        if len(self._tables) == MAX_TABLE_DEPTH:
            raise _too_deep()
        self._tables.append(_OpenTable(self._flows[-1]))

    def _start_in_table(self, element: etree._Element, table: _OpenTable) -> None:
        tag = element.tag
        inside = self._flows[-1] is not table.flow
        if inside and tag not in CELLS:
            return
        if tag in SECTIONS:
            table.end_section()
        elif tag == "tr":
            table.begin_row()
        elif tag in CELLS:
            if inside:
                self._flows.pop()
            if not table.in_row:
                table.begin_row()
            self._flows.append(self._new_cell(element, table))

    def _new_cell(self, element: etree._Element, table: _OpenTable) -> Flow:
        column = table.column
        while (table.row, column) in table.taken:
            column += 1
        colspan = self._positions.span(_span(element, "colspan"))
        # rowspan=0 asks for all rows of the section; `end_section` cuts it there.
        rowspan = self._positions.span(_span(element, "rowspan") or MAX_SPAN)
        self._positions.cover(rowspan, colspan)
        table.column = column + colspan
        table.taken |= {
            (row, place)
            for row in range(table.row, table.row + rowspan)
            for place in range(column, column + colspan)
        }
        cell = FlowCell(table.row, column, rowspan, colspan, Flow())
        table.cells.append(cell)
        return cell.flow

    def end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in LINES or tag == "table":
            self._end_line()
        if tag == "caption":
            self._flows[-1].drop_repeated()
        elif tag in HEADINGS:
            self._headings -= 1
        elif tag == "pre":
            self._typed -= 1
        elif tag == "table":
            self._end_table()
        elif self._tables:
            self._end_in_table(tag, self._tables[-1])

    def _end_table(self) -> None:
        table = self._tables.pop()
        while self._flows[-1] is not table.flow:
            self._flows.pop()
        table.end_section()
        if table.cells:
            table.flow.parts.append(FlowTable(table.cells))

    def _end_in_table(self, tag: str, table: _OpenTable) -> None:
        inside = self._flows[-1] is not table.flow
        if tag in CELLS and inside:
            self._flows.pop()
        elif tag == "tr" and not inside:
            table.in_row = False
        elif tag in SECTIONS and not inside:
            table.end_section()

    def _end_line(self) -> None:
        flow = self._flows[-1]
        if not self._typed:
            flow.pending = [one_line("".join(flow.pending).translate(_AS_BLANK))]
        flow.end_line(heading=self._headings > 0)

    def close(self) -> None:
        self._end_line()
