"""Options every command shares, and how settings come about: option, then environment, default."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from engine.settings import Settings


class Format(StrEnum):
    """How a command prints its answer."""

    TEXT = "text"
    JSON = "json"


DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data", help="数据目录，缺省为环境变量 GONGKAI_DATA 或 ./data", show_default=False
    ),
]
FormatOption = Annotated[
    Format, typer.Option("--format", help="输出格式：text 供人阅读，json 供程序读取")
]
AgencyOption = Annotated[str, typer.Option("--agency", help="机关代码")]
YearOption = Annotated[int, typer.Option("--year", min=2008, max=9998, help="年度")]
CaseOption = Annotated[str, typer.Option("--case", help="申请编号")]


def settings_for(data: Path | None) -> Settings:
    """Return the settings, with the data folder of the command line where one is given."""
    return Settings() if data is None else Settings(data=data)
