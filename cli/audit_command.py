"""`gongkai audit`: published annual reports held against the form, last year and each other.

It needs no record and no data folder: any report of any agency will do.
"""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from audit.run import Audit, AuditedFile, audit
from audit.run_crew import SECONDS
from audit.summary import SEVERITY_LABELS, as_document, closing_line
from audit.summary_html import render_html
from audit.summary_xlsx import render_xlsx
from cli.options import DataOption
from cli.output import CommandFailed, progress, say
from reporting.findings import Severity

SHOWN = 6
"""Findings of one rule in one file that are printed for people; the other formats have all."""


class AuditFormat(StrEnum):
    """How an audit is given out."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    XLSX = "xlsx"


def audit_reports(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            help="年度报告或者其所在目录（docx、pdf、html、xlsx、md、txt、json）；"
            "同一机关相邻年度的报告自动对照",
            show_default=False,
        ),
    ],
    previous: Annotated[
        Path | None,
        typer.Option("--previous", help="上一年度报告，核对结转、现行有效和沿用的文字"),
    ] = None,
    parent: Annotated[
        Path | None,
        typer.Option("--parent", help="上级政府的汇总报告，逐格核对其余各份之和"),
    ] = None,
    output: Annotated[
        AuditFormat,
        typer.Option(
            "--format", help="输出格式：text 供人阅读，json 供程序读取，html、xlsx 为汇总表"
        ),
    ] = AuditFormat.TEXT,
    out_file: Annotated[
        Path | None,
        typer.Option("--out", help="写入的文件；xlsx 必须写明", show_default=False),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="同时处理的文件数")] = 2,
    time_limit: Annotated[
        float, typer.Option("--time-limit", min=1, help="每个文件的时限（秒）")
    ] = SECONDS,
    data: DataOption = None,  # noqa: ARG001 - every command takes it; published reports need no record
) -> None:
    """核对已公布的年度报告：表内勾稽、跨年度衔接、上下级汇总、正文与表格是否一致"""
    if output is AuditFormat.XLSX and out_file is None:
        raise typer.BadParameter("--format xlsx 须用 --out 写明文件", param_hint="--out")
    if out_file is not None and out_file.is_dir():
        raise typer.BadParameter(f"“{out_file}”是目录，须为文件", param_hint="--out")
    for named, option in ((previous, "--previous"), (parent, "--parent")):
        if named is not None and named.is_dir():
            raise typer.BadParameter(f"“{named}”是目录，须为文件", param_hint=option)
    with progress("核对年度报告") as tell:
        made = audit(
            files,
            previous=previous,
            parent=parent,
            workers=workers,
            seconds=time_limit,
            tell=tell,
        )
    if not made.files:
        places = "、".join(f"“{path}”" for path in files)
        raise CommandFailed(f"{places}中没有可以核对的文件（docx、pdf、html、xlsx、md、txt、json）")
    _give_out(made, output, out_file)
    if made.count(Severity.ERROR):
        raise typer.Exit(1)


def _give_out(made: Audit, output: AuditFormat, out_file: Path | None) -> None:
    content = _content(made, output)
    if out_file is not None:
        out_file.write_bytes(content)
        say(f"{closing_line(made)}已写入 {out_file}")
    else:
        sys.stdout.write(content.decode())


def _content(made: Audit, output: AuditFormat) -> bytes:
    match output:
        case AuditFormat.JSON:
            return (json.dumps(as_document(made), ensure_ascii=False, indent=1) + "\n").encode()
        case AuditFormat.HTML:
            return render_html(made)
        case AuditFormat.XLSX:
            return render_xlsx(made)
        case AuditFormat.TEXT:
            return "".join(f"{line}\n" for line in _lines(made)).encode()


def _lines(made: Audit) -> list[str]:
    lines = [line for file in made.files for line in _of_file(file)]
    return [*lines, closing_line(made)]


def _of_file(file: AuditedFile) -> list[str]:
    report = file.report
    whose = (
        f"（{report.agency or '机关未能识别'}，{report.year or '年度未能识别'}）" if report else ""
    )
    lines = [f"{file.file}{whose}"]
    if file.previous:
        lines.append(f"  与上一年度报告对照：{file.previous}")
    if not file.findings:
        lines.append("  未发现问题")
    for rule, findings in file.by_rule():
        weight = SEVERITY_LABELS[findings[0].severity]
        lines += [f"  {weight} {rule} {one.message}" for one in findings[:SHOWN]]
        if len(findings) > SHOWN:
            lines.append(
                f"  {weight} {rule} 另有{len(findings) - SHOWN}处，见 --format json 的输出"
            )
    if report:
        lines += [f"  说明 {note}" for note in report.notes]
    return [*lines, ""]
