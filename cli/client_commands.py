"""`gongkai client`: programs at the interface from the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from cli.options import Format, FormatOption, RecordOption, settings_for
from cli.output import CommandFailed, print_json, say
from cli.system_user import operator
from disclosure.addresses import agency_stream
from engine.parts import open_parts
from people import EVERY_AGENCY, Client, Clients, PeopleError, Scope
from people.clients import USUAL_DAYS, USUAL_PER_MINUTE

client = typer.Typer(help="接口应用：新增、列表、撤销", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(help="名称，如 portal", show_default=False)]


@client.command("add")
def add(
    name: NameArgument,
    display_name: Annotated[str, typer.Option("--display-name", help="系统名称")],
    scope: Annotated[list[Scope], typer.Option("--scope", help="权限，可以重复")],
    agency: Annotated[
        list[str], typer.Option("--agency", help=f"机关代码，可以重复；{EVERY_AGENCY} 为全部机关")
    ],
    days: Annotated[int, typer.Option("--days", help="有效期（天）")] = USUAL_DAYS,
    per_minute: Annotated[
        int, typer.Option("--per-minute", help="每分钟至多调用次数")
    ] = USUAL_PER_MINUTE,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """新增接口应用并显示令牌，只显示一次"""
    with _clients(data, agency) as clients:
        token = clients.add(
            operator(),
            name,
            display_name,
            scopes=scope,
            agencies=agency,
            days=days,
            per_minute=per_minute,
        )
    if output is Format.JSON:
        print_json({"name": name, "token": token})
    else:
        say(f"接口应用 {name}　令牌 {token}（只显示一次，请妥善保管）")


@client.command("list")
def list_clients(data: RecordOption = None, output: FormatOption = Format.TEXT) -> None:
    """列出接口应用、权限、机关、有效期和最近使用时间"""
    with _clients(data) as clients:
        rows = clients.all()
    if output is Format.JSON:
        print_json([_document(row) for row in rows])
        return
    for row in rows:
        scopes = "、".join(scope.value for scope in Scope if scope in row.scopes)
        state = "已撤销" if row.revoked_at else f"至 {row.expires_at:%Y-%m-%d}"
        say(f"{row.name}　{row.display_name}　{scopes}　{'、'.join(sorted(row.agencies))}　{state}")


@client.command("revoke")
def revoke(name: NameArgument, data: RecordOption = None) -> None:
    """撤销接口应用，其令牌立即失效"""
    with _clients(data) as clients:
        clients.revoke(operator(), name)
    say(f"已撤销：{name}")


def _document(row: Client) -> dict[str, object]:
    return {
        "name": row.name,
        "display_name": row.display_name,
        "scopes": [scope.value for scope in Scope if scope in row.scopes],
        "agencies": sorted(row.agencies),
        "per_minute": row.per_minute,
        "created_by": row.created_by,
        "created_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
        "revoked_at": row.revoked_at.isoformat() if row.revoked_at else None,
        "used_at": row.used_at.isoformat() if row.used_at else None,
    }


@contextmanager
def _clients(data: Path | None, agencies: list[str] | None = None) -> Iterator[Clients]:
    """Open the programs of a data folder; agencies that are named must be on record there."""
    from web.office import open_people_of
    from web.settings import WebSettings

    with open_parts(settings_for(data)) as parts, open_people_of(parts, WebSettings()) as people:
        for agency in agencies or []:
            if agency != EVERY_AGENCY and not parts.store.stream_version(agency_stream(agency)):
                raise CommandFailed(f"没有登记机关 {agency}，请检查 --agency")
        try:
            yield Clients(people.engine, people.now)
        except PeopleError as refused:
            raise CommandFailed(refused.message) from None
