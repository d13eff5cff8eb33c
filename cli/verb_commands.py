"""Subcommands made from the verbs themselves: a new verb has its command as soon as it exists."""

import asyncio
import inspect
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import typer

from cli.entry_lines import EntryLine, parse_entry_line
from cli.options import DataOption, Format, FormatOption, settings_for
from cli.output import CommandFailed, print_json, say
from cli.personal_texts import HOW, personal_options, read_texts
from disclosure.commands import CaseCommand
from disclosure.request_commands import Applicant
from engine.parts import Parts, open_parts
from workdays import date_in_shanghai
from workflows.messages import CommandReceipt


@dataclass(frozen=True, slots=True)
class CasePage:
    """How one kind of case is shown after a command.

    Attributes:
        find: reads a case of an agency.
        document: what it found, as plain JSON values.
        show: prints what it found for a person.
    """

    find: Callable[[Parts, str, str], Any]
    document: Callable[[Any], dict[str, Any]]
    show: Callable[[Any], None]


def add_verbs(app: typer.Typer, verbs: Mapping[str, type[CaseCommand]], page: CasePage) -> None:
    """Add a subcommand for each verb, which carries it out and shows its case."""
    for verb, model in verbs.items():
        app.command(verb.replace("_", "-"), epilog=HOW)(_command_for(verb, model, page))


def chinese_part(docstring: str) -> str:
    """Return the Chinese words a docstring begins with: of what a verb says, the short help."""
    found = re.match(r"[^\x00-\x7f]*", docstring)
    return found[0] if found else ""


def _carry_out(
    page: CasePage, data: Path | None, output: Format, members: dict[str, Any], *, again: bool
) -> None:
    """Send one command to its case's workflow and say what became of it."""
    given = {name: value for name, value in members.items() if value is not None}
    line = parse_entry_line(json.dumps(given, ensure_ascii=False))
    with open_parts(settings_for(data)) as parts:
        receipt = asyncio.run(_carry(parts, line, again=again))
        parts.projector.catch_up(through=receipt.position or None)
        found = page.find(parts, given["agency"], given["case"])
    if output is Format.JSON:
        print_json({**receipt.model_dump(mode="json"), "case": page.document(found)})
        return
    if receipt.already_recorded:
        say(_REPEATED)
    page.show(found)


_REPEATED = (
    "与该案最后一次登记的内容相同，视为重复提交，没有变化；如确系又一次相同的事实，请加 --again"
)


async def _carry(parts: Parts, line: EntryLine, *, again: bool) -> CommandReceipt:
    from cli.engines import engine_at_hand
    from engine.cases import load_case
    from engine.commands import carry

    command = line.command
    if not isinstance(command, CaseCommand):
        raise CommandFailed("这不是一件申请或者案件的办理动作")
    entry = f"entry:{parts.fingerprints.of(line.canonical)}"
    record = load_case(parts.log, line.stream)
    handled = record.handled if record is not None else {}
    last = _last_entry(handled)
    if not again and (last == entry or last.startswith(f"{entry}:")):
        return CommandReceipt(version=handled[last], already_recorded=True)
    async with engine_at_hand(parts, "request") as client:
        return await carry(client, parts.log, _next_id(entry, handled), command)


def _last_entry(handled: Mapping[str, int]) -> str:
    """Return the id of what a person entered last; what the system records has other ids."""
    entries = [command_id for command_id in handled if command_id.startswith("entry:")]
    return max(entries, key=handled.__getitem__, default="")


def _next_id(entry: str, handled: Mapping[str, int]) -> str:
    """Return the id of the nth time these words are true, as an import of the same lines does."""
    nth = (entry if n == 1 else f"{entry}:{n}" for n in count(1))
    return next(command_id for command_id in nth if command_id not in handled)


def _today() -> str:
    return date_in_shanghai(datetime.now(UTC)).isoformat()


def _option(
    name: str, annotation: Any, description: str, *, required: bool, personal: bool
) -> inspect.Parameter:
    flag = f"--{name.replace('_', '-')}"
    kind = _plain_type(annotation)
    if kind is Applicant:
        description = "申请人 JSON 文件，- 为标准输入（type 必填，其余为个人信息）"
        kind = str
    if personal:
        description = f"{description}（@文件、- 为标准输入）"
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


def _command_for(verb: str, model: type[CaseCommand], page: CasePage) -> Callable[..., None]:
    fields = {name: info for name, info in model.model_fields.items() if name != "do"}
    personal = personal_options(model)

    def command(**given: Any) -> None:
        data, output, again = given.pop("data"), given.pop("output"), given.pop("again")
        given = read_texts(given, personal)
        given["on"] = given["on"] or _today()
        _carry_out(page, data, output, {"do": verb, **given}, again=again)

    parameters = [
        _option(
            name,
            info.annotation,
            info.description or name,
            required=info.is_required() and name != "on",
            personal=name in personal,
        )
        for name, info in fields.items()
    ] + _SHARED
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in parameters}
    command.__doc__ = chinese_part(model.__doc__ or "")
    return command


_AgainOption = Annotated[
    bool, typer.Option("--again", help="与该案最后一次登记的内容相同，确系又一次发生的，也予登记")
]
_SHARED = [
    inspect.Parameter(
        "again", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=_AgainOption
    ),
    inspect.Parameter("data", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=DataOption),
    inspect.Parameter(
        "output", inspect.Parameter.KEYWORD_ONLY, default=Format.TEXT, annotation=FormatOption
    ),
]
"""The options every command shares."""
