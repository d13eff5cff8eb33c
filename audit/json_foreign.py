"""The report in another program's data: cells by names that lead to them, texts by their titles.

What the data name in a way nobody knows is not guessed: the row is said to be unreadable.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from audit.json_names import code_of
from audit.json_tree import DEEPEST, JsonTree, Tree, printable
from audit.known_figures import place_of, table_of
from audit.published import PrintedCell, PublishedReport, Unreadable
from audit.recognition import TABLE_SECTIONS, recognise
from audit.recognition_text import money, whole_number
from audit.source import Line, Source
from reporting.labels import SECTION_TITLES
from reporting.tables import Tables

EVERY_CODE = tuple(Tables.zero().figures())
LEAST_OF_A_TABLE = 5
"""Cells by which a table is known to be there: a name or two may stand in any data."""
NOT_NAMED = "数据中没有该项，或者名称无法对应"
TWO_VALUES = "数据中同一项有两个不同的数"
FROM_DATA = "文件是其他程序的数据，按其中的名称逐项对应读取"
DAMAGED = "数据文件已损坏，只读取了仍能辨认的部分"
LOST = "\N{REPLACEMENT CHARACTER}"
AGENCY_NAMES = ("agency", "agencyName", "agency_name", "机关", "机关名称", "单位名称")
YEAR_NAMES = ("year", "reportYear", "report_year", "年度", "报告年度")
YEARS = range(2008, 2100)


def foreign_report(tree: JsonTree, file: str) -> PublishedReport | None:
    """Return the report data hold, or None where no table of the form is named in them."""
    values = _values(tree.root)
    counted = [table_of(code) for code in values]
    tables = frozenset(name for name in TABLE_SECTIONS if counted.count(name) >= LEAST_OF_A_TABLE)
    if not tables:
        return None
    cells = {
        code: _cell(code, found[0])
        for code, found in values.items()
        if table_of(code) in tables and len(set(map(str, found))) == 1
    }
    text = recognise(Source(tuple(_lines(tree.root))), file)
    named = {**text.sections, **_titles_of(tables)}
    agency, year = _stated(tree.root)
    return replace(
        text,
        agency=agency or text.agency,
        year=year or text.year,
        tables=tables,
        cells=cells,
        absent=frozenset(),
        unreadable=tuple(_unnamed(tables, cells, values)),
        sections=dict(sorted(named.items())),
        notes=(FROM_DATA, DAMAGED) if tree.damaged else (FROM_DATA,),
    )


def _values(root: Tree) -> Mapping[str, list[object]]:
    """Return the values of every cell that is named, in the order of the form."""
    found: dict[str, list[object]] = {}
    for path, value in _leaves(root, ()):
        code = code_of(path)
        if code is not None:
            found.setdefault(code, []).append(value)
    return {code: found[code] for code in EVERY_CODE if code in found}


def _leaves(node: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    if len(path) > DEEPEST:
        return
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _leaves(value, (*path, str(name)))
    elif isinstance(node, list):
        for value in node:
            yield from _leaves(value, (*path, ""))
    else:
        yield path, node


def _cell(code: str, value: object) -> PrintedCell:
    printed = "" if value is None else printable(str(value))
    number: int | Decimal | None = (
        None
        if isinstance(value, bool)
        else money(printed)
        if code == "fees_10k_yuan"
        else whole_number(printed)
    )
    return PrintedCell(printed, number, code)


def _unnamed(
    tables: frozenset[str], cells: Mapping[str, PrintedCell], values: Mapping[str, list[object]]
) -> Iterator[Unreadable]:
    """Yield the rows with a cell that is not named, or that is named twice with two values."""
    missing = [code for code in EVERY_CODE if table_of(code) in tables and code not in cells]
    for row, codes in groupby(missing, key=lambda code: place_of(code)[1]):
        torn = list(codes)
        twice = [code for code in torn if code in values]
        printed = "、".join(printable(str(one)) for code in twice for one in values[code])
        reason = TWO_VALUES if twice else NOT_NAMED
        yield Unreadable(table_of(torn[0]), row, printed[:80], reason, row)


def _lines(root: Tree) -> Iterator[Line]:
    """Yield titles and texts, wherever an object has both, and the report's own title."""
    number = 0
    for thing in _objects(root):
        title, text = thing.get("title"), thing.get("content", thing.get("text"))
        for words, heading in ((title, True), (text, False)):
            for line in words.splitlines() if isinstance(words, str) else ():
                whole = printable(_restored(line.strip()) if heading else line.strip())
                if whole:
                    number += 1
                    yield Line(whole, f"数据第{number}段", number, heading)


def _objects(root: Tree) -> Iterator[Mapping[str, Any]]:
    waiting: list[tuple[object, int]] = [(root, 0)]
    while waiting:
        node, depth = waiting.pop(0)
        if isinstance(node, dict):
            yield node
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        if depth < DEEPEST:
            waiting[:0] = [(one, depth + 1) for one in inner if isinstance(one, dict | list)]


def _restored(title: str) -> str:
    """Return a section's title whole where characters of it were lost and one title fits."""
    if LOST not in title:
        return title
    shape = re.compile(re.sub(f"{LOST}+\\\\?\\??", ".{0,2}", re.escape(title)))
    fitting = [whole for whole in SECTION_TITLES if shape.fullmatch(whole)]
    return fitting[0] if len(fitting) == 1 else title


def _titles_of(tables: frozenset[str]) -> dict[int, str]:
    return {TABLE_SECTIONS[table]: SECTION_TITLES[TABLE_SECTIONS[table] - 1] for table in tables}


def _stated(root: Tree) -> tuple[str | None, int | None]:
    """Return agency and year where the data say them outright, by the first object that does."""
    agency: str | None = None
    year: int | None = None
    for thing in _objects(root):
        named = next((thing[name] for name in AGENCY_NAMES if name in thing), None)
        if agency is None and isinstance(named, str) and named.strip():
            agency = printable(named.strip())
        said = next((thing[name] for name in YEAR_NAMES if name in thing), None)
        if year is None and str(said).isdecimal() and int(str(said)[:5]) in YEARS:
            year = int(str(said))
    return agency, year
