"""A command starts quickly because it imports no more than it needs."""

import subprocess
import sys

import pytest

from tests.cli.entries import AGENCY, agency, days_ago, register, write
from tests.cli.stranger import PATIENCE, PROGRAM, Gongkai

THIS = ("--agency", AGENCY, "--case", "在办-1")
MAKERS_OF_FILES = {"docx", "xlsxwriter", "typst", "matplotlib"}
NEVER = MAKERS_OF_FILES | {"alembic", "web"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Gongkai:
    """Give the command on a folder with one open request."""
    folder = tmp_path_factory.mktemp("start")
    gongkai = Gongkai(folder / "data")
    gongkai.done("import", write(folder / "open.jsonl", agency(), register("在办-1", days_ago(2))))
    return gongkai


def imported_by(desk: Gongkai, *arguments: object) -> set[str]:
    """Run a command; return the names of the packages it imported."""
    told = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-X", "importtime", PROGRAM, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=desk.environment,
        timeout=PATIENCE,
        check=True,
    ).stderr
    names = [
        line.rpartition("|")[2].strip() for line in told.splitlines() if "import time:" in line
    ]
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize(
    "command",
    [
        ("show", *THIS),
        ("show", *THIS, "--ledger", "--format", "json"),
        ("request", "list", "--agency", AGENCY),
        ("stats", "--agency", AGENCY, "--year", "2024"),
        ("explain", "--agency", AGENCY, "--year", "2024", "--cell", "new.natural_person"),
    ],
)
def test_a_command_that_reads_imports_neither_engine_nor_migrations_nor_makers_of_files(
    desk: Gongkai, command: tuple[str, ...]
) -> None:
    imported = imported_by(desk, *command)
    assert {"sqlalchemy", "disclosure"} <= imported
    assert not imported & (NEVER | {"temporalio"})


def test_a_command_that_advances_a_request_imports_no_makers_of_files_and_no_audit(
    desk: Gongkai,
) -> None:
    imported = imported_by(
        desk, "request", "extend", *THIS, "--reason", "检索", "--approved-by", "负责人"
    )
    assert "temporalio" in imported
    assert not imported & (NEVER | {"audit"})
