import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer import Typer

from cli.entry_lines import parse_entry_line
from cli.main import app
from engine.settings import Settings
from tests.docs.markdown import (
    OPERATIONS,
    READMES,
    ROOT,
    SETTINGS,
    documented_settings,
    first_commands,
    json_blocks,
    markdown_files,
    relative_links,
)
from workdays import read_notice_text, shipped_notices

PREFIX = Settings.model_config["env_prefix"]
REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted|npmjs|docker\.io|ghcr\.io|quay\.io|proxy\.golang|crates\.io"
    r"|conda\.anaconda|deb\.debian|index-url|--registry"
)
MACHINE_PATHS = re.compile(
    r"(?<![\w./>-])/(?:home|root|work|tmp|usr|opt|var|etc|mnt|srv|Users)/|[A-Z]:\\"
)
COMMAND = re.compile(r"gongkai ([a-z]+)(?: ([a-z][a-z-]+))?")


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def shown(default: Any) -> str:
    match default:
        case None:
            return "unset"
        case bool():
            return str(default).lower()
        case _:
            return str(default)


def test_the_settings_page_has_each_setting_once_with_its_name_and_default() -> None:
    wanted = [
        (f"{PREFIX}{name.upper()}", shown(field.default))
        for name, field in Settings.model_fields.items()
    ]
    assert documented_settings() == wanted


@pytest.mark.parametrize("file", markdown_files(), ids=name_of)
def test_every_variable_of_ours_in_a_text_is_a_setting(file: Path) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z][A-Z_]*", file.read_text(encoding="utf-8")))
    assert named <= {name for name, _ in documented_settings()}


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
    groups = groups_of(app)
    for name, verb in COMMAND.findall(file.read_text(encoding="utf-8")):
        assert name in names_of(app) | groups.keys()
        assert not verb or name not in groups or verb in names_of(groups[name])


@pytest.mark.parametrize("file", READMES, ids=name_of)
def test_a_readme_shows_every_command_there_is(file: Path) -> None:
    shown_names = {name for name, _ in COMMAND.findall(file.read_text(encoding="utf-8"))}
    assert names_of(app) | groups_of(app).keys() == shown_names


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


def names_of(group: Typer) -> set[str]:
    return {command.name for command in group.registered_commands if command.name}


def groups_of(top: Typer) -> dict[str, Typer]:
    return {
        group.name: group.typer_instance
        for group in top.registered_groups
        if group.name and group.typer_instance
    }
