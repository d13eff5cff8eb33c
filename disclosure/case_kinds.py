"""Requests and proceedings share one space of case references: what is one is never the other."""

from disclosure.commands import CaseCommand
from disclosure.proceeding_commands import FileLawsuit, FileReconsideration, ProceedingCommand
from disclosure.refusals import Refused
from disclosure.request_commands import Register

BEGINNINGS = (Register, FileReconsideration, FileLawsuit)
"""The verbs that begin a case; every other needs one that is on record."""


def of_another_kind(command: CaseCommand) -> Refused:
    """Return the refusal of a command about a case that is of the other kind."""
    proceeding = isinstance(command, ProceedingCommand)
    taken_by = "一件申请" if proceeding else "一件行政复议或者行政诉讼"
    if isinstance(command, BEGINNINGS):
        return Refused("duplicate_case", "case", f"该编号已用于{taken_by}，须另行编号")
    return Refused("wrong_kind", "do", f"该编号是{taken_by}，不能登记这一事实")
