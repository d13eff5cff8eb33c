"""`gongkai account`: accounts and roles from the command line, the way back when locked out.

Whoever may use the data folder may do this. It leaves entries in the trail, by the name of the
operating system's user.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import Format, FormatOption, RecordOption, settings_for
from cli.output import CommandFailed, print_json, say
from cli.system_user import operator
from disclosure.addresses import agency_stream
from engine.parts import Parts, open_parts
from people import ADMINISTRATORS, BUSINESS, People, PeopleError, Role
from people.roles import check_apart

account = typer.Typer(
    help="账号和角色：新增、列表、重置密码、解锁、授予和撤销角色", no_args_is_help=True
)

NameArgument = Annotated[str, typer.Argument(help="用户名", show_default=False)]
RoleOption = Annotated[Role, typer.Option("--role", help="角色")]
PlaceOption = Annotated[str, typer.Option("--agency", help="机关代码；系统、安全、审计管理员不填")]


@account.command("add")
def add(
    name: NameArgument,
    display_name: Annotated[str, typer.Option("--display-name", help="姓名")],
    role: Annotated[
        list[Role] | None, typer.Option("--role", help="角色，可以重复", show_default=False)
    ] = None,
    agency: PlaceOption = "",
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """新增账号并显示首次密码，可以同时授予角色"""
    roles = role or []
    with _people(data, agency) as people:
        for one in roles:  # before anything is made
            check_apart(one, roles)
            if one in BUSINESS and not agency:
                raise CommandFailed(f"“{one.words}”须用 --agency 指明机关")
        password = people.accounts.add(operator(), name, display_name)
        for one in roles:
            place = "" if one in ADMINISTRATORS else agency
            people.grants.grant(operator(), name, one, place)
    _hand_over(output, name, password)


@account.command("list")
def list_accounts(data: RecordOption = None, output: FormatOption = Format.TEXT) -> None:
    """列出账号、角色和状态"""
    with _people(data) as people:
        held, now = people.grants.all(), people.now()
        rows: list[dict[str, Any]] = [
            {
                "name": one.name,
                "display_name": one.display_name,
                "roles": [
                    {"role": grant.role.value, "agency": grant.agency or None}
                    for grant in held.get(one.name, [])
                ],
                "locked": one.locked(now),
                "disabled": one.disabled_at is not None,
                "must_change_password": one.must_change,
                "second_factor": one.has_second_factor,
            }
            for one in people.accounts.all()
        ]
    if output is Format.JSON:
        print_json(rows)
        return
    for row in rows:
        say(f"{row['name']}　{row['display_name']}　{_roles(row['roles'])}　{_state(row)}")


@account.command("reset")
def reset(
    name: NameArgument,
    second_factor: Annotated[
        bool, typer.Option("--second-factor", help="同时停用动态口令（手机遗失）")
    ] = False,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """重置密码并解除锁定，管理员账号也可以"""
    with _people(data) as people:
        password = people.accounts.reset_password(operator(), name)
        if second_factor:
            people.second_factor.remove(operator(), name)
    _hand_over(output, name, password)


@account.command("unlock")
def unlock(name: NameArgument, data: RecordOption = None) -> None:
    """解除锁定"""
    with _people(data) as people:
        people.accounts.unlock(operator(), name)
    say(f"已解除锁定：{name}")


@account.command("grant")
def grant(
    name: NameArgument, role: RoleOption, agency: PlaceOption = "", data: RecordOption = None
) -> None:
    """授予角色"""
    with _people(data, agency) as people:
        people.grants.grant(operator(), name, role, agency)
    say(f"已授予：{name}　{role.words}　{agency}".rstrip())


@account.command("revoke")
def revoke(
    name: NameArgument, role: RoleOption, agency: PlaceOption = "", data: RecordOption = None
) -> None:
    """撤销角色"""
    with _people(data) as people:
        people.grants.revoke(operator(), name, role, agency)
    say(f"已撤销：{name}　{role.words}　{agency}".rstrip())


@contextmanager
def _people(data: Path | None, agency: str = "") -> Iterator[People]:
    """Open the people of a data folder; an agency that is named must be on record there."""
    from web.office import open_people_of
    from web.settings import WebSettings

    with open_parts(settings_for(data)) as parts, open_people_of(parts, WebSettings()) as people:
        _on_record(parts, agency)
        try:
            yield people
        except PeopleError as refused:
            raise CommandFailed(refused.message) from None


def _on_record(parts: Parts, agency: str) -> None:
    if agency and not parts.store.stream_version(agency_stream(agency)):
        raise CommandFailed(f"没有登记机关 {agency}，请检查 --agency")


def _hand_over(output: Format, name: str, password: str) -> None:
    if output is Format.JSON:
        print_json({"name": name, "first_password": password})
    else:
        say(f"用户名 {name}　首次密码 {password}（只显示一次，第一次登录时必须修改）")


def _roles(roles: list[dict[str, Any]]) -> str:
    words = [
        Role(one["role"]).words + (f"（{one['agency']}）" if one["agency"] else "") for one in roles
    ]
    return "、".join(words) or "尚无角色"


def _state(row: dict[str, Any]) -> str:
    if row["disabled"]:
        return "已停用"
    if row["locked"]:
        return "已锁定"
    return "待改首次密码" if row["must_change_password"] else "正常"
