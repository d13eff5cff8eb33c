"""The subcommands of `gongkai`, each imported when it is asked for.

A command that works out a fee need not wait for the engine's SDK, the PDF typesetter and the pages:
importing all of them takes longer than most commands.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from cli.usage_words import usage_in_chinese

PLACES: Mapping[str, str] = {
    "serve": "cli.serve_commands:serve",
    "worker": "cli.serve_commands:worker",
    "web": "cli.web_command:web",
    "import": "cli.import_command:import_files",
    "stats": "cli.figure_commands:stats",
    "explain": "cli.explain_command:explain",
    "report": "cli.report_command:report",
    "annual-report": "cli.annual_report_commands:annual_report",
    "rollup": "cli.rollup_commands:rollup",
    "audit": "cli.audit_command:audit_reports",
    "show": "cli.case_commands:show",
    "request": "cli.case_commands:request",
    "proceeding": "cli.proceeding_commands:proceeding",
    "document": "cli.document_commands:document",
    "agency": "cli.agency_commands:agency",
    "account": "cli.account_commands:account",
    "client": "cli.client_commands:client",
    "calendar": "cli.calendar_commands:calendar",
    "deadline": "cli.calculator_commands:deadline",
    "fee": "cli.calculator_commands:fee",
    "verify": "cli.upkeep_commands:verify",
    "rebuild": "cli.upkeep_commands:rebuild",
    "backup": "cli.backup_commands:backup",
    "restore": "cli.backup_commands:restore",
}
"""Where each command is, in the order of the help: a function, or a group of commands."""


def command_of(name: str) -> typer.Typer | Callable[..., None]:
    """Import a command: a group of commands, or the function of one."""
    module, _, attribute = PLACES[name].partition(":")
    found: typer.Typer | Callable[..., None] = getattr(import_module(module), attribute)
    return found


class Commands(TyperGroup):
    """The group `gongkai`: knows the names, and imports what is asked for."""

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Read the command line's own options."""
        with usage_in_chinese():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Read the rest of the command line and run the command."""
        with usage_in_chinese():
            return super().invoke(ctx)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the signature is Click's
        """Return the names, in the order of the help."""
        return list(PLACES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - as above
        """Return a command, or None where there is none of that name."""
        if cmd_name not in PLACES:
            return None
        found = command_of(cmd_name)
        command: Any
        if isinstance(found, typer.Typer):
            # Asked for "the command", Typer would turn a group of one into that one.
            command = typer.main.get_group(_plain(found))
        else:
            command = typer.main.get_command(_plain(_alone(cmd_name, found)))
        command.name = cmd_name
        return command


def _plain(application: typer.Typer) -> typer.Typer:
    """Give an application the look of ours, which it would inherit were it added to ours."""
    application.rich_markup_mode = None
    application._add_completion = False  # noqa: SLF001 - there is no other way to say it later
    return application


def _alone(name: str, function: Any) -> typer.Typer:
    """Return an application of one command: Typer makes that the command itself."""
    application = typer.Typer()
    application.command(name)(function)
    return application
