"""An annual report on a terminal: how it stands, what became of a step, what changed since."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table

from cli.output import out, say
from disclosure.chinese import chinese_date
from disclosure.report_state import ReportStage
from workdays import date_in_shanghai

if TYPE_CHECKING:
    from engine.report_status import ReportStatus
    from workflows.annual_report_messages import ReportReceipt


def print_receipt(year: int, receipt: "ReportReceipt") -> None:
    """Say where the report stands after a step."""
    stage = ReportStage(receipt.stage).label
    draft = receipt.draft if receipt.stage != ReportStage.DRAFTING else None
    version = (
        f"，第 {draft.version} 版，数据截至事件日志第 {draft.log_position} 条" if draft else ""
    )
    say(f"{year} 年度报告{stage}{version}")
    if receipt.stage == ReportStage.SUBMITTED and draft is not None and draft.errors:
        say(f"该版有 {draft.errors} 处错误，审核时须写明理由")


def print_status(found: "ReportStatus") -> None:
    """Print everything a person needs to bring the report out."""
    for line in _lines(found):
        say(line)
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("日期", "经办", "环节", "理由"):
        table.add_column(head, overflow="fold")
    for step in found.steps:
        said = step.as_json()
        table.add_row(said["on"], said["by"], said["sentence"], said["reason"] or "")
    if found.steps:
        out.print(table)


def _lines(found: "ReportStatus") -> Iterator[str]:
    state, draft = found.state, found.draft
    yield f"{draft.agency} {draft.year} 年度报告：{state.stage.label}"
    if state.due_on is not None:
        yield f"公布期限：{chinese_date(state.due_on)}{'（逾期）' if state.overdue else ''}"
    if state.published is not None:
        yield f"已公布：第 {state.published.version} 版，{state.published.digest}"
    yield f"草稿：第 {draft.version} 版，数据截至事件日志第 {draft.log_position} 条"
    if found.changed:
        yield f"与{found.compared_with}相比："
        yield from (f"  {each}" for each in found.changed)
    for finding in draft.findings:
        yield f"{finding.severity.words}：{finding.message}"
    yield from _broken_thread(found)


def _broken_thread(found: "ReportStatus") -> Iterator[str]:
    from engine.report_status import continuity_document

    thread = continuity_document(found.continuity)
    for request in thread["requests"]:
        before, now = request["published_words"], request["now_words"]
        yield f"衔接：申请 {request['case']}，上年报告按“{before}”，现按“{now}”"
        yield from (f"  {cause['on']} {cause['sentence']}" for cause in request["causes"])
    for fact in thread["documents"]:
        yield f"衔接：{fact['on']} {fact['sentence']}"


def print_changes(found: dict[str, Any]) -> None:
    """Print the dated list of changed cells, event by event, and what it comes to."""
    head = f"{found['year']} 年度报告第 {found['version']} 版公布以后"
    if not found["changes"]:
        say(f"{head}，数据没有变化")
        return
    say(f"{head}登记的事实和数据的变化：")
    for _, group in groupby(found["changes"], lambda change: change["cause"]["position"]):
        cells = list(group)
        say(_cause(cells[0]))
        for cell in cells:
            say(f"    {cell['words']}：{cell['before']} → {cell['after']}")
    say("与公布的数据相比：")
    for cell in found["net"]:
        say(f"    {cell['words']}：公布 {cell['published']}，现为 {cell['now']}")


def _cause(change: dict[str, Any]) -> str:
    recorded = date_in_shanghai(datetime.fromisoformat(change["recorded_at"]))
    cause = change["cause"]
    case = f"申请 {change['case']}，" if change["case"] else ""
    by = f"，{change['by']}登记" if change["by"] else ""
    happened = chinese_date(date.fromisoformat(cause["on"]))
    return f"{chinese_date(recorded)}登记：{case}{happened}{cause['sentence']}{by}"
