"""`gongkai show` and `gongkai request …`: one case read, one request advanced."""

from typing import Annotated

import typer

from casework.proceedings import is_proceeding, proceeding_document
from casework.requests import list_requests as requests_of
from casework.requests import request_document
from cli.case_views import find_case, print_case, print_register
from cli.options import AgencyOption, CaseOption, Format, FormatOption, RecordOption, settings_for
from cli.output import print_json
from cli.personal_texts import HOW
from cli.proceeding_views import find_proceeding, print_proceeding
from cli.verb_commands import CasePage, add_verbs
from disclosure.commands import REQUEST_VERBS
from engine.parts import open_parts

request = typer.Typer(help=f"登记和办理一件申请（由持久流程执行）\n\n{HOW}", no_args_is_help=True)


def show(
    agency: AgencyOption,
    case: CaseOption,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="显示个人信息（申请人、申请内容等）")
    ] = False,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="逐日列出答复期限是否计入及其原因")
    ] = False,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """显示一件申请、行政复议或者行政诉讼：状态、期限、办理过程、现在可以办理的事项"""
    with open_parts(settings_for(data)) as parts:
        parts.projector.catch_up()
        if is_proceeding(parts, agency, case):
            contest = find_proceeding(parts, agency, case, reveal=reveal)
            if output is Format.JSON:
                print_json(proceeding_document(contest))
            else:
                print_proceeding(contest)
            return
        found = find_case(parts, agency, case, reveal=reveal)
    if output is Format.JSON:
        print_json(request_document(found, with_ledger=ledger))
    else:
        print_case(found, with_ledger=ledger)


@request.command("list")
def list_requests(
    agency: AgencyOption,
    all_requests: Annotated[bool, typer.Option("--all", help="包括已办结的申请")] = False,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """列出申请台账，期限近的在前"""
    with open_parts(settings_for(data)) as parts:
        parts.projector.catch_up()
        rows = requests_of(parts, agency, closed=all_requests)
    if output is Format.JSON:
        print_json(rows)
    else:
        print_register(rows)


add_verbs(request, REQUEST_VERBS, CasePage(find_case, request_document, print_case))
