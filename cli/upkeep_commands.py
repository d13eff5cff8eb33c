"""`gongkai verify` and `gongkai rebuild`: is the record whole, and fold it again."""

import re
from collections.abc import Iterator

import typer
from sqlalchemy.exc import NoSuchTableError

from cli.errors import missing_table
from cli.options import Format, FormatOption, RecordOption, settings_for
from cli.output import print_json, progress, say, warn
from engine.parts import Parts, open_parts
from eventstore import LogFault, ProjectionFault, ProjectionStopped

_LOG_FAULTS = {
    "position_gap": "此前有缺号（应为第 {} 条）",
    "version_gap": "同一案件的事件次序不连续（应为该案第 {} 个事件，实为第 {} 个）",
    "wrong_digest": "摘要不符，该条或同一案件的上一条被改动过（该案第 {} 个事件）",
    "time_reversed": "记录时间早于第 {} 条",
    "head_counter": "末条编号与计数不符（计数为 {}）",
}
"""What is wrong, with the numbers of the fault's detail in their order."""

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
        of_the_log = list(_log_faults(parts, head))
        of_projections, remedy = _projection_faults(parts)
    faults = [*of_the_log, *of_projections]
    if output is Format.JSON:
        print_json({"events": head, "faults": faults})
    elif not faults:
        say(f"事件日志 {head} 条，完整；各统计表与重新计算的结果一致")
    for fault in faults:
        warn(fault)
    if faults:
        warn(_BEYOND_REBUILDING if of_the_log else remedy)
        raise typer.Exit(1)


_REBUILD = "事件日志完整，统计表可以重新计算：请执行 gongkai rebuild"
_OTHER_PROGRAM = "事件日志完整，但本程序不能计入其中的事件：请换用新版程序，或者联系开发人员"
_BEYOND_REBUILDING = (
    "事件日志不完整，重新计算不能修复：请暂停办理，查明原因，由完整的备份恢复（gongkai restore）"
)


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


def _projection_faults(parts: Parts) -> tuple[list[str], str]:
    """Return what is wrong with the projections, and what to do about it."""
    try:
        with progress("更新统计") as tell:
            parts.projector.catch_up(progress=lambda _, reached, target: tell(reached, target))
        return [_projection_fault(fault) for fault in parts.projector.verify()], _REBUILD
    except ProjectionStopped as stopped:
        where = f"事件日志第 {stopped.position} 条（{stopped.event_type}）"
        return [f"统计表 {stopped.projection}：{where}无法计入"], _OTHER_PROGRAM
    except NoSuchTableError as missing:
        return [missing_table(missing)], _REBUILD


def _log_fault(fault: LogFault) -> str:
    where = f"（{fault.stream}）" if fault.stream else ""
    what = _LOG_FAULTS[fault.kind].format(*_NUMBER.findall(fault.detail))
    return f"事件日志第 {fault.position} 条{where}：{what}"


_NUMBER = re.compile(r"[0-9]+")


def _projection_fault(fault: ProjectionFault) -> str:
    key = "/".join(str(part) for part in fault.key)
    columns = f"，列 {'、'.join(fault.columns)}" if fault.columns else ""
    return f"统计表 {fault.projection} {key}：{_ROW_FAULTS[fault.kind]}{columns}"
