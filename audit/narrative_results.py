"""Numbers about the results of requests and about who made them: parts of a number before."""

import re
from collections.abc import Iterator

from audit.claims import (
    NEW_ONLY,
    REQUESTS,
    RESULTS,
    TAKEN_OVER,
    Claim,
    Reading,
    in_columns,
    of_rows,
)
from audit.clauses import Clause, Quantity
from audit.narrative_context import OF_REQUESTS, Context
from audit.phrases import (
    APPLICANTS_AT_END,
    APPLICANTS_AT_START,
    FILLING,
    RESULTS_AT_END,
    RESULTS_AT_START,
    by_channel,
)
from disclosure.outcomes import NEW, TOTAL_HANDLED, Outcome
from reporting.labels import COLUMN_LABELS

NEW_ALONE = "该句注明不含上年结转，表三各项办理结果包括上年结转的申请"
PUBLIC_ALREADY = "该句另列已公开的件数，表三“予以公开”或为两者之和"
GIVEN_OUT = re.compile(rf"^(?:其中)?(?:已|依法|按规定|同意)*+公开{FILLING}$")
"""公开3件 by itself in a list of results: in full, or in full and in part."""
JOINED = re.compile(r"(?:、|和|或者?|及|与|以及)$")
GIVEN = "公开"
BEFORE_A_TAIL = {"", "另有", "其中", "有", "另", "还有", "其余", "剩余"}
"""Words before a number whose matter is said after it: 另有1件属于……."""

ALL_PERSONS = re.compile(r"(?:均|全部|都|皆)(?:为|是|属于?|系|由|来自)*+(?:自然人|公民个人)")


def applicant_claim(clause: Clause, quantity: Quantity, context: Context) -> Claim | None:
    """Return what a number says of one kind of applicant (申请人), of the whole last named."""
    whole = context.whole if context.in_parts else context.base
    if whole is None or whole.rule not in {REQUESTS, RESULTS} or context.topic != OF_REQUESTS:
        return None
    for before, columns in _applicants_named(quantity):
        if not by_channel(quantity.head[:before]):
            meant = whole.readings if context.in_parts else (*whole.readings, NEW_ONLY)
            label = COLUMN_LABELS[columns[0]] if len(columns) == 1 else "法人或其他组织"
            return Claim(
                whole.rule,
                f"{whole.figure}“{label}”",
                quantity.value,
                tuple(in_columns(reading, columns) for reading in meant),
                clause.sentence,
                tuple(in_columns(reading, columns) for reading in whole.hinted),
                context.doubt or whole.doubt,
            )
    return None


def applicants_alike(clause: Clause, context: Context) -> Iterator[Claim]:
    """Yield what 均为自然人 says of the number right before: that no organisation asked."""
    whole = context.latest
    if whole is None or whole is not context.base or whole.rule not in {REQUESTS, RESULTS}:
        return
    if context.topic == OF_REQUESTS and ALL_PERSONS.search(clause.text):
        yield Claim(
            whole.rule,
            f"{whole.figure}“自然人”",
            whole.value,
            tuple(in_columns(reading, ("natural_person",)) for reading in whole.readings),
            clause.sentence,
            tuple(in_columns(reading, ("natural_person",)) for reading in whole.hinted),
            context.doubt or whole.doubt,
        )


def _applicants_named(quantity: Quantity) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the kinds of applicant a number is of, and where in the words before it they begin."""
    for pattern, columns in APPLICANTS_AT_END:
        if found := pattern.search(quantity.head):
            yield found.start(), columns
    for pattern, columns in APPLICANTS_AT_START:
        if quantity.head in BEFORE_A_TAIL and pattern.match(quantity.tail):
            yield 0, columns


def result_claim(clause: Clause, quantity: Quantity, context: Context) -> Claim | None:
    """Return what a number says of one result or one group of results (办理结果)."""
    unknown_whole = context.in_parts and context.whole is None
    if context.topic != OF_REQUESTS or unknown_whole or context.sorts_documents:
        return None
    for rows, label in _results_named(quantity, context):
        reading = of_rows(*rows)
        whole = context.whole if context.in_parts else None
        if whole and whole.rule not in {REQUESTS, RESULTS}:
            return None
        if whole:
            divided = _within(reading, whole.readings[0])
            if divided is None and not (context.divides_all or _of_all(whole, quantity)):
                return None
            context.divides_all = divided is None
            reading = divided or reading
        return Claim(
            RESULTS,
            f"“{label}”",
            quantity.value,
            (reading, *_in_part_too(reading, label)),
            clause.sentence,
            doubt=context.doubt
            or (NEW_ALONE if context.without_old else None)
            or (PUBLIC_ALREADY if _public_already(rows, quantity, context) else None),
        )
    return None


def _in_part_too(reading: Reading, label: str) -> tuple[Reading, ...]:
    """Return the other meaning of 公开: what was given out in part counts as well."""
    if label != GIVEN:
        return ()
    return ((*reading, *(code.replace(Outcome.GRANTED, Outcome.PARTIAL) for code in reading)),)


def _public_already(rows: tuple[str, ...], quantity: Quantity, context: Context) -> bool:
    """Whether what was public before (已主动公开) is counted apart from what was given out."""
    return Outcome.GRANTED in rows and context.already_public and "已" not in quantity.head


def _within(reading: Reading, whole: Reading) -> Reading | None:
    """Return the result as a part of a whole: in its columns, or None where it is no part of it.

    What was received or handled divides into results, a group of results into its own; what was
    carried over divides into nothing that the form has a row for.
    """
    columns = tuple(dict.fromkeys(code.rpartition(".")[2] for code in whole))
    part = in_columns(reading, columns)
    rows = {code.rpartition(".")[0] for code in whole}
    divides = bool(rows & {NEW, TOTAL_HANDLED}) or set(part) < set(whole)
    return part if divides else None


def _of_all(whole: Claim, quantity: Quantity) -> bool:
    """Whether results named after what was carried over can only be those of the whole year.

    What goes on to next year has no result yet, and no part is greater than its whole.
    """
    return whole.readings[0] == TAKEN_OVER or quantity.value > whole.value


def _named_before(words: str) -> tuple[tuple[str, ...], str] | None:
    """Return the result that words end with; of several joined (予以公开或部分公开) all of them."""
    for pattern, rows, label in RESULTS_AT_END:
        found = pattern.search(words)
        before = words[: found.start()] if found else ""
        if not found or re.search(r"涉及|关于|办理|受理|收到", before):
            continue
        joined = JOINED.search(before)
        other = _named_before(before[: joined.start()]) if joined else None
        if other and not set(other[0]) & set(rows):
            return (*other[0], *rows), f"{other[1]}、{label}"
        return rows, label
    return None


def _results_named(quantity: Quantity, context: Context) -> Iterator[tuple[tuple[str, ...], str]]:
    named = _named_before(quantity.head)
    if named:
        yield named
        return
    if GIVEN_OUT.match(quantity.head) and context.last:
        yield (Outcome.GRANTED,), GIVEN
        return
    if quantity.head in BEFORE_A_TAIL:
        for pattern, rows, label in RESULTS_AT_START:
            if pattern.match(quantity.tail):
                yield rows, label
                return
