"""Options every command shares, and how settings come about: option, then environment, default."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.output import CommandFailed
from engine.folder import DataFolder
from engine.settings import Settings


class Format(StrEnum):
    """How a command prints its answer."""

    TEXT = "text"
    JSON = "json"


def settings_for(data: Path | None) -> Settings:
    """Return the settings, with the data folder of the command line where one is given."""
    return Settings() if data is None else Settings(data=data)


_OF_WHAT_IS_ON_RECORD = frozenset(
    {
        "show",
        "stats",
        "explain",
        "verify",
        "rebuild",
        "request list",
        "proceeding list",
        "document list",
        "document issue",
        "document void",
    }
)
"""Commands about what is on record: a mistyped folder is said, not made."""


def _with_its_log(context: typer.Context, data: Path | None) -> Path | None:
    """Return the data folder of a command; asked of the one option that all of them have.

    Raises:
        CommandFailed: the command is about what is on record, and there is no log.
    """
    command = context.command_path.removeprefix(context.find_root().command_path).strip()
    if command in _OF_WHAT_IS_ON_RECORD:
        _must_have_a_log(settings_for(data))
    return data


def _must_have_a_log(settings: Settings) -> None:
    folder = DataFolder(settings.data)
    # A file in the folder's place, or another database, is judged where it is opened.
    if settings.database_url is None and not folder.has_log and not folder.path.is_file():
        raise CommandFailed(
            f"数据目录 {folder.path} 中没有事件日志，请检查 --data 或者 GONGKAI_DATA；"
            "第一次使用的，请先导入，或者启动 gongkai serve"
        )


DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help="数据目录，缺省为环境变量 GONGKAI_DATA 或 ./data",
        show_default=False,
        callback=_with_its_log,
    ),
]
FormatOption = Annotated[
    Format, typer.Option("--format", help="输出格式：text 供人阅读，json 供程序读取")
]
AgencyOption = Annotated[str, typer.Option("--agency", help="机关代码")]
YearOption = Annotated[int, typer.Option("--year", min=2008, max=9998, help="年度")]
CaseOption = Annotated[str, typer.Option("--case", help="申请编号")]
