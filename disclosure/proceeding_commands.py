"""The verbs of a proceeding about disclosure: 行政复议, 行政诉讼."""

from typing import Literal

from pydantic import Field

from disclosure.command import Command
from disclosure.proceeding_results import ProceedingResult

ProceedingLimit = Literal[
    "decision", "suing", "judgment", "appeal", "ruling_appeal", "second_judgment"
]


class ProceedingCommand(Command):
    """A fact in the life of one proceeding; it has a case of its own, beside its request's."""

    case: str = Field(description="案件编号（机关自编，机关内唯一）")


class FileReconsideration(ProceedingCommand):
    """行政复议受理: `on` is the day the reconsideration body accepted it (行政复议法 Art. 30)."""

    do: Literal["file_reconsideration"] = "file_reconsideration"
    request: str | None = Field(default=None, description="所涉申请的编号")


class ConcludeReconsideration(ProceedingCommand):
    """行政复议审结: `on` is the day the agency was served with the decision."""

    do: Literal["conclude_reconsideration"] = "conclude_reconsideration"
    result: ProceedingResult = Field(description="结果（年度报告表四）")
    outcome_detail: str | None = Field(default=None, description="复议决定种类，如“撤销”")


class FileLawsuit(ProceedingCommand):
    """行政诉讼立案: `on` is the day the court registered it (行政诉讼法 Art. 51)."""

    do: Literal["file_lawsuit"] = "file_lawsuit"
    request: str | None = Field(default=None, description="所涉申请的编号")
    after_reconsideration: bool = Field(description="是否复议后起诉")


class AppealLawsuit(ProceedingCommand):
    """提起上诉: against the first-instance judgment, by either side (行政诉讼法 Art. 85)."""

    do: Literal["appeal_lawsuit"] = "appeal_lawsuit"


class ConcludeLawsuit(ProceedingCommand):
    """行政诉讼审结: the judgment of first instance, or after an appeal that of the second."""

    do: Literal["conclude_lawsuit"] = "conclude_lawsuit"
    result: ProceedingResult = Field(description="结果（年度报告表四）")
    outcome_detail: str | None = Field(default=None, description="裁判种类，如“驳回诉讼请求”")


class ExpireProceeding(ProceedingCommand):
    """期限届满: a timer's command; never an entry line. `on` is the legal date of its effect."""

    do: Literal["expire_proceeding"] = "expire_proceeding"
    what: ProceedingLimit
