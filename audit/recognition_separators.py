"""Cells that a text parts by commas or stops (``规章，0，1，6``), marked as cells.

Commas stand in sentences and in labels too, and within numbers (1,024). So only the figures at the
end of a line are parted, only by the sign that parts the rows of this text, and a comma between
figures is marked as one that may belong to a number all the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audit.recognition_pipes import LONGEST_ROW, PIPE
from audit.recognition_text import MARKS, folded, squeezed
from audit.source import Block, Line

CELL = "\x1e"
MAYBE_CELL = "\x1f"
"""Stands for a comma that ends a cell or parts the thousands of a number; no text has either."""
_COMMAS = "，,"
_SEPARATORS = ("，", ",", _COMMAS, "；", ";", "、")
LEAST_ROWS = 4
"""Rows with the same sign between their figures from which it is how the text parts its cells."""
LEAST_FIGURES = 3
"""Figures of such a row; a line of a narrative that ends in a list of bare figures is rarer."""
_VALUE = re.compile(r"(?:-?\d+(?:[.,]\d+)*(?:件|宗|万元|元)?)?")
_HEAD = re.compile(
    r"信息内容|(?:本年|现行|上一年).{2,20}|申请人情况|自然人|法人(?:或|和)其他组织|总计|合计|商业企业"
    r"|科研机构|社会公益组织|法律服务机构|其他|结果维持|结果纠正|其他结果|尚未审结|行政复议|行政诉讼"
    r"|未经复议直接起诉|复议后起诉"
)
LONGEST_CELL = 40
LEAST_HEADS = 2


@dataclass(frozen=True, slots=True)
class _Row:
    """A line at its separators: where they are, what stands between them."""

    places: tuple[int, ...]
    fields: tuple[str, ...]
    quoted: bool

    def figures(self) -> int:
        """Count the fields at its end that hold a figure, a mark or nothing."""
        count = 0
        for field in reversed(self.fields):
            if not _is_value(field):
                break
            count += 1
        return count


def with_cells_marked(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, the separators of their rows replaced by ``CELL`` or ``MAYBE_CELL``.

    The length of each line stays, so that a place in it is the place in the line as printed.
    """
    lines = [block.text for block in blocks if isinstance(block, Line)]
    separator = _separator_of(lines)
    for block in blocks:
        if separator and isinstance(block, Line):
            yield replace(block, text=_marked(block.text, separator))
        else:
            yield block


def _separator_of(lines: Sequence[str]) -> str | None:
    """Return the signs that part the cells of most rows, None where too few rows have any."""
    counts = {
        separator: sum(_is_row(line, separator) for line in lines) for separator in _SEPARATORS
    }
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= LEAST_ROWS else None


def _is_row(line: str, separator: str) -> bool:
    last = max(line.rfind(sign) for sign in separator)
    if last < 0 or not _is_value(line[last + 1 :].strip().strip('"')):
        return False
    row = _row(line, separator)
    if row is None or row.figures() < LEAST_FIGURES:
        return False
    return any(sign.isdigit() for field in row.fields[-LEAST_FIGURES:] for sign in field)


def _row(line: str, separator: str) -> _Row | None:
    if len(line) > LONGEST_ROW or PIPE in line or "\t" in line:
        return None
    places = _places(line, separator)
    if not places:
        return None
    bounds = zip((-1, *places), (*places, len(line)), strict=True)
    fields = tuple(line[start + 1 : end].strip() for start, end in bounds)
    quoted = any(field.startswith('"') for field in fields)
    return _Row(places, tuple(field.strip('"').strip() for field in fields), quoted)


def _places(line: str, separator: str) -> tuple[int, ...]:
    """Return where the separators stand, those between the quotation marks of a field left out."""
    if '"' not in line:
        return tuple(place for place, sign in enumerate(line) if sign in separator)
    found: list[int] = []
    quoted, begins = False, True
    for place, sign in enumerate(line):
        if sign == '"' and (quoted or begins):
            quoted = not quoted
        elif sign in separator and not quoted:
            found.append(place)
            begins = True
            continue
        begins = begins and sign.isspace()
    return tuple(found)


def _is_value(field: str) -> bool:
    if len(field) > LONGEST_CELL:
        return False
    plain = folded(field).strip()
    return plain in MARKS or _VALUE.fullmatch(plain) is not None


def _marked(line: str, separator: str) -> str:
    row = _row(line, separator)
    if row is None:
        return line
    figures = row.figures()
    if figures < LEAST_FIGURES and not any(row.fields[len(row.fields) - figures :]):
        figures = 0
    parted = row.places[-figures:] if figures else ()
    if not figures and _are_heads(row.fields):
        parted = row.places
    unsure = separator in _COMMAS and not row.quoted
    signs = list(line)
    for place in parted:
        signs[place] = MAYBE_CELL if unsure else CELL
    shown = "".join(signs)
    return shown.replace('"', " ") if row.quoted else shown


def _are_heads(fields: Sequence[str]) -> bool:
    shown = [squeezed(field) for field in fields if field]
    known = (len(field) <= LONGEST_CELL and _HEAD.fullmatch(field) for field in shown)
    return len(shown) >= LEAST_HEADS and all(known)
