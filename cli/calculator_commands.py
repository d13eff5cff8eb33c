"""`gongkai deadline` and `gongkai fee`: the law's arithmetic with its steps, for any case."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from casework.outlook import ledger_document
from cli.case_outlook import print_ledger
from cli.options import DataOption, Format, FormatOption, settings_for
from cli.output import print_json, say
from disclosure.answer_period import Facts, Pause, answer_period, ledger
from disclosure.chinese import PROVISIONAL, chinese_date
from disclosure.fees import Fee, item_fee, page_fee, price_of_item
from disclosure.law import CONSULTATION_PERIOD, EXTENSION_LIMIT
from disclosure.order import not_before
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
    calendar = _calendar(data)
    facts = _facts(_date(received, "--received"), event or [], calendar)
    period = answer_period(facts, calendar)
    days = ledger(facts, calendar)
    if output is Format.JSON:
        print_json(
            {
                "received_on": facts.received_on.isoformat(),
                "due_on": period.due_on.isoformat(),
                "provisional": period.provisional,
                "ledger": ledger_document(days),
            }
        )
        return
    print_ledger(days)
    mark = PROVISIONAL if period.provisional else ""
    say(f"答复期限至 {chinese_date(period.due_on)}{mark}")


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
    charged = page_fee(pages) if pages is not None else item_fee(items or 0)
    if output is Format.JSON:
        print_json(_fee_document(charged))
        return
    unit = "页" if pages is not None else "件"
    for step in charged.steps:
        say(f"第 {step.first}—{step.last} {unit}：{step.count} × {step.each} = {step.amount} 元")
    say(f"合计 {charged.amount} 元")
    if items is not None:
        say(f"其中第 {items} 件 {price_of_item(items)} 元")


def _fee_document(charged: Fee) -> dict[str, object]:
    return {
        "amount_yuan": str(charged.amount),
        "steps": [
            {
                "from": step.first,
                "to": step.last,
                "each_yuan": str(step.each),
                "amount_yuan": str(step.amount),
            }
            for step in charged.steps
        ],
    }


@dataclass(slots=True)
class _Given:
    """The facts as they are read from the command line."""

    corrected: list[date] = field(default_factory=list)
    paid: list[date] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    extensions: list[int] = field(default_factory=list)


def _calendar(data: Path | None) -> Calendar:
    """Return the calendar on record; the shipped one where there is no record, and make none."""
    settings = settings_for(data)
    if settings.database_url is None and not DataFolder(settings.data).has_log:
        return published()
    with open_parts(settings) as parts:
        return calendar_on_record(parts.log)


def _facts(received_on: date, events: list[str], calendar: Calendar) -> Facts:
    given = _Given()
    for event in events:
        _read(event, received_on, given, calendar)
    if len(given.extensions) > 1:
        raise Refused("repeated", "--event", "延期只能一次（条例第三十三条第二款）")
    return Facts(
        received_on=received_on,
        corrected_on=given.corrected,
        paid_on=given.paid,
        pauses=given.pauses,
        extension=sum(given.extensions),
    )


def _read(event: str, received_on: date, given: _Given, calendar: Calendar) -> None:
    match event.split(":"):
        case ["corrected", day]:
            given.corrected.append(_after_receipt(day, received_on))
        case ["paid", day]:
            given.paid.append(_after_receipt(day, received_on))
        case ["consulted", sent, answered]:
            sent_on = _after_receipt(sent, received_on)
            run_out = calendar.after(sent_on, CONSULTATION_PERIOD).day
            answered_on = _date(answered, "--event") if answered else run_out
            not_before(answered_on, sent_on, "征询发出之日", field="--event")
            given.pauses.append(Pause(sent_on, min(answered_on, run_out)))
        case ["extended", days] if days.isdecimal():
            if not 1 <= int(days) <= EXTENSION_LIMIT:
                raise Refused("out_of_range", "--event", f"延期须为 1—{EXTENSION_LIMIT} 个工作日")
            given.extensions.append(int(days))
        case _:
            raise typer.BadParameter(
                "须为 corrected:日期、consulted:发出日:答复日、extended:工作日数 或 paid:日期",
                param_hint="--event",
            )


def _after_receipt(text: str, received_on: date) -> date:
    day = _date(text, "--event")
    not_before(day, received_on, "收到申请之日", field="--event")
    return day


def _date(text: str, option: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not date(2000, 1, 1) <= day <= date(9000, 1, 1):
        raise typer.BadParameter("须为日期，写作 YYYY-MM-DD", param_hint=option)
    return day
