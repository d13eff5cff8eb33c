"""The verbs about an annual report (年度报告): submit, return, approve, publish and the like.

What the system must find out before one can be decided (the draft as it now stands) comes in
`draft`, which nobody can say.
"""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from disclosure.agency_commands import WriteSection
from disclosure.command import Command
from disclosure.report_events import SealedDraft


class DraftAtHand(BaseModel):
    """The draft as it stood when the command was carried out.

    Attributes:
        sealed: what would be frozen.
        errors: what speaks against it, a Chinese sentence each; the first ones of many.
        changed: the cells and sections in which it differs from the draft under review.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    sealed: SealedDraft
    errors: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


class ReportCommand(Command):
    """A step of a year's report."""

    year: int = Field(description="报告年度")


class WithDraft(ReportCommand):
    """A step that is judged by the draft as it now stands."""

    internal: ClassVar[frozenset[str]] = frozenset({"draft"})

    draft: DraftAtHand | None = None


class SubmitReport(WithDraft):
    """送审: freeze the draft for review."""

    do: Literal["submit_report"] = "submit_report"


class ReturnReport(ReportCommand):
    """退回修改: the draft is worked on again."""

    do: Literal["return_report"] = "return_report"
    reason: str = Field(description="退回理由")


class ApproveReport(WithDraft):
    """审核通过: `by` answers for it; `despite` says why, where findings speak against it."""

    do: Literal["approve_report"] = "approve_report"
    despite: str = Field(default="", description="存在勾稽错误仍予通过的理由")


class PublishReport(ReportCommand):
    """公布: the approved draft goes out, exactly."""

    do: Literal["publish_report"] = "publish_report"


class AmendReport(WithDraft):
    """更正: open the version after the one that was published."""

    do: Literal["amend_report"] = "amend_report"
    reason: str = Field(description="更正理由")


class WithdrawAmendment(ReportCommand):
    """撤销更正: there is nothing to amend after all; what was published stands."""

    do: Literal["withdraw_amendment"] = "withdraw_amendment"
    reason: str = Field(description="撤销更正的理由")


class ReleaseReport(WithDraft):
    """径行公布: all steps at once; without a name only for past years that are imported."""

    do: Literal["release_report"] = "release_report"
    approved_by: str = Field(default="", description="审核人")


class ExpireReport(ReportCommand):
    """公布期限届满: given by the workflow to itself."""

    do: Literal["expire_report"] = "expire_report"
    due_on: date


AnyReportCommand = Annotated[
    SubmitReport
    | ReturnReport
    | ApproveReport
    | PublishReport
    | AmendReport
    | WithdrawAmendment
    | ReleaseReport
    | ExpireReport
    | WriteSection,
    Field(discriminator="do"),
]
"""What the report's workflow carries out; a section is written to the agency's own stream."""
