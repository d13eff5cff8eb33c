"""Word files (docx): paragraphs and tables in the order of the body, as they would be printed.

Deleted and hidden text, notes, headers and footers are not read; inserted text and text boxes are.
Elements are told by their local names, so that the strict kind (ISO/IEC 29500) reads like the
transitional one. Source: ECMA-376 part 1, 17.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from audit.readers.archive import Archive, attribute, child, local
from audit.readers.blocks import Blocks
from audit.readers.flow import Flow, FlowCell, FlowTable, Positions
from audit.readers.limits import MAX_SPAN, MAX_TABLE_DEPTH
from audit.readers.unreadable import broken, too_large
from audit.source import Source

KIND = "Word 文档（docx）"
UNSEEN = frozenset(
    {
        *("del", "moveFrom", "delText", "instrText", "delInstrText"),
        *("Fallback", "rt", "sdtPr", "sdtEndPr", "pPr", "rPr", "sectPr"),
    }
)
"""Deleted text, field codes, the older copy of a drawing, readings above characters, settings."""

WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})
SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
PICTURES = frozenset({"blip", "imagedata"})
MOST_DIGITS = 9
"""Of a number in the file: more are damage."""

BODY_TEXT_LEVEL = 9
"""Outline level that means body text; 0 to 8 are headings."""


def read_docx(content: bytes) -> Source:
    """Return the lines and tables of a Word file; raises ``UnreadableFile``."""
    archive = Archive(content, KIND)
    main = (archive.related("", "officeDocument") or ["word/document.xml"])[0]
    if main not in archive.names:
        raise broken(KIND)
    body = child(archive.xml(main), "body")
    if body is None:
        raise broken(KIND)
    styles = archive.related(main, "styles")
    document = _Document(_heading_styles(archive.xml(styles[0])) if styles else frozenset())
    flow = Flow()
    document.walk(body, flow)
    flow.end_line()
    blocks = Blocks()
    blocks.flow(flow)
    return blocks.source()


def _is_on(parent: etree._Element | None, name: str) -> bool:
    """Say whether a switch (17.17.4) is there and not turned off."""
    switch = None if parent is None else child(parent, name)
    return switch is not None and attribute(switch, "val") not in {"0", "false", "off"}


def _number(element: etree._Element | None, default: int) -> int:
    value = "" if element is None else attribute(element, "val") or ""
    is_number = value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS
    return int(value) if is_number else default


def _heading_styles(styles: etree._Element) -> frozenset[str]:
    """Return the ids of heading styles: by level, by name, or by what they are based on."""
    based: dict[str, str] = {}
    found: set[str] = set()
    for style in styles:
        identity = attribute(style, "styleId")
        if local(style) != "style" or not identity:
            continue
        name = child(style, "name")
        called = ("" if name is None else attribute(name, "val") or "").lower()
        if _has_level(child(style, "pPr")) or called.startswith(("heading", "title", "标题")):
            found.add(identity)
        base = child(style, "basedOn")
        based[identity] = "" if base is None else attribute(base, "val") or ""
    return frozenset(one for one in based if found & set(_ancestry(one, based)))


def _ancestry(style: str, based: dict[str, str]) -> Iterable[str]:
    seen: dict[str, None] = {}
    while style and style not in seen:
        seen[style] = None
        style = based.get(style, "")
    return seen


def _has_level(properties: etree._Element | None) -> bool:
    level = None if properties is None else child(properties, "outlineLvl")
    return level is not None and _number(level, BODY_TEXT_LEVEL) < BODY_TEXT_LEVEL


class _Document:
    """Walks the body; libxml2 has already refused elements more than 256 deep."""

    def __init__(self, headings: frozenset[str]) -> None:
        self._headings = headings
        self._positions = Positions()
        self._depth = 0
        self._heading = False
        self._boxes: list[etree._Element] = []

    def walk(self, parent: etree._Element, flow: Flow) -> None:
        """Pour the content of an element into a flow."""
        for element in parent:
            name = local(element)
            if name in UNSEEN or (name == "r" and _is_on(child(element, "rPr"), "vanish")):
                continue
            if name == "t":
                flow.write(element.text)
            elif name == "p":
                self._paragraph(element, flow)
            elif name == "tbl":
                self._table(element, flow)
            elif name in {"br", "cr"}:
                flow.end_line(heading=self._heading)
            elif name == "txbxContent":
                self._boxes.append(element)
            elif name in SIGNS:
                flow.write(SIGNS[name])
            elif name in PICTURES:
                flow.picture()
            else:
                self.walk(element, flow)

    def _paragraph(self, element: etree._Element, flow: Flow) -> None:
        outer = self._heading, self._boxes
        self._heading, self._boxes = self._is_heading(child(element, "pPr")), []
        self.walk(element, flow)
        flow.end_line(heading=self._heading)
        # A text box hangs on some word of the paragraph; its lines stand behind the paragraph's.
        boxes = self._boxes
        self._heading, self._boxes = outer
        for box in boxes:
            self.walk(box, flow)

    def _is_heading(self, properties: etree._Element | None) -> bool:
        if properties is None:
            return False
        style = child(properties, "pStyle")
        named = None if style is None else attribute(style, "val")
        return named in self._headings or _has_level(properties)

    def _table(self, element: etree._Element, flow: Flow) -> None:
        self._depth += 1
        if self._depth > MAX_TABLE_DEPTH:
            raise too_large("表格嵌套", f"{MAX_TABLE_DEPTH}层")
        flow.end_line(heading=self._heading)
        cells: list[FlowCell] = []
        above: dict[int, FlowCell] = {}
        for row, markup in enumerate(_rows(element)):
            above = self._row(markup, row, above, cells)
        if cells:
            flow.parts.append(FlowTable(cells))
        self._depth -= 1

    def _row(
        self,
        markup: etree._Element,
        row: int,
        above: dict[int, FlowCell],
        cells: list[FlowCell],
    ) -> dict[int, FlowCell]:
        """Read one row; ``above`` and the answer are the merged cells open downwards, by column."""
        still_open: dict[int, FlowCell] = {}
        properties = child(markup, "trPr")
        before = None if properties is None else child(properties, "gridBefore")
        column = min(_number(before, 0), MAX_SPAN)
        for element in _within(markup, "tc"):
            merge = _merge(child(element, "tcPr"))
            colspan = self._positions.span(merge.columns)
            self._positions.cover(1, colspan)
            upper = above.get(column)
            if merge.goes_on and upper is not None and upper.colspan == colspan:
                upper.rowspan += 1
                still_open[column] = upper
            else:
                cell = FlowCell(row, column, 1, colspan, Flow())
                self.walk(element, cell.flow)
                cell.flow.end_line()
                cells.append(cell)
                if merge.is_merged:
                    still_open[column] = cell
            column += colspan
        return still_open


@dataclass(frozen=True, slots=True)
class _Merge:
    """How a cell is merged: over how many columns, and whether with cells below or above."""

    columns: int
    is_merged: bool
    goes_on: bool


def _merge(properties: etree._Element | None) -> _Merge:
    if properties is None:
        return _Merge(1, is_merged=False, goes_on=False)
    down = child(properties, "vMerge")
    goes_on = down is not None and attribute(down, "val") != "restart"
    span = _number(child(properties, "gridSpan"), 1)
    return _Merge(span, is_merged=down is not None, goes_on=goes_on)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows that are not deleted (tracked)."""
    for row in _within(table, "tr"):
        properties = child(row, "trPr")
        if properties is None or child(properties, "del") is None:
            yield row


def _within(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table, or cells of a row, also those in content controls."""
    for element in parent:
        found = local(element)
        if found == name:
            yield element
        elif found in WRAPPERS:
            yield from _within(element, name)
