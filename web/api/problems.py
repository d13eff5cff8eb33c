"""What goes wrong, as `application/problem+json` (RFC 9457): stable kinds, Chinese sentences.

A kind's name is part of the interface: programs decide by it, so it never changes its meaning. The
sentence is for people, and may be worded better at any time.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from disclosure.refusals import Refused
from disclosure.steps import STEPS

MEDIA_TYPE: Final = "application/problem+json"
_PREFIX: Final = "urn:gongkai:problem:"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name for programs, its status, its title for people."""

    name: str
    status: int
    title: str

    @property
    def uri(self) -> str:
        """The member `type`: the same on every host."""
        return f"{_PREFIX}{self.name}"


MALFORMED = Kind("malformed", 400, "请求无法读取")
UNAUTHENTICATED = Kind("unauthenticated", 401, "没有有效的令牌")
SCOPE_MISSING = Kind("scope-missing", 403, "令牌没有该项权限")
OUT_OF_REACH = Kind("out-of-reach", 403, "令牌不适用于该机关")
APPROVAL_NEEDED = Kind("approval-needed", 403, "该事项须经审核")
NOT_FOUND = Kind("not-found", 404, "没有该项内容")
WRONG_METHOD = Kind("wrong-method", 405, "不能这样访问")
REFUSED = Kind("refused", 409, "没有登记")
KEY_REUSED = Kind("key-reused", 409, "幂等键已用于其他内容")
STALE = Kind("stale", 412, "已有变化，没有登记")
TOO_LARGE = Kind("too-large", 413, "内容太大")
INVALID = Kind("invalid", 422, "填写有误")
UNREADABLE_FILE = Kind("unreadable-file", 422, "文件无法读取")
TOO_MANY_CALLS = Kind("too-many-calls", 429, "调用过于频繁")
INTERNAL = Kind("internal", 500, "系统出错")
BUSY = Kind("busy", 503, "正忙，请稍后重试")
ENGINE_AWAY = Kind("engine-away", 503, "办理引擎没有应答")

KINDS: Final[Sequence[Kind]] = (
    MALFORMED,
    UNAUTHENTICATED,
    SCOPE_MISSING,
    OUT_OF_REACH,
    APPROVAL_NEEDED,
    NOT_FOUND,
    WRONG_METHOD,
    REFUSED,
    KEY_REUSED,
    STALE,
    TOO_LARGE,
    INVALID,
    UNREADABLE_FILE,
    TOO_MANY_CALLS,
    INTERNAL,
    BUSY,
    ENGINE_AWAY,
)
"""Every kind there is, by status."""

RETRY_AFTER: Final = 5
"""Seconds after which a part that was away is worth asking again."""


class Fault(BaseModel):
    """What is wrong with one field or parameter."""

    pointer: str | None = Field(default=None, description="字段的 JSON 指针，如 #/applicant/type")
    parameter: str | None = Field(default=None, description="路径、查询参数或者请求头的名称")
    code: str = Field(description="错误代码")
    detail: str = Field(description="错误说明")


class Problem(BaseModel):
    """问题说明（RFC 9457）."""

    model_config = ConfigDict(json_schema_extra={"description": "问题说明（RFC 9457）"})

    type: str = Field(description="问题种类，不随版本改变", examples=[REFUSED.uri])
    title: str = Field(description="问题种类的名称")
    status: int = Field(description="HTTP 状态码")
    detail: str = Field(description="说明和建议")
    code: str | None = Field(default=None, description="不予登记的代码，如 already_answered")
    pointer: str | None = Field(default=None, description="所涉字段的 JSON 指针")
    article: str | None = Field(default=None, description="依据的条款")
    errors: list[Fault] | None = Field(default=None, description="逐项错误")


class ProblemError(Exception):
    """Something that is to be answered with a problem."""

    def __init__(
        self,
        kind: Kind,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(kind.name)
        self.kind = kind
        self.detail = detail
        self.headers = headers
        self.members = members

    def answer(self) -> JSONResponse:
        """Return the answer."""
        return answer(self.kind, self.detail, headers=self.headers, **self.members)


def answer(
    kind: Kind, detail: str, *, headers: Mapping[str, str] | None = None, **members: Any
) -> JSONResponse:
    """Answer with a problem; members that are None are left out."""
    problem = Problem(type=kind.uri, title=kind.title, status=kind.status, detail=detail, **members)
    return JSONResponse(
        problem.model_dump(mode="json", exclude_none=True),
        kind.status,
        headers=dict(headers or {}),
        media_type=MEDIA_TYPE,
    )


def not_found(what: str) -> ProblemError:
    """Say that there is no such thing."""
    return ProblemError(NOT_FOUND, what)


_MISSING: Final = {("unknown_agency", "agency"), ("unknown_case", "case")}
"""Refusals that mean: what the address names is not there."""


def of_refusal(refused: Refused, verb: str = "") -> ProblemError:
    """Return what a refusal is to a program.

    Args:
        refused: the law's answer.
        verb: what was asked for; its article is named where the sentence names none.
    """
    members: dict[str, Any] = {
        "code": refused.code,
        "pointer": pointer_to(refused.field),
        "article": _article_in(refused.message) or _ARTICLES.get(verb),
    }
    if refused.code == "stale":
        return ProblemError(STALE, refused.message, **members)
    if refused.code == "busy":
        headers = {"Retry-After": str(RETRY_AFTER)}
        return ProblemError(BUSY, refused.message, headers=headers, **members)
    kind = NOT_FOUND if (refused.code, refused.field) in _MISSING else REFUSED
    return ProblemError(kind, refused.message, **members)


def pointer_to(field: str) -> str | None:
    """Return the JSON pointer (RFC 6901) of a field, as a fragment; None where none is named."""
    return f"#/{field.replace('.', '/')}" if field else None


_ARTICLES: Final = {step.verb: step.article for step in STEPS}
_CITED = re.compile("（([^（）]*第[一二三四五六七八九十百]+条[^（）]*)）")


def _article_in(sentence: str) -> str | None:
    found = _CITED.search(sentence)
    return found[1] if found else None
