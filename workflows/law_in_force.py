"""The law a worker decides by: calendar and choices, set once by the composition root.

Replay is safe whatever they are: they never decide whether a command is accepted, and a workflow
folds what the log recorded, not what it would work out today.
"""

from disclosure.law import Law
from workdays import published


class _InForce:
    law = Law(calendar=published())


def current_law() -> Law:
    """Return the law to decide by."""
    return _InForce.law


def use_law(law: Law) -> None:
    """Decide by this law from now on, in this process."""
    _InForce.law = law
