"""What officials call the members of a registration and the values the record keeps as codes."""

from collections.abc import Mapping
from typing import Final

from disclosure.outcomes import ApplicantType

CHANNELS: Final[Mapping[str, str]] = {
    "in_person": "当面",
    "registered_mail": "挂号信（含 EMS）",
    "ordinary_mail": "平信",
    "online": "网络",
    "fax": "传真",
    "oral": "口头",
}

REGISTRATION_FIELDS: Final[Mapping[str, str]] = {
    "on": "提交日",
    "channel": "申请渠道",
    "signed_on": "签收日",
    "confirmed_on": "双方确认日",
    "applicant.type": "申请人类型",
    "applicant.name": "申请人姓名或名称",
    "applicant.id_number": "证件号码",
    "applicant.phone": "电话",
    "applicant.email": "电子邮箱",
    "applicant.address": "地址",
    "description": "申请内容",
    "form": "获取方式",
}
"""Members that can be corrected, by their name in an entry line."""

CODED: Final[Mapping[str, Mapping[str, str]]] = {
    "channel": CHANNELS,
    "applicant.type": {each.value: each.label for each in ApplicantType},
}
"""The words of the codes, by member."""


def value_in_words(field: str, value: str) -> str:
    """Say a member's value; one that is no code stands for itself."""
    return CODED.get(field, {}).get(value, value)
