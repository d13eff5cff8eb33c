"""`gongkai report`: a year's report into a folder: as a draft, published, or as it once was."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from cli.options import AgencyOption, DataOption, Format, FormatOption, YearOption, settings_for
from cli.output import print_json, say, warn
from cli.report_files import report_folder, write_files
from cli.sealed_reports import print_checked, published_files, published_version
from disclosure.report_commands import ReleaseReport
from engine.parts import Parts, open_parts
from workdays import date_in_shanghai

if TYPE_CHECKING:
    from workflows.annual_report_messages import ReportResult


def report(
    agency: AgencyOption,
    year: YearOption,
    out: Annotated[Path, typer.Option("--out", help="报告文件写入的目录")],
    publish: Annotated[
        bool, typer.Option("--publish", help="不经审核直接公布（仅用于补录以往年度）")
    ] = False,
    approve_by: Annotated[
        str, typer.Option("--approve-by", help="审核人姓名；填写后即送审、审核通过并公布")
    ] = "",
    version: Annotated[
        int | None, typer.Option("--version", min=1, help="改为写出已经公布的第几版")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="按日志重新编制该版，逐字节核对（与 --version 同用）")
    ] = False,
    data: DataOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """编制年度报告，写出 report.json、report.html、report.docx、report.pdf、report.xlsx"""
    if version is None and check:
        raise typer.BadParameter("--check 须与 --version 同用")
    if version is not None and (publish or approve_by):
        raise typer.BadParameter("--version 不能与 --publish、--approve-by 同用")
    with open_parts(settings_for(data)) as parts:
        if version is not None:
            _write_version(parts, agency, year, version, out, output, check=check)
            return
        parts.figures.at(agency)  # an unknown agency is said before an engine is started
        release = _release(agency, year, approve_by) if publish or approve_by else None
        with report_folder(out):
            result = asyncio.run(_run(parts, agency, year, release))
            contents = {file.name: parts.files.get(file.sha256) for file in result.files}
            written = write_files(contents, out)
    _print(result, written, output, published=release is not None)
    if result.errors and release is None:
        warn(f"报告有 {result.errors} 处错误，详见 report.json 的 findings")
        raise typer.Exit(1)


def _write_version(
    parts: Parts,
    agency: str,
    year: int,
    version: int,
    out: Path,
    output: Format,
    *,
    check: bool,
) -> None:
    """Write a published version, and prove it where that is asked."""
    found = published_version(parts, agency, year, version)
    with report_folder(out):
        written = write_files(published_files(found), out)
    if check:
        print_checked(found, written, output)
        if not found.remade.same:
            raise typer.Exit(1)
    elif output is Format.JSON:
        print_json({"version": version, "written": [str(path) for path in written]})
    else:
        say(f"{year} 年度报告第 {version} 版，{found.published.on} 公布")
        for path in written:
            say(str(path))


def _release(agency: str, year: int, approved_by: str) -> ReleaseReport:
    today = date_in_shanghai(datetime.now(UTC))
    return ReleaseReport(
        agency=agency, year=year, on=today, by=approved_by, approved_by=approved_by
    )


def _print(result: "ReportResult", written: list[Path], output: Format, *, published: bool) -> None:
    if output is Format.JSON:
        print_json({**result.model_dump(mode="json"), "written": [str(path) for path in written]})
        return
    state = f"第 {result.version} 版（已公布）" if published else "草稿"
    say(f"{result.year} 年度报告{state}，数据截至事件日志第 {result.position} 条")
    for path in written:
        say(str(path))


async def _run(
    parts: Parts, agency: str, year: int, release: ReleaseReport | None
) -> "ReportResult":
    from cli.engines import engine_at_hand
    from engine.reports import draft_report, release_report

    async with engine_at_hand(parts, "report") as client:
        if release is None:
            return await draft_report(client, parts.log, agency, year)
        return await release_report(client, parts.log, f"release:{uuid4()}", release)
