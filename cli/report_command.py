"""`gongkai report`: the year-end workflow by command, and its files into a folder."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated

import typer

from cli.options import AgencyOption, DataOption, Format, FormatOption, YearOption, settings_for
from cli.output import CommandFailed, print_json, say, warn
from engine.parts import Parts, open_parts
from workflows.messages import ReportResult, ReportStart


def report(
    agency: AgencyOption,
    year: YearOption,
    out: Annotated[Path, typer.Option("--out", help="报告文件写入的目录")],
    publish: Annotated[
        bool, typer.Option("--publish", help="不经审核直接公布（仅用于补录以往年度）")
    ] = False,
    approve_by: Annotated[
        str, typer.Option("--approve-by", help="审核人姓名；填写后即审核通过并公布")
    ] = "",
    data: DataOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """编制年度报告，写出 report.json、report.html、report.docx"""
    if out.exists() and not out.is_dir():
        raise CommandFailed(f"--out 须为目录，{out} 是文件")
    start = ReportStart(
        agency=agency, year=year, publish=publish or bool(approve_by), approved_by=approve_by
    )
    with open_parts(settings_for(data)) as parts:
        parts.figures.at(agency)  # an unknown agency is said before an engine is started
        with _folder(out):
            result = asyncio.run(_run(parts, start))
            written = _write(parts, result, out)
    if output is Format.JSON:
        print_json({**result.model_dump(mode="json"), "written": [str(path) for path in written]})
    else:
        state = f"第 {result.version} 版（已公布）" if start.publish else "草稿"
        say(f"{year} 年度报告{state}，数据截至事件日志第 {result.position} 条")
        for path in written:
            say(str(path))
    if result.errors:
        warn(f"报告有 {result.errors} 处勾稽错误，详见 report.json 的 findings")
        raise typer.Exit(1)


@contextmanager
def _folder(out: Path) -> Iterator[None]:
    """Make the folder first: a report that could not be written is not to be published.

    Where nothing comes of it, a folder that was not there before is not there afterwards.
    """
    made = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=out):
        pass  # it takes files
    try:
        yield
    except BaseException:
        if made:
            with suppress(OSError):
                out.rmdir()
        raise


async def _run(parts: Parts, start: ReportStart) -> ReportResult:
    from cli.engines import engine_at_hand
    from engine.reports import make_report

    def waiting() -> None:
        warn(f"该机关 {start.year} 年度报告正在编制，等其完成后继续……")

    async with engine_at_hand(parts, "report") as client:
        return await make_report(client, start, waiting)


def _write(parts: Parts, result: ReportResult, out: Path) -> list[Path]:
    """Copy the files out; each appears whole or not at all."""
    written = []
    for file in result.files:
        target = out / file.name
        draft = out / f".{file.name}.part"
        draft.write_bytes(parts.files.get(file.sha256))
        draft.replace(target)
        written.append(target)
    return written
