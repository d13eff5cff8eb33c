"""The `gongkai` command, and what each kind of error becomes.

Exit codes: 0 done, 1 the input or the data is at fault, 2 wrong usage.
"""

import gc
import sys

import typer

from cli.commands import Commands
from cli.output import warn

app = typer.Typer(
    name="gongkai",
    cls=Commands,
    help="公开：政府信息公开依申请办理和年度报告系统",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def gongkai() -> None:
    """公开：政府信息公开依申请办理和年度报告系统"""


OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""Python's 700 make it walk, again and again, over the modules that are being imported and stay:
a seventh of a command's start (measured)."""


def run() -> None:
    """Run the command line; a known error is one sentence on stderr and exit code 1."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20, 50)
    try:
        app()
    except Exception as error:
        # Only here, because the errors of every room are known there.
        from cli.errors import explain

        explanation = explain(error)
        if explanation is None:
            raise
        warn(explanation)
        sys.exit(1)
