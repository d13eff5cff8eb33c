"""`gongkai import`: entry lines into the log, and open requests onto the engine."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.importing import Importer
from cli.options import DataOption, Format, FormatOption, settings_for
from cli.output import print_json, progress, say, warn
from engine.parts import Parts, open_parts
from workdays import date_in_shanghai
from workflows.law_in_force import current_law


def import_files(
    files: Annotated[list[Path], typer.Argument(help="事实行文件（JSON Lines，UTF-8）")],
    data: DataOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """导入事实行；同一文件再次导入不产生任何变化。"""
    with open_parts(settings_for(data)) as parts:
        importer = Importer(
            parts.log,
            parts.fingerprints,
            current_law(),
            today=lambda: date_in_shanghai(datetime.now(UTC)),
            items_before=parts.items.items_before,
        )
        size = sum(path.stat().st_size for path in files if path.is_file())
        with progress("导入事实行", size) as tell:
            done = 0

            def read(more: int) -> None:
                nonlocal done
                done += more
                tell(done, None)

            importer.play(files, read)
        if importer.open_now or importer.closed_now:
            asyncio.run(_hand_over(parts, importer))
        with progress("更新统计") as tell:
            parts.projector.catch_up(progress=lambda _, reached, target: tell(reached, target))
    report = importer.report
    for rejection in report.rejected:
        warn(str(rejection))
    if output is Format.JSON:
        print_json(report.as_json())
    else:
        say(
            f"读取 {report.lines} 行，涉及 {report.cases} 件申请；新记录 {report.events} 个事件，"
            f"{report.already_there} 行此前已导入，{len(report.rejected)} 行未导入"
        )
        if importer.held:
            say(f"有 {len(importer.held)} 件申请部分行暂缓，改正后重新导入同一文件即可")
    if report.rejected:
        raise typer.Exit(1)


async def _hand_over(parts: Parts, importer: Importer) -> None:
    """Give open requests their workflows, and tell those closed behind their workflows' backs."""
    from cli.engines import engine_at_hand
    from engine.recovery import nudge, registered_agencies, start_from_log
    from engine.schedules import schedule_annual_reports

    async with engine_at_hand(parts, "import", with_worker=False) as client:
        with progress("启动办理流程") as tell:
            await start_from_log(client, parts.log, importer.open_now, tell)
        for stream in importer.closed_now:
            await nudge(client, stream)
        await asyncio.to_thread(parts.projector.catch_up)
        await schedule_annual_reports(client, registered_agencies(parts.engine))
