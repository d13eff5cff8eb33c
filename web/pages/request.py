"""The request page (申请): where it stands, what happened, what may be done, by which article.

Whoever handles requests in the agency sees who asked, and each time that is written down first.
A supervisor sees the course of the case without any name. Numbers and addresses are hidden until
they are asked for, which is one more entry in the trail.
"""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.responses import Response

from casework.documents import documents_of
from casework.outlook import numbered
from casework.personal import PersonalData, masked, personal_data
from casework.proceedings import proceeding_lines
from casework.requests import RequestView
from casework.steps import StepNow, steps_now
from casework.timeline import flags_document, personal_words, read_timeline
from clearance import ClearanceRules, duty_of
from disclosure.flags import Flag
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.registration_words import CHANNELS
from disclosure.sentences import OPINIONS, PARTIES
from disclosure.state import Stage
from people import Role
from web.access import SignedVisit, asked_by_pages, may, may_read
from web.area import Area
from web.attachments import attachments_of
from web.mergers import merger_of
from web.pages.request_access import (
    HANDS,
    CaseHere,
    Seen,
    Standing,
    TheCase,
    drafts_of,
    handles,
    holds_any,
    standing,
    today,
)
from web.pages.request_forms import LABELS
from web.pages.request_paths import REQUEST, draft_path, proceeding_path
from web.rendering import render
from workflows.law_in_force import current_law

router = APIRouter()
AREA = Area(router)

_NOT_IN_TIMELINE = frozenset({"applicant", "form", "personal_value"})
"""What the page shows in its own place, or hides until it is asked for."""


@router.get(
    f"{REQUEST}/changes",
    dependencies=[Depends(may_read)],
    summary="查看申请的变化",
)
@asked_by_pages
def request_changes(here: TheCase, seen: Seen = 0) -> Response:
    """Say what has happened since a page was made; nothing where nothing has."""
    since = read_timeline(here.office.parts, here.at.stream, after=seen).lines
    return render(here.request, "pages/request/changes.html", since=since, at=here.path)


@router.post(
    f"{REQUEST}/identity",
    dependencies=[Depends(may(*HANDS))],
    summary="显示申请人的证件号码和联系方式",
)
def show_identity(here: TheCase) -> Response:
    """Show the page once more with what is hidden on it."""
    return _page(here, hidden=False)


@router.get(
    REQUEST,
    dependencies=[Depends(may_read)],
    summary="申请",
)
def request_page(here: TheCase) -> Response:
    """Show a request."""
    return _page(here, hidden=True)


def _page(here: CaseHere, *, hidden: bool) -> Response:
    office, visit, agency, case = here.office, here.visit, here.at.agency, here.at.case
    reads = handles(visit, agency)
    found = here.known()
    if reads:
        here.reads()
        found = here.known(reveal=True)
    personal = personal_data(office.parts, here.at.stream) if reads else None
    known = office.agencies()
    return render(
        here.request,
        "pages/request/request.html",
        at=here.path,
        agency=agency,
        agency_name=known.name_of(agency),
        merger=merger_of(known, agency),
        row=found.row,
        version=found.version,
        stage=Stage(found.row["stage"]).label,
        limit=_limit(found),
        facts=_facts(found),
        applicant=_applicant(personal, hidden=hidden) if personal else None,
        hidden=hidden,
        parties=_parties(found, personal),
        flags=flags_document(found.row["flags"]),
        timeline=_timeline(found),
        ledger=numbered(found.outlook.ledger),
        remedy=found.outlook.remedy,
        steps=_steps(visit, agency, found),
        drafts=[
            (draft_path(agency, each.id), LABELS[each.verb], each)
            for each in drafts_of(office).of_case(agency, case)
            if reads
        ],
        attachments=attachments_of(office, agency, case) if reads else [],
        add_path=f"/attachments/{agency}/{quote(case, safe='')}/add"
        if holds_any(visit, agency, (Role.CASE_WORKER,))
        else "",
        documents=documents_of(office.parts, here.people, here.at),
        proceedings=[
            (proceeding_path(agency, row["case"]), line)
            for row, line in zip(
                found.proceedings, proceeding_lines(found.proceedings), strict=True
            )
        ],
        reads=reads,
    )


