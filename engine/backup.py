"""Backup and restore: everything needed to go on elsewhere, in one file.

What can be made again stays out: projections are folded from the log, and the engine's database
is started from it. The log is kept as SQLite whatever it runs on, so that a backup of either
database is restored into either.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from engine.archive import (
    FILES,
    KEYS,
    LOG,
    PEOPLE,
    ArchiveBrokenError,
    reading_archive,
    unpack,
    write_archive,
)
from engine.folder import DataFolder, FolderError
from engine.parts import Parts, open_log
from engine.settings import Settings
from eventstore import EventStore, copy_log, migrate, open_engine
from people.copying import copy_people
from people.database import migrate_people, open_people

Told = Callable[[int, int], None]
"""Told how many events of how many are through."""


@dataclass(frozen=True, slots=True)
class BackupResult:
    """What a backup holds: events, finished files, master keys, accounts."""

    events: int
    files: int
    keys: int
    people: bool

    def to_json(self) -> dict[str, object]:
        """Return the members of the answer."""
        return asdict(self)


def back_up(parts: Parts, target: Path, told: Told, *, with_keys: bool = True) -> BackupResult:
    """Write a backup while the system may go on working.

    The file appears whole or not at all, and is its owner's alone.

    Args:
        parts: the parts.
        target: a file that does not exist.
        told: told of progress.
        with_keys: whether the master keys of the folder go into it. Without them the backup is of
            no use to whoever finds it, and of none to us if the keys are lost.

    Raises:
        FolderError: there is a file of that name.
        OSError: it cannot be written.
    """
    if target.exists():
        raise FolderError(f"{target} 已经存在，备份不覆盖原有文件，请另取名称")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".gongkai-backup-") as name:
        stage = Path(name)
        events = _copy_of_log(parts.engine, stage / LOG, told)
        members = {LOG: stage / LOG}
        if _copy_of_people(parts, stage / PEOPLE):
            members[PEOPLE] = stage / PEOPLE
        keys = _found(parts.folder.keys, KEYS, "master-*.key") if with_keys else {}
        # After the log: a file it names is then among them.
        files = _found(parts.folder.files, FILES, f"??/{'[0-9a-f]' * 64}")
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        draft = stage / "backup.tar"
        draft.touch(mode=0o600)
        with draft.open("wb") as out:
            write_archive(out, made_at, events, members | keys | files)
            out.flush()
        # A hard link fails where the name was taken meanwhile.
        target.hardlink_to(draft)
    return BackupResult(events, len(files), len(keys), PEOPLE in members)


def restore(settings: Settings, source: Path, told: Told) -> BackupResult:
    """Put a backup into a data folder, and a database, that hold no log yet.

    Everything is read, held against its digests and the log verified before anything is put in its
    place. A database of the embedded engine that lies there is thrown away: it belongs to another
    log, and a new one is made from this.

    Args:
        settings: say where to.
        source: the backup.
        told: told of progress.

    Raises:
        ArchiveBrokenError: the file is no backup, or not a whole one.
        FolderError: a log is there already, or an engine runs.
    """
    folder = DataFolder(settings.data)
    if settings.database_url is None and folder.has_log:
        raise FolderError(f"数据目录 {folder.path} 已有事件日志，只能恢复到没有日志的目录")
    with folder.hold_engine("restore"):
        with tempfile.TemporaryDirectory(dir=folder.path, prefix=".restore-") as name:
            stage = Path(name)
            with reading_archive(source) as (manifest, members):
                for member, file in members:
                    unpack(file, member, manifest, stage / member)
            _verify(stage / LOG, manifest.events, told)
            _put_in_place(settings, folder, stage)
        folder.forget_engine()
    return BackupResult(
        manifest.events,
        sum(name.startswith(FILES) for name in manifest.members),
        sum(name.startswith(KEYS) for name in manifest.members),
        PEOPLE in manifest.members,
    )


def _put_in_place(settings: Settings, folder: DataFolder, stage: Path) -> None:
    """Move what was read to where it belongs, the log last: without it nothing has begun."""
    for room, target in ((KEYS, folder.keys), (FILES, folder.files)):
        for path in sorted((stage / room).rglob("*")):
            if path.is_file():
                _move(path, target / path.relative_to(stage / room))
    if (stage / PEOPLE).exists():
        _restore_people(settings, folder, stage / PEOPLE)
    if settings.database_url is None:
        _move(stage / LOG, folder.log)
        return
    with _opened(f"sqlite:///{stage / LOG}") as source, open_log(settings, folder) as database:
        migrate(database)
        copy_log(source, database)


def _restore_people(settings: Settings, folder: DataFolder, source: Path) -> None:
    url = settings.database_url.get_secret_value() if settings.database_url else None
    target = open_people(folder.path, url)
    try:
        migrate_people(target)
        with _opened(f"sqlite:///{source}") as engine:
            migrate_people(engine)
            copy_people(engine, target)
    finally:
        target.dispose()


def _move(path: Path, target: Path) -> None:
    """Move a file; one of the same content may be there already, another may not."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if target.exists():
        if target.read_bytes() != path.read_bytes():
            raise FolderError(f"{target} 已经存在，内容与备份不同，请先移走")
        return
    shutil.move(path, target)


def _verify(log: Path, events: int, told: Told) -> None:
    with _opened(f"sqlite:///{log}") as engine:
        migrate(engine)
        store = EventStore(engine)
        head = store.head()
        if head != events:
            raise ArchiveBrokenError(f"备份中的事件日志有 {head} 条，清单为 {events} 条")
        for fault in store.verify(lambda position: told(position, head)):
            raise ArchiveBrokenError(
                f"备份中的事件日志不完整：第 {fault.position} 条起被改动或缺失"
            )


def _copy_of_log(source: sa.Engine, target: Path, told: Told) -> int:
    with _opened(f"sqlite:///{target}") as engine:
        migrate(engine)
        return copy_log(source, engine, told)


def _copy_of_people(parts: Parts, target: Path) -> bool:
    """Copy accounts, roles and trail; False where nobody has ever opened them."""
    url = parts.settings.database_url
    if url is None and not (parts.folder.path / PEOPLE).exists():
        return False
    source = open_people(parts.folder.path, url.get_secret_value() if url else None)
    try:
        migrate_people(source)
        with _opened(f"sqlite:///{target}") as engine:
            migrate_people(engine)
            copy_people(source, engine)
    finally:
        source.dispose()
    return True


@contextmanager
def _opened(url: str) -> Iterator[sa.Engine]:
    """Open a database of our own making; at the end its file is whole by itself, without a WAL."""
    engine = open_engine(url, synchronous="NORMAL")
    try:
        yield engine
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()


def _found(folder: Path, room: str, pattern: str) -> dict[str, Path]:
    return {
        f"{room}{path.relative_to(folder).as_posix()}": path
        for path in sorted(folder.glob(pattern))
        if path.is_file()
    }
