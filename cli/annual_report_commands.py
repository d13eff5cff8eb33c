"""`gongkai annual-report …`: a year's report from its draft through review to publication."""

import asyncio
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from cli.options import AgencyOption, Format, FormatOption, RecordOption, YearOption, settings_for
from cli.output import CommandFailed, print_json
from cli.personal_texts import read_texts
from cli.report_views import print_changes, print_receipt, print_status
from disclosure.agency_commands import WriteSection
from disclosure.commands import verb_of
from disclosure.report_commands import (
    AmendReport,
    ApproveReport,
    PublishReport,
    ReportCommand,
    ReturnReport,
    SubmitReport,
    WithdrawAmendment,
)
from engine.parts import Parts, open_parts
from workdays import date_in_shanghai

if TYPE_CHECKING:
    from workflows.annual_report_messages import ReportReceipt


class SectionName(StrEnum):
    """The sections a person writes."""

    OVERALL = "overall"
    PROBLEMS = "problems"
    OTHER = "other"


annual_report = typer.Typer(
    help="年度报告的编制、送审、审核、公布和更正（由持久流程执行）", no_args_is_help=True
)

ByOption = Annotated[str, typer.Option("--by", help="经办人")]
OnOption = Annotated[
    str | None,
    typer.Option("--on", help="事实发生日期，YYYY-MM-DD，缺省为今天", show_default=False),
]
_WORDS = "写作 @文件 或 - 的，取文件或标准输入"
ReasonOption = Annotated[str, typer.Option("--reason", help=f"理由（{_WORDS}）")]
VersionOption = Annotated[
    int | None, typer.Option("--version", min=1, help="已公布的第几版，缺省为最后一版")
]


@annual_report.command("status")
def status(
    agency: AgencyOption,
    year: YearOption,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """显示报告进展：环节、公布期限、草稿的错误和提示、与上年报告的衔接、办理过程"""
    from engine.report_status import report_status

    with open_parts(settings_for(data)) as parts:
        found = report_status(parts, agency, year)
    if output is Format.JSON:
        print_json(found.as_json())
    else:
        print_status(found)


@annual_report.command("write")
def write(
    agency: AgencyOption,
    year: YearOption,
    section: Annotated[
        SectionName,
        typer.Option("--section", help="overall 总体情况，problems 存在问题，other 其他事项"),
    ],
    text: Annotated[str, typer.Option("--text", help=f"文字，数字写作占位符（{_WORDS}）")],
    by: ByOption = "",
    on: OnOption = None,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """撰写报告的文字部分；送审以后须先退回"""
    given = {"section": section.value, **read_texts({"text": text}, {"text"})}
    _carry_out(WriteSection, agency, year, given, by=by, on=on, data=data, output=output)


@annual_report.command("submit")
def submit(
    agency: AgencyOption,
    year: YearOption,
    by: ByOption = "",
    on: OnOption = None,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """送审：固定草稿的数据、文字和文件"""
    _carry_out(SubmitReport, agency, year, {}, by=by, on=on, data=data, output=output)


@annual_report.command("return")
def return_(
    agency: AgencyOption,
    year: YearOption,
    reason: ReasonOption,
    by: ByOption = "",
    on: OnOption = None,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """退回修改"""
    given = read_texts({"reason": reason}, {"reason"})
    _carry_out(ReturnReport, agency, year, given, by=by, on=on, data=data, output=output)


@annual_report.command("approve")
def approve(
    agency: AgencyOption,
    year: YearOption,
    by: Annotated[str, typer.Option("--by", help="审核人")],
    despite: Annotated[
        str, typer.Option("--despite", help=f"报告有错误仍予通过的理由（{_WORDS}）")
    ] = "",
    on: OnOption = None,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """审核通过；报告有错误的，须写明理由"""
    given = read_texts({"despite": despite}, {"despite"})
    _carry_out(ApproveReport, agency, year, given, by=by, on=on, data=data, output=output)


@annual_report.command("publish")
def publish(
    agency: AgencyOption,
    year: YearOption,
    by: ByOption = "",
    on: OnOption = None,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """公布审核通过的报告；文件由 gongkai report --version 写出"""
    _carry_out(PublishReport, agency, year, {}, by=by, on=on, data=data, output=output)


@annual_report.command("amend")
def amend(
    agency: AgencyOption,
    year: YearOption,
    reason: ReasonOption,
    by: ByOption = "",
    on: OnOption = None,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """启动更正：公布后数据或者文字有变化的，编制下一版"""
    given = read_texts({"reason": reason}, {"reason"})
    _carry_out(AmendReport, agency, year, given, by=by, on=on, data=data, output=output)


@annual_report.command("withdraw-amendment")
def withdraw_amendment(
    agency: AgencyOption,
    year: YearOption,
    reason: ReasonOption,
    by: ByOption = "",
    on: OnOption = None,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """撤销更正：启动以后发现无需更正的，已公布的版本不变"""
    given = read_texts({"reason": reason}, {"reason"})
    _carry_out(WithdrawAmendment, agency, year, given, by=by, on=on, data=data, output=output)


@annual_report.command("changes")
def changes(
    agency: AgencyOption,
    year: YearOption,
    version: VersionOption = None,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """列出一版公布以后数据的变化：哪一格、何时登记、由何事实引起"""
    from engine.report_status import report_changes
    from engine.reports import assembler_of, load_report

    with open_parts(settings_for(data)) as parts:
        last = load_report(parts.log, agency, year).state.published
        if last is None:
            raise CommandFailed(f"机关“{agency}”{year} 年度报告尚未公布")
        wanted = assembler_of(parts).published(agency, year, version or last.version)
        if wanted is None:
            raise CommandFailed(f"机关“{agency}”{year} 年度报告没有公布过第 {version} 版")
        found = report_changes(parts, agency, year, wanted.draft)
    if output is Format.JSON:
        print_json(found)
    else:
        print_changes(found)


def _carry_out(
    kind: type[ReportCommand] | type[WriteSection],
    agency: str,
    year: int,
    given: dict[str, Any],
    *,
    by: str,
    on: str | None,
    data: Path | None,
    output: Format,
) -> None:
    """Send one step to the report's workflow and say what became of it."""
    command = kind.model_validate(
        {"agency": agency, "year": year, "by": by, "on": _day(on), **given}
    )
    with open_parts(settings_for(data)) as parts:
        receipt = asyncio.run(_carry(parts, command))
        parts.projector.catch_up(through=receipt.position or None)
    if output is Format.JSON:
        print_json(receipt.model_dump(mode="json"))
    else:
        print_receipt(year, receipt)


async def _carry(parts: Parts, command: ReportCommand | WriteSection) -> "ReportReceipt":
    from cli.engines import engine_at_hand
    from engine.reports import carry_report, must_be_in_order

    must_be_in_order(parts.log, command)
    async with engine_at_hand(parts, "annual-report") as client:
        return await carry_report(client, parts.log, f"{verb_of(type(command))}:{uuid4()}", command)


def _day(on: str | None) -> date:
    if on is None:
        return date_in_shanghai(datetime.now(UTC))
    try:
        return date.fromisoformat(on)
    except ValueError:
        raise CommandFailed("--on 须为日期，如 2026-01-20") from None
