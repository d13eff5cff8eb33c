"""`gongkai proceeding …`: one reconsideration or lawsuit, read and advanced."""

from typing import Annotated

import typer

from casework.proceedings import list_proceedings, proceeding_document
from cli.options import AgencyOption, Format, FormatOption, RecordOption, settings_for
from cli.output import print_json
from cli.personal_texts import HOW
from cli.proceeding_views import find_proceeding, print_proceeding, print_proceedings
from cli.verb_commands import CasePage, add_verbs
from disclosure.commands import PROCEEDING_VERBS
from engine.parts import open_parts

proceeding = typer.Typer(
    help=f"登记行政复议、行政诉讼的进展（由持久流程执行）\n\n{HOW}", no_args_is_help=True
)


@proceeding.command("list")
def list_open(
    agency: AgencyOption,
    all_proceedings: Annotated[
        bool, typer.Option("--all", help="包括已经生效、期限届满的案件")
    ] = False,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """列出行政复议、行政诉讼台账，期限近的在前"""
    with open_parts(settings_for(data)) as parts:
        parts.projector.catch_up()
        rows = list_proceedings(parts, agency, final=all_proceedings)
    if output is Format.JSON:
        print_json(rows)
    else:
        print_proceedings(rows)


add_verbs(
    proceeding,
    PROCEEDING_VERBS,
    CasePage(find_proceeding, proceeding_document, print_proceeding),
)
