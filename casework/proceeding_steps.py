"""Every step of a proceeding: which the law allows now, and why not the others."""

from collections.abc import Callable
from dataclasses import dataclass

from disclosure.proceeding_results import ProceedingKind
from disclosure.proceeding_state import ProceedingState


@dataclass(frozen=True, slots=True)
class ProceedingStep:
    """One verb of a proceeding.

    Attributes:
        why_not: why the record would not take it now; empty where it would.
    """

    verb: str
    label: str
    article: str
    why_not: str = ""

    @property
    def possible(self) -> bool:
        """Whether the record would take it."""
        return not self.why_not


BEGINNINGS = (
    ProceedingStep("file_reconsideration", "行政复议受理", "行政复议法第三十条"),
    ProceedingStep("file_lawsuit", "行政诉讼立案", "行政诉讼法第五十一条"),
)
"""How a proceeding comes on record."""


def _concluded(state: ProceedingState) -> str:
    return "" if state.result is None else "已经审结"


def _appealed(state: ProceedingState) -> str:
    return "" if state.appealed_on is None else "已经上诉，二审终审"


_Why = Callable[[ProceedingState], str]

_STEPS: tuple[tuple[ProceedingKind, ProceedingStep, _Why], ...] = (
    (
        "reconsideration",
        ProceedingStep("conclude_reconsideration", "行政复议审结", "行政复议法第六十二条"),
        _concluded,
    ),
    ("lawsuit", ProceedingStep("appeal_lawsuit", "提起上诉", "行政诉讼法第八十五条"), _appealed),
    (
        "lawsuit",
        ProceedingStep("conclude_lawsuit", "行政诉讼审结", "行政诉讼法第八十一条、第八十八条"),
        _concluded,
    ),
)


def proceeding_steps(state: ProceedingState) -> list[ProceedingStep]:
    """Return the steps of a proceeding of this kind, in the order of the procedure."""
    return [
        ProceedingStep(step.verb, step.label, step.article, why(state))
        for kind, step, why in _STEPS
        if kind == state.kind
    ]
