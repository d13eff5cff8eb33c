"""The parts of the system without an engine: settings, folder, log, vault, projections.

Apart from `worker.py` because reading figures needs no Temporal, and must not wait for its SDK.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from activities.figures import FigureReader
from activities.file_store import FileStore
from activities.item_counts import ItemCounts
from activities.reply_numbers import ReplyNumbers
from disclosure.law import Law
from engine.folder import DataFolder, FolderError
from engine.recalculation import Recalculator
from engine.settings import Settings
from eventstore import EventStore, Projector, migrate, open_engine
from eventstore.schema import data_keys
from projections import all_projections
from records import RecordLog, decode
from records.holiday_notices import calendar_on_record
from vault import Fingerprints, KeyRing, KeyRingBroken, Vault
from workflows.law_in_force import use_law


@dataclass(frozen=True, slots=True)
class Parts:
    """What the system is made of, without an engine."""

    settings: Settings
    folder: DataFolder
    engine: sa.Engine
    store: EventStore
    keyring: KeyRing
    vault: Vault
    log: RecordLog
    projector: Projector
    figures: FigureReader
    items: ItemCounts
    files: FileStore
    fingerprints: Fingerprints
    recalculator: Recalculator
    reply_numbers: ReplyNumbers

    def law(self) -> Law:
        """Return the law with the calendar as it now stands on record."""
        return Law(
            calendar=calendar_on_record(self.log),
            choices=self.settings.choices,
            pseudonym=Fingerprints(self.keyring, "pseudonym").of,
        )


@contextmanager
def open_parts(settings: Settings) -> Iterator[Parts]:
    """Open the data folder and the log, migrating the database if it is older.

    A first start makes folder, database and, on a machine of its own, master key. Where a log
    exists its key must too: a fresh one would only hide the loss.

    Raises:
        FolderError, KeyRingBroken, SchemaOutdated: with a message for the operator.
    """
    folder = DataFolder(settings.data).make()
    with open_log(settings, folder) as engine:
        migrate(engine)
        store = EventStore(engine)
        keyring = _keyring(settings, folder, first_start=store.head() == 0)
        vault = Vault(engine, data_keys, keyring)
        projector = Projector(store, all_projections(), decode)
        log = RecordLog(store, vault)
        parts = Parts(
            settings=settings,
            folder=folder,
            engine=engine,
            store=store,
            keyring=keyring,
            vault=vault,
            log=log,
            projector=projector,
            figures=FigureReader(store, engine, projector),
            items=ItemCounts(engine, projector),
            files=FileStore(folder.files),
            fingerprints=Fingerprints(keyring),
            recalculator=Recalculator(log, projector, engine),
            reply_numbers=ReplyNumbers(log),
        )
        use_law(parts.law())
        yield parts


@contextmanager
def open_log(settings: Settings, folder: DataFolder) -> Iterator[sa.Engine]:
    """Open the log's database while the block runs.

    Raises:
        FolderError: the setting names none that there is.
    """
    url = settings.database_url.get_secret_value() if settings.database_url else folder.log_url
    try:
        engine = open_engine(url, synchronous=settings.database_synchronous)
    except (ValueError, sa.exc.ArgumentError, ImportError):
        # The text may quote the address, and with it the password.
        raise FolderError(
            "设置有误：GONGKAI_DATABASE_URL 须为 postgresql+psycopg://用户:密码@主机/数据库"
            "，或 sqlite:///文件路径"
        ) from None
    try:
        yield engine
    finally:
        engine.dispose()


def _keyring(settings: Settings, folder: DataFolder, *, first_start: bool) -> KeyRing:
    """Take the master keys from the setting or the folder.

    None is made for a log or an engine that others share: each machine would make its own, and
    none could read what the others have written.
    """
    if settings.master_key:
        return KeyRing.from_text(settings.master_key.get_secret_value())
    if settings.shared and not KeyRing.kept_in(folder.keys):
        raise KeyRingBroken(
            "没有主密钥：事件日志或引擎由设置指定（GONGKAI_DATABASE_URL、GONGKAI_ENGINE），"
            "可能由多台机器共用，不在本机另造主密钥。请在每台机器设置同一 GONGKAI_MASTER_KEY，"
            f"或者把同一份密钥文件放入 {folder.keys}"
        )
    return KeyRing.in_folder(folder.keys, create=first_start)
