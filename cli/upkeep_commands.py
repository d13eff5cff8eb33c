"""`gongkai verify` and `gongkai rebuild`: is the record whole, and fold it again."""

import typer

from cli.options import DataOption, Format, FormatOption, settings_for
from cli.output import print_json, progress, say, warn
from engine.parts import open_parts


def verify(data: DataOption = None, output: FormatOption = Format.TEXT) -> None:
    """核验事件日志完整、各统计表与重新计算的结果一致；不一致时退出码为 1"""
    with open_parts(settings_for(data)) as parts:
        head = parts.store.head()
        with progress("核验事件日志", head) as tell:
            log_faults = list(parts.store.verify(lambda position: tell(position, None)))
        with progress("更新统计") as tell:
            parts.projector.catch_up(progress=lambda _, reached, target: tell(reached, target))
        projection_faults = parts.projector.verify()
    faults = [str(fault) for fault in (*log_faults, *projection_faults)]
    if output is Format.JSON:
        print_json({"events": head, "faults": faults})
    elif not faults:
        say(f"事件日志 {head} 条，完整；各统计表与重新计算的结果一致")
    for fault in faults:
        warn(fault)
    if faults:
        raise typer.Exit(1)


def rebuild(data: DataOption = None, output: FormatOption = Format.TEXT) -> None:
    """丢弃全部统计表，由事件日志重新计算"""
    with open_parts(settings_for(data)) as parts:
        with progress("重新计算") as tell:
            parts.projector.rebuild(lambda _, reached, target: tell(reached, target))
        head = parts.store.head()
        lag = parts.projector.lag()
    if output is Format.JSON:
        print_json({"events": head, "projections": sorted(lag)})
    else:
        say(f"已由 {head} 条事件重新计算 {len(lag)} 张统计表")
