"""`gongkai import`: entry lines into the log, and open cases onto the engine."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.errors import explain
from cli.importing import Importer
from cli.options import DataOption, Format, FormatOption, settings_for
from cli.output import print_json, progress, say, warn
from engine.parts import Parts, open_parts
from workdays import date_in_shanghai
from workflows.law_in_force import current_law, use_law


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
        _play(importer, files)
        # What is on record is told, whatever becomes of the engine and the figures.
        try:
            _follow_calendar(parts)
            trouble = _hand_over_or_say(parts, importer)
            with progress("更新统计") as tell:
                parts.projector.catch_up(progress=lambda _, reached, target: tell(reached, target))
        finally:
            _print(importer, output)
    if trouble:
        warn(trouble)
    if trouble or importer.report.rejected:
        raise typer.Exit(1)


def _follow_calendar(parts: Parts) -> None:
    """Count again what was counted by a calendar that has been replaced during the import."""
    law = parts.law()
    if law.calendar.version != current_law().calendar.version:
        use_law(law)
        parts.recalculator.apply(law)


def _play(importer: Importer, files: list[Path]) -> None:
    with progress("导入事实行", sum(map(_size, files))) as tell:
        done = 0

        def read(more: int) -> None:
            nonlocal done
            done += more
            tell(done, None)

        importer.play(files, read)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # why it cannot be read is said when it is read


def _hand_over_or_say(parts: Parts, importer: Importer) -> str:
    """Bring the engine up to what was imported; return why that failed, empty where it did not.

    An engine is started for requests alone. The schedule of a new agency is made with them, or by a
    `serve` that runs; any other engine makes it when it starts.
    """
    from cli.engines import serve_runs

    requests = importer.open_now or importer.closed_now
    if not requests and not (importer.new_agencies and serve_runs(parts)):
        return ""
    try:
        failed = asyncio.run(_hand_over(parts, importer))
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - it must not cost the report
        return _NOT_STARTED.format(explain(error) or type(error).__name__)
    return _NOT_STARTED.format("、".join(failed)) if failed else ""


_NOT_STARTED = (
    "事实已经记入事件日志，但办理流程未能启动（{}），将在下次启动 gongkai serve 或再次导入时启动"
)


async def _hand_over(parts: Parts, importer: Importer) -> list[str]:
    """Give open requests their workflows, and tell those closed behind their workflows' backs.

    Returns the requests for which that could not be done.
    """
    from cli.engines import engine_at_hand
    from engine.recovery import nudge_all, registered_agencies, start_from_log
    from engine.schedules import schedule_annual_reports

    async with engine_at_hand(parts, "import", with_worker=False) as client:
        with progress("启动办理流程") as tell:
            started = await start_from_log(client, parts.log, importer.open_now, tell)
        told = await nudge_all(client, importer.closed_now)
        await asyncio.to_thread(parts.projector.catch_up)
        await schedule_annual_reports(client, registered_agencies(parts.engine))
    return [*started.failed, *told.failed]


def _print(importer: Importer, output: Format) -> None:
    report = importer.report
    for rejection in report.rejected:
        warn(str(rejection))
    if output is Format.JSON:
        print_json(report.as_json())
        return
    say(
        f"读取 {report.lines} 行，涉及 {report.cases} 件申请和案件；新记录 {report.events} 个事件，"
        f"{report.already_there} 行此前已导入，{len(report.rejected)} 行未导入"
    )
    if importer.held:
        say(f"有 {len(importer.held)} 件部分行暂缓，改正后重新导入同一文件即可")
