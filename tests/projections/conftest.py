"""The log with its vault, and every projection kept on it, on each real database."""

import pytest
import sqlalchemy as sa

from eventstore import EventStore, Projector
from eventstore.schema import data_keys
from projections import all_projections
from records import RecordLog, decode
from vault import KeyRing, Vault


@pytest.fixture
def record_log(log_engine: sa.Engine, event_store: EventStore) -> RecordLog:
    return RecordLog(event_store, Vault(log_engine, data_keys, KeyRing({"k1": b"1" * 32})))


@pytest.fixture
def projector(event_store: EventStore) -> Projector:
    return Projector(event_store, all_projections(), decode, batch=7)
