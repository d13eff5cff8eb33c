"""What an error means to the person at the keyboard: one Chinese sentence, no traceback."""

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, NoSuchTableError

from activities.figures import UnknownAgencyError
from cli.output import CommandFailed
from cli.system_words import system_words
from disclosure.refusals import Refused
from engine.archive import ArchiveBrokenError
from engine.errors import CommandFailedError
from engine.folder import FolderError
from eventstore import (
    ContentMismatch,
    EventStoreError,
    LogBehind,
    LogNotEmpty,
    ProjectionStopped,
    ProjectionSuperseded,
    ProjectionTableMismatch,
    SchemaOutdated,
    StreamConflict,
    UnknownEventSchema,
)
from people.errors import PeopleError
from reporting.narrative import UnknownPlaceholder
from vault import VaultError


def _refused(error: Refused) -> str:
    # Only an entry line has the verb as a field; here it was the command itself.
    named = error.field and error.field != "do"
    return f"字段 {error.field}：{error.message}" if named else error.message


def _system(error: OSError) -> str:
    what = f"不能读写“{error.filename}”" if error.filename else "系统操作失败"
    return f"{what}：{system_words(error)}"


def _quoting_the_system(error: Exception) -> str:
    """Return a message of a room below, the system's own words in it said in Chinese."""
    said, cause = str(error), error.__context__
    if isinstance(cause, OSError) and cause.strerror:
        return said.replace(cause.strerror, system_words(cause))
    return said


def _database(error: DBAPIError) -> str:
    # The driver's text may quote a statement; its class and the operator's log are enough.
    return f"数据库不可用或已损坏（{type(error.orig).__name__}），请检查数据目录和数据库设置"


def _settings(error: ValidationError) -> str:
    names = "、".join(f"GONGKAI_{str(e['loc'][0]).upper()}" for e in error.errors() if e["loc"])
    return f"设置有误：{names or '见 docs/settings.md'}"


def _conflict(error: StreamConflict) -> str:
    return f"“{error.stream}”正在被他人办理，没有登记，请稍后重试"


def _log_behind(error: LogBehind) -> str:
    return (
        f"“{error.stream}”在事件日志中只有 {error.actual_version} 条事件，应有 "
        f"{error.expected_version} 条，日志可能由旧备份恢复，请核查后再办理"
    )


def _mismatch(error: ContentMismatch) -> str:
    return (
        f"“{error.stream}”的同一事件已有不同的记录（{'、'.join(error.differing)}），没有登记，"
        "请用 gongkai verify 核验事件日志并联系开发人员"
    )


def _outdated(error: SchemaOutdated) -> str:
    return f"数据库版本与程序不符：数据库为 {error.found or '空'}，程序需要 {error.wanted}"


def _unknown_event(error: UnknownEventSchema) -> str:
    return (
        f"事件 {error.event_type} 的第 {error.schema} 版由更新的程序写入，本程序读到第 "
        f"{error.newest} 版，请更换为新版程序"
    )


def _stopped(error: ProjectionStopped) -> str:
    return (
        f"统计停在事件日志第 {error.position} 条：统计表 {error.projection} 无法计入"
        f" {error.event_type}（{error.cause}）"
    )


def _superseded(error: ProjectionSuperseded) -> str:
    return (
        f"统计表 {error.projection} 已由新版程序换为第 {error.newer} 版，本程序只认第 "
        f"{error.version} 版；确需退回本程序的，请执行 gongkai rebuild"
    )


def _table_differs(error: ProjectionTableMismatch) -> str:
    return (
        f"统计表 {error.table} 的列（{'、'.join(error.columns)}）与程序不符，请执行 gongkai rebuild"
    )


def missing_table(error: NoSuchTableError) -> str:
    """Say that the table of a projection is gone."""
    return f"统计表 {error} 不存在，请执行 gongkai rebuild 重新计算"


_EXPLANATIONS: dict[type[Exception], Callable[[Any], str]] = {
    CommandFailed: str,
    ArchiveBrokenError: str,
    CommandFailedError: str,
    PeopleError: str,
    FolderError: _quoting_the_system,
    Refused: _refused,
    UnknownAgencyError: str,
    UnknownPlaceholder: str,
    VaultError: _quoting_the_system,
    StreamConflict: _conflict,
    LogBehind: _log_behind,
    ContentMismatch: _mismatch,
    SchemaOutdated: _outdated,
    LogNotEmpty: lambda _: "数据库中已有事件日志，只能恢复到没有日志的数据库",
    UnknownEventSchema: _unknown_event,
    ProjectionStopped: _stopped,
    ProjectionSuperseded: _superseded,
    ProjectionTableMismatch: _table_differs,
    EventStoreError: lambda error: f"事件日志出错（{type(error).__name__}），请查看日志",
    NoSuchTableError: missing_table,
    DBAPIError: _database,
    ValidationError: _settings,
    OSError: _system,
    UnicodeEncodeError: lambda _: "输入含有不是 UTF-8 编码的字符，请检查后重新输入",
}
"""Looked through in this order: a kind stands before the kinds above it."""


def explain(error: BaseException) -> str | None:
    """Return the sentence for a known error, None for a mistake of ours."""
    for kind, words in _EXPLANATIONS.items():
        if isinstance(error, kind):
            return words(error)
    return None
