"""Facts about an agency: its registration, table two, what it published, what it wrote.

Much simpler than a request: nothing runs out, and what is counted is only added up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from disclosure.addresses import check_agency_id
from disclosure.agency_commands import (
    AgencyCommand,
    ConfigureAgency,
    MergeAgency,
    MoveAgency,
    OpeningDocuments,
    PublishInformation,
    RecordDecisions,
    RecordDocuments,
    RecordFeeIncome,
    RegisterAgency,
    WriteRollupSection,
    WriteSection,
    WriteText,
)
from disclosure.agency_events import (
    AgencyConfigured,
    AgencyMerged,
    AgencyMoved,
    AgencyRegistered,
    DecisionsRecorded,
    DocumentsOpened,
    DocumentsRecorded,
    FeeIncomeRecorded,
    InformationPublished,
    RollupSectionWritten,
    SectionWritten,
)
from disclosure.agency_place import Place
from disclosure.command import refuse_unstorable_text
from disclosure.event import Event
from disclosure.refusals import Refused


@dataclass(frozen=True, slots=True)
class AgencyState:
    """What must be known of an agency to decide.

    Attributes:
        name: None until it is registered.
        place: its superiors by date, and its end.
        opened: (kind, year) pairs whose opening balance of documents is on record.
    """

    name: str | None = None
    place: Place = field(default_factory=Place)
    opened: frozenset[tuple[str, int]] = frozenset()


def evolve_agency(state: AgencyState, event: Event) -> AgencyState:
    """Return the state after `event`."""
    match event:
        case AgencyRegistered():
            place = Place.under(event.parent, event.opened_on)
            return replace(state, name=event.name, place=place)
        case AgencyMoved():
            return replace(state, place=state.place.moved(event.on, event.parent))
        case AgencyMerged():
            return replace(state, place=state.place.merged(event.on, event.into))
        case DocumentsOpened():
            return replace(state, opened=state.opened | {(event.kind, event.on.year)})
        case _:
            return state


def fold_agency(events: Iterable[Event]) -> AgencyState:
    """Fold an agency's events, oldest first."""
    state = AgencyState()
    for event in events:
        state = evolve_agency(state, event)
    return state


def decide_agency(state: AgencyState, command: AgencyCommand) -> list[Event]:
    """Return what the command makes happen.

    Raises:
        Refused: when the fact cannot be true.
    """
    refuse_unstorable_text(command)
    if state.name is None and not isinstance(command, RegisterAgency):
        raise Refused("unknown_agency", "agency", "机关尚未登记，请先登记机关（register_agency）")
    if not isinstance(command, WriteText | MergeAgency):
        state.place.refuse_after_end(command.on)
    return [_VERBS[type(command)](state, command)]


def _register(state: AgencyState, command: RegisterAgency) -> Event:
    if state.name is not None:
        raise Refused("duplicate_agency", "agency", f"机关代码已经登记为“{state.name}”")
    if not command.name.strip():
        raise Refused("empty", "name", "机关名称不能为空")
    if command.parent == command.agency:
        raise Refused("contradiction", "parent", "机关不能汇总到自己")
    if command.parent is not None:
        check_agency_id(command.parent, field="parent")
    return AgencyRegistered(
        on=command.on,
        note=command.note,
        name=command.name,
        region=command.region,
        parent=command.parent,
        document_code=command.document_code,
        opened_on=command.opened_on,
    )


def _configure(_state: AgencyState, command: ConfigureAgency) -> Event:
    given = {
        name: getattr(command, name)
        for name in ("document_code", "reconsideration_body", "court")
        if getattr(command, name) is not None
    }
    if not given:
        raise Refused("empty", "document_code", "没有要设置的内容")
    for name, value in given.items():
        if not value.strip():
            raise Refused("empty", name, "不能为空；未设置的请不要填写")
        if len(value) > _LONGEST_NAME:
            raise Refused("out_of_range", name, f"不能超过 {_LONGEST_NAME} 个字符")
    return AgencyConfigured(on=command.on, note=command.note, **given)


def _open_documents(state: AgencyState, command: OpeningDocuments) -> Event:
    _not_negative("in_force", command.in_force)
    if (command.kind, command.on.year) in state.opened:
        raise Refused(
            "already_opened", "kind", f"{command.on.year} 年年初现行有效件数已经登记，不能再次登记"
        )
    return DocumentsOpened(
        on=command.on, note=command.note, kind=command.kind, in_force=command.in_force
    )


def _record_documents(_state: AgencyState, command: RecordDocuments) -> Event:
    _not_negative("issued", command.issued)
    _not_negative("repealed", command.repealed)
    if command.issued == command.repealed == 0:
        raise Refused("empty", "issued", "制发、废止件数不能都为 0")
    return DocumentsRecorded(
        on=command.on,
        note=command.note,
        kind=command.kind,
        issued=command.issued,
        repealed=command.repealed,
    )


def _record_decisions(_state: AgencyState, command: RecordDecisions) -> Event:
    _not_negative("count", command.count)
    return DecisionsRecorded(
        on=command.on, note=command.note, kind=command.kind, count=command.count
    )


def _record_fee_income(_state: AgencyState, command: RecordFeeIncome) -> Event:
    amount = command.amount_yuan
    if not amount.is_finite() or not 0 <= amount <= _LARGEST or amount != round(amount, 2):
        raise Refused("out_of_range", "amount_yuan", "收费金额须为不小于 0 的数，以元计，至多到分")
    return FeeIncomeRecorded(on=command.on, note=command.note, amount_yuan=command.amount_yuan)


def _publish(_state: AgencyState, command: PublishInformation) -> Event:
    _not_negative("count", command.count)
    for name in ("channel", "category"):
        given = getattr(command, name)
        if not given.strip():
            raise Refused("empty", name, "公开渠道和信息类别不能为空")
        if len(given) > _LONGEST_NAME:
            raise Refused("out_of_range", name, f"名称不能超过 {_LONGEST_NAME} 个字符")
    return InformationPublished(
        on=command.on,
        note=command.note,
        channel=command.channel,
        category=command.category,
        count=command.count,
    )


def _write_text(_state: AgencyState, command: WriteText) -> Event:
    if not _FIRST_YEAR <= command.year <= command.on.year:
        raise Refused(
            "out_of_range", "year", f"报告年度须在 {_FIRST_YEAR} 年至 {command.on.year} 年之间"
        )
    rolled_up = isinstance(command, WriteRollupSection)
    return (RollupSectionWritten if rolled_up else SectionWritten)(
        on=command.on,
        note=command.note,
        year=command.year,
        section=command.section,
        text=command.text,
    )


def _not_negative(field: str, value: int) -> None:
    if not 0 <= value <= _LARGEST:
        raise Refused("out_of_range", field, "件数须为不小于 0 的合理数目")


_LARGEST = 10**12
"""No agency issues a trillion of anything: beyond it a number is a slip of the pen."""

_LONGEST_NAME = 100
_FIRST_YEAR = 2008
"""The first year annual reports were due (条例 of 2007, in force 2008-05-01)."""

_VERBS: dict[type[AgencyCommand], Callable[[AgencyState, Any], Event]] = {
    RegisterAgency: _register,
    ConfigureAgency: _configure,
    MoveAgency: lambda state, command: state.place.decide_move(command),
    MergeAgency: lambda state, command: state.place.decide_merger(command),
    OpeningDocuments: _open_documents,
    RecordDocuments: _record_documents,
    RecordDecisions: _record_decisions,
    RecordFeeIncome: _record_fee_income,
    PublishInformation: _publish,
    WriteSection: _write_text,
    WriteRollupSection: _write_text,
}
