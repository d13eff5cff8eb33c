"""The `gongkai` command: its subcommands, and what each kind of error becomes.

Exit codes: 0 done, 1 the input or the data is at fault, 2 wrong usage.
"""

import sys

import typer

from cli import (
    account_commands,
    agency_commands,
    annual_report_commands,
    audit_command,
    backup_commands,
    calculator_commands,
    calendar_commands,
    case_commands,
    document_commands,
    explain_command,
    figure_commands,
    import_command,
    proceeding_commands,
    report_command,
    rollup_commands,
    upkeep_commands,
    web_command,
)
from cli import serve_commands as serving
from cli.errors import explain
from cli.output import warn

app = typer.Typer(
    name="gongkai",
    help="公开：政府信息公开依申请办理和年度报告系统",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("serve")(serving.serve)
app.command("worker")(serving.worker)
app.command("web")(web_command.web)
app.command("import")(import_command.import_files)
app.command("stats")(figure_commands.stats)
app.command("explain")(explain_command.explain)
app.command("report")(report_command.report)
app.command("audit")(audit_command.audit_reports)
app.command("rollup")(rollup_commands.rollup)
app.command("show")(case_commands.show)
app.command("deadline")(calculator_commands.deadline)
app.command("fee")(calculator_commands.fee)
app.command("verify")(upkeep_commands.verify)
app.command("rebuild")(upkeep_commands.rebuild)
app.command("backup")(backup_commands.backup)
app.command("restore")(backup_commands.restore)
app.add_typer(case_commands.request, name="request")
app.add_typer(account_commands.account, name="account")
app.add_typer(proceeding_commands.proceeding, name="proceeding")
app.add_typer(agency_commands.agency, name="agency")
app.add_typer(calendar_commands.calendar, name="calendar")
app.add_typer(document_commands.document, name="document")
app.add_typer(annual_report_commands.annual_report, name="annual-report")


def run() -> None:
    """Run the command line; a known error is one sentence on stderr and exit code 1."""
    try:
        app()
    except Exception as error:
        explanation = explain(error)
        if explanation is None:
            raise
        warn(explanation)
        sys.exit(1)
