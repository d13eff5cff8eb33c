"""The kept description of the interface, and what about a new one would break programs."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from web.api.application import described

KEPT: Final = Path(__file__).parent / "openapi_v1.json"

_TYPE: Final = ("type", "format", "$ref", "const")


def breaking_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return what a program written for the old description cannot rely on any more."""
    return [*_operations(old, new), *_schemas(old, new)]


def _operations(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for path, methods in old["paths"].items():
        for method, before in methods.items():
            name = f"{method.upper()} {path}"
            after = new["paths"].get(path, {}).get(method)
            if after is None:
                yield f"{name} 不再提供"
                continue
            yield from _parameters(name, _named(before), _named(after))
            for status in before["responses"].keys() - after["responses"].keys():
                yield f"{name} 不再有答复 {status}"
            if "requestBody" in after and "requestBody" not in before:
                yield f"{name} 新增请求内容"


def _named(operation: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {each["name"]: each for each in operation.get("parameters", ())}


def _parameters(
    name: str, before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    for gone in before.keys() - after.keys():
        yield f"{name} 不再有参数 {gone}"
    for parameter, said in after.items():
        known = before.get(parameter)
        if said["required"] and (known is None or not known["required"]):
            yield f"{name} 新增必填参数 {parameter}"
        if known is not None and _kind(known["schema"]) != _kind(said["schema"]):
            yield f"{name} 的参数 {parameter} 类型改变"


def _schemas(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    schemas = new["components"]["schemas"]
    sent = _sent(old)
    for name, before in old["components"]["schemas"].items():
        after = schemas.get(name)
        if after is None:
            yield f"{name} 不再有"
            continue
        for value in before.get("enum", ()):
            if value not in after.get("enum", ()):
                yield f"{name} 不再有取值 {value}"
        yield from _members(name, before, after, is_sent=name in sent)


def _members(
    name: str, before: Mapping[str, Any], after: Mapping[str, Any], *, is_sent: bool
) -> Iterator[str]:
    had, has = before.get("properties", {}), after.get("properties", {})
    needed, needs = set(before.get("required", ())), set(after.get("required", ()))
    for member, said in had.items():
        if member not in has:
            yield f"{name} 不再有 {member}"
        elif _kind(said) != _kind(has[member]):
            yield f"{name} 的 {member} 类型改变"
    if is_sent:
        yield from (f"{name} 的 {member} 成为必填" for member in sorted(needs - needed))
    else:
        yield from (f"{name} 的 {member} 不再必有" for member in sorted(needed - needs))


def _sent(document: Mapping[str, Any]) -> set[str]:
    """Return the schemas of what programs send, with all they consist of."""
    found: set[str] = set()
    waiting = [
        operation["requestBody"]
        for methods in document["paths"].values()
        for operation in methods.values()
        if "requestBody" in operation
    ]
    while waiting:
        for name in _references(waiting.pop()):
            if name not in found:
                found.add(name)
                waiting.append(document["components"]["schemas"][name])
    return found


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        if "$ref" in part:
            yield part["$ref"].rpartition("/")[2]
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def _kind(schema: Mapping[str, Any]) -> Any:
    """Return what a schema holds, without its words and its bounds."""
    if "anyOf" in schema:
        return sorted(str(_kind(each)) for each in schema["anyOf"])
    items = _kind(schema["items"]) if "items" in schema else None
    return [schema.get(name) for name in _TYPE], items


if __name__ == "__main__":
    text = json.dumps(described(), ensure_ascii=False, indent=1, sort_keys=True)
    KEPT.write_text(f"{text}\n", encoding="utf-8")
