"""The form of a registration (登记): what one letter says, and the requests that are in it.

One request has one result (条例 Art. 36-39), so each matter of a letter is a request of its own,
under its own reference; what the matters share is asked for once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from disclosure.agency_place import Place
from disclosure.command import refuse_the_future
from disclosure.decider import decide
from disclosure.law import Law
from disclosure.refusals import Refused
from disclosure.request_commands import Register
from disclosure.state import RequestState
from web.form_reading import READERS, Kind, UnreadableError
from web.forms import Form, FormRefusedError, form_for

MOST_MATTERS: Final = 10

_FORM: Final = form_for(
    Register,
    leave_out={"agency", "case", "by", "description"},
    changes={
        "on": {
            "label": "提交日",
            "hint": "当面、口头：申请人提出之日；邮寄：寄达之日；网络、传真：发来之日",
        },
        "signed_on": {"label": "签收日", "hint": "挂号信、EMS 必填"},
        "confirmed_on": {"label": "双方确认日", "hint": "平信、网络、传真；尚未确认的，暂不填"},
        "applicant.type": {"label": "申请人类型"},
        "applicant.name": {"label": "姓名或者名称", "optional": False},
        "applicant.id_number": {"label": "证件号码", "hint": "身份证号，或者统一社会信用代码"},
        "applicant.phone": {"label": "电话"},
        "applicant.email": {"label": "电子邮箱"},
        "applicant.address": {"label": "通信地址"},
        "form": {"hint": "如邮寄、电子邮件、当面领取"},
        "note": {"label": "备注（不对外）"},
    },
)


_FIELDS: Final = {each.name: each for each in _FORM.fields}


def _part(*names: str) -> Form:
    return Form(tuple(_FIELDS[name] for name in names))


RECEIPT: Final = _part("channel", "on", "signed_on", "confirmed_on")
"""How and when it came in."""
APPLICANT: Final = _part(*(name for name in _FIELDS if name.startswith("applicant.")))
"""Who asks."""
DELIVERY: Final = _part("form", "note")
"""How the applicant wants to have it, and what else there is to say."""


@dataclass(frozen=True, slots=True)
class MatterFields:
    """The two fields of one matter, by their names in the form."""

    number: int

    @property
    def case(self) -> str:
        """Field of the reference."""
        return f"case-{self.number}"

    @property
    def description(self) -> str:
        """Field of what is asked for."""
        return f"description-{self.number}"


def matters_in(given: Mapping[str, str]) -> list[MatterFields]:
    """Return the matters a form has fields for; one at least."""
    shown = [
        number
        for number in range(1, MOST_MATTERS + 1)
        if number == 1 or MatterFields(number).description in given
    ]
    return [MatterFields(number) for number in shown]


def with_one_more(given: Mapping[str, str]) -> dict[str, str]:
    """Return the form with the fields of one more matter, where there may be one."""
    last = matters_in(given)[-1].number
    if last == MOST_MATTERS:
        return dict(given)
    return {**given, MatterFields(last + 1).description: ""}


def with_references(given: Mapping[str, str], proposed: list[str]) -> dict[str, str]:
    """Return the form with a reference proposed for each matter that has none."""
    filled = dict(given)
    said = {given.get(each.case, "").strip() for each in matters_in(given)}
    left = (reference for reference in proposed if reference not in said)
    for matter in matters_in(given):
        if not filled.get(matter.case, "").strip():
            filled[matter.case] = next(left, "")
    return filled


def read_intake(given: Mapping[str, str], agency: str, by: str) -> list[tuple[str, Register]]:
    """Return the registrations a form says, each with its number in the form.

    A matter beyond the first whose text was left empty is no matter.

    Args:
        given: what was typed.
        agency: where it came in.
        by: account of who registers it.

    Raises:
        FormRefusedError: naming every field at fault.
    """
    errors: dict[str, str] = {}
    values: dict[str, Any] = {}
    try:
        values = _FORM.read(given)
    except FormRefusedError as refused:
        errors |= refused.errors
    texts: list[tuple[MatterFields, str, str]] = []
    for matter in matters_in(given):
        text = _long_text(given.get(matter.description, ""), matter.description, errors)
        case = given.get(matter.case, "").strip()
        if not text and matter.number > 1:
            continue
        if not text:
            errors.setdefault(matter.description, "请填写申请公开的内容")
        if case in {other for _, other, _ in texts}:
            errors[matter.case] = "两项内容的申请编号相同，须各自编号"
        texts.append((matter, case, text))
    if errors:
        raise FormRefusedError(errors)
    common = {**values, "agency": agency, "by": by}
    return [
        (
            str(matter.number),
            Register.model_validate({**common, "case": case, "description": text}),
        )
        for matter, case, text in texts
    ]


def check_possible(command: Register, law: Law, today: date, place: Place) -> None:
    """Refuse a registration that cannot be true, before anything of its letter is written.

    Raises:
        Refused: as its workflow would; or the agency had been merged when the letter came.
    """
    place.refuse_after_end(command.on)
    refuse_the_future(command, today)
    decide(RequestState(), command, law)


def field_of(refused: Refused, number: str) -> str:
    """Return the form's field a refusal belongs to; empty where no field shows it."""
    if refused.field in {"case", "description"}:
        return f"{refused.field}-{number}"
    if refused.field in {"name", "id_number", "phone", "email", "address", "type"}:
        return f"applicant.{refused.field}"
    return _FORM.field_named(refused.field)


def readable_dates(given: Mapping[str, str]) -> dict[str, Any]:
    """Return channel and days as far as they can be read, for what follows from them."""
    values: dict[str, Any] = {"channel": given.get("channel", "")}
    for name in ("on", "signed_on", "confirmed_on"):
        text = given.get(name, "").strip()
        try:
            values[name] = READERS[Kind.DATE](text) if text else None
        except UnreadableError:
            values[name] = None
    return values


def _long_text(given: str, name: str, errors: dict[str, str]) -> str:
    text = given.replace("\r\n", "\n").strip()
    try:
        return str(READERS[Kind.LONG_TEXT](text))
    except UnreadableError as unreadable:
        errors[name] = f"申请公开的内容{unreadable}"
        return text
