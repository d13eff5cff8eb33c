"""The interface as an application: its routes, its gate, its description."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware

from web.api import (
    agencies,
    audits,
    calculators,
    cases,
    commands,
    description,
    events,
    faults,
    figures,
    reports,
    rollups,
)
from web.api.gate import Gate
from web.api.limits import Limits
from web.api.problems import KINDS, MEDIA_TYPE, Problem
from web.api.settings import ApiSettings
from web.office import Office
from web.pages import health

MOUNTED_AT: Final = "/api/v1"
VERSION: Final = "1.0"
_TITLE: Final = "政府信息公开办理系统接口"
_SUMMARY: Final = """\
依申请公开的登记、办理、统计、年度报告，供门户网站、办公系统等程序调用。

- 令牌由安全管理员发给，写在请求头 `Authorization: Bearer …` 中；权限、机关、有效期、次数各有限定。
- 日期为北京时间的日期，写作 `2025-03-07`；时刻按 RFC 3339，带时区；金额为十进制数字符串，单位元。
- 登记须有请求头 `Idempotency-Key`：没有收到答复的，用同一键、同一内容重发，只登记一次。
- 登记的答复有日志位置 `log_position` 和版本 `ETag`；`If-Match` 写明所依据的版本，
  其间已有变化的不予登记。
- 出错时答复 `application/problem+json`（RFC 9457），程序按 `type` 判断，`detail` 供人阅读。
- 每次调用和个人信息的读取均记入审计记录。"""

_ROUTERS: Final = (
    commands.router,
    cases.router,
    agencies.router,
    figures.router,
    reports.router,
    rollups.router,
    audits.router,
    calculators.router,
    events.router,
)
_EVERYWHERE: Final = (400, 401, 403, 404, 409, 413, 422, 429, 500, 503)


def create_api(office: Office, settings: ApiSettings | None = None) -> FastAPI:
    """Make the interface of an office."""
    settings = settings or ApiSettings()
    api = _routed()
    api.state.office = office
    api.state.described = described
    api.add_api_route("/health", health.ready, include_in_schema=False)
    api.include_router(description.router, include_in_schema=False)
    faults.install(api)
    api.add_middleware(Gate, office=office, limits=Limits())
    if settings.origins:
        api.add_middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "If-Match"],
            expose_headers=["ETag", "Retry-After"],
        )
    return api


@cache
def described() -> Mapping[str, Any]:
    """Return the description (OpenAPI 3.1): the same for every office, and slow to make."""
    api = _routed()
    document = get_openapi(
        title=api.title,
        version=api.version,
        description=api.description,
        routes=api.routes,
        servers=[{"url": MOUNTED_AT}],
    )
    made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas = document["components"]["schemas"] | made.pop("$defs") | {"Problem": made}
    for schema in schemas.values():
        if "description" in schema:  # a docstring, which ends with a full stop
            schema["description"] = schema["description"].rstrip(".")
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    return document


def _routed() -> FastAPI:
    api = FastAPI(
        title=_TITLE,
        version=VERSION,
        description=_SUMMARY,
        docs_url=None,  # its page would load scripts from elsewhere
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        responses={status: _documented(status) for status in _EVERYWHERE},
        generate_unique_id_function=_name_of,
    )
    for router in _ROUTERS:
        api.include_router(router)
    return api


def _documented(status: int) -> dict[str, Any]:
    kinds = [kind for kind in KINDS if kind.status == status]
    words = "；".join(f"{kind.title}（{kind.name}）" for kind in kinds)
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {MEDIA_TYPE: {"schema": schema}}}


def _name_of(route: APIRoute) -> str:
    return route.name
