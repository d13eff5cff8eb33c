"""Forms made from models: a field a member, words for every choice, errors at their fields.

A new verb has its form as soon as its command exists. The model says which members there are and
what they are called; this module says how each kind is asked for and read back. Whether a value is
lawful stays the decider's business: its refusal names a field, and is shown there.

    form = form_for(PayFee, leave_out={"agency", "case", "by"})
    try:
        values = form.read(given)
    except FormRefusedError as refused:
        …render(…, 422, form=form, values=given, errors=refused.errors)

`macros/model_form.html` draws the fields.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from casework.timeline import PERSONAL_LABELS
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.proceeding_results import RESULT_LABELS, ProceedingResult
from disclosure.registration_words import CHANNELS
from disclosure.request_commands import Channel, DeliveryMethod, FeeMode, ThirdPartyOpinion
from disclosure.sentences import DELIVERY_METHODS, OPINIONS
from web.form_reading import READERS, Kind, UnreadableError

Options = Sequence[tuple[str, str]]
"""Values with the words that stand for them."""

_WORDS: Mapping[Any, Mapping[str, str]] = {
    Channel: CHANNELS,
    DeliveryMethod: DELIVERY_METHODS,
    ThirdPartyOpinion: OPINIONS,
    FeeMode: {"items": "按件计收", "pages": "按量计收"},
    ProceedingResult: {str(code): words for code, words in RESULT_LABELS.items()},
    Outcome: {each.value: f"{each.label}（{each.basis}）" for each in Outcome},
    ApplicantType: {each.value: each.label for each in ApplicantType},
}

_KINDS: Mapping[Any, Kind] = {
    str: Kind.TEXT,
    date: Kind.DATE,
    int: Kind.NUMBER,
    Decimal: Kind.MONEY,
    bool: Kind.YES_NO,
}

_LONG = frozenset(
    {"content", "description", "facts", "grounds", "note", "opinion", "points", "reason", "text"}
)
"""Members whose text has more than a line."""

_APPLICANT: Mapping[str, str] = {"type": "申请人类型", **PERSONAL_LABELS}
"""Members of the applicant, which the model does not describe."""

_YES_NO: Options = (("yes", "是"), ("no", "否"))


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing a form asks for.

    Attributes:
        name: of the model's member; that of a member's member has a dot.
        label: always shown.
        initial: what the field holds before anybody has typed.
        options: of a choice.
    """

    name: str
    label: str
    kind: Kind
    optional: bool = False
    initial: str = ""
    hint: str = ""
    options: Options = ()


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, in their order."""

    fields: tuple[FormField, ...]

    @property
    def initial(self) -> dict[str, str]:
        """What each field holds before anybody has typed."""
        return {each.name: each.initial for each in self.fields}

    def read(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Return the values of what was typed; members that were left empty are left out.

        Raises:
            FormRefusedError: naming every field at fault.
        """
        values: dict[str, Any] = {}
        errors: dict[str, str] = {}
        for each in self.fields:
            text = given.get(each.name, "").replace("\r\n", "\n").strip()
            try:
                if text:
                    _put(values, each.name, _value(each, text))
                elif not each.optional:
                    verb = "选择" if each.options else "填写"
                    errors[each.name] = f"请{verb}{each.label}"
            except UnreadableError as unreadable:
                errors[each.name] = f"{each.label}{unreadable}"
        if errors:
            raise FormRefusedError(errors)
        return values

    def field_named(self, name: str) -> str:
        """Return a field's name where the form has it, else nothing: then no field shows it."""
        return name if any(each.name == name for each in self.fields) else ""


class FormRefusedError(Exception):
    """What was typed cannot be read.

    Attributes:
        errors: by field, one Chinese sentence each, without what was typed.
    """

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("a form could not be read")
        self.errors = dict(errors)


def form_for(
    model: type[BaseModel],
    *,
    leave_out: Collection[str] = (),
    changes: Mapping[str, Mapping[str, Any]] | None = None,
    first: Sequence[str] = (),
) -> Form:
    """Make the form of a model.

    Args:
        model: whose members have descriptions; members that are models are taken apart.
        leave_out: members the page knows by itself. A word that is always the same is left out too.
        changes: by field, other attributes of `FormField`; `options` make a choice of a text.
        first: fields that come before the others.
    """
    fields = [each for each in _fields(model, "") if each.name not in leave_out]
    changed = [_changed(each, (changes or {}).get(each.name, {})) for each in fields]
    order = {name: n for n, name in enumerate(first)}
    return Form(tuple(sorted(changed, key=lambda each: order.get(each.name, len(order)))))


def typed(values: Mapping[str, Any]) -> dict[str, str]:
    """Return values as their fields hold them, for a form that is opened again."""
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else str(value)
        for name, value in values.items()
        if value is not None
    }


def _changed(field: FormField, change: Mapping[str, Any]) -> FormField:
    if change.get("options"):
        return replace(field, kind=Kind.CHOICE, **change)
    return replace(field, **change)


def _fields(model: type[BaseModel], prefix: str) -> list[FormField]:
    found: list[FormField] = []
    for name, info in model.model_fields.items():
        kind, optional = _plain(info.annotation)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found += _fields(kind, f"{prefix}{name}.")
        elif not _always_the_same(kind) and name not in getattr(model, "internal", ()):
            found.append(_field(f"{prefix}{name}", info, kind, optional=optional))
    return found


def _always_the_same(kind: Any) -> bool:
    return get_origin(kind) is Literal and len(get_args(kind)) == 1


def _field(name: str, info: FieldInfo, kind: Any, *, optional: bool) -> FormField:
    last = name.rpartition(".")[2]
    words = _WORDS.get(kind)
    asked = Kind.CHOICE if words is not None else _KINDS[kind]
    if asked is Kind.TEXT and last in _LONG:
        asked = Kind.LONG_TEXT
    default = "" if info.default in {None, PydanticUndefined} else str(info.default)
    return FormField(
        name,
        info.description or _APPLICANT[last],
        asked,
        optional=optional or not info.is_required(),
        initial=default,
        options=tuple(words.items()) if words else _YES_NO if asked is Kind.YES_NO else (),
    )


def _plain(annotation: Any) -> tuple[Any, bool]:
    """Return what a member is, and whether it may be absent."""
    parts = get_args(annotation)
    if NoneType in parts:
        return next(part for part in parts if part is not NoneType), True
    return annotation, False


def _value(field: FormField, text: str) -> Any:
    if field.options and text not in {value for value, _ in field.options}:
        raise UnreadableError("：请从列出的各项中选择")
    return READERS[field.kind](text)


def _put(values: dict[str, Any], name: str, value: Any) -> None:
    *way, last = name.split(".")
    for part in way:
        values = values.setdefault(part, {})
    values[last] = value
