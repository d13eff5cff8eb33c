"""The sheet of a bulk registration (批量登记表): its columns, in their order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from disclosure.outcomes import APPLICANT_LABELS
from disclosure.registration_words import CHANNELS

SHEET: Final = "申请"
HEAD_ROW: Final = 1
"""The row of the heads, as Excel counts."""
MOST_ROWS: Final = 1000
"""Requests of one file."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: of the registration's member; that of an applicant's has a dot.
        head: what stands above it, and how a report names it.
        width: in characters.
        hint: shown where a cell is filled in.
        choices: word in the sheet → value.
        is_date: whether it holds a day.
        is_text: whether digits in it are no number.
    """

    name: str
    head: str
    width: int
    hint: str = ""
    required: bool = False
    choices: Mapping[str, str] | None = None
    is_date: bool = False
    is_text: bool = False


COLUMNS: Final[tuple[Column, ...]] = (
    Column("case", "申请编号", 16, "不填的，由系统按本机关的规则编号", is_text=True),
    Column(
        "channel",
        "申请渠道",
        16,
        "从列表中选择",
        required=True,
        choices={words: value for value, words in CHANNELS.items()},
    ),
    Column("on", "提交日", 12, "写作 2025-03-07", required=True, is_date=True),
    Column("signed_on", "签收日", 12, "挂号信、EMS 必填，写作 2025-03-07", is_date=True),
    Column("confirmed_on", "双方确认日", 12, "平信、网络、传真；尚未确认的不填", is_date=True),
    Column(
        "applicant.type",
        "申请人类型",
        14,
        "从列表中选择",
        required=True,
        choices={words: value.value for value, words in APPLICANT_LABELS.items()},
    ),
    Column("applicant.name", "姓名或者名称", 16, required=True),
    Column("applicant.id_number", "证件号码", 22, "以文本格式填写，否则末几位会丢失", is_text=True),
    Column("applicant.phone", "电话", 16, is_text=True),
    Column("applicant.email", "电子邮箱", 22),
    Column("applicant.address", "通信地址", 30),
    Column("description", "申请公开的内容", 60, "一行一项内容", required=True),
    Column("form", "获取信息的方式、途径", 20),
    Column("note", "备注", 20, "不对外"),
)

HEADS: Final = tuple(column.head for column in COLUMNS)
BY_NAME: Final = {column.name: column for column in COLUMNS}


def head_of(field: str) -> str:
    """Return the head of the column a refusal's field belongs to; empty where there is none."""
    column = BY_NAME.get(field) or BY_NAME.get(f"applicant.{field}")
    return column.head if column else ""
