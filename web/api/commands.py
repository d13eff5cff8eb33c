"""Commands: a fact is said to have happened, and the law's answer comes back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from clearance import ClearanceRules, duty_of
from disclosure.addresses import agency_stream, case_stream
from disclosure.agency_commands import (
    AgencyCommand,
    ConfigureAgency,
    MergeAgency,
    MoveAgency,
    RegisterAgency,
    WriteSection,
)
from disclosure.command import Command, refuse_the_future
from disclosure.commands import CaseCommand, verb_of
from disclosure.refusals import Refused
from engine.agency_entry import record_of_agency
from engine.reports import carry_report
from people import Clients, Scope
from records import canonical
from web.api.bodies import FactBody, fact_of
from web.api.callers import AnyCaller, Caller
from web.api.parameters import AgencyId, IdempotencyKey, IfMatch, etag, version_of
from web.api.problems import (
    APPROVAL_NEEDED,
    ENGINE_AWAY,
    KEY_REUSED,
    RETRY_AFTER,
    ProblemError,
    of_refusal,
)
from workdays import date_in_shanghai

router = APIRouter(tags=["登记"])

_ABOUT_AGENCIES: Final = (RegisterAgency, ConfigureAgency, MoveAgency, MergeAgency)


_WORDS: Final = """\
登记一项事实，动作（`do`）和字段与导入的登记行相同，机关由地址写明。

- 所需权限：申请和案件为 write，机关为 admin，公开信息和报告文字为 report；
  须经审核的事项另需 approve。
- 事实不可能发生的，答复 409 并指明字段、代码和依据；可能发生而不合规定的，予以登记并加提示。
- 同一幂等键、同一内容重发，只登记一次，答复相同；同一键用于其他内容的，答复 409。"""


class Receipt(BaseModel):
    """登记结果."""

    agency: str = Field(description="机关代码")
    case: str | None = Field(description="申请或者案件编号；机关的事实没有")
    version: int = Field(description="登记后的版本，与 ETag 相同")
    log_position: int = Field(description="日志位置；读到这一位置即包含本次登记")
    events: list[str] = Field(description="登记的事件种类；没有引起变化的为空")
    already_recorded: bool = Field(description="同一幂等键此前已经登记")


@router.post(
    "/agencies/{agency}/commands",
    summary="登记一项事实",
    responses={
        200: {"headers": {"ETag": {"description": "登记后的版本", "schema": {"type": "string"}}}},
        412: {
            "description": "已有变化，没有登记（stale）",
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        },
    },
    description=_WORDS,
)
def record_fact(
    caller: AnyCaller,
    agency: AgencyId,
    given: FactBody,
    response: Response,
    *,
    key: IdempotencyKey,
    if_match: IfMatch = None,
) -> Receipt:
    """Carry a fact to the law and answer with what became of it."""
    command = fact_of(given, agency, caller.client.account)
    caller.about = " ".join((verb_of(type(command)), getattr(command, "case", ""))).rstrip()
    may_record(caller, command)
    command_id = take_key(caller, key, command)
    try:
        receipt = _carried(caller, command_id, command, version_of(if_match))
    except Refused as refused:
        raise of_refusal(refused, verb_of(type(command))) from None
    response.headers["ETag"] = etag(receipt.version)
    return receipt


def may_record(caller: Caller, command: CaseCommand | AgencyCommand) -> None:
    """Ask for the scopes of a command.

    Raises:
        ProblemError: one is missing, or the verb must be approved first.
    """
    if isinstance(command, AgencyCommand):
        about = isinstance(command, _ABOUT_AGENCIES)
        caller.needs(Scope.ADMIN if about else Scope.REPORT)
        return
    caller.needs(Scope.WRITE)
    verb = verb_of(type(command))
    cleared = ClearanceRules(caller.office.people.engine).of(command.agency)
    if duty_of(verb, cleared).approves and Scope.APPROVE not in caller.client.scopes:
        raise ProblemError(
            APPROVAL_NEEDED,
            "该事项须经审核：请在网页上起草并送审；由对方系统审核的，令牌须有 approve 权限",
            code=Scope.APPROVE.value,
        )


def take_key(caller: Caller, key: str, command: Command) -> str:
    """Return the id of a call's command.

    Raises:
        ProblemError: the key came with other content before.
    """
    office = caller.office
    said = canonical(command.model_dump(mode="json", exclude_defaults=True)).decode()
    fingerprint = office.parts.fingerprints.of(f"{verb_of(type(command))} {said}")
    clients = Clients(office.people.engine, office.people.now)
    if clients.take_key(caller.client, key, fingerprint) == "reused":
        raise ProblemError(KEY_REUSED, "该幂等键此前用于其他内容，请另用一个键")
    return f"api:{caller.client.name}:{key}"


def must_have_engine(caller: Caller) -> None:
    """Ask that there is an engine to carry commands.

    Raises:
        ProblemError: these pages were made without.
    """
    if caller.office.client is None:
        after = {"Retry-After": str(RETRY_AFTER)}
        raise ProblemError(ENGINE_AWAY, "没有运行中的办理引擎，请稍后重试", headers=after)


def _carried(
    caller: Caller, command_id: str, command: CaseCommand | AgencyCommand, seen: int | None
) -> Receipt:
    office = caller.office
    if isinstance(command, CaseCommand):
        must_have_engine(caller)
        stream, case = case_stream(command.agency, command.case), command.case
        done = office.carry(command_id, command, seen=seen)
        repeated = done.already_recorded
    else:
        stream, case = agency_stream(command.agency), None
        repeated = _recorded(caller, command_id, command, stream, seen)
    return receipt_of(caller, command, stream, command_id, case=case, repeated=repeated)


def _recorded(
    caller: Caller, command_id: str, command: AgencyCommand, stream: str, seen: int | None
) -> bool:
    """Record a fact about an agency; return whether it was on record."""
    office = caller.office
    if seen is not None:
        # Its facts add up whatever came before them: there is nothing for a version to guard.
        raise Refused("not_versioned", "", "机关的事实不分先后，登记时请不要使用 If-Match")
    if isinstance(command, WriteSection):
        must_have_engine(caller)
        client, log = office.engine_client, office.parts.log
        return office.wait_for(carry_report(client, log, command_id, command)).already_recorded
    if not isinstance(command, RegisterAgency) and not office.parts.store.stream_version(stream):
        raise Refused("unknown_agency", "agency", "机关尚未登记，请先登记机关（register_agency）")
    today = date_in_shanghai(datetime.now(UTC))
    refuse_the_future(command, today)
    return not record_of_agency(office.parts.log, command_id, command, today)


def receipt_of(
    caller: Caller,
    command: Command,
    stream: str,
    command_id: str,
    *,
    case: str | None,
    repeated: bool,
) -> Receipt:
    """Return what the log holds of a command, the same however often it was sent."""
    parts = caller.office.parts
    entries = parts.log.read(stream)
    made: Sequence[str] = [entry.event.type for entry in entries if entry.command_id == command_id]
    ours = [entry for entry in entries if entry.command_id == command_id] or entries
    position = ours[-1].position if ours else 0
    parts.projector.catch_up(through=position or None)
    return Receipt(
        agency=command.agency,
        case=case,
        version=ours[-1].version if ours else 0,
        log_position=position,
        events=list(made),
        already_recorded=repeated,
    )
