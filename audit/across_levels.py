"""A government's report against the reports of the agencies below it: cell by cell, their sum."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from audit.across_years import agency_key
from audit.known_figures import figures_told, in_words, place_of
from audit.published import PublishedReport
from reporting.figures import printed
from reporting.findings import Finding, Severity, Where

RULE = "rollup.sum"
"""Always a warning: whether the reports given are all of them, only the reader knows."""


def against_children(
    parent: PublishedReport, reports: Iterable[PublishedReport]
) -> tuple[Finding, ...]:
    """Return where a parent's figures are not the sum of its children's, in the form's order.

    An agency counts once, by the first of its files. Reports of another year, and cells that are
    not read for certain in every child, are left out, and that is said.
    """
    children, apart = _children(parent, reports)
    return tuple(_findings(parent, children, apart))


def _children(
    parent: PublishedReport, reports: Iterable[PublishedReport]
) -> tuple[list[PublishedReport], list[PublishedReport]]:
    children: dict[str, PublishedReport] = {}
    apart: list[PublishedReport] = []
    for one in reports:
        key = agency_key(one) or one.file
        if one.file == parent.file or key == agency_key(parent):
            continue
        if one.year != parent.year:
            apart.append(one)
        else:
            children.setdefault(key, one)
    return list(children.values()), apart


def _findings(
    parent: PublishedReport, children: Sequence[PublishedReport], apart: Sequence[PublishedReport]
) -> Iterator[Finding]:
    if apart:
        yield _said(parent, f"所给报告中有{len(apart)}份不是同一年度或者年份不明，未计入下级之和。")
    if not children:
        yield _said(parent, "没有可以相加的下级报告，未作上下级核对。")
        return
    told = [figures_told(one) for one in children]
    unknown = 0
    for code, found in figures_told(parent).items():
        if any(code not in figures for figures in told):
            unknown += 1
            continue
        expected = Decimal(sum(figures[code] for figures in told))
        if expected != found:
            yield _difference(parent, code, expected, found, len(children))
    if unknown:
        yield _said(parent, f"有{unknown}格在部分下级报告中未能确定数字，未作上下级核对。")


def _difference(
    parent: PublishedReport, code: str, expected: Decimal, found: int | Decimal, children: int
) -> Finding:
    more = found > expected
    cause = (
        "可能有下级报告未提供，或者本级另有数字。"
        if more
        else "下级之和大于上级填报数，可能汇总遗漏，或者下级有重复计入。"
    )
    return Finding(
        RULE,
        Severity.WARNING,
        Where(*place_of(code)),
        _plain(expected),
        _plain(found),
        f"{in_words(code)}汇总填报{printed(found)}，所给{children}份下级报告之和为"
        f"{printed(_plain_number(expected))}，两者不一致。{cause}",
        parent.file,
    )


def _plain_number(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number


def _plain(number: int | Decimal) -> int | str:
    whole = _plain_number(Decimal(number))
    return whole if isinstance(whole, int) else printed(whole)


def _said(parent: PublishedReport, message: str) -> Finding:
    return Finding(RULE, Severity.WARNING, Where(), None, None, message, parent.file)
