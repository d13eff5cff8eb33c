import re
from pathlib import Path
from typing import Any

import pytest
from typer import Typer

from cli.case_commands import request
from cli.main import app
from engine.settings import Settings
from tests.docs.markdown import (
    READMES,
    ROOT,
    SETTINGS,
    documented_settings,
    first_commands,
    markdown_files,
    relative_links,
)

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


@pytest.mark.parametrize("file", READMES, ids=name_of)
def test_every_command_a_readme_shows_exists(file: Path) -> None:
    shown_commands = set(COMMAND.findall(file.read_text(encoding="utf-8")))
    assert {name for name, _ in shown_commands} <= {"request"} | names_of(app)
    assert {verb for name, verb in shown_commands if name == "request"} - {""} <= names_of(request)


def names_of(group: Typer) -> set[str]:
    return {command.name for command in group.registered_commands if command.name}
