"""What lies in the data folder is its owner's alone, whatever the umask says."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.folder import DataFolder, EngineNote
from engine.parts import open_parts
from engine.server import embedded_server
from engine.settings import Settings
from eventstore import open_engine


@pytest.fixture(autouse=True)
def _careless_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> dict[str, str]:
    """Return the files in a folder that others may read or write, with their modes."""
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()}
    return {name: f"{mode:o}" for name, mode in modes.items() if mode != 0o600}


async def test_every_file_of_a_running_system_is_its_owners_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with open_parts(Settings(data=data)) as parts, parts.folder.hold_engine("serve") as tell:
        async with embedded_server(
            parts.folder.temporal_database, parts.folder.engine_log
        ) as server:
            tell(EngineNote(pid=1, role="serve", address=server.address))
            parts.files.put(b"report")
            names = {path.name for path in data.rglob("*") if path.is_file()}
            assert names >= {
                *("gongkai.db", "gongkai.db-wal", "gongkai.db-shm"),
                *("temporal.db", "temporal.db-wal", "temporal.db-shm", "temporal.log"),
                *("engine.lock", "master-1.key"),
            }
            assert open_to_others(data) == {}
    assert data.stat().st_mode & 0o777 == 0o700


def test_files_an_older_program_left_open_are_closed_to_others(tmp_path: Path) -> None:
    with open_parts(Settings(data=tmp_path / "data")):
        pass
    (tmp_path / "data" / "temporal.log").touch()
    (tmp_path / "data" / "temporal.db").touch()
    for path in (tmp_path / "data").iterdir():
        if path.is_file():
            path.chmod(0o644)
    with open_parts(Settings(data=tmp_path / "data")):
        assert open_to_others(tmp_path / "data") == {}


def test_a_log_elsewhere_on_the_machine_is_its_owners_alone_too(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE something (id INTEGER)")
        assert {path.name for path in tmp_path.iterdir()} >= {"elsewhere.db", "elsewhere.db-wal"}
        assert open_to_others(tmp_path) == {}
    engine.dispose()


def test_a_file_of_somebody_else_in_the_folder_is_let_be(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data").make()
    note = folder.path / "说明.txt"
    note.touch()
    note.chmod(0o644)
    folder.make()
    assert note.stat().st_mode & 0o777 == 0o644
