"""`gongkai agency …`: the agencies and who stands under whom (汇总关系), by date."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from rich.text import Text
from rich.tree import Tree

from cli.options import Format, FormatOption, RecordOption, settings_for
from cli.output import CommandFailed, out, print_json, warn
from disclosure.agency_tree import AgencyTree
from disclosure.chinese import chinese_date
from engine.parts import open_parts
from engine.rollup_sources import sources_of
from workdays import date_in_shanghai

agency = typer.Typer(help="机关及其汇总关系", no_args_is_help=True)


@agency.command("tree")
def tree(
    on: Annotated[
        str | None, typer.Option("--on", help="按这一天的隶属关系，YYYY-MM-DD，缺省为今天")
    ] = None,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """列出机关汇总关系；上级未登记或者关系成环的，逐一指明"""
    day = date_in_shanghai(datetime.now(UTC)) if on is None else _day(on)
    with open_parts(settings_for(data)) as parts:
        sources = sources_of(parts)
        known = sources.tree(sources.position())
    if output is Format.JSON:
        print_json({"on": day.isoformat(), "agencies": _document(known, day)})
    else:
        root = Tree(f"{chinese_date(day)}机关汇总关系", guide_style="dim")
        _grow(root, known, None, day)
        out.print(root)
    faults = _faults(known, day)
    for fault in faults:
        warn(fault)
    if faults:
        raise typer.Exit(1)


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise CommandFailed("--on 须为日期，如 2025-12-31") from None


def _document(known: AgencyTree, day: date) -> list[dict[str, Any]]:
    """Return all agencies of a day, and those that have ended by then with their end."""
    return [
        {
            "agency": one.agency,
            "name": one.name,
            "parent": one.place.parent_on(day),
            "parents": [
                {"since": None if n == 0 else held.since.isoformat(), "parent": held.parent}
                for n, held in enumerate(one.place.parents)
            ],
            "opened_on": one.place.opened_on.isoformat() if one.place.opened_on else None,
            "ended_on": one.place.ended_on.isoformat() if one.place.ended_on else None,
            "merged_into": one.place.merged_into,
            "exists": one.place.exists_on(day),
        }
        for one in sorted(known, key=lambda one: one.agency)
    ]


def _grow(branch: Tree, known: AgencyTree, above: str | None, day: date) -> None:
    for child in known.children_on(above, day):
        _grow(branch.add(Text(f"{known.name_of(child)}（{child}）")), known, child, day)


def _faults(known: AgencyTree, day: date) -> list[str]:
    faults = []
    for one in known:
        parent = one.place.parent_on(day)
        if one.place.exists_on(day) and parent is not None and parent not in known:
            faults.append(f"{one.name}（{one.agency}）的上级机关 {parent} 尚未登记")
    faults += [
        f"汇总关系成环：{' → '.join((*circle, circle[0]))}" for circle in known.circles_on(day)
    ]
    return faults
