"""`gongkai calendar …`: holiday notices, and what a new one changes."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table

from casework.calendar_effects import CalendarEffect, MovedLimit, calendar_effect
from cli.options import DataOption, Format, FormatOption, RecordOption, settings_for
from cli.output import CommandFailed, out, print_json, progress, say
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
    effects = [calendar_effect(each) for each in changes]
    if output is Format.JSON:
        cases = [_document(effect) for effect in effects]
        print_json({"notice": notice.number, "cases": cases})
        return
    if not effects:
        say(f"{notice.number}：没有在办案件的期限因此改变")
        return
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("机关", "申请编号", "期限", "由", "改为", "提示"):
        table.add_column(head)
    for effect in effects:
        agency, case = effect.agency, effect.case
        flags = "；".join(_flag_words(effect))
        for limit in effect.limits or (MovedLimit("", "", ""),):
            table.add_row(agency, case, limit.what, limit.before, limit.after, flags)
            agency = case = flags = ""
    out.print(table)
    say(f"{notice.number}：{len(effects)} 件在办案件的期限或提示改变")


def _document(effect: CalendarEffect) -> dict[str, Any]:
    return {
        "agency": effect.agency,
        "case": effect.case,
        "limits": [
            {"limit": limit.what, "from": limit.before, "to": limit.after}
            for limit in effect.limits
        ],
        "flags_raised": [flag.value for flag in effect.raised],
        "flags_lifted": [flag.value for flag in effect.lifted],
    }


def _flag_words(effect: CalendarEffect) -> Iterator[str]:
    for verb, changed in (("新增", effect.raised), ("取消", effect.lifted)):
        for flag in changed:
            yield f"{verb}：{flag.words}"
