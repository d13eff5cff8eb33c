"""`gongkai calendar …`: holiday notices, and what a new one changes."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table

from cli.options import DataOption, Format, FormatOption, RecordOption, settings_for
from cli.output import CommandFailed, out, print_json, progress, say
from disclosure.addresses import agency_of, case_of
from disclosure.event import Clock
from disclosure.evolution import evolve, fold
from disclosure.flags import Flag
from disclosure.proceeding_events import ProceedingLimitRecalculated, RunningLimit
from disclosure.proceeding_limits import limit_words
from disclosure.proceeding_state import fold_proceeding
from disclosure.request_events import LimitsRecalculated
from engine.parts import Parts, open_parts
from engine.recalculation import Recalculation
from records.holiday_notices import calendar_with, notices_on_record, record_notice
from workdays import (
    Notice,
    NoticeInvalid,
    date_in_shanghai,
    published_with,
    read_notice,
    shipped_notices,
)
from workflows.law_in_force import current_law, use_law

calendar = typer.Typer(help="节假日安排通知和工作日历", no_args_is_help=True)

FileArgument = Annotated[Path, typer.Argument(help="通知文件（JSON），格式见 docs/calendar.md")]


@calendar.command("list")
def list_notices(data: DataOption = None, output: FormatOption = Format.TEXT) -> None:
    """列出已经载入的节假日安排通知"""
    with open_parts(settings_for(data)) as parts:
        loaded = notices_on_record(parts.log)
    known = published_with(loaded)
    notices = [*shipped_notices(), *loaded]
    if output is Format.JSON:
        print_json(
            {
                "version": known.version,
                "published_through": known.published_through.isoformat(),
                "notices": [notice.model_dump(mode="json", by_alias=True) for notice in notices],
            }
        )
        return
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("年度", "文号", "发布日期", "来源"):
        table.add_column(head)
    for notice in notices:
        table.add_row(
            str(notice.year), notice.number, notice.published_on.isoformat(), notice.source
        )
    out.print(table)
    say(f"工作日历版本 {known.version}，已公布至 {known.published_through}；此后的期限为暂定")


@calendar.command("preview")
def preview(
    file: FileArgument, data: RecordOption = None, output: FormatOption = Format.TEXT
) -> None:
    """预览载入一份通知会改变哪些在办申请的期限和提示，不作任何改动"""
    with open_parts(settings_for(data)) as parts:
        notice = _read(file)
        changes = _preview(parts, notice)
    _print_changes(notice, changes, output)


@calendar.command("load")
def load(
    file: FileArgument,
    by: Annotated[str, typer.Option("--by", help="经办人")] = "",
    data: DataOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """载入一份通知，重新计算全部在办申请的期限；已办结的不变"""
    with open_parts(settings_for(data)) as parts:
        notice = _read(file)
        changes = _preview(parts, notice)
        try:
            record_notice(parts.log, notice, by)
        except NoticeInvalid as invalid:
            raise CommandFailed(str(invalid)) from None
        use_law(parts.law())
        with progress("重新计算期限") as tell:
            changed = parts.recalculator.apply(current_law(), tell)
        if changed:
            asyncio.run(_tell_workflows(parts, changed))
        parts.projector.catch_up()
    _print_changes(notice, changes, output)


async def _tell_workflows(parts: Parts, streams: list[str]) -> None:
    from cli.engines import engine_at_hand
    from engine.recovery import nudge_all

    async with engine_at_hand(parts, "calendar", with_worker=False) as client:
        await nudge_all(client, streams)


def _read(file: Path) -> Notice:
    try:
        notice = read_notice(file)
    except NoticeInvalid as invalid:
        raise CommandFailed(str(invalid)) from None
    if notice.published_on > date_in_shanghai(datetime.now(UTC)):
        raise CommandFailed(f"文件 {file.name}，字段 published_on：发布日期晚于今天，尚不能载入")
    return notice


def _preview(parts: Parts, notice: Notice) -> list[Recalculation]:
    try:
        calendar = calendar_with(parts.log, notice)
    except NoticeInvalid as invalid:
        raise CommandFailed(str(invalid)) from None
    with progress("比较在办案件") as tell:
        return parts.recalculator.preview(replace(current_law(), calendar=calendar), tell)


def _print_changes(notice: Notice, changes: list[Recalculation], output: Format) -> None:
    if output is Format.JSON:
        print_json({"notice": notice.number, "cases": [_document(each) for each in changes]})
        return
    if not changes:
        say(f"{notice.number}：没有在办案件的期限因此改变")
        return
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("机关", "申请编号", "期限", "由", "改为", "提示"):
        table.add_column(head)
    for each in changes:
        agency, case = agency_of(each.stream), case_of(each.stream)
        flags = "；".join(_flag_words(each))
        rows = list(_moved_limits(each)) or [("", "", "")]
        for what, before, after in rows:
            table.add_row(agency, case, what, before, after, flags)
            agency = case = flags = ""
    out.print(table)
    say(f"{notice.number}：{len(changes)} 件在办案件的期限或提示改变")


def _document(each: Recalculation) -> dict[str, Any]:
    return {
        "agency": agency_of(each.stream),
        "case": case_of(each.stream),
        "limits": [
            {"limit": what, "from": before, "to": after}
            for what, before, after in _moved_limits(each)
        ],
        "flags_raised": [flag.value for flag in each.change.flags],
        "flags_lifted": [flag.value for flag in _lifted(each)],
    }


def _moved_limits(each: Recalculation) -> Iterator[tuple[str, str, str]]:
    """Yield each limit that changes: its name, as it was, as it will be."""
    if isinstance(each.change, ProceedingLimitRecalculated):
        was, will_be = fold_proceeding(each.events).limit, each.change.limit
        yield limit_words(will_be.what), _limit(was), _limit(will_be)
        return
    before = fold(each.events)
    after = evolve(before, each.change)
    if each.change.clock is not None:
        yield "答复期限", _limit(before.clock), _limit(after.clock)
    if before.correction and after.correction and before.correction != after.correction:
        yield "逾期不补正", _day(before.correction.lapses_on), _day(after.correction.lapses_on)
    if before.fee and after.fee and before.fee != after.fee:
        yield "缴费期限", _day(before.fee.due_on), _day(after.fee.due_on)
    for old, new in zip(before.consultations, after.consultations, strict=True):
        if old != new:
            yield "征询意见期限", _day(old.ends_on), _day(new.ends_on)


def _limit(limit: Clock | RunningLimit | None) -> str:
    if limit is None:
        return ""
    return f"{limit.due_on}{'（暂定）' if limit.provisional else ''}"


def _lifted(each: Recalculation) -> tuple[Flag, ...]:
    return each.change.lifted if isinstance(each.change, LimitsRecalculated) else ()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _flag_words(each: Recalculation) -> Iterator[str]:
    flags: tuple[tuple[str, tuple[Flag, ...]], ...] = (
        ("新增", each.change.flags),
        ("取消", _lifted(each)),
    )
    for verb, changed in flags:
        for flag in changed:
            yield f"{verb}：{flag.words}"
