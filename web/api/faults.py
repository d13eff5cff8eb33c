"""Answers to what routes raise and to what does not fit the description.

A value that was sent is never repeated; nor is the name of a field unless it is of the vocabulary:
either might be somebody's name or number.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from activities.figures import UnknownAgencyError
from disclosure.refusals import Refused
from engine.errors import CommandFailedError
from web.api import problems
from web.api.bodies import TAGS
from web.api.problems import Fault, Kind, ProblemError

_REASONS: Final[Mapping[str, str]] = {
    "missing": "缺少该项",
    "extra_forbidden": "不认识的字段",
    "string_type": "须为文字",
    "string_unicode": "含有残缺字符",
    "string_too_short": "太短",
    "string_too_long": "太长",
    "string_pattern_mismatch": "写法不对",
    "int_type": "须为整数",
    "int_parsing": "须为整数",
    "bool_type": "须为 true 或者 false",
    "bool_parsing": "须为 true 或者 false",
    "list_type": "须为数组",
    "model_attributes_type": "须为 JSON 对象",
    "model_type": "须为 JSON 对象",
    "union_tag_not_found": "缺少动作（do）",
    "union_tag_invalid": "不认识的动作",
    "json_invalid": "不是有效的 JSON",
}
_QUOTED: Final = re.compile("'([^']*)'")
_SHOWABLE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_BY_STATUS: Final = {kind.status: kind for kind in reversed(problems.KINDS)}
_WORDS: Final = {
    400: "请求无法读取，请检查编码和格式",
    404: "地址有误，请查阅接口说明",
    405: "该地址不支持这一方法，请查阅接口说明",
}


def install(api: FastAPI) -> None:
    """Make problems of what routes and dependencies raise."""
    for kind, handler in _HANDLERS.items():
        api.add_exception_handler(kind, handler)


def _problem(_request: Request, error: Exception) -> Response:
    if not isinstance(error, ProblemError):
        raise error
    return error.answer()


def _from_http(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    status = error.status_code
    kind = _BY_STATUS.get(status) or Kind("http", status, "请求未能完成")
    detail = _WORDS.get(status) or str(error.detail)
    return problems.answer(kind, detail, headers=error.headers)


def _invalid(_request: Request, error: Exception) -> Response:
    found = list(error.errors()) if isinstance(error, RequestValidationError) else []
    faults = list(_faults(found))
    detail = "；".join(dict.fromkeys(f"{_place(fault)}{fault.detail}" for fault in faults[:3]))
    return problems.answer(problems.INVALID, detail or "内容不符合接口说明", errors=faults)


def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        raise error
    return problems.of_refusal(error).answer()


def _unknown_agency(_request: Request, error: Exception) -> Response:
    return problems.answer(problems.NOT_FOUND, str(error))


def _engine_away(_request: Request, error: Exception) -> Response:
    after = {"Retry-After": str(problems.RETRY_AFTER)}
    return problems.answer(problems.ENGINE_AWAY, str(error), headers=after)


def _database_away(_request: Request, _error: Exception) -> Response:
    after = {"Retry-After": str(problems.RETRY_AFTER)}
    return problems.answer(problems.BUSY, "数据库没有应答，请稍后重试", headers=after)


def _internal(_request: Request, _error: Exception) -> Response:
    # What it is stands in the log of the place, which the frame writes.
    return problems.answer(
        problems.INTERNAL, "操作可能没有完成，请用同一幂等键重试；仍有问题的，联系管理员"
    )


def _faults(errors: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    for error in errors:
        place, *way = error["loc"]
        if error["type"] == "json_invalid":
            way = []  # an offset into the text, no field
        detail = _reason(error)
        if place == "body":
            yield Fault(pointer=_pointer(way), code=error["type"], detail=detail)
        else:
            yield Fault(parameter=_shown(way[-1]), code=error["type"], detail=detail)


def _pointer(way: Sequence[int | str]) -> str:
    """Return the pointer of a field; the word of a union is a step of pydantic's, not of JSON's."""
    steps = way[1:] if way and way[0] in TAGS else way
    return "#/" + "/".join(filter(None, map(_shown, steps)))


def _reason(error: Mapping[str, Any]) -> str:
    kind, said = error["type"], error.get("ctx", {})
    if kind in {"enum", "literal_error"}:
        return f"取值须为 {'、'.join(_QUOTED.findall(str(said.get('expected', ''))))} 之一"
    said_by_us = str(error["msg"]).removeprefix("Value error, ")
    if kind == "value_error" and not said_by_us.isascii():
        return said_by_us
    if kind in {"greater_than_equal", "less_than_equal"}:
        sign = "不小于" if kind == "greater_than_equal" else "不大于"
        return f"须{sign} {said.get('ge', said.get('le'))}"
    return _REASONS.get(kind, "取值不符合要求")


def _place(fault: Fault) -> str:
    name = fault.parameter or (fault.pointer or "").removeprefix("#/")
    return f"{name}：" if name else ""


def _shown(step: int | str) -> str:
    text = str(step)
    return text if isinstance(step, int) or _SHOWABLE.fullmatch(text) else ""


_HANDLERS: Mapping[type[Exception], Callable[[Request, Exception], Response]] = {
    ProblemError: _problem,
    HTTPException: _from_http,
    RequestValidationError: _invalid,
    Refused: _refused,
    UnknownAgencyError: _unknown_agency,
    CommandFailedError: _engine_away,
    OperationalError: _database_away,
    Exception: _internal,
}
