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
from disclosure.law import Law
from engine.folder import DataFolder, FolderError
from engine.settings import Settings
from eventstore import EventStore, Projector, migrate, open_engine
from eventstore.schema import data_keys
from projections import all_projections
from records import RecordLog, decode
from vault import Fingerprints, KeyRing, Vault
from workdays import published
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


@contextmanager
def open_parts(settings: Settings) -> Iterator[Parts]:
    """Open the data folder and the log, migrating the database if it is older.

    A first start makes folder, database and master key. Where a log exists its key must too: a
    fresh one would only hide the loss.

    Raises:
        FolderError, KeyRingBroken, SchemaOutdated: with a message for the operator.
    """
    folder = DataFolder(settings.data).make()
    engine = _log_engine(settings, folder)
    try:
        migrate(engine)
        store = EventStore(engine)
        keyring = (
            KeyRing.from_text(settings.master_key.get_secret_value())
            if settings.master_key
            else KeyRing.in_folder(folder.keys, create=store.head() == 0)
        )
        vault = Vault(engine, data_keys, keyring)
        projector = Projector(store, all_projections(), decode)
        use_law(
            Law(
                calendar=published(),
                choices=settings.choices,
                pseudonym=Fingerprints(keyring, "pseudonym").of,
            )
        )
        yield Parts(
            settings=settings,
            folder=folder,
            engine=engine,
            store=store,
            keyring=keyring,
            vault=vault,
            log=RecordLog(store, vault),
            projector=projector,
            figures=FigureReader(store, engine, projector),
            items=ItemCounts(engine, projector),
            files=FileStore(folder.files),
            fingerprints=Fingerprints(keyring),
        )
    finally:
        engine.dispose()


def _log_engine(settings: Settings, folder: DataFolder) -> sa.Engine:
    url = settings.database_url.get_secret_value() if settings.database_url else folder.log_url
    try:
        return open_engine(url, synchronous=settings.database_synchronous)
    except (ValueError, sa.exc.ArgumentError, ImportError):
        # The text may quote the address, and with it the password.
        raise FolderError(
            "设置有误：GONGKAI_DATABASE_URL 须为 postgresql+psycopg://用户:密码@主机/数据库"
            "，或 sqlite:///文件路径"
        ) from None
