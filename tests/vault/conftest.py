"""A vault on each real database, with the log's own key table."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from eventstore.engine import open_engine
from eventstore.schema import data_keys
from vault import KeyRing, Vault


@pytest.fixture
def keyring() -> KeyRing:
    return KeyRing({"k1": b"1" * 32})


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def vault(engine: sa.Engine, keyring: KeyRing) -> Vault:
    return Vault(engine, data_keys, keyring)
