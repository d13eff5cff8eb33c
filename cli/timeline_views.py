"""The timeline of a case, request or proceeding, printed: one sentence an event."""

from collections.abc import Callable, Sequence

from rich import box
from rich.table import Table

from casework.timeline import TimelineView, personal_words
from cli.output import out
from disclosure.flags import Flag


def print_timeline(
    view: TimelineView, more: Callable[[int], Sequence[str]] = lambda _version: ()
) -> None:
    """Print a timeline for a person; `more` adds lines to an event's version."""
    table = Table(box=box.SIMPLE_HEAD, show_header=False, padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_column(overflow="fold")
    for line in view.lines:
        words = [line["sentence"]]
        words += [f"⚑ {Flag(code).words}（{Flag(code).article}）" for code in line["flags"].split()]
        words += more(line["stream_version"])
        personal = view.personal.get(line["stream_version"], {})
        words += [f"　{name}：{value}" for name, value in personal_words(personal)]
        table.add_row(line["legal_date"].isoformat(), line["actor"], "\n".join(words))
    out.print(table)
