"""The annual report (年度报告): how it stands, and each step from the draft to the public."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from activities.figures import UnknownAgencyError
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
from disclosure.report_events import AnnualReportPublished
from disclosure.report_state import ReportStage
from engine.errors import CommandFailedError
from engine.report_status import ReportStatus, continuity_document, report_status
from people import BUSINESS
from projections import ReportRegister, RollupRegister
from reporting.findings import Finding, Severity
from reporting.narrative import UnknownPlaceholder
from reporting.plain_values import MalformedValueError
from web.access import Signed, SignedVisit, may, may_read
from web.area import Area, MenuItem
from web.pages.annual_report_here import (
    ANNUAL_REPORT,
    HANDS,
    UNANSWERED,
    ReportHere,
    TheReport,
    today,
)
from web.pages.annual_report_here import Form as Carried
from web.pages.marked_text import MarkedText, marked
from web.pages.request_paths import request_path
from web.pages.section_writing import SECTIONS
from web.rendering import render, see_other

router = APIRouter(dependencies=[Depends(may_read)])
AREA = Area(router, menu=(MenuItem("/reports", "年度报告", BUSINESS),))

_YEARS_LISTED = 3
_DONE = {
    SubmitReport: "已送审",
    ReturnReport: "已退回修改",
    ApproveReport: "已审核通过",
    PublishReport: "已公布",
    AmendReport: "已启动更正",
    WithdrawAmendment: "已撤销更正",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One agency's reports in the list: a row of each register by year, where there is one."""

    id: str
    name: str
    governs: bool
    reports: dict[int, Any]
    rollups: dict[int, Any]


def carried(command_id: Annotated[str, Form()] = "", seen: Annotated[str, Form()] = "") -> Carried:
    """Return what every form carries."""
    return Carried(command_id, seen)


TheForm = Annotated[Carried, Depends(carried)]
Words = Annotated[str, Form(max_length=20_000)]


@router.get("/reports", summary="年度报告")
def reports(request: Request, visit: Signed) -> Response:
    """List the reports of the agencies that may be read."""
    years = [today().year - back for back in range(_YEARS_LISTED)]
    return render(
        request,
        "pages/reports/list.html",
        agencies=_listed(visit, years),
        years=years,
        stages={stage.value: stage.label for stage in ReportStage},
    )


@router.get(ANNUAL_REPORT, summary="年度报告办理")
def report(here: TheReport) -> Response:
    """Show how a report stands and what can be done with it."""
    return _page(here)


@router.post(
    ANNUAL_REPORT + "/submit",
    summary="年度报告送审",
    dependencies=[Depends(may(*HANDS[SubmitReport]))],
)
def submit(here: TheReport, form: TheForm) -> Response:
    """Freeze the draft and lay it before whoever approves it."""
    return _step(here, form, SubmitReport)


@router.post(
    ANNUAL_REPORT + "/return",
    summary="年度报告退回",
    dependencies=[Depends(may(*HANDS[ReturnReport]))],
)
def return_(here: TheReport, form: TheForm, reason: Words = "") -> Response:
    """Have the draft worked on again."""
    return _step(here, form, ReturnReport, reason=reason)


@router.post(
    ANNUAL_REPORT + "/approve",
    summary="年度报告审核通过",
    dependencies=[Depends(may(*HANDS[ApproveReport]))],
)
def approve(here: TheReport, form: TheForm, despite: Words = "") -> Response:
    """Answer for the report."""
    return _step(here, form, ApproveReport, despite=despite)


@router.post(
    ANNUAL_REPORT + "/publish",
    summary="年度报告公布",
    dependencies=[Depends(may(*HANDS[PublishReport]))],
)
def publish(here: TheReport, form: TheForm) -> Response:
    """Let the approved draft out, exactly."""
    return _step(here, form, PublishReport)


@router.post(
    ANNUAL_REPORT + "/amend",
    summary="年度报告更正",
    dependencies=[Depends(may(*HANDS[AmendReport]))],
)
def amend(here: TheReport, form: TheForm, reason: Words = "") -> Response:
    """Open the version after the one that was published."""
    return _step(here, form, AmendReport, reason=reason)


