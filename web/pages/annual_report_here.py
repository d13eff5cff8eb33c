"""A year's report as its pages know it: who is there, what they may do, and carrying a step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, Final
from uuid import UUID, uuid4

from fastapi import Depends, HTTPException, Request
from starlette.responses import Response

from disclosure.addresses import report_stream
from disclosure.agency_commands import WriteSection
from disclosure.commands import verb_of
from disclosure.refusals import Refused
from disclosure.report_commands import (
    AmendReport,
    ApproveReport,
    PublishReport,
    ReportCommand,
    ReturnReport,
    SubmitReport,
    WithdrawAmendment,
)
from disclosure.report_events import AnnualReportSubmitted
from disclosure.report_state import ReportStage, ReportState
from disclosure.section_text import text_mark
from engine.reports import carry_report, load_report
from people import Role
from web.access import Signed, SignedVisit
from web.pages.figures_reading import FIRST_YEAR, LAST_YEAR, FiguresShown, TheFigures
from web.rendering import render
from workdays import date_in_shanghai
from workflows.report_record import ReportRecord

WRITERS: Final = (Role.REPORT_EDITOR,)
APPROVERS: Final = (Role.REVIEWER, Role.DISCLOSURE_HEAD)

HANDS: Final[Mapping[type[ReportCommand], tuple[Role, ...]]] = {
    SubmitReport: WRITERS,
    ReturnReport: APPROVERS,
    ApproveReport: APPROVERS,
    PublishReport: (*WRITERS, *APPROVERS),
    AmendReport: WRITERS,
    WithdrawAmendment: WRITERS,
}
"""Who takes each step: one writes, another answers for it; letting out what is approved is for
either."""

STAGES: Final[Mapping[type[ReportCommand], tuple[ReportStage, ...]]] = {
    SubmitReport: (ReportStage.UNOPENED, ReportStage.DRAFTING),
    ReturnReport: (ReportStage.SUBMITTED, ReportStage.APPROVED),
    ApproveReport: (ReportStage.SUBMITTED,),
    PublishReport: (ReportStage.APPROVED,),
    AmendReport: (ReportStage.PUBLISHED,),
    WithdrawAmendment: (ReportStage.DRAFTING,),
}
"""When the page offers each step; whether it is possible is for the decider to say."""

UNANSWERED: Final = (
    "没有确认办理：办理引擎没有应答。您填写的内容仍在本页，引擎恢复后请重新提交；"
    "同一表单重复提交，只办理一次"
)

_TIMES_AS_LONG: Final = 6
"""As other changes a person waits for a step: a draft with its five files is made on the way."""

ANNUAL_REPORT: Final = "/reports/{agency}/{year}"


def today() -> date:
    """Return the day it is in Shanghai."""
    return date_in_shanghai(datetime.now(UTC))


@dataclass(frozen=True)
class Form:
    """What every form of these pages carries besides its fields.

    Attributes:
        command_id: made with the form, so that pressing twice does it once.
        seen: the version of the report, or the text, that whoever fills in the form has seen.
    """

    command_id: str
    seen: str


@dataclass(frozen=True)
class ReportHere:
    """A request by a person about an agency's report of a year."""

    request: Request
    visit: SignedVisit
    figures: FiguresShown
    agency: str
    year: int

    @property
    def path(self) -> str:
        """The address of the report's page."""
        return f"/reports/{self.agency}/{self.year}"

    @property
    def name(self) -> str:
        """The agency's name."""
        return self.visit.office.agencies().name_of(self.agency)

    def record(self) -> ReportRecord:
        """Fold the report's stream."""
        return load_report(self.visit.office.parts.log, self.agency, self.year)

    def holds(self, *roles: Role) -> bool:
        """Tell whether the person holds one of some roles in the agency."""
        return any(self.visit.person.holds(role, self.agency) for role in roles)

    def offered(self, state: ReportState) -> set[str]:
        """Return the verbs the page offers to this person as the report stands."""
        # A first draft amends nothing.
        kinds = HANDS if state.published else HANDS.keys() - {WithdrawAmendment}
        return {
            verb_of(kind)
            for kind in kinds
            if state.stage in STAGES[kind] and self.holds(*HANDS[kind])
        }

    def may_write(self, stage: ReportStage) -> bool:
        """Tell whether the person may write the sections now."""
        return self.holds(*WRITERS) and stage not in {ReportStage.SUBMITTED, ReportStage.APPROVED}

    def carry(self, form: Form, kind: type[ReportCommand], given: Mapping[str, str]) -> None:
        """Carry a step, once, for somebody who has seen how the report stands.

        Raises:
            Refused: the report has moved on, or the step cannot be taken.
            CommandFailedError: the engine or the log could not take it.
        """
        command_id = form_command_id(verb_of(kind), form.command_id)
        record = self.record()
        if command_id in record.handled:
            return
        if form.seen != str(record.version):
            raise Refused("stale", "", "报告已由他人办理，以下为最新情况，请核对后再操作")
        if kind is ApproveReport and self._submitted_by() == self.visit.person.name:
            raise Refused("own_work", "", "不能审核自己送审的报告，请由其他审核人审核")
        about = {"agency": self.agency, "year": self.year, "on": today()}
        command = kind.model_validate({**about, "by": self.visit.person.name, **given})
        # Compared here for a quick answer with the page; compared again where it is carried out.
        self._send(command_id, command, seen=record.version)

    def write(self, form: Form, section: str, text: str) -> None:
        """Write a section, for somebody who has seen the text that stands.

        Raises:
            Refused: it was written anew meanwhile, or cannot be written.
            CommandFailedError: the engine or the log could not take it.
        """
        standing = self.figures.live(self.agency, self.year).texts.get(section, "")
        if standing == text:
            return
        if form.seen != text_mark(standing):
            raise Refused(
                "stale", "text", "打开以后他人修改过这一部分，现行文字见下，请合并后再保存"
            )
        about = {"agency": self.agency, "year": self.year, "on": today()}
        command = WriteSection.model_validate(
            {**about, "by": self.visit.person.name, "section": section, "text": text}
        )
        command_id = form_command_id("write_section", form.command_id)
        self._send(command_id, command, seen_text=form.seen)

    def page(self, template: str, status_code: int = 200, **context: Any) -> Response:
        """Answer with a page about the report; its forms are new ones unless the context says."""
        about = {"agency": self.agency, "year": self.year, "name": self.name, "here": self.path}
        context = {"command_id": str(uuid4()), **about, **context}
        return render(self.request, f"pages/reports/{template}.html", status_code, **context)

    def _send(
        self,
        command_id: str,
        command: ReportCommand | WriteSection,
        *,
        seen: int | None = None,
        seen_text: str | None = None,
    ) -> None:
        office = self.visit.office
        client, log = office.engine_client, office.parts.log
        work = carry_report(client, log, command_id, command, seen=seen, seen_text=seen_text)
        receipt = office.answer_of(work, _TIMES_AS_LONG * office.settings.web_answer_seconds)
        office.parts.projector.catch_up(through=receipt.position or None)

    def _submitted_by(self) -> str:
        entries = self.visit.office.parts.log.read(report_stream(self.agency, self.year))
        submitted = [each for each in entries if isinstance(each.event, AnnualReportSubmitted)]
        return submitted[-1].actor if submitted else ""


def report_here(
    request: Request, visit: Signed, figures: TheFigures, agency: str, year: int
) -> ReportHere:
    """Return the report a request is about; a year without law is a page not there."""
    if not FIRST_YEAR <= year <= LAST_YEAR or agency not in visit.office.agencies():
        raise HTTPException(404)
    return ReportHere(request, visit, figures, agency, year)


TheReport = Annotated[ReportHere, Depends(report_here)]


def form_command_id(verb: str, given: str) -> str:
    """Return the id a form's command goes out under; a form that brings none gets a new one."""
    try:
        return f"{verb}:{UUID(given)}"
    except ValueError:
        return f"{verb}:{uuid4()}"
