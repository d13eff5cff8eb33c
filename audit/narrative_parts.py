"""Parts named in a sentence and the whole they divide (rule ``text.sum``).

A whole is the number before 其中, 包括 or an opening bracket; its parts are the numbers of the same
unit that follow. Parts that are more than their whole are always said; parts that are less only
where their words claim to be complete.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate

from audit.clauses import THIS_YEAR, Clause, Quantity, clauses
from audit.narrative_context import OF_WHICH
from audit.narrative_findings import excerpt
from audit.narrative_part_kinds import COMPLETE, WAYS, kind_of, named_in, ways_apart
from audit.phrases import (
    CHANNEL,
    of_another_time,
    only_compared,
)
from audit.published import Sentence
from reporting.findings import Finding, Severity, Where

ALIKE = {"条", "份", "件", "篇", "个"}
ENDS_LIST = re.compile(
    r"^(?:全年|全市|全区|全县|共|累计|按[时期]|全部|办理|办结|受理|收到|接到|答复|回复|结转|转下|上年结转|上年度|另有?|此外|"
    r"同时|通过|开展|推送|组织|作出|年末|印发|制发|并|已|均|经审|符合)"
)
DIVIDED_BY = re.compile(r"^(?:从|按)[^\d]{0,10}(?:渠道|方式|途径)(?:来?看|分|划分|统计)")
THE_REST = re.compile(r"^(?:和|及|以及)?其[他它]")
CARRIED_OVER = re.compile(r"结转|转入|遗留")
OUTLETS = re.compile(
    r"网站|门户|微信|微博|公众号|视频号|抖音|头条|新媒体|客户端|公报|报刊|报纸|电视|广播|公告栏"
)
"""Where information is published; the same piece often stands in several."""
SELECTED = re.compile(r"主要|重点|如|部分|其中包括|等|含|另")
LEAST_LISTED = 3


@dataclass(slots=True)
class _List:
    """Parts gathered so far: of which wholes, at which depth, in whose words.

    ``goes_on`` is what is said right behind them to be carried over (结转下年度), which is no
    result and yet a part of what came in.
    """

    wholes: tuple[Quantity, ...]
    others: tuple[Quantity, ...]
    opening: Clause
    opening_year: int | None
    parts: list[tuple[Quantity, Clause]] = field(default_factory=list)
    goes_on: Decimal = Decimal(0)


def sums(sentences: Iterable[Sentence], year: int | None = None) -> Iterator[Finding]:
    """Yield the lists whose parts and whole cannot both be right; ``year`` is the report's."""
    for clause_run in _runs(sentences, year):
        for gathered in _lists(clause_run):
            yield from _judged(gathered)


def _runs(sentences: Iterable[Sentence], year: int | None) -> Iterator[list[Clause]]:
    """Yield clauses sentence by sentence; one that only divides the last goes with it."""
    run: list[Clause] = []
    unfinished = False
    for sentence in sentences:
        goes_on = unfinished or sentence.text.lstrip().startswith("其中")
        if run and not goes_on:
            yield run
            run = []
        run.extend(clauses(sentence.text, year))
        unfinished = sentence.text.rstrip().endswith(("；", ";", "，", ",", "、", "：", ":"))
    if run:
        yield run


def _lists(run: list[Clause]) -> Iterator[_List]:
    gathering: _List | None = None
    counted: list[Quantity] = []
    latest: tuple[Quantity, ...] = ()
    year: int | None = None
    for clause in run:
        here = tuple(one for one in clause.quantities if _counts(one))
        opens = bool(OF_WHICH.search(clause.text) or DIVIDED_BY.match(clause.text)) or (
            clause.depth > 0 and clause.before == "(" and bool(latest)
        )
        if gathering and (opens or _ends(gathering, clause)):
            gathering.goes_on = sum(
                (one.value for one in here if CARRIED_OVER.search(one.head + one.tail)), Decimal(0)
            )
            yield gathering
            gathering = None
        if opens and latest:
            gathering = _List(latest, tuple(counted), clause, year)
        if gathering:
            same_year = clause.year in {None, THIS_YEAR, gathering.opening_year}
            gathering.parts += [
                (one, clause) for one in here if same_year and _is_part(one, clause)
            ]
        else:
            counted += here
        if here:
            latest, year = here, clause.year
    if gathering:
        yield gathering


def _counts(quantity: Quantity) -> bool:
    compared = only_compared(quantity.head, quantity.tail)
    return quantity.unit not in {"%", "人", "人次", "名"} and not compared


def _is_part(quantity: Quantity, clause: Clause) -> bool:
    elsewhere = "分别" in clause.text or of_another_time(clause.text)
    return bool(quantity.head or quantity.tail) and not elsewhere


def _ends(gathering: _List, clause: Clause) -> bool:
    if clause.depth != gathering.opening.depth:
        return clause.depth < gathering.opening.depth
    another_way = CHANNEL.search(clause.text) and all(
        CHANNEL.search(part.head) for part, _ in gathering.parts
    )
    new_subject = bool(gathering.parts and ENDS_LIST.match(clause.text) and not another_way)
    return new_subject or _kind_changes(gathering, clause)


