"""Why a line does not fit its verb, in words for the person who wrote it; its value never shows."""

import re
from collections.abc import Mapping

from pydantic import ValidationError

from disclosure.refusals import Refused

A_DATE = "须为日期，写作 YYYY-MM-DD（1900—2999 年）"
AN_AMOUNT = '须为十进制数字符串，如 "1234.50"'
EXTRA = "不认识的字段"

_REASONS: Mapping[str, str] = {
    "missing": "缺少该字段",
    "extra_forbidden": EXTRA,
    "string_type": "须为文字",
    "string_unicode": "含有无效的字符",
    "int_type": "须为整数",
    "bool_type": "须为 true 或 false",
    "date_type": A_DATE,
    "date_parsing": A_DATE,
    "date_from_datetime_parsing": A_DATE,
    "model_type": "须为 JSON 对象",
    "model_attributes_type": "须为 JSON 对象",
}

_SHOWABLE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}")


def showable(word: object) -> str:
    """Return a word of the vocabulary; anything else might be somebody's name or number."""
    return word if isinstance(word, str) and _SHOWABLE.fullmatch(word) else ""


_QUOTED = re.compile("'([^']*)'")
"""The allowed words as pydantic lists them, in Python's quotes."""


def why_refused(invalid: ValidationError) -> Refused:
    """Return the first thing that does not fit."""
    error = invalid.errors(include_url=False, include_input=False)[0]
    field = ".".join(filter(None, map(showable, error["loc"])))
    kind = error["type"]
    if kind in {"enum", "literal_error"}:
        expected = _QUOTED.findall(error.get("ctx", {}).get("expected", ""))
        return Refused("unknown_value", field, f"取值须为 {'、'.join(expected)} 之一")
    if kind == "value_error":
        return Refused(kind, field, str(error["msg"]).removeprefix("Value error, "))
    if kind == "json_invalid":
        return Refused("not_json", field, "不是有效的 JSON（含有无效的转义或字符）")
    return Refused(kind, field, _REASONS.get(kind, "取值不符合要求"))
