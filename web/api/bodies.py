"""The verbs as bodies of calls: the models of the law, read to the letter.

The same models travel on the wire, so they stay permissive there; here each gets a strict likeness
made from it: no unknown members, no numbers in quotes, dates written as dates. A new verb is in the
interface as soon as it exists. What a value may be is still the decider's business.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias, get_args

from fastapi import Body
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    WithJsonSchema,
    create_model,
)
from pydantic.fields import FieldInfo

from disclosure.addresses import check_case
from disclosure.agency_commands import AgencyCommand, WriteText
from disclosure.command import Command
from disclosure.commands import (
    AGENCY_VERBS,
    PROCEEDING_VERBS,
    REPORT_VERBS,
    REQUEST_VERBS,
    CaseCommand,
)
from disclosure.refusals import Refused
from disclosure.report_commands import ReportCommand
from reporting.narrative import check_placeholders

LONGEST_TEXT: Final = 20_000
"""Characters; as in the pages' forms."""

_LONGEST_LINE: Final = 200
_LARGEST: Final = 999_999_999
_YEARS: Final = range(1900, 3000)
_WRITTEN_DATE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMOUNT: Final = r"^-?[0-9]{1,12}(\.[0-9]{1,2})?$"


def written_date(value: Any) -> date:
    """Read a date as the interface writes it; pydantic would also take seconds since 1970."""
    if isinstance(value, str) and _WRITTEN_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("须为日期，写作 2025-03-07")


def _written_amount(value: Any) -> Decimal:
    if isinstance(value, str) and re.fullmatch(_AMOUNT, value):
        return Decimal(value)
    raise ValueError("须为十进制数字符串，最多两位小数，如 40.00")


LegalDate = Annotated[date, BeforeValidator(written_date)]
"""A day in Shanghai."""

_Yuan = Annotated[
    Decimal,
    BeforeValidator(_written_amount),
    WithJsonSchema({"type": "string", "pattern": _AMOUNT, "examples": ["40.00"]}),
]
_Number = Annotated[StrictInt, Field(ge=-_LARGEST, le=_LARGEST)]
_Year = Annotated[StrictInt, Field(ge=2008, le=9998)]
_Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
_Line = Annotated[str, Field(max_length=_LONGEST_LINE)]

_KINDS: Final[Mapping[Any, Any]] = {
    str: _Text,
    int: _Number,
    bool: StrictBool,
    date: LegalDate,
    Decimal: _Yuan,
}
_BY_NAME: Final[Mapping[str, Any]] = {"year": _Year, "case": _Line, "by": _Line}
_SAID_BY_THE_ADDRESS: Final = frozenset({"agency"})

VERBS: Final[Mapping[str, type[CaseCommand | AgencyCommand]]] = {
    **REQUEST_VERBS,
    **PROCEEDING_VERBS,
    **AGENCY_VERBS,
}
TAGS: Final = frozenset({*VERBS, *REPORT_VERBS})
"""The words by which a body says which of them it is."""


def _likeness(model: type[BaseModel], leave_out: Collection[str] = ()) -> type[BaseModel]:
    """Return the strict likeness of a model."""
    hidden = {*leave_out, *getattr(model, "internal", ())}
    members: dict[str, Any] = {
        name: (_kind(name, info.annotation), _said(name, info))
        for name, info in model.model_fields.items()
        if name not in hidden
    }
    return create_model(
        model.__name__,
        __config__=ConfigDict(extra="forbid", hide_input_in_errors=True),
        __doc__=_chinese(model.__doc__ or ""),
        **members,
    )


def _kind(name: str, annotation: Any) -> Any:
    parts = get_args(annotation)
    if NoneType in parts:
        inner = next(part for part in parts if part is not NoneType)
        return _kind(name, inner) | None
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _likeness(annotation)
    return _BY_NAME.get(name) or _KINDS.get(annotation, annotation)


def _said(name: str, info: FieldInfo) -> Any:
    # The word that says which verb it is has a default in the model, and must be said here.
    default = ... if info.is_required() or name == "do" else info.default
    return Field(default=default, description=info.description)


def _chinese(text: str) -> str:
    """Return the Chinese words a docstring begins with."""
    found = re.match(r"[^\x00-\x7f]*", text)
    return found[0] if found else ""


def _union(models: Iterable[type[Command]], leave_out: Collection[str]) -> Any:
    return reduce(or_, [_likeness(model, leave_out) for model in models])


if TYPE_CHECKING:
    # One of many models made above, which a reader of types cannot see.
    FactBody: TypeAlias = BaseModel
    StepBody: TypeAlias = BaseModel
else:
    FactBody = Annotated[_union(VERBS.values(), _SAID_BY_THE_ADDRESS), Body(discriminator="do")]
    StepBody = Annotated[
        _union(REPORT_VERBS.values(), {"agency", "year"}), Body(discriminator="do")
    ]


def fact_of(given: FactBody, agency: str, by: str) -> CaseCommand | AgencyCommand:
    """Return the command a body says.

    Args:
        given: the body.
        agency: of the address.
        by: who sends it, where the body does not say who did it.

    Raises:
        Refused: it is well written and cannot be meant.
    """
    said = given.model_dump(exclude_unset=True)
    command = VERBS[said["do"]].model_validate(_of_whom(said, by) | {"agency": agency})
    _check_days(command)
    if isinstance(command, CaseCommand):
        check_case(command.case)
    if isinstance(command, WriteText) and (unknown := check_placeholders(command.text)):
        names = "、".join(f"{{{{{name}}}}}" for name in unknown)
        raise Refused("unknown_placeholder", "text", f"没有这样的占位符：{names}")
    return command


def step_of(given: StepBody, agency: str, year: int, by: str) -> ReportCommand:
    """Return the step of a report a body says.

    Raises:
        Refused: it is well written and cannot be meant.
    """
    said = given.model_dump(exclude_unset=True)
    address = {"agency": agency, "year": year}
    command = REPORT_VERBS[said["do"]].model_validate(_of_whom(said, by) | address)
    _check_days(command)
    return command


def _of_whom(said: Mapping[str, Any], by: str) -> dict[str, Any]:
    return {**said, "by": str(said.get("by") or "").strip() or by}


def _check_days(command: Command) -> None:
    """Refuse days no office ever worked on; they are dates, but no calendar reaches there."""
    for name in type(command).model_fields:
        day = getattr(command, name)
        if isinstance(day, date) and day.year not in _YEARS:
            raise Refused("out_of_range", name, "日期须在 1900—2999 年之间")
