"""What lies ahead of a request, printed."""

from collections.abc import Sequence

from rich import box
from rich.table import Table

from casework.outlook import Outlook, numbered
from cli.output import out, say
from disclosure.answer_period import LedgerDay
from disclosure.steps import NextStep


def print_outlook(seen: Outlook, *, with_ledger: bool) -> None:
    """Print it for a person."""
    if seen.remedy is not None:
        say(f"救济途径：{seen.remedy.text}")
    if with_ledger:
        print_ledger(seen.ledger)
    if seen.steps:
        out.print(_steps_table(seen.steps))


def print_ledger(days: Sequence[LedgerDay]) -> None:
    """Print each day, counted or not, and why."""
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("日期", "计入", "原因"):
        table.add_column(head)
    for day, nth in numbered(days):
        table.add_row(day.day.isoformat(), str(nth or ""), day.reason)
    out.print(table)


def _steps_table(steps: Sequence[NextStep]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title="现在可以办理", title_justify="left")
    table.add_column("事项", no_wrap=True)
    table.add_column("命令", no_wrap=True)
    table.add_column("依据和提示", overflow="fold")
    for each in steps:
        words = [each.step.article, *(f"⚑ {flag.words}" for flag in each.flags)]
        table.add_row(each.step.label, each.step.verb.replace("_", "-"), "\n".join(words))
    return table
