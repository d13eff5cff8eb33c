"""Numbers about the results of requests and about who made them: parts of a number before."""

import re
from collections.abc import Iterator

from audit.claims import REQUESTS, RESULTS, Claim, Reading, in_columns, of_rows
from audit.clauses import Clause, Quantity
from audit.narrative_context import OF_REQUESTS, Context
from audit.phrases import APPLICANTS_AT_END, RESULTS_AT_END, RESULTS_AT_START, by_channel
from disclosure.outcomes import NEW, TOTAL_HANDLED
from reporting.labels import COLUMN_LABELS


def applicant_claim(clause: Clause, quantity: Quantity, context: Context) -> Claim | None:
    """Return what a number says of one kind of applicant (申请人), of the whole last named."""
    whole = context.whole if context.in_parts else context.base
    if whole is None or whole.rule not in {REQUESTS, RESULTS} or context.topic != OF_REQUESTS:
        return None
    for pattern, columns in APPLICANTS_AT_END:
        before = pattern.search(quantity.head)
        if before and not by_channel(quantity.head[: before.start()]):
            label = COLUMN_LABELS[columns[0]] if len(columns) == 1 else "法人或其他组织"
            return Claim(
                whole.rule,
                f"{whole.figure}“{label}”",
                quantity.value,
                tuple(in_columns(reading, columns) for reading in whole.readings),
                clause.sentence,
                tuple(in_columns(reading, columns) for reading in whole.hinted),
                context.doubt or whole.doubt,
            )
    return None


def result_claim(clause: Clause, quantity: Quantity, context: Context) -> Claim | None:
    """Return what a number says of one result or one group of results (办理结果)."""
    unknown_whole = context.in_parts and context.whole is None
    if context.topic != OF_REQUESTS or unknown_whole or context.sorts_documents:
        return None
    for rows, label in _results_named(quantity):
        reading = of_rows(*rows)
        whole = context.whole if context.in_parts else None
        if whole and whole.rule not in {REQUESTS, RESULTS}:
            return None
        if whole:
            divided = _within(reading, whole.readings[0])
            if divided is None:
                return None
            reading = divided
        return Claim(
            RESULTS, f"“{label}”", quantity.value, (reading,), clause.sentence, doubt=context.doubt
        )
    return None


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


def _results_named(quantity: Quantity) -> Iterator[tuple[tuple[str, ...], str]]:
    for pattern, rows, label in RESULTS_AT_END:
        found = pattern.search(quantity.head)
        if found and not re.search(r"涉及|关于|办理|受理|收到", quantity.head[: found.start()]):
            yield rows, label
            return
    if not quantity.head or quantity.head in {"另有", "其中", "有", "另", "还有"}:
        for pattern, rows, label in RESULTS_AT_START:
            if pattern.match(quantity.tail):
                yield rows, label
                return
