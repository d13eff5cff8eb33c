"""The claims of the narrative held against the figures of the tables (rules ``text.*``)."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from audit.causes import cause_of_claim
from audit.claims import BROUGHT_OVER, NEW_ONLY, Claim, Reading, of_rows
from audit.known_figures import table_of
from disclosure.outcomes import RESULT_ROWS
from reporting.figures import printed
from reporting.findings import Finding, Severity, Where
from reporting.identities import Cells

EXCERPT = 60
TABLE_NAMES = {"table2": "表二", "table3": "表三", "table4": "表四"}
SOURCES = {"fees": "收费记录"}


def disagreements(
    claims: Iterable[Claim], cells: Cells, last: Cells | None = None
) -> Iterator[Finding]:
    """Yield a finding for each claim that no reading of its words explains.

    A claim is passed over in silence where one of the figures it may stand for is not known.
    """
    told: set[tuple[str, str, Decimal, str]] = set()
    for claim in claims:
        key = (claim.rule, claim.figure, claim.value, claim.sentence)
        finding = None if key in told else _disagreement(claim, cells, last or {})
        told.add(key)
        if finding:
            yield finding
        elif claim.denial and claim.readings[0] == NEW_ONLY:
            yield from _answered_yet_none_received(claim, cells)


def _answered_yet_none_received(claim: Claim, cells: Cells) -> Iterator[Finding]:
    """None received, none carried in, and yet a result: a number stands in the wrong row."""
    carried_in, results = amount(BROUGHT_OVER, cells), amount(of_rows(*RESULT_ROWS), cells)
    if carried_in == 0 and results:
        yield Finding(
            claim.rule,
            Severity.WARNING,
            Where(sentence=claim.sentence),
            0,
            _plain(results),
            f"正文“{excerpt(claim.sentence)}”称未收到申请，表三也无上年结转，"
            f"而各项办理结果之和为{results}件，请核实是否误填。",
        )


def amount(reading: Reading, cells: Cells) -> int | Decimal | None:
    """Return the sum of a reading's cells, or None where one of them is not known."""
    known = [cells[code] for code in reading if code in cells]
    return sum(known) if len(known) == len(reading) else None


def _disagreement(claim: Claim, cells: Cells, last: Cells) -> Finding | None:
    means = [amount(reading, cells) for reading in claim.readings]
    hints = [amount(reading, cells) for reading in claim.hinted]
    if claim.value in means or None in means or None in hints:
        return None
    expected = means[0]
    if expected is None:
        return None
    doubt = claim.doubt
    if claim.value in hints:
        doubt = "该数与本年新收、上年结转两项之和相符，“收到”宜只指本年新收"
    elif claim.doubt_below and 0 < expected - claim.value <= _spare(claim, cells):
        doubt = doubt or claim.doubt_below
    cause = "" if doubt else cause_of_claim(claim, cells, last)
    return Finding(
        claim.rule,
        Severity.WARNING if doubt else Severity.ERROR,
        Where(sentence=claim.sentence),
        _plain(expected),
        _plain(claim.value),
        _message(claim, expected) + (f"（{doubt}。）" if doubt else cause),
    )


def _spare(claim: Claim, cells: Cells) -> int | Decimal:
    spare = amount(claim.spare, cells) if claim.spare else None
    return Decimal("Infinity") if spare is None else spare


def _message(claim: Claim, expected: int | Decimal) -> str:
    said = "没有" if claim.denial else f"为{printed(_number(claim.value))}"
    source = (
        SOURCES.get(claim.readings[0][0].partition(".")[0])
        or TABLE_NAMES[table_of(claim.readings[0][0])]
    )
    return (
        f"正文“{excerpt(claim.sentence)}”所称{claim.figure}{said}，"
        f"{source}为{printed(_number(expected))}，两者不一致。"
    )


def excerpt(sentence: str) -> str:
    """Return a sentence short enough to be quoted in a message."""
    words = "".join(sentence.split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT]}……"


def _number(value: int | Decimal) -> int | Decimal:
    return int(value) if value == int(value) else value


def _plain(value: int | Decimal) -> int | str:
    number = _number(value)
    return number if isinstance(number, int) else printed(number)
