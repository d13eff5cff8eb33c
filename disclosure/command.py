"""What a command is: what a case worker, an entry line or a timer says has happened.

One class a verb, with the field names of the entry lines. The same classes travel on the wire, so
they stay permissive: types only, a default for every later field, no limits. Entry lines are read
with `strict=True, extra="forbid"` at the place where they come in; what a value may be is the
decider's business.

Dates are legal dates in Asia/Shanghai; periods are working days.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from disclosure.refusals import Refused


def _from_text(value: Any) -> Any:
    """Read money from its text; a JSON number has lost digits before we see it.

    Whether it may be negative, how large it is and how fine, the decider says.
    """
    if isinstance(value, Decimal):
        return value
    try:
        if isinstance(value, str):
            return Decimal(value)
    except InvalidOperation:
        pass
    raise ValueError('须为十进制数字符串，如 "1234.50"')


Yuan = Annotated[Decimal, BeforeValidator(_from_text)]
"""A sum of money in yuan: a decimal string on the wire and in an entry line."""


class Command(BaseModel):
    """A fact someone reports.

    Attributes:
        agency: id of the agency (机关).
        on: legal date of the fact.
        by: who did it, a member of staff.
        note: free text; sealed in the log, for it may name people.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    future: ClassVar[frozenset[str]] = frozenset()
    """Date fields that may lie in the future, because they set a limit."""

    follows_the_end: ClassVar[bool] = False
    """Whether the fact presupposes that its case has its result: a lapse due by then came first."""

    internal: ClassVar[frozenset[str]] = frozenset()
    """Fields the system fills in; nobody may say them."""

    agency: str = Field(description="机关代码")
    on: date = Field(description="事实发生日期，YYYY-MM-DD")
    by: str = Field(default="", description="经办人")
    note: str | None = Field(default=None, description="备注")


def refuse_unstorable_text(command: BaseModel) -> None:
    """Refuse characters that are no text: U+0000 and halves of surrogate pairs.

    They come from broken exports, and one of the two databases would choke on them later.

    Raises:
        Refused: naming the field, never its content.
    """
    for name in type(command).model_fields:
        value = getattr(command, name)
        if isinstance(value, BaseModel):
            refuse_unstorable_text(value)
        elif isinstance(value, str) and _UNSTORABLE.search(value):
            raise Refused("bad_text", name, "含有空字符（U+0000）或残缺字符，请删除后重新录入")


_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")


def refuse_the_future(command: Command, today: date) -> None:
    """Refuse a fact dated after today (Asia/Shanghai); limits may lie ahead.

    Raises:
        Refused: naming the first field that lies in the future.
    """
    for name in type(command).model_fields:
        value = getattr(command, name)
        if isinstance(value, date) and value > today and name not in command.future:
            raise Refused(
                "in_the_future", name, f"日期 {value} 晚于今天（{today}），不可能已经发生"
            )