def _kind_changes(gathering: _List, clause: Clause) -> bool:
    kinds = {kind_of(part) for part, _ in gathering.parts} - {None}
    here = {kind_of(one) for one in clause.quantities}
    if clause.before not in {";", ""} or THE_REST.match(clause.text):
        here -= {None}
    return bool(kinds and here and kinds != here)


def _judged(gathered: _List) -> Iterator[Finding]:
    units = {whole.unit for whole in gathered.wholes}
    for whole in gathered.wholes:
        parts = [
            (part, clause)
            for part, clause in gathered.parts
            if clause.depth == gathered.opening.depth
            and (part.unit in {whole.unit, ""} or _alike(part, whole, units))
        ]
        finding = _disagreement(gathered, whole, parts)
        if finding:
            yield finding


def _alike(part: Quantity, whole: Quantity, units: set[str]) -> bool:
    return part.unit in ALIKE and whole.unit in ALIKE and part.unit not in units


def _disagreement(
    gathered: _List, whole: Quantity, parts: list[tuple[Quantity, Clause]]
) -> Finding | None:
    quantities = [part for part, _ in parts]
    total = sum(part.value for part in quantities)
    unsure = whole.rounded or any(part.rounded for part in quantities)
    also_whole = {one.value for one in gathered.others if one.unit == whole.unit}
    if not parts or unsure or total == whole.value or total in also_whole:
        return None
    if gathered.goes_on and total + gathered.goes_on in _altogether(whole, gathered):
        return None
    if also_whole - {whole.value} and CARRIED_OVER.search(whole.head) and _are_results(quantities):
        return None
    if _overlap(whole, quantities):
        return None
    same_unit = all(part.unit in {whole.unit, ""} for part in quantities)
    if not same_unit and whole.value in accumulate(part.value for part in quantities):
        return None
    kinds = {kind_of(part) for part in quantities if not THE_REST.match(part.head)}
    one_kind = (len(kinds) == 1 and None not in kinds) or ways_apart(quantities) > 1
    if total > whole.value:
        severity = Severity.ERROR if same_unit and one_kind else Severity.WARNING
    elif not same_unit or not (severity_below := _claims_all(gathered, quantities)):
        return None
    else:
        severity = severity_below
    sentence = parts[0][1].sentence
    numbers = "+".join(str(part.value) for part in quantities)
    unit = whole.unit
    doubt = "" if severity is Severity.ERROR else "（各分项或有重叠、未列全，请核实。）"
    return Finding(
        "text.sum",
        severity,
        Where(sentence=sentence),
        int(whole.value) if whole.value == int(whole.value) else str(whole.value),
        int(total) if total == int(total) else str(total),
        f"正文“{excerpt(gathered.opening.sentence)}”所列总数为{whole.value}{unit}，"
        f"各分项之和为{numbers}={total}{unit}，两者不一致。{doubt}",
    )


def _overlap(whole: Quantity, parts: list[Quantity]) -> bool:
    """Whether one of several outlets has all there is, so that the others have it once more."""
    outlets = all(OUTLETS.search(part.head) for part in parts)
    return outlets and any(part.value == whole.value for part in parts)


def _altogether(whole: Quantity, gathered: _List) -> set[Decimal]:
    """What came in by any count: the whole by itself, or with what was carried in."""
    carried_in = {
        one.value
        for one in (*gathered.others, *gathered.wholes)
        if CARRIED_OVER.search(one.head) and one is not whole
    }
    return {whole.value, *(whole.value + value for value in carried_in)}


def _are_results(parts: list[Quantity]) -> bool:
    """Whether parts are results: what was carried over is one of several wholes they may have."""
    return all(kind_of(part) == "results" for part in parts)


def _claims_all(gathered: _List, parts: list[Quantity]) -> Severity | None:
    """How certain it is that the parts named are all there are; None where nothing says so."""
    named = [one for part in parts if (one := named_in(part))]
    if len(named) == len(parts):
        kinds = {kind for kind, _ in named}
        covered = set().union(*(members for _, members in named))
        return Severity.ERROR if len(kinds) == 1 and covered >= COMPLETE[kinds.pop()] else None
    if len(parts) >= LEAST_LISTED and THE_REST.match(parts[-1].head):
        return Severity.ERROR
    selected = SELECTED.search(gathered.opening.text)
    if gathered.opening.depth and len(parts) >= LEAST_LISTED and not selected:
        return Severity.WARNING
    if ways_apart(parts) == len(WAYS) and not selected:
        return Severity.ERROR
    ways = (CHANNEL, OUTLETS)
    if len(parts) > 1 and not selected:
        by_way = any(all(way.search(part.head) for part in parts) for way in ways)
        return Severity.WARNING if by_way else None
    return None
