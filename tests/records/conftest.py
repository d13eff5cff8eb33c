"""A log on each of the two databases."""

import pytest
import sqlalchemy as sa

from eventstore import EventStore
from eventstore.schema import data_keys
from records import RecordLog
from vault import KeyRing, Vault


@pytest.fixture
def log(event_store: EventStore, log_engine: sa.Engine) -> RecordLog:
    """Give an empty log with a vault."""
    return RecordLog(event_store, Vault(log_engine, data_keys, KeyRing({"k1": b"1" * 32})))
