"""`gongkai show` and `gongkai request …`: one request, read and advanced.

The subcommands of `request` are made from the verbs themselves, so a new verb has its command as
soon as it exists.
"""

import asyncio
import inspect
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import typer

from cli.case_views import case_document, find_case, list_cases, print_case, print_register
from cli.entry_lines import EntryLine, parse_entry_line
from cli.options import AgencyOption, CaseOption, DataOption, Format, FormatOption, settings_for
from cli.output import CommandFailed, print_json, say
from disclosure.commands import REQUEST_VERBS
from disclosure.request_commands import Applicant, RequestCommand
from engine.parts import Parts, open_parts
from workdays import date_in_shanghai
from workflows.messages import CommandReceipt

request = typer.Typer(help="登记和办理一件申请（由持久流程执行）", no_args_is_help=True)


def show(
    agency: AgencyOption,
    case: CaseOption,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="显示个人信息（申请人、申请内容等）")
    ] = False,
    data: DataOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """显示一件申请：状态、期限、办理过程"""
    with open_parts(settings_for(data)) as parts:
        parts.projector.catch_up()
        found = find_case(parts, agency, case, reveal=reveal)
    if output is Format.JSON:
        print_json(case_document(found))
    else:
        print_case(found)


@request.command("list")
def list_requests(
    agency: AgencyOption,
    all_requests: Annotated[bool, typer.Option("--all", help="包括已办结的申请")] = False,
    data: DataOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """列出申请台账，期限近的在前"""
    with open_parts(settings_for(data)) as parts:
        parts.projector.catch_up()
        rows = list_cases(parts, agency, closed=all_requests)
    if output is Format.JSON:
        print_json(rows)
    else:
        print_register(rows)


def carry_out(data: Path | None, output: Format, members: dict[str, Any]) -> None:
    """Send one command to its request's workflow and say what became of it."""
    given = {name: value for name, value in members.items() if value is not None}
    line = parse_entry_line(json.dumps(given, ensure_ascii=False))
    with open_parts(settings_for(data)) as parts:
        receipt = asyncio.run(_carry(parts, line))
        parts.projector.catch_up(through=receipt.position or None)
        found = find_case(parts, given["agency"], given["case"])
    if output is Format.JSON:
        print_json({**receipt.model_dump(mode="json"), "case": case_document(found)})
        return
    if receipt.already_recorded:
        say("此前已经登记，没有变化")
    print_case(found)


async def _carry(parts: Parts, line: EntryLine) -> CommandReceipt:
    from cli.engines import engine_at_hand
    from engine.commands import carry

    command = line.command
    if not isinstance(command, RequestCommand):
        raise CommandFailed("这不是一件申请的办理动作")
    # The same words twice are the same fact, here and in an import.
    command_id = f"entry:{parts.fingerprints.of(line.canonical)}"
    async with engine_at_hand(parts, "request") as client:
        return await carry(client, parts.log, command_id, command)


def _today() -> str:
    return date_in_shanghai(datetime.now(UTC)).isoformat()


def _read_applicant(source: str) -> Any:
    """Read the applicant from a JSON file or `-`.

    Names and numbers do not belong on a command line, where every user of the machine sees them.
    """
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        return json.loads(text)
    except OSError as error:
        raise CommandFailed(f"不能读取申请人文件：{error.strerror}") from None
    except ValueError:
        raise CommandFailed(
            '申请人文件须为 UTF-8 编码的 JSON，如 {"type": "natural_person", "name": …}'
        ) from None


def _option(name: str, annotation: Any, description: str, *, required: bool) -> inspect.Parameter:
    flag = f"--{name.replace('_', '-')}"
    kind = _plain_type(annotation)
    if kind is Applicant:
        description = "申请人 JSON 文件，- 为标准输入（type 必填，其余为个人信息）"
        kind = str
    choices = _choices(annotation)
    if choices:
        description = f"{description}：{' '.join(choices)}"
    option = typer.Option(flag, help=description)
    if kind is bool:
        option = typer.Option(f"{flag}/--no-{name.replace('_', '-')}", help=description)
    shown = kind if required else kind | None
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if required else None,
        annotation=Annotated[shown, option],
    )


def _plain_type(annotation: Any) -> Any:
    """Return what typer can read: int, bool, an applicant, or text for the model to check."""
    if get_origin(annotation) in {Union, UnionType}:
        annotation = next(part for part in get_args(annotation) if part is not NoneType)
    return annotation if annotation in {int, bool, Applicant} else str


def _choices(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return [str(choice) for choice in get_args(annotation)]
    return []


def _command_for(verb: str, model: type[RequestCommand]) -> Callable[..., None]:
    fields = {name: info for name, info in model.model_fields.items() if name != "do"}

    def command(**given: Any) -> None:
        data, output = given.pop("data"), given.pop("output")
        if given.get("applicant") is not None:
            given["applicant"] = _read_applicant(given["applicant"])
        given["on"] = given["on"] or _today()
        carry_out(data, output, {"do": verb, **given})

    parameters = [
        _option(
            name,
            info.annotation,
            info.description or name,
            required=info.is_required() and name != "on",
        )
        for name, info in fields.items()
    ]
    shared = inspect.signature(list_requests).parameters
    command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            *parameters,
            *(shared[n].replace(kind=inspect.Parameter.KEYWORD_ONLY) for n in ("data", "output")),
        ]
    )
    command.__annotations__ = {p.name: p.annotation for p in parameters} | {
        name: shared[name].annotation for name in ("data", "output")
    }
    command.__doc__ = (model.__doc__ or verb).split(":")[0].split("(")[0].strip().rstrip(".")
    return command


for _verb, _model in REQUEST_VERBS.items():
    request.command(_verb.replace("_", "-"))(_command_for(_verb, _model))
