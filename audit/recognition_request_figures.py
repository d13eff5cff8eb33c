"""The figures of table three given to their columns, and cut apart where they were run together."""

from collections.abc import Mapping, Sequence

from audit.labels import REQUEST_GROUPS
from audit.recognition_cells import (
    TableReading,
    cut_cell,
    digit_groups,
    fitted,
    offsets_of,
)
from audit.recognition_digits import Balance, Cut, adds_up, best_alone, settled
from audit.recognition_missing import account_for_rows, requests_without_figures
from audit.recognition_request_heads import beginning, columns_of, grid_columns
from audit.recognition_request_runs import Run, run_of_commas, run_of_digits
from audit.recognition_requests import Found, find_requests
from audit.recognition_rows import Record, is_one_cell
from audit.recognition_text import whole_number
from audit.recognition_tokens import Kind, Token
from disclosure.outcomes import COLUMNS, RESULT_ROWS, ROWS
from reporting.labels import ROW_LABELS

UNREADABLE_RUN = "数字连写在一起，按勾稽关系不能确定唯一读法"
UNREADABLE_COMMAS = "分隔单元格的逗号与千分位逗号混在一起，按勾稽关系不能确定唯一读法"
TOO_FEW = "数字少于应有列数，不能确定缺的是哪一列"
TORN_HEAD = "表头不完整，且各列次序与格式规定的不同，不能确定数字属于哪一列"
TOO_MANY = "数字多于应有列数，不能确定各属哪一列"


def read_requests(tokens: Sequence[Token], year: int | None) -> TableReading | None:
    """Return table three (收到和处理政府信息公开申请情况), or None where there is none.

    ``year`` is the report's: up to 2020 the form had one row （六）其他处理, later one is blank.
    """
    found = find_requests(tokens)
    if found is None:
        return requests_without_figures(tokens)
    reading = TableReading("table3", beginning(tokens, found), found.last)
    columns = columns_of(tokens, found, reading) if found.rows else COLUMNS
    if columns is None:
        for row, record in found.rows.items():
            reading.give_up(row, record.printed, TORN_HEAD, record.place)
        return reading
    if found.rows:
        _Figures(found, columns, reading, grid_columns(tokens, found)).read()
    for row, (torn, reason) in found.torn.items():
        place = torn.place if torn else tokens[found.first].place
        reading.give_up(row, torn.printed if torn else "", reason, place)
    if found.repeated:
        reading.notes.append("文中有多张数字不同的表三，只核对行数最多的一张（同样多的取最前一张）")
    account_for_rows(reading, found, tokens, year)
    return reading


