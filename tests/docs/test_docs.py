import json
import re
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from typer import Typer

from audit.summary import RULE_LABELS
from cli.commands import PLACES, command_of
from cli.entry_lines import parse_entry_line
from engine.settings import Settings
from people import Role, Scope
from tests.docs.markdown import (
    OPERATIONS,
    READMES,
    ROOT,
    SETTINGS,
    documented_layers,
    documented_settings,
    first_commands,
    json_blocks,
    markdown_files,
    relative_links,
)
from web.api.settings import ApiSettings
from web.settings import WebSettings
from workdays import read_notice_text, shipped_notices

PREFIX = Settings.model_config["env_prefix"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = [name for name in PROJECT["tool"]["setuptools"]["packages"] if "." not in name]
REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted|npmjs|docker\.io|ghcr\.io|quay\.io|proxy\.golang|crates\.io"
    r"|conda\.anaconda|deb\.debian|index-url|--registry"
)
MACHINE_PATHS = re.compile(
    r"(?<![\w./>-])/(?:home|root|work|tmp|usr|opt|var|etc|mnt|srv|Users)/|[A-Z]:\\"
)
COMMAND = re.compile(r"gongkai ([a-z][a-z-]*)(?: ([a-z][a-z-]+))?")
TROUBLE = re.compile(r"\b_?log(?:ger)?\.(?:warning|error|exception)\(\s*\"([^\"%]+)")


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def shown(default: Any) -> str:
    match default:
        case None:
            return "unset"
        case bool():
            return str(default).lower()
        case "" | SecretStr():
            return "unset"
        case _:
            return str(default)


def test_the_settings_page_has_each_setting_once_with_its_name_and_default() -> None:
    wanted = [
        (f"{PREFIX}{name.upper()}", shown(field.default))
        for settings in (Settings, WebSettings, ApiSettings)
        for name, field in settings.model_fields.items()
    ]
    assert documented_settings() == wanted


@pytest.mark.parametrize("file", markdown_files(), ids=name_of)
def test_every_variable_of_ours_in_a_text_is_a_setting(file: Path) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z][A-Z_]*", file.read_text(encoding="utf-8")))
    assert named <= {name for name, _ in documented_settings()}


@pytest.mark.parametrize("role", Role)
def test_the_operations_page_says_what_each_role_is_called(role: Role) -> None:
    assert f"| `{role}` | {role.words} |" in OPERATIONS.read_text(encoding="utf-8")


@pytest.mark.parametrize("scope", Scope)
def test_the_operations_page_says_what_each_scope_of_a_token_opens(scope: Scope) -> None:
    assert f"| `{scope}` | {scope.words} |" in OPERATIONS.read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", RULE_LABELS)
def test_the_operations_page_says_what_each_rule_of_the_audit_asks(rule: str) -> None:
    assert f"`{rule}`" in OPERATIONS.read_text(encoding="utf-8")


@pytest.mark.parametrize("room", [*ROOMS, "worker.py"])
def test_every_warning_and_error_a_room_logs_is_explained(room: str) -> None:
    sources = [*(ROOT / room).rglob("*.py")] if room in ROOMS else [ROOT / room]
    said = chain.from_iterable(TROUBLE.findall(file.read_text("utf-8")) for file in sources)
    explained = OPERATIONS.read_text(encoding="utf-8")
    assert [words for words in said if words.strip() not in explained] == []


def test_the_architecture_page_lists_the_layers_that_are_checked() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    checked = next(each["layers"] for each in contracts if each["type"] == "layers")
    layers = [set(re.findall(r"\w+", layer)) for layer in checked]
    known = set().union(*layers)
    assert [rooms & known for rooms in documented_layers() if rooms & known] == layers


@pytest.mark.parametrize("file", READMES, ids=name_of)
def test_a_readme_leads_to_every_room(file: Path) -> None:
    linked = {target.resolve() for target in relative_links(file)}
    assert {ROOT / room for room in ROOMS} <= linked


@pytest.mark.parametrize("file", READMES, ids=name_of)
def test_a_readme_begins_with_the_two_commands(file: Path) -> None:
    assert first_commands(file) == ["make demo", "make test"]


@pytest.mark.parametrize("file", markdown_files(), ids=name_of)
def test_every_relative_link_leads_somewhere(file: Path) -> None:
    assert [target for target in relative_links(file) if not target.exists()] == []


def test_the_pages_of_the_repository_are_reached_from_the_readme() -> None:
    linked = {target.resolve() for target in relative_links(READMES[0])}
    pages = {SETTINGS, *(ROOT / "docs").glob("*.md"), *READMES[1:], ROOT / "CHANGELOG.md"}
    assert pages <= linked


@pytest.mark.parametrize("file", markdown_files(), ids=name_of)
def test_no_text_names_a_registry_or_a_path_of_one_machine(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert REGISTRIES.findall(text) + MACHINE_PATHS.findall(text) == []


@pytest.mark.parametrize("file", markdown_files(), ids=name_of)
def test_every_command_a_text_shows_exists(file: Path) -> None:
    for name, verb in COMMAND.findall(file.read_text(encoding="utf-8")):
        assert name in PLACES
        assert not verb or not is_group(name) or verb in verbs_of(name)


@pytest.mark.parametrize("file", READMES, ids=name_of)
def test_a_readme_shows_every_command_there_is(file: Path) -> None:
    shown_names = {name for name, _ in COMMAND.findall(file.read_text(encoding="utf-8"))}
    assert shown_names == PLACES.keys()


def test_both_readmes_show_the_same_commands_and_lead_to_the_same_places() -> None:
    english, chinese = (
        (
            set(COMMAND.findall(file.read_text(encoding="utf-8"))),
            {target.resolve() for target in relative_links(file)} - set(READMES),
        )
        for file in READMES
    )
    assert english == chinese


def test_the_calendar_page_shows_notices_as_they_are_shipped() -> None:
    examples = json_blocks(ROOT / "docs" / "calendar.md")
    assert examples
    shipped = {notice.number: notice for notice in shipped_notices()}
    for text in examples:
        notice = read_notice_text(text)
        assert notice.model_copy(update={"remarks": ""}) == shipped[notice.number].model_copy(
            update={"remarks": ""}
        )


@pytest.mark.parametrize("text", json_blocks(OPERATIONS))
def test_an_entry_line_the_operations_page_shows_can_be_imported(text: str) -> None:
    assert json.loads(parse_entry_line(text.strip()).canonical) == json.loads(text)


def is_group(name: str) -> bool:
    return isinstance(command_of(name), Typer)


def verbs_of(name: str) -> set[str]:
    group = command_of(name)
    assert isinstance(group, Typer)
    return {command.name for command in group.registered_commands if command.name}
