"""Rows and columns counted as a person counts them on paper: hidden ones do not count."""

from bisect import bisect_left


class Shown:
    """Places of rows or columns when hidden ones are not counted."""

    def __init__(self, hidden: list[tuple[int, int]]) -> None:
        """Take ranges of hidden places, first and behind the last."""
        self._starts: list[int] = []
        self._before: list[int] = []
        self._ends: list[int] = []
        count = 0
        for start, end in sorted(hidden):
            begin = max(start, self._ends[-1] if self._ends else 0)
            if begin < end:
                self._starts.append(begin)
                self._before.append(count)
                self._ends.append(end)
                count += end - begin

    def place(self, number: int) -> int:
        """Return how many shown ones stand before this one."""
        last = bisect_left(self._starts, number) - 1
        if last < 0:
            return number
        hidden = self._before[last] + min(number, self._ends[last]) - self._starts[last]
        return number - hidden
