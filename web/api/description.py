"""The description of the interface: OpenAPI 3.1 for programs, a page of ours for people.

The page is drawn from the same document and loads nothing, from here or elsewhere: it needs no
script. Both are public: nothing of any office is in them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import HTMLResponse

from web.api.problems import KINDS
from web.assets import Assets

router = APIRouter()
_METHODS: Final = ("get", "post")
_REFERENCE: Final = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Member:
    """A field or parameter: what it is called, what it holds, what it means."""

    name: str
    kind: str
    required: bool
    words: str
    refers_to: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    id: str
    method: str
    path: str
    summary: str
    words: Markup
    scopes: Sequence[str]
    parameters: Sequence[Member]
    bodies: Sequence[tuple[str, str]]
    answers: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Shape:
    """A schema as the page shows it."""

    name: str
    words: str
    members: Sequence[Member]


@router.get("/openapi.json")
def get_description(request: Request) -> Response:
    """Return the description for programs."""
    return JSONResponse(request.app.state.described())


@router.get("/docs")
def show_description(request: Request) -> Response:
    """Show the description to people."""
    document: Mapping[str, Any] = request.app.state.described()
    operations = list(_operations(document))
    tags = dict.fromkeys(tag for tag, _ in operations)
    text = _template().render(
        title=document["info"]["title"],
        version=document["info"]["version"],
        words=_marked_up(document["info"]["description"]),
        base=document["servers"][0]["url"],
        groups=[(tag, [each for its, each in operations if its == tag]) for tag in tags],
        shapes=list(_shapes(document)),
        kinds=KINDS,
    )
    return HTMLResponse(text)


@cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals["asset"] = Assets().url
    return environment.get_template("api/description.html")


def _marked_up(text: str) -> Markup:
    return Markup(MarkdownIt("commonmark", {"html": False}).render(text))  # noqa: S704 - our own words, and HTML in them is escaped


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in document["paths"].items():
        for method in _METHODS:
            if method in methods:
                yield methods[method]["tags"][0], _operation(path, method, methods[method])


def _operation(path: str, method: str, said: Mapping[str, Any]) -> Operation:
    content = said.get("requestBody", {}).get("content", {})
    return Operation(
        id=said["operationId"],
        method=method.upper(),
        path=path,
        summary=said["summary"],
        words=_marked_up(said.get("description", "")),
        scopes=sorted({scope for each in said["security"] for scope in each["token"]}),
        parameters=[_parameter(each) for each in said.get("parameters", ())],
        bodies=[
            (media, name) for media, body in content.items() for name in _named(body["schema"])
        ],
        answers=[
            (status, each["description"], next(iter(_answered(each)), ""))
            for status, each in sorted(said["responses"].items())
        ],
    )


def _answered(answer: Mapping[str, Any]) -> Iterator[str]:
    for body in answer.get("content", {}).values():
        yield from _named(body["schema"])


def _named(schema: Mapping[str, Any]) -> list[str]:
    """Return the named schemas one consists of: itself, or those it is one of."""
    choices = schema.get("oneOf") or schema.get("anyOf") or [schema]
    references = [each["$ref"] for each in choices if "$ref" in each]
    return [each.removeprefix(_REFERENCE) for each in references]


def _parameter(said: Mapping[str, Any]) -> Member:
    places = {"path": "地址", "query": "查询参数", "header": "请求头"}
    kind, refers_to = _kind(said["schema"])
    return Member(
        said["name"],
        kind,
        said["required"],
        said.get("description", ""),
        refers_to,
        places[said["in"]],
    )


def _shapes(document: Mapping[str, Any]) -> Iterator[Shape]:
    for name, schema in document["components"]["schemas"].items():
        required = schema.get("required", ())
        members = [
            _member(member, said, required=member in required)
            for member, said in schema.get("properties", {}).items()
        ]
        words = schema.get("description", "") or "、".join(map(str, schema.get("enum", ())))
        yield Shape(name, words, members)


def _member(name: str, said: Mapping[str, Any], *, required: bool) -> Member:
    kind, refers_to = _kind(said)
    return Member(name, kind, required, said.get("description", ""), refers_to)


_KINDS: Final = {
    "string": "文字",
    "integer": "整数",
    "boolean": "true 或者 false",
    "object": "对象",
    "null": "空",
}
_FORMATS: Final = {"date": "日期", "date-time": "时刻", "binary": "文件"}


def _kind(schema: Mapping[str, Any]) -> tuple[str, str]:
    """Return what a schema holds in words, and the named schema it refers to, if any."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REFERENCE)
        return name, name
    if "const" in schema:
        return str(schema["const"]), ""
    if "enum" in schema:
        return "、".join(map(str, schema["enum"])), ""
    if "anyOf" in schema:
        kinds = [_kind(each) for each in schema["anyOf"] if each.get("type") != "null"]
        empty = "，可空" if len(kinds) < len(schema["anyOf"]) else ""
        return "或者".join(kind for kind, _ in kinds) + empty, next(
            (name for _, name in kinds if name), ""
        )
    if schema.get("type") == "array":
        kind, refers_to = _kind(schema["items"])
        return f"{kind} 的数组", refers_to
    kind = _FORMATS.get(schema.get("format", "")) or _KINDS.get(schema.get("type", ""), "任意")
    return kind, ""