def _limit(found: RequestView) -> tuple[str, str]:
    """Return the limit that runs, in words, and how near it is."""
    row = found.row
    if row["closed_on"]:
        return ("", "over")
    if row["correction_due_on"]:
        return (f"补正期限至 {row['correction_due_on']}", "calm")
    if row["payment_due_on"]:
        return (f"缴费期限至 {row['payment_due_on']}", "calm")
    if not row["due_on"]:
        return ("收到日期待确认，期限尚未起算", "calm")
    if row["overdue"] or row["due_on"] < today():
        return (f"逾期，答复期限为 {row['due_on']}", "bad")
    if row["due_near"]:
        return (f"临期，答复期限至 {row['due_on']}", "soon")
    return (f"答复期限至 {row['due_on']}", "good")


def _facts(found: RequestView) -> list[tuple[str, str]]:
    row = found.row
    facts = [
        ("申请渠道", CHANNELS[row["channel"]]),
        ("提交日期", str(row["submitted_on"])),
        ("收到日期", str(row["received_on"] or "待双方确认")),
        ("申请人类型", ApplicantType(row["applicant_type"]).label),
    ]
    if row["due_provisional"]:
        facts.append(("期限说明", "暂定：期限内有尚未公布节假日安排的日期"))
    if row["lapses_on"]:
        facts.append(("视为放弃申请之日", str(row["lapses_on"])))
    if row["outcome"]:
        result = Outcome(row["outcome"])
        facts += [
            ("办理结果", f"{result.label}（{result.basis}）"),
            ("办结日期", str(row["closed_on"])),
            ("答复文号", row["document_number"] or "未编号"),
            ("送达日期", str(row["delivered_on"] or "尚未登记送达")),
        ]
    if row["archived"]:
        facts.append(("归档", "已归档"))
    return facts


def _applicant(personal: PersonalData, *, hidden: bool) -> list[tuple[str, str]]:
    if personal.erased:
        return [("个人信息", "已依法删除，无法查看")]
    secret = masked if hidden else str
    said = [
        ("申请人", personal.name),
        ("证件号码", secret(personal.id_number or "")),
        ("电话", secret(personal.phone or "")),
        ("电子邮箱", secret(personal.email or "")),
        ("地址", secret(personal.address or "")),
        ("申请内容", personal.description),
        ("获取方式", personal.form),
    ]
    return [(words, text) for words, text in said if text]


def _parties(found: RequestView, personal: PersonalData | None) -> list[dict[str, Any]]:
    names = personal.parties if personal else {}
    return [
        {
            "kind": PARTIES[each.kind],
            "name": names.get(each.party_ref, ""),
            "sent_on": each.sent_on,
            "ends_on": each.ends_on,
            "answer": OPINIONS.get(each.opinion or "", "已答复")
            if each.answered_on
            else "逾期未答复"
            if each.silent
            else "等待答复",
            "notified": each.notified,
        }
        for each in found.state.consultations
    ]


def _timeline(found: RequestView) -> list[dict[str, Any]]:
    return [
        {
            **line,
            "flags": [Flag(code) for code in line["flags"].split()],
            "texts": personal_words(
                {
                    name: text
                    for name, text in found.timeline.personal.get(
                        line["stream_version"], {}
                    ).items()
                    if name not in _NOT_IN_TIMELINE
                }
            ),
        }
        for line in found.timeline.lines
    ]


def _steps(
    visit: SignedVisit, agency: str, found: RequestView
) -> list[tuple[StepNow, Standing, str]]:
    """Return each step, whether somebody does or drafts it, and else who does."""
    cleared = ClearanceRules(visit.office.people.engine).of(agency)
    shown = []
    for step in steps_now(found.state, today(), current_law()):
        duty = duty_of(step.step.verb, cleared)
        who = "、".join(role.words for role in duty.hands)
        shown.append((step, standing(visit, agency, duty), who))
    return shown
