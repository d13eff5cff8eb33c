"""`gongkai deadline` and `gongkai fee`: the law's arithmetic with its steps, for any case."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from casework.calculators import Consulted, Reckoned, Told, fee_document, reckon
from cli.case_outlook import print_ledger
from cli.options import DataOption, Format, FormatOption, settings_for
from cli.output import print_json, say
from disclosure.chinese import PROVISIONAL, chinese_date
from disclosure.fees import Fee, item_fee, page_fee, price_of_item
from disclosure.refusals import Refused
from engine.folder import DataFolder
from engine.parts import open_parts
from records.holiday_notices import calendar_on_record
from workdays import Calendar, published


def deadline(
    received: Annotated[str, typer.Option("--received", help="收到申请之日，YYYY-MM-DD")],
    event: Annotated[
        list[str] | None,
        typer.Option(
            "--event",
            help="影响期限的事实，可多次给出：corrected:日期（收到补正）、"
            "consulted:发出日:答复日（征询意见，未答复的答复日留空）、extended:工作日数（延期）、paid:日期（缴清费用）",
        ),
    ] = None,
    data: DataOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """计算答复期限，逐日列出是否计入及其原因"""
    reckoned = _reckoned(_told(_date(received, "--received"), event or []), _calendar(data))
    if output is Format.JSON:
        print_json(reckoned.as_json())
        return
    print_ledger(reckoned.ledger)
    mark = PROVISIONAL if reckoned.period.provisional else ""
    say(f"答复期限至 {chinese_date(reckoned.period.due_on)}{mark}")


def fee(
    pages: Annotated[
        int | None, typer.Option("--pages", min=1, help="按量计收：一件申请提供的页数")
    ] = None,
    items: Annotated[
        int | None,
        typer.Option("--items", min=1, help="按件计收：同一申请人一个自然月内的申请件数"),
    ] = None,
    data: DataOption = None,  # noqa: ARG001 - every command takes it; a scale needs no record
    output: FormatOption = Format.TEXT,
) -> None:
    """计算信息处理费，列出各档步骤"""
    if (pages is None) == (items is None):
        raise typer.BadParameter("--pages 和 --items 须且只须给出一个")
    charged = _charged(pages, items)
    if output is Format.JSON:
        print_json(fee_document(charged))
        return
    unit = "页" if pages is not None else "件"
    for step in charged.steps:
        say(f"第 {step.first}—{step.last} {unit}：{step.count} × {step.each} = {step.amount} 元")
    say(f"合计 {charged.amount} 元")
    if items is not None:
        say(f"其中第 {items} 件 {price_of_item(items)} 元")


def _charged(pages: int | None, items: int | None) -> Fee:
    """Work out the fee; a refusal names the option in which the quantity was told."""
    try:
        return page_fee(pages) if pages is not None else item_fee(items or 0)
    except Refused as refused:
        option = "--pages" if pages is not None else "--items"
        raise Refused(refused.code, option, refused.message) from None


def _calendar(data: Path | None) -> Calendar:
    """Return the calendar on record; the shipped one where there is no record, and make none."""
    settings = settings_for(data)
    if settings.database_url is None and not DataFolder(settings.data).has_log:
        return published()
    with open_parts(settings) as parts:
        return calendar_on_record(parts.log)


def _reckoned(told: Told, calendar: Calendar) -> Reckoned:
    """Work out the due date; a refusal names the option in which the fact was told."""
    try:
        return reckon(told, calendar)
    except Refused as refused:
        option = "--received" if refused.field == "received_on" else "--event"
        raise Refused(refused.code, option, refused.message) from None


def _told(received_on: date, events: list[str]) -> Told:
    corrected, paid = list[date](), list[date]()
    consultations, extensions = list[Consulted](), list[int]()
    for event in events:
        match event.split(":"):
            case ["corrected", day]:
                corrected.append(_date(day, "--event"))
            case ["paid", day]:
                paid.append(_date(day, "--event"))
            case ["consulted", sent, answered]:
                answered_on = _date(answered, "--event") if answered else None
                consultations.append(Consulted(_date(sent, "--event"), answered_on))
            case ["extended", days] if days.isdecimal():
                extensions.append(int(days))
            case _:
                raise typer.BadParameter(
                    "须为 corrected:日期、consulted:发出日:答复日、extended:工作日数 或 paid:日期",
                    param_hint="--event",
                )
    return Told(
        received_on=received_on,
        corrected_on=corrected,
        paid_on=paid,
        consultations=consultations,
        extended_working_days=extensions,
    )


def _date(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("须为日期，写作 YYYY-MM-DD", param_hint=option) from None