class _Figures:
    """The rows of one table three on their way from tokens to cells."""

    def __init__(
        self,
        found: Found,
        columns: tuple[str, ...],
        reading: TableReading,
        grid: Mapping[int, str],
    ) -> None:
        self._found = found
        self._columns = columns
        self._reading = reading
        self._grid = grid
        self._block = min(found.rows.values(), key=lambda record: record.first).values[0].block
        self._total = columns.index(COLUMNS[-1]) if COLUMNS[-1] in columns else None
        self._offsets = offsets_of([r.values for r in found.rows.values()], len(columns))
        self._fitted: dict[str, list[Token | None]] = {}
        self._run: dict[str, Run] = {}

    def read(self) -> None:
        """Put every row into the reading, as cells or as unreadable."""
        for row, record in self._found.rows.items():
            self._sort(row, record)
        self._cut_apart()
        self._check_order()
        for row, tokens in self._fitted.items():
            place = self._found.rows[row].place
            for column, token in zip(self._columns, tokens, strict=True):
                self._reading.put(f"{row}.{column}", token, place)
            for column in set(COLUMNS) - set(self._columns):
                self._reading.put(f"{row}.{column}", None, place)

    def _sort(self, row: str, record: Record) -> None:
        values = (
            self._by_grid(record)
            or fitted(record.values, len(self._columns), self._offsets.get(len(record.values)))
            or self._by_total(record)
        )
        groups = digit_groups(record.values)
        commas = run_of_commas(record.values, len(self._columns))
        if values is not None:
            self._fitted[row] = values
        elif commas is not None:
            self._run[row] = commas
        elif groups is not None and len(groups) == len(self._columns):
            self._put(row, groups)
        elif groups is not None and len(groups) < len(self._columns):
            if all(map(is_one_cell, record.values)):
                self._leave_uncut(row, groups)
            else:
                self._run[row] = run_of_digits(groups, len(self._columns))
        else:
            few = len(record.values) < len(self._columns)
            reason = TOO_FEW if few else TOO_MANY
            self._reading.give_up(row, record.printed, reason, record.place)

    def _by_grid(self, record: Record) -> list[Token | None] | None:
        """Return the values by the heads above them, where the row has another width.

        Not in the next part of a table that was split: its columns are counted anew.
        """
        shown = [token for token in record.values if token.kind is Kind.FIGURE]
        if len(record.values) == len(self._columns) or not shown:
            return None
        if any(token.column not in self._grid or token.block != self._block for token in shown):
            return None
        by_code = {self._grid[token.column]: token for token in shown if token.column is not None}
        return [by_code.get(code) for code in self._columns]

    def _by_total(self, record: Record) -> list[Token | None] | None:
        """Return the values of a row with blank cells too many, where one way to read it adds up.

        The figures must end in their sum: that places the last one under 总计.
        """
        width, values = len(self._columns), record.values
        if self._total != width - 1 or not all(token.separated for token in values):
            return None
        if any(token.joins for token in values):
            return None
        shown = [place for place, token in enumerate(values) if token.kind is Kind.FIGURE]
        numbers = [whole_number(values[place].text) for place in shown]
        start = shown[-1] - self._total if shown else -1
        if None in numbers or start < 0 or start > shown[0]:
            return None
        cut = tuple(number or 0 for number in numbers)
        return list(values[start : start + width]) if adds_up(cut, len(cut) - 1) else None

    def _put(self, row: str, printed: Sequence[str]) -> None:
        place = self._found.rows[row].place
        for column, text in zip(self._columns, printed, strict=True):
            self._reading.cells[f"{row}.{column}"] = cut_cell(text, place)
        for column in set(COLUMNS) - set(self._columns):
            self._reading.put(f"{row}.{column}", None, place)

    def _cut_apart(self) -> None:
        """Read the rows whose cells nothing parts for certain, as far as the sums allow."""
        if not self._run:
            return
        balance = self._balance(self._run)
        together = settled(balance)
        for row, run in self._run.items():
            cut = together.get(row) or _alone(balance, row, run)
            if cut is not None:
                self._put(row, run.ways[cut])
            elif run.groups:
                self._leave_uncut(row, run.groups)
            else:
                record = self._found.rows[row]
                self._reading.give_up(row, record.printed, UNREADABLE_COMMAS, record.place)

    def _leave_uncut(self, row: str, groups: tuple[str, ...]) -> None:
        record = self._found.rows[row]
        missing = len(self._columns) - sum(map(len, groups))
        noughts = "".join(groups)
        reason = TOO_FEW if missing > 0 else UNREADABLE_RUN
        if missing > 0 and set(noughts) == {"0"}:
            # Noughts are a cell each, so the row is all 0, wherever the blanks may stand.
            self._put(row, "0" * len(self._columns))
            self._reading.give_up(row, noughts, reason, record.place, blanks=missing)
        else:
            self._reading.give_up(row, record.printed, reason, record.place)

    def _balance(self, runs: Mapping[str, Run]) -> Balance:
        readings = {row: run.plausible(self._total) for row, run in runs.items()}
        for row, tokens in self._fitted.items():
            numbers = (whole_number(token.text) if token else 0 for token in tokens)
            readings[row] = [tuple(number or 0 for number in numbers)]
        for row in self._found.rows.keys() - readings.keys():
            known = self._known(row)
            if known:
                readings[row] = [known]
        results = tuple(
            row
            for row in (*RESULT_ROWS, *REQUEST_GROUPS)
            if row in self._found.rows or row in self._found.torn
        )
        return Balance(readings, ROWS[:2], ROWS[-2], ROWS[-1], results, self._total)

    def _known(self, row: str) -> Cut | None:
        cells = [self._reading.cells.get(f"{row}.{column}") for column in self._columns]
        values = [cell.value for cell in cells if cell and isinstance(cell.value, int)]
        return tuple(values) if len(values) == len(self._columns) else None

    def _check_order(self) -> None:
        """Keep rows given by order only where every sum of the table bears them out."""
        placed = self._found.by_order
        if not placed:
            return
        balance = self._balance({})
        if placed <= self._fitted.keys() and balance.complete() and self._borne_out(balance):
            named = "、".join(f"“{ROW_LABELS[row]}”" for row in ROWS if row in placed)
            self._reading.notes.append(
                f"表三{named}的标签与数字不在一处，按次序并经各列合计核对后读取"
            )
            return
        for row in placed & self._fitted.keys():
            record = self._found.rows[row]
            del self._fitted[row]
            self._reading.give_up(
                row, record.printed, "标签与数字不在一处，按次序读取后合计不符", record.place
            )

    def _borne_out(self, balance: Balance) -> bool:
        columns = range(len(self._columns))
        return all(
            sum(balance.readings[row][0][column] for row in balance.results)
            == balance.readings[balance.handled][0][column]
            for column in columns
        ) and all(
            self._total is None or adds_up(balance.readings[row][0], self._total)
            for row in self._found.by_order
        )


def _alone(balance: Balance, row: str, run: Run) -> Cut | None:
    """Return the one way to read a row that the others leave no doubt of, None where there is none.

    As many digits as cells are one way, unless a blank cell explains them better.
    """
    if run.one_digit_a_cell:
        return next(iter(balance.readings[row]), None)
    return best_alone(balance, row, list(run.ways))
