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


def _with_its_log(data: Path | None) -> Path | None:
    """Return the data folder: a mistyped one is said, not made.

    Raises:
        CommandFailed: there is no log in it.
    """
    settings = settings_for(data)
    folder = DataFolder(settings.data)
    # A file in the folder's place, or another database, is judged where it is opened.
    if settings.database_url is None and not folder.has_log and not folder.path.is_file():
        raise CommandFailed(
            f"数据目录 {folder.path} 中没有事件日志，请检查 --data 或者 GONGKAI_DATA；"
            "第一次使用的，请先导入，或者启动 gongkai serve"
        )
    return data


_DATA_HELP = "数据目录，缺省为环境变量 GONGKAI_DATA 或 ./data"
DataOption = Annotated[Path | None, typer.Option("--data", help=_DATA_HELP, show_default=False)]
RecordOption = Annotated[
    Path | None,
    typer.Option("--data", help=_DATA_HELP, show_default=False, callback=_with_its_log),
]
"""The data folder of a command about what is on record."""

FormatOption = Annotated[
    Format, typer.Option("--format", help="输出格式：text 供人阅读，json 供程序读取")
]
AgencyOption = Annotated[str, typer.Option("--agency", help="机关代码")]
YearOption = Annotated[int, typer.Option("--year", min=2008, max=9998, help="年度")]
CaseOption = Annotated[str, typer.Option("--case", help="申请编号")]
