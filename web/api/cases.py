"""Cases: the registers of an agency, page by page, and one request or proceeding in full."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Final

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Query, Response

from casework.personal import personal_data
from casework.proceedings import find_proceeding, proceeding_document, proceeding_row
from casework.requests import find_request, register_document, request_document
from disclosure.addresses import case_stream
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.proceeding_results import ProceedingResult
from disclosure.proceeding_state import ProceedingStage
from disclosure.request_commands import Channel
from disclosure.state import Stage
from engine.parts import Parts
from people import Scope
from projections import CaseRegister, Proceedings
from web.api.bodies import LegalDate
from web.api.callers import Caller, Reading
from web.api.case_models import (
    ProceedingDetail,
    ProceedingPage,
    ProceedingRow,
    RequestDetail,
    RequestPage,
    RequestRow,
)
from web.api.parameters import AgencyId, CaseReference, PlainText, etag
from web.api.problems import not_found

router = APIRouter(tags=["查询"])

_ETAG: Final[Any] = {
    200: {"headers": {"ETag": {"description": "版本", "schema": {"type": "string"}}}}
}

Limit = Annotated[int, Query(ge=1, le=500, description="一页至多几件")]
After = Annotated[PlainText | None, Query(description="上一页的 next_after")]
WithPersonal = Annotated[
    bool, Query(description="是否包括个人信息；须有权限 personal，并记入审计记录")
]


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Which requests are wanted; what is absent does not narrow."""

    stage: Annotated[Stage | None, Query(description="所处环节")] = None
    outcome: Annotated[Outcome | None, Query(description="办理结果")] = None
    channel: Annotated[Channel | None, Query(description="申请渠道")] = None
    applicant_type: Annotated[ApplicantType | None, Query(description="申请人类型")] = None
    closed: Annotated[bool | None, Query(description="是否办结")] = None
    overdue: Annotated[bool | None, Query(description="是否逾期")] = None
    received_from: Annotated[LegalDate | None, Query(description="收到日期不早于")] = None
    received_to: Annotated[LegalDate | None, Query(description="收到日期不晚于")] = None
    due_to: Annotated[LegalDate | None, Query(description="期限届满日不晚于")] = None

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """Return it as conditions on the register."""
        row = CaseRegister.table.c
        wanted: list[tuple[Any, Callable[[Any], sa.ColumnElement[bool]]]] = [
            (self.stage, row.stage.__eq__),
            (self.outcome, row.outcome.__eq__),
            (self.channel, row.channel.__eq__),
            (self.applicant_type, row.applicant_type.__eq__),
            (self.closed, (row.stage == Stage.CLOSED.value).__eq__),
            (self.overdue, row.overdue.__eq__),
            (self.received_from, row.received_on.__ge__),
            (self.received_to, row.received_on.__le__),
            (self.due_to, row.due_on.__le__),
        ]
        return [narrowed(value) for value, narrowed in wanted if value is not None]


@router.get(
    "/agencies/{agency}/requests",
    summary="查询申请台账",
    description="按编号次序分页列出申请，可按环节、结果、日期等筛选。",
)
def list_requests(
    caller: Reading,
    agency: AgencyId,
    wanted: Annotated[RequestFilter, Depends()],
    after: After = None,
    limit: Limit = 100,
) -> RequestPage:
    """Return a page of the register of requests."""
    rows, more = _page(
        caller, CaseRegister.table, agency, wanted.conditions(), after=after, limit=limit
    )
    return RequestPage(
        items=[RequestRow.model_validate(register_document(row)) for row in rows],
        next_after=rows[-1]["case_reference"] if more else None,
    )


@router.get(
    "/agencies/{agency}/requests/{case:path}",
    summary="查询一件申请",
    responses=_ETAG,
    description="列出一件申请的状态、办理过程、答复期限台账、救济途径和现在可以办理的事项。",
)
def get_request(
    caller: Reading,
    agency: AgencyId,
    case: CaseReference,
    response: Response,
    *,
    personal: WithPersonal = False,
) -> RequestDetail:
    """Return one request in full."""
    parts, stream = _caught_up(caller), case_stream(agency, case)
    if find_request(parts, agency, case) is None:
        raise not_found("没有这一申请编号")
    if personal:
        _reads_personal(caller, stream)
    found = find_request(parts, agency, case, reveal=personal)
    if found is None:
        raise not_found("没有这一申请编号")
    document = request_document(found, with_ledger=True)
    if personal:
        document["personal"] = asdict(personal_data(parts, stream))
    response.headers["ETag"] = etag(found.version)
    return RequestDetail.model_validate(document)


@router.get(
    "/agencies/{agency}/proceedings",
    summary="查询行政复议、行政诉讼台账",
    description="按编号次序分页列出行政复议和行政诉讼。",
)
def list_proceedings(
    caller: Reading,
    agency: AgencyId,
    *,
    stage: Annotated[ProceedingStage | None, Query(description="所处环节")] = None,
    result: Annotated[ProceedingResult | None, Query(description="结果")] = None,
    request: Annotated[PlainText | None, Query(description="所涉申请的编号")] = None,
    after: After = None,
    limit: Limit = 100,
) -> ProceedingPage:
    """Return a page of the register of proceedings."""
    row = Proceedings.table.c
    conditions = [
        column == value
        for column, value in ((row.stage, stage), (row.result, result), (row.request, request))
        if value is not None
    ]
    rows, more = _page(caller, Proceedings.table, agency, conditions, after=after, limit=limit)
    return ProceedingPage(
        items=[ProceedingRow.model_validate(proceeding_row(row)) for row in rows],
        next_after=rows[-1]["case_reference"] if more else None,
    )


@router.get(
    "/agencies/{agency}/proceedings/{case:path}",
    summary="查询一件行政复议或者行政诉讼",
    responses=_ETAG,
    description="列出一件行政复议或者行政诉讼的状态和办理过程。",
)
def get_proceeding(
    caller: Reading,
    agency: AgencyId,
    case: CaseReference,
    response: Response,
    *,
    personal: WithPersonal = False,
) -> ProceedingDetail:
    """Return one proceeding in full."""
    parts, stream = _caught_up(caller), case_stream(agency, case)
    if find_proceeding(parts, agency, case) is None:
        raise not_found("没有这一案件编号")
    if personal:
        _reads_personal(caller, stream)
    found = find_proceeding(parts, agency, case, reveal=personal)
    if found is None:
        raise not_found("没有这一案件编号")
    response.headers["ETag"] = etag(found.version)
    return ProceedingDetail.model_validate(proceeding_document(found))


def _caught_up(caller: Caller) -> Parts:
    parts = caller.office.parts
    parts.projector.catch_up()
    return parts


def _reads_personal(caller: Caller, stream: str) -> None:
    caller.needs(Scope.PERSONAL)
    caller.reads(stream)


def _page(
    caller: Caller,
    register: sa.Table,
    agency: str,
    conditions: Sequence[sa.ColumnElement[bool]],
    *,
    after: str | None,
    limit: int,
) -> tuple[list[dict[str, Any]], bool]:
    """Return a page of a register by the order of its streams, and whether there is another."""
    parts = _caught_up(caller)
    query = (
        sa.select(register)
        .where(register.c.agency == agency, *conditions)
        .order_by(register.c.stream)
        .limit(limit + 1)
    )
    if after is not None:
        query = query.where(register.c.stream > case_stream(agency, after))
    with parts.engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(query).mappings()]
    return rows[:limit], len(rows) > limit
