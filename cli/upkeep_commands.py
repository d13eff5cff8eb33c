"""`gongkai verify` and `gongkai rebuild`: is the record whole, and fold it again."""

from collections.abc import Iterator

import typer

from cli.options import Format, FormatOption, RecordOption, settings_for
from cli.output import print_json, progress, say, warn
from engine.parts import Parts, open_parts
from eventstore import LogFault, ProjectionFault, ProjectionStopped

_LOG_FAULTS = {
    "position_gap": "此前有缺号",
    "version_gap": "同一案件的事件次序不连续",
    "wrong_digest": "摘要不符，该条或同一案件的上一条被改动过",
    "time_reversed": "记录时间早于上一条",
    "head_counter": "末条编号与计数不符",
}
_ROW_FAULTS = {
    "missing": "缺少一行",
    "unexpected": "多出一行",
    "different": "有一行不一致",
    "not_built": "尚未建立",
}


def verify(data: RecordOption = None, output: FormatOption = Format.TEXT) -> None:
    """核验事件日志完整、各统计表与重新计算的结果一致；不一致时退出码为 1"""
    with open_parts(settings_for(data)) as parts:
        head = parts.store.head()
        faults = [*_log_faults(parts, head), *_projection_faults(parts)]
    if output is Format.JSON:
        print_json({"events": head, "faults": faults})
    elif not faults:
        say(f"事件日志 {head} 条，完整；各统计表与重新计算的结果一致")
    for fault in faults:
        warn(fault)
    if faults:
        raise typer.Exit(1)


def rebuild(data: RecordOption = None, output: FormatOption = Format.TEXT) -> None:
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


def _log_faults(parts: Parts, head: int) -> Iterator[str]:
    with progress("核验事件日志", head) as tell:
        for fault in parts.store.verify(lambda position: tell(position, None)):
            yield _log_fault(fault)


def _projection_faults(parts: Parts) -> Iterator[str]:
    try:
        with progress("更新统计") as tell:
            parts.projector.catch_up(progress=lambda _, reached, target: tell(reached, target))
        for fault in parts.projector.verify():
            yield _projection_fault(fault)
    except ProjectionStopped as stopped:
        yield (
            f"统计表 {stopped.projection}：事件日志第 {stopped.position} 条"
            f"（{stopped.event_type}）无法计入"
        )


def _log_fault(fault: LogFault) -> str:
    where = f"（{fault.stream}）" if fault.stream else ""
    return f"事件日志第 {fault.position} 条{where}：{_LOG_FAULTS[fault.kind]}（{fault.detail}）"


def _projection_fault(fault: ProjectionFault) -> str:
    key = "/".join(str(part) for part in fault.key)
    columns = f"，列 {'、'.join(fault.columns)}" if fault.columns else ""
    return f"统计表 {fault.projection} {key}：{_ROW_FAULTS[fault.kind]}{columns}"