@router.post(
    ANNUAL_REPORT + "/withdraw-amendment",
    summary="年度报告撤销更正",
    dependencies=[Depends(may(*HANDS[WithdrawAmendment]))],
)
def withdraw_amendment(here: TheReport, form: TheForm, reason: Words = "") -> Response:
    """Let what was published stand: there is nothing to amend after all."""
    return _step(here, form, WithdrawAmendment, reason=reason)


def _step(here: ReportHere, form: Carried, kind: type[ReportCommand], **given: str) -> Response:
    plain = {name: text.replace("\r\n", "\n").strip() for name, text in given.items()}
    try:
        here.carry(form, kind, plain)
    except Refused as refused:
        field = refused.field if refused.field in given else ""
        status = 409 if refused.code == "stale" else 422
        return _page(here, {field: refused.message}, plain, status_code=status)
    except CommandFailedError:
        same = form.command_id
        return _page(here, {"": UNANSWERED}, plain, status_code=503, command_id=same)
    return see_other(here.request, here.path, f"{here.year} 年度报告{_DONE[kind]}")


def _page(
    here: ReportHere,
    errors: dict[str, str] | None = None,
    values: dict[str, str] | None = None,
    *,
    status_code: int = 200,
    **carried: str,
) -> Response:
    record = here.record()
    stage = record.state.stage
    status, why_not = _status(here)
    if status is not None and any(step.reason for step in status.steps):
        here.visit.reads(f"report/{here.agency}/{here.year}")
    return here.page(
        "report",
        status_code,
        state=record.state,
        seen=record.version,
        offered=here.offered(record.state),
        may_write=here.may_write(stage),
        year_is_over=here.year < today().year,
        why_not=why_not,
        errors=errors or {},
        values=values or {},
        **carried,
        **(_of_status(here, status) if status is not None else {"status": None}),
    )


def _status(here: ReportHere) -> tuple[ReportStatus | None, str]:
    """Return how the report stands, or why there can be no draft of it."""
    try:
        return report_status(here.visit.office.parts, here.agency, here.year), ""
    except UnknownPlaceholder as error:
        return None, str(error)
    except (UnknownAgencyError, MalformedValueError):
        return None, "数据不能填入报告，请联系系统管理员"


def _of_status(here: ReportHere, status: ReportStatus) -> dict[str, Any]:
    findings = status.draft.findings
    thread = continuity_document(status.continuity)
    return {
        "status": status,
        "sections": _sections(status, findings),
        "table_findings": [each for each in findings if each.where.sentence is None],
        "error_count": sum(each.severity is Severity.ERROR for each in findings),
        "continuity": thread,
        "case_paths": {
            each["case"]: request_path(here.agency, each["case"]) for each in thread["requests"]
        },
        "versions": [
            step.entry.event
            for step in reversed(status.steps)
            if isinstance(step.entry.event, AnnualReportPublished)
        ],
        "history": [step.as_json() for step in status.steps],
    }


def _sections(
    status: ReportStatus, findings: Sequence[Finding]
) -> list[tuple[str, str, MarkedText]]:
    in_text = [each for each in findings if each.where.sentence is not None]
    return [
        (name, title, marked(getattr(status.draft.sections, name), title, in_text))
        for name, title in SECTIONS.items()
    ]


def _listed(visit: SignedVisit, years: Sequence[int]) -> list[Listed]:
    known = list(visit.office.agencies())
    above = {agency.parent for agency in known}
    own, rollups = (
        _rows(visit, ReportRegister.table, years),
        _rows(visit, RollupRegister.table, years),
    )
    return [
        Listed(
            agency.id,
            agency.name,
            agency.id in above,
            {year: own.get((agency.id, year)) for year in years},
            {year: rollups.get((agency.id, year)) for year in years},
        )
        for agency in known
        if visit.person.sees(agency.id)
    ]


def _rows(
    visit: SignedVisit, register: sa.Table, years: Sequence[int]
) -> dict[tuple[str, int], Any]:
    wanted = sa.select(register).where(register.c.year.in_(years))
    with visit.office.parts.engine.connect() as connection:
        return {(row["agency"], row["year"]): row for row in connection.execute(wanted).mappings()}
