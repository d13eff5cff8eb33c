"""`gongkai backup` and `gongkai restore`: everything needed to go on elsewhere, in one file."""

from pathlib import Path
from typing import Annotated

import typer

from cli.options import DataOption, Format, FormatOption, RecordOption, settings_for
from cli.output import print_json, progress, say, warn
from engine.parts import open_parts

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="备份文件", show_default=False)]


def backup(
    file: FileArgument,
    without_keys: Annotated[
        bool, typer.Option("--without-keys", help="不含主密钥；主密钥须另行保存，否则备份不能使用")
    ] = False,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """备份事件日志、账户、报告文件和主密钥，运行期间也可以执行"""
    from engine.backup import back_up

    with open_parts(settings_for(data)) as parts, progress("备份事件日志") as tell:
        made = back_up(parts, file, tell, with_keys=not without_keys)
    if output is Format.JSON:
        print_json({"file": str(file), **made.to_json()})
    else:
        say(f"{file}：事件 {made.events} 条，文件 {made.files} 个，主密钥 {made.keys} 把")
    if made.keys:
        warn("备份含主密钥，取得备份即可读出全部个人信息，请妥善保管")
    else:
        warn("备份不含主密钥，恢复时须另行放入 keys 目录，或者设置 GONGKAI_MASTER_KEY")


def restore(
    file: FileArgument, data: DataOption = None, output: FormatOption = Format.TEXT
) -> None:
    """由备份恢复到没有事件日志的数据目录；核验完整之后才放入"""
    from engine.backup import restore as restore_from

    settings = settings_for(data)
    with progress("核验备份") as tell:
        found = restore_from(settings, file, tell)
    if output is Format.JSON:
        print_json({"file": str(file), **found.to_json()})
    else:
        say(f"已恢复到 {settings.data}：事件 {found.events} 条，文件 {found.files} 个")
    if not found.keys and settings.master_key is None:
        warn("备份不含主密钥，请在启动之前把密钥文件放入 keys 目录")
    if settings.engine == "cluster":
        warn("请先终止集群上原有的流程，再启动办理进程，见 docs/operations.md 第五部分")
