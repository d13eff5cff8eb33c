"""The names other programs give to the cells of the form, and the code a path of names leads to.

A name counts only where it is known: our own codes, the words of the form, and the names a tool is
known to write. A path is read whole, from a table's or a column's name on; one unknown name in it,
and it leads nowhere.
"""

import re
from collections.abc import Iterable, Mapping

from audit.recognition_text import squeezed
from disclosure.outcomes import RESULT_ROWS, ROWS, TOTAL_HANDLED
from reporting.labels import (
    COLUMN_LABELS,
    DECISION_LABELS,
    DOCUMENT_COLUMN_LABELS,
    DOCUMENT_LABELS,
    FEE_LABEL,
    GROUP_WORDS,
    PROCEEDING_LABELS,
    ROW_LABELS,
    STATE_LABELS,
    group_of,
)

_NUMBERING = re.compile(r"^(?:[(]?[一二三四五六七][)、.]|\d{1,2}[.、])|[(].*$|[_\-]")


def plain_name(name: str) -> str:
    """Return a name as names are compared: no numbering, no brackets, no case, no joints."""
    return _NUMBERING.sub("", squeezed(name).lower())


def _names(labels: Mapping[str, str], others: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the code of each name; a name that two codes claim is nobody's."""
    claims: dict[str, set[str]] = {}
    for code, label in labels.items():
        for name in (code.rpartition(".")[2], label, *others.get(code, ())):
            claims.setdefault(plain_name(name), set()).add(code)
    return {name: next(iter(codes)) for name, codes in claims.items() if len(codes) == 1}


_COLUMNS = _names(
    COLUMN_LABELS,
    {
        "business": ("commercial",),
        "social_welfare": ("social",),
        "legal_service": ("legal",),
        "other_org": ("other", "otherOrganization"),
    },
)
_SINGLE_ROWS = _names(
    {row: ROW_LABELS[row] for row in ROWS if group_of(row) is None and row != TOTAL_HANDLED},
    {
        "new": ("newReceived",),
        "carried_in": ("carriedOver",),
        "partial": ("partialGrant",),
        "carried_out": ("carriedForward",),
    },
)
_TOTAL_ROW = {plain_name(name) for name in (TOTAL_HANDLED, "totalProcessed", "总计", "合计")}
_GROUPS = _names(GROUP_WORDS, {"refused": ("denied",), "unable": ("unableToProvide",)})
_MEMBERS = {
    group: _names(
        {row: ROW_LABELS[row] for row in RESULT_ROWS if group_of(row) == group},
        {
            "refused.prohibited_by_law": ("lawForbidden",),
            "refused.three_securities_one_stability": ("safetyStability",),
            "refused.process_information": ("processInfo",),
            "refused.enforcement_file": ("enforcementCase",),
            "refused.administrative_query": ("adminQuery",),
            "unable.not_held": ("noInfo",),
            "unable.needs_creation": ("needCreation",),
            "unable.unclear_after_correction": ("unclear",),
            "not_processed.petition": ("complaint",),
            "not_processed.excessive": ("massiveRequests",),
            "not_processed.confirm_or_reissue": ("confirmInfo",),
            "other.correction_lapsed": ("overdueCorrection",),
            "other.fee_lapsed": ("overdueFee",),
            "other.other": ("otherReasons",),
        },
    )
    for group in GROUP_WORDS
}
_KINDS = _names(DOCUMENT_LABELS, {"normative_documents": ("规范性文件",)})
_FIELDS = _names(DOCUMENT_COLUMN_LABELS, {"issued": ("made",), "in_force": ("valid",)})
_DECISIONS = _names(
    DECISION_LABELS,
    {"permits": ("licensing",), "penalties": ("punishment",), "coercive_measures": ("coercion",)},
)
_DECIDED = {plain_name(name) for name in ("processed", "count", "处理决定数量", "本年处理决定数量")}
_FEES = {plain_name(name) for name in ("fees_10k_yuan", FEE_LABEL)}
_FEES_ABOVE, _AMOUNT = _FEES | {"fees"}, {"amount", "本年收费金额", "收费金额"}
_PROCEEDINGS = _names(
    PROCEEDING_LABELS,
    {
        "reconsideration": ("review",),
        "litigation_after_reconsideration": ("litigationPostReview",),
    },
)
_STATES = _names(
    STATE_LABELS,
    {"upheld": ("maintain",), "corrected": ("correct",), "pending": ("unfinished",)},
)
_ORGANISATIONS = {"legalperson", "法人或其他组织", "organisations", "organizations"}
_RESULTS = {"results", "本年度办理结果"}
_COURT = {"litigation", "行政诉讼"}


def code_of(path: Iterable[str]) -> str | None:
    """Return the code of the cell a path of names leads to, from the first name that fits on."""
    names = [plain_name(part) for name in path for part in _parted(name)]
    for start in range(len(names)):
        rest = names[start:]
        code = _request_cell(rest) or _proceeding_cell(rest) or _document_cell(rest)
        if code:
            return code
    return None


def _parted(name: str) -> list[str]:
    """Part a code of ours that names a group and a row in it."""
    return name.split(".") if name in ROWS else [name]


def _request_cell(names: list[str]) -> str | None:
    """Read column and row, or row and column, and nothing after them."""
    for take_column in (1, 2):
        for column, row in (
            (names[:take_column], names[take_column:]),
            (names[-take_column:], names[:-take_column]),
        ):
            found = _column(column), _row(row)
            if None not in found:
                return f"{found[1]}.{found[0]}"
    return None


def _column(names: list[str]) -> str | None:
    match names:
        case [name] | [_, name] if len(names) == 1 or names[0] in _ORGANISATIONS:
            return _COLUMNS.get(name)
    return None


def _row(names: list[str]) -> str | None:
    in_results = bool(names) and names[0] in _RESULTS
    match names[1:] if in_results else names:
        case [name] if name in _TOTAL_ROW and (in_results or name not in _COLUMNS):
            return TOTAL_HANDLED
        case [name]:
            return _SINGLE_ROWS.get(name)
        case [group, name] if group in _GROUPS:
            return _MEMBERS[_GROUPS[group]].get(name)
    return None


def _proceeding_cell(names: list[str]) -> str | None:
    match names[1:] if names[:1] and names[0] in _COURT else names:
        case [group, state] if group in _PROCEEDINGS and state in _STATES:
            return f"{_PROCEEDINGS[group]}.{_STATES[state]}"
    return None


def _document_cell(names: list[str]) -> str | None:
    match names:
        case [kind, field] if kind in _KINDS and field in _FIELDS:
            return f"{_KINDS[kind]}.{_FIELDS[field]}"
        case [kind] if kind in _DECISIONS:
            return _DECISIONS[kind]
        case [kind, counted] if kind in _DECISIONS and counted in _DECIDED:
            return _DECISIONS[kind]
        case [fees] if fees in _FEES:
            return "fees_10k_yuan"
        case [fees, amount] if fees in _FEES_ABOVE and amount in _AMOUNT:
            return "fees_10k_yuan"
    return None
