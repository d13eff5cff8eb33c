"""What an error means to the person at the keyboard: one Chinese sentence, no traceback."""

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from activities.figures import UnknownAgencyError
from cli.output import CommandFailed
from disclosure.refusals import Refused
from engine.errors import CommandFailedError
from engine.folder import FolderError
from eventstore import ProjectionStopped, SchemaOutdated
from reporting.narrative import UnknownPlaceholder
from vault import VaultError


def _database(error: DBAPIError) -> str:
    # The driver's text may quote a statement; its class and the operator's log are enough.
    return f"数据库不可用或已损坏（{type(error.orig).__name__}），请检查数据目录和数据库设置"


def _settings(error: ValidationError) -> str:
    names = "、".join(f"GONGKAI_{str(e['loc'][0]).upper()}" for e in error.errors() if e["loc"])
    return f"设置有误：{names or '见 docs/settings.md'}"


_EXPLANATIONS: dict[type[Exception], Callable[[Any], str]] = {
    CommandFailed: str,
    CommandFailedError: str,
    FolderError: str,
    Refused: lambda error: f"字段 {error.field}：{error.message}",
    UnknownAgencyError: str,
    UnknownPlaceholder: str,
    VaultError: str,
    ProjectionStopped: lambda error: f"统计停在事件日志第 {error.position} 条：{error}",
    SchemaOutdated: lambda error: f"数据库版本与程序不符：{error}",
    DBAPIError: _database,
    ValidationError: _settings,
}


def explain(error: Exception) -> str | None:
    """Return the sentence for a known error, None for a mistake of ours."""
    for kind, words in _EXPLANATIONS.items():
        if isinstance(error, kind):
            return words(error)
    return None
