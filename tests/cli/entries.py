"""Entry lines for tests: sound ones, dated back from today, each about an invented case."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from workdays import date_in_shanghai

AGENCY = "baoding-commerce"
NAME = "钱虚构"
"""Stands in every line that takes a name: no answer may quote it."""

Line = dict[str, Any]


def days_ago(days: int) -> str:
    """Return the date some days before today in Shanghai."""
    return (date_in_shanghai(datetime.now(UTC)) - timedelta(days)).isoformat()


def agency(identity: str = AGENCY, **fields: Any) -> Line:
    return {
        "do": "register_agency",
        "agency": identity,
        "on": "2019-05-15",
        "name": "保定市商务局",
    } | fields


def register(case: str, on: str | None = None, **fields: Any) -> Line:
    applicant = {"type": "natural_person", "name": NAME}
    return {
        "do": "register",
        "agency": AGENCY,
        "case": case,
        "on": on or days_ago(9),
        "channel": "in_person",
        "applicant": applicant,
        "description": f"{NAME}申请公开的内容",
    } | fields


def fact(do: str, case: str, on: str | None = None, **fields: Any) -> Line:
    return {"do": do, "agency": AGENCY, "case": case, "on": on or days_ago(5)} | fields


def decide(case: str, on: str | None = None, **fields: Any) -> Line:
    return fact("decide", case, on, **{"outcome": "granted", "grounds": f"{NAME}的依据"} | fields)


def text_of(lines: Iterable[Line]) -> str:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def write(path: Path, *lines: Line) -> Path:
    path.write_text(text_of(lines), "utf-8")
    return path
