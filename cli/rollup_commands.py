"""`gongkai rollup`: a government's report over itself and all below it, and how far it has come."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from activities.rollup_assembly import RollupAssembly, Standstill
from cli.options import AgencyOption, Format, FormatOption, RecordOption, YearOption, settings_for
from cli.output import CommandFailed, out, print_json, say, warn
from cli.report_files import report_folder, write_files
from engine.parts import Parts, open_parts
from engine.rollup_sources import sources_of
from reporting.figures import printed
from reporting.rollup import shares_of
from reporting.rollup_coverage import STANDING_LABELS, Coverage
from reporting.rollup_document import ROLLUP_JSON, places_json, shares_in
from workflows.rollup_messages import RollupRelease, RollupResult


def rollup(
    agency: AgencyOption,
    year: YearOption,
    out_folder: Annotated[
        Path | None, typer.Option("--out", help="报告文件写入的目录", show_default=False)
    ] = None,
    publish: Annotated[bool, typer.Option("--publish", help="公布，须同时写明审核人")] = False,
    approve_by: Annotated[
        str, typer.Option("--approve-by", help="审核人姓名；填写后即审核通过并公布")
    ] = "",
    reason: Annotated[
        str, typer.Option("--reason", help="有机关缺报、重复计入或者表格不平衡而仍须公布的理由")
    ] = "",
    status: Annotated[
        bool, typer.Option("--status", help="只列出各机关的状态，不编制报告")
    ] = False,
    cell: Annotated[
        str | None,
        typer.Option("--cell", help="列出一格的数字由哪些机关构成，如 new.natural_person"),
    ] = None,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """汇总本级、所属部门和下级政府的年度报告；缺报、重复的逐一指明"""
    if publish and not approve_by.strip():
        raise typer.BadParameter("--publish 须同时用 --approve-by 写明审核人")
    if out_folder is None and not status and cell is None:
        raise typer.BadParameter("须用 --out 写明报告文件写入的目录，或者用 --status、--cell 查看")
    with open_parts(settings_for(data)) as parts:
        if status:
            complete = _show_status(parts, agency, year, output)
        else:
            release = RollupRelease(approved_by=approve_by, reason=reason) if approve_by else None
            complete = _make(parts, agency, year, release, out_folder, cell, output)
    if not complete:
        raise typer.Exit(1)


def _show_status(parts: Parts, agency: str, year: int, output: Format) -> bool:
    try:
        position, coverage = RollupAssembly(sources_of(parts), parts.law).coverage(agency, year)
    except Standstill as why:
        raise CommandFailed(str(why)) from None
    if output is Format.JSON:
        print_json(
            {
                "agency_id": agency,
                "year": year,
                "log_position": position,
                "complete": coverage.complete,
                "missing": coverage.missing,
                "twice": coverage.twice,
                "misplaced": coverage.misplaced,
                "circles": coverage.circles,
                "agencies": places_json(coverage),
            }
        )
    else:
        out.print(_status_table(coverage, year))
    _warn_of(coverage.sentences())
    return coverage.complete


def _status_table(coverage: Coverage, year: int) -> Table:
    table = Table(title=f"{year} 年度报告汇总", title_justify="left", box=box.SIMPLE_HEAD)
    for head in ("机关", "代码", "由何机关汇总", "状态", "版本", "公布日期", "说明"):
        table.add_column(head)
    for place in coverage.places:
        cells = (
            place.name,
            place.agency,
            place.parent or "",
            STANDING_LABELS[place.standing],
            str(place.version or ""),
            place.published_on.isoformat() if place.published_on else "",
            place.remark,
        )
        table.add_row(*map(Text, cells))  # a name may hold brackets, which are no markup
    return table


def _make(
    parts: Parts,
    agency: str,
    year: int,
    release: RollupRelease | None,
    folder: Path | None,
    cell: str | None,
    output: Format,
) -> bool:
    with report_folder(folder) if folder is not None else nullcontext():
        result = asyncio.run(_run(parts, agency, year, release))
        contents = {file.name: parts.files.get(file.sha256) for file in result.files}
        written = write_files(contents, folder) if folder is not None else []
    document = json.loads(contents[ROLLUP_JSON])
    origin = _origin(document, cell) if cell is not None else None
    if output is Format.JSON:
        made = result.model_dump(mode="json") | {"written": [str(path) for path in written]}
        print_json(made if origin is None else made | {"cell": {"code": cell, "members": origin}})
    else:
        _tell(result, written, document)
        for member, figure in (origin or {}).items():
            say(f"{member}\t{figure}")
    troubles = list(result.troubles)
    if result.errors:
        troubles.append(f"汇总后的表格有 {result.errors} 处勾稽错误，详见 report.json 的 findings")
    _warn_of(troubles)
    return not troubles


async def _run(parts: Parts, agency: str, year: int, release: RollupRelease | None) -> RollupResult:
    from cli.engines import engine_at_hand
    from engine.rollups import roll_up

    async with engine_at_hand(parts, "rollup") as client:
        return await roll_up(client, agency, year, release)


def _origin(document: Mapping[str, Any], cell: str) -> dict[str, str]:
    """Return what each member brings to a cell.

    Raises:
        CommandFailed: there is no such cell.
    """
    try:
        brought = shares_of(shares_in(document), cell)
    except KeyError:
        raise CommandFailed(f"没有这样的格：{cell}") from None
    return {member: printed(amount) for member, amount in brought.items()}


def _tell(result: RollupResult, written: list[Path], document: Mapping[str, Any]) -> None:
    state = f"第 {result.version} 版（已公布）" if result.published else "草稿"
    say(
        f"{result.year} 年度汇总报告{state}，汇总 {len(document['members'])} 份报告，"
        f"数据截至事件日志第 {result.position} 条"
    )
    for difference in document["differences"]:
        say(difference["message"])
    for path in written:
        say(str(path))


def _warn_of(troubles: list[str]) -> None:
    for trouble in troubles:
        warn(trouble)
