"""The data folder (数据目录): what lies where in it, and who holds its engine.

The engine's lock is an advisory lock on a file: the kernel lets go of it when its holder dies,
however it dies, so a stale lock cannot be.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from eventstore import close_to_others

SERVE = "serve"
"""Role of the engine that stays."""


class FolderError(Exception):
    """The data folder cannot be used; the message says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class EngineNote:
    """What the holder of the engine says of itself.

    Attributes:
        role: `serve` stays, anything else goes away when its work is done.
        address: host and port of the engine, empty while it starts.
        ui: address of Temporal's own web pages, empty where they are off.
    """

    pid: int
    role: str
    address: str = ""
    ui: str = ""

    @property
    def serves(self) -> bool:
        """Whether others may use it: it stays, and it answers."""
        return self.role == SERVE and bool(self.address)


class EngineHeldError(FolderError):
    """Another process runs the engine of this data folder; `holder` says which."""

    def __init__(self, path: Path, holder: EngineNote) -> None:
        super().__init__(
            f"数据目录 {path} 的引擎已由进程 {holder.pid}（{holder.role}）运行，"
            "同一数据目录只能运行一个 gongkai serve"
        )
        self.holder = holder


class DataFolder:
    """One data folder. Made with mode 0700 where it does not exist, its files with 0600."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()

    def make(self) -> "DataFolder":
        """Make the folder where it does not exist; close our files in it to others."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise FolderError(f"不能使用数据目录 {self.path}：{error.strerror}") from error
        for path in (*self._temporal_files, self.engine_log, self._lock_file):
            close_to_others(path)
        return self

    @property
    def log(self) -> Path:
        """The event log's database."""
        return self.path / "gongkai.db"

    @property
    def log_url(self) -> str:
        """The address of the event log's database."""
        return f"sqlite:///{self.log}"

    @property
    def has_log(self) -> bool:
        """Whether there is an event log in it."""
        return self.log.exists()

    @property
    def temporal_database(self) -> Path:
        """The embedded engine's own database: disposable, it is made again from the log."""
        return self.path / "temporal.db"

    @property
    def _temporal_files(self) -> list[Path]:
        name = self.temporal_database
        return [name.with_name(name.name + end) for end in ("", "-wal", "-shm")]

    def forget_engine(self) -> None:
        """Throw the embedded engine's database away; nobody may be running it."""
        for path in self._temporal_files:
            path.unlink(missing_ok=True)

    @property
    def keys(self) -> Path:
        """Folder of the master keys."""
        return self.path / "keys"

    @property
    def files(self) -> Path:
        """Store of finished files by content hash."""
        return self.path / "files"

    @property
    def engine_log(self) -> Path:
        """What the embedded engine prints."""
        return self.path / "temporal.log"

    @property
    def _lock_file(self) -> Path:
        return self.path / "engine.lock"

    @contextmanager
    def hold_engine(self, role: str) -> Iterator[Callable[[EngineNote], None]]:
        """Hold the engine of this folder; yields the function that tells others about it.

        Args:
            role: `serve`, or what else the engine was started for.

        Raises:
            EngineHeldError: another process holds it.
        """
        self.make()
        with open(self._lock_file, "a+", opener=private) as file:
            if not _try_lock(file):
                raise EngineHeldError(self.path, _read_note(file))
            _write_note(file, EngineNote(pid=os.getpid(), role=role))
            try:
                yield lambda note: _write_note(file, note)
            finally:
                file.truncate(0)


def private(path: str, flags: int) -> int:
    """Open a file for `open`; a new one is its owner's alone."""
    return os.open(path, flags, 0o600)


def _try_lock(file: IO[Any]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read_note(file: IO[str]) -> EngineNote:
    """Read the holder's note; a note just being written reads as a holder that is starting."""
    file.seek(0)
    try:
        return EngineNote(**json.loads(file.read()))
    except (ValueError, TypeError):
        return EngineNote(pid=0, role="starting")


def _write_note(file: IO[str], note: EngineNote) -> None:
    file.seek(0)
    file.truncate()
    json.dump({"pid": note.pid, "role": note.role, "address": note.address, "ui": note.ui}, file)
    file.flush()
