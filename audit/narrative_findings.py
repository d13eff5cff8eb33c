"""The claims of the narrative held against the figures of the tables (rules ``text.*``)."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from audit.causes import YUAN, cause_of_claim
from audit.claims import BROUGHT_OVER, FEES, NEW_ONLY, Claim, Reading, of_rows
from audit.known_figures import table_of
from audit.narrative_context import ONE_OF_MANY
from disclosure.outcomes import RESULT_ROWS
from reporting.figures import printed
from reporting.findings import Finding, Severity, Where
from reporting.identities import Cells

EXCERPT = 60
HALF_A_STEP = Decimal("0.005")
"""What the second decimal of table two (万元) may leave out."""
TABLE_NAMES = {"table2": "表二", "table3": "表三", "table4": "表四"}
SOURCES = {"fees": "收费记录"}


def disagreements(
    claims: Iterable[Claim], cells: Cells, last: Cells | None = None
) -> Iterator[Finding]:
    """Yield a finding for each claim that no reading of its words explains.

    A claim is passed over in silence where one of the figures it may stand for is not known, and
    one about a single agency (本级) where the report also says what all of them have together.
    """
    told: set[tuple[str, str, Decimal, str]] = set()
    claims = tuple(claims)
    confirmed = {one.figure for one in claims if one.doubt != ONE_OF_MANY and _agrees(one, cells)}
    yield from _none_and_some(claims, cells)
    for claim in claims:
        if claim.doubt == ONE_OF_MANY and claim.figure in confirmed:
            continue
        key = (claim.rule, claim.figure, claim.value, claim.sentence)
        finding = None if key in told else _disagreement(claim, cells, last or {})
        finding = finding or (None if key in told else _more_than_its_sum(claim, cells))
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


def _none_and_some(claims: Sequence[Claim], cells: Cells) -> Iterator[Finding]:
    """Yield a fee that one sentence says was taken and another that none was.

    Only for figures that no table holds; where one does, each sentence is held against it.
    """
    unheld = [one for one in claims if one.rule == FEES and amount(one.readings[0], cells) is None]
    denied = {one.figure for one in unheld if one.denial}
    for claim in unheld:
        if claim.value and claim.figure in denied:
            yield Finding(
                claim.rule,
                Severity.WARNING,
                Where(sentence=claim.sentence),
                0,
                _plain(claim.value),
                f"正文“{excerpt(claim.sentence)}”所称{claim.figure}为"
                f"{printed(_number(claim.value))}，而正文另一处称没有，请核实。",
            )


def _agrees(claim: Claim, cells: Cells) -> bool:
    return any(_same(claim, amount(reading, cells)) for reading in claim.readings)


def _disagreement(claim: Claim, cells: Cells, last: Cells) -> Finding | None:
    means = [amount(reading, cells) for reading in claim.readings]
    hints = [amount(reading, cells) for reading in claim.hinted]
    if None in means or None in hints or any(_same(claim, mean) for mean in means):
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


def _same(claim: Claim, mean: int | Decimal | None) -> bool:
    """Whether a number is the figure; sums of money as far as the shorter of them is written."""
    if mean is None or claim.rule != FEES:
        return claim.value == mean
    places = max(_exponent(claim.value), _exponent(Decimal(mean)))
    step = Decimal(1).scaleb(places)
    return bool(claim.value.quantize(step) == Decimal(mean).quantize(step))


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return min(exponent, 0) if isinstance(exponent, int) else 0


def _more_than_its_sum(claim: Claim, cells: Cells) -> Finding | None:
    """Money received that table two, of whose sum it is a part, does not hold (万元, rounded)."""
    sum_ = amount(claim.least, cells) if claim.least else None
    unknown = amount(claim.readings[0], cells) is None
    if sum_ is None or not unknown or Decimal(sum_) + HALF_A_STEP >= claim.value / YUAN:
        return None
    return Finding(
        claim.rule,
        Severity.WARNING,
        Where(sentence=claim.sentence),
        printed(claim.value / YUAN),
        printed(sum_),
        f"正文“{excerpt(claim.sentence)}”称收取信息处理费{printed(_number(claim.value))}元，"
        f"表二“行政事业性收费”为{printed(_number(Decimal(sum_)))}万元。"
        "信息处理费属于行政事业性收费，请核实表二是否计入、单位是否为万元。",
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
