"""Sealing: what comes back, what is noticed, what is forgotten."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from eventstore.engine import open_engine
from eventstore.schema import data_keys
from vault import KeyErased, KeyRing, SealBroken, UnknownKey, Vault
from vault.remembered import SECONDS

NAMESPACE = UUID("6f1c2f7e-6f0a-4b9e-9d7b-2f5c1a7e4b11")
APPLICANT: dict[str, Any] = {"name": "王小明", "phone": "13800000000", "id_number": None}

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def event(n: int) -> UUID:
    return uuid5(NAMESPACE, str(n))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('vault') / 'log.sqlite'}")
    data_keys.create(engine)
    yield Vault(engine, data_keys, KeyRing({"k1": b"1" * 32}))
    engine.dispose()


@given(plain=st.dictionaries(st.text(), json_values))
def test_any_json_object_comes_back_as_it_was(shared: Vault, plain: dict[str, Any]) -> None:
    assert shared.open("a/1", event(1), shared.seal("a/1", event(1), plain)) == plain


def test_a_lone_surrogate_from_an_old_document_survives(shared: Vault) -> None:
    plain = {"name": "李\ud800"}
    assert shared.open("a/1", event(1), shared.seal("a/1", event(1), plain)) == plain


@given(plain=st.dictionaries(st.text(), json_values))
def test_a_repeated_append_writes_the_same_bytes_whatever_the_order_of_the_fields(
    shared: Vault, plain: dict[str, Any]
) -> None:
    backwards = dict(reversed(plain.items()))
    assert shared.seal("a/1", event(1), plain) == shared.seal("a/1", event(1), backwards)


def test_the_same_bytes_come_from_another_process_with_an_empty_memory(
    engine: sa.Engine, keyring: KeyRing, vault: Vault
) -> None:
    other = Vault(engine, data_keys, keyring)
    assert other.seal("a/1", event(1), APPLICANT) == vault.seal("a/1", event(1), APPLICANT)


def test_the_same_person_in_two_events_or_two_streams_looks_different(vault: Vault) -> None:
    sealed = [
        vault.seal("a/1", event(1), APPLICANT),
        vault.seal("a/1", event(2), APPLICANT),
        vault.seal("a/2", event(1), APPLICANT),
    ]
    assert len({one[1:] for one in sealed}) == 3


def test_sealed_bytes_begin_with_their_format_and_show_no_plain_text(vault: Vault) -> None:
    sealed = vault.seal("a/1", event(1), APPLICANT)
    assert sealed[0] == 1
    assert "王小明".encode() not in sealed
    assert b"name" not in sealed


def test_every_changed_byte_is_noticed(vault: Vault) -> None:
    sealed = vault.seal("a/1", event(1), APPLICANT)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SealBroken):
            vault.open("a/1", event(1), bytes(changed))


def test_every_cut_is_noticed(vault: Vault) -> None:
    sealed = vault.seal("a/1", event(1), APPLICANT)
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            vault.open("a/1", event(1), sealed[:length])


def test_a_seal_moved_to_another_event_or_stream_does_not_open(vault: Vault) -> None:
    sealed = vault.seal("a/1", event(1), APPLICANT)
    vault.ensure_keys(["a/2"])
    with pytest.raises(SealBroken):
        vault.open("a/1", event(2), sealed)
    with pytest.raises(SealBroken):
        vault.open("a/2", event(1), sealed)


def test_rows_swapped_in_the_key_table_open_nothing(
    engine: sa.Engine, keyring: KeyRing, vault: Vault
) -> None:
    sealed = vault.seal("a/1", event(1), APPLICANT)
    vault.ensure_keys(["a/2"])
    other = sa.select(data_keys.c.wrapped).where(data_keys.c.stream == "a/2").scalar_subquery()
    with engine.begin() as connection:
        connection.execute(
            sa.update(data_keys).where(data_keys.c.stream == "a/1").values(wrapped=other)
        )
    with pytest.raises(SealBroken):
        Vault(engine, data_keys, keyring).open("a/1", event(1), sealed)


def test_what_is_not_json_is_refused_without_quoting_it(vault: Vault) -> None:
    with pytest.raises(TypeError) as refused:
        vault.seal("a/1", event(1), {"name": "王小明", "born": date(1990, 1, 1)})
    assert "1990" not in str(refused.value)
    with pytest.raises(ValueError, match="not JSON compliant"):
        vault.seal("a/1", event(1), {"age": float("nan")})


def test_no_message_of_a_broken_seal_quotes_the_plain_text(vault: Vault) -> None:
    sealed = vault.seal("a/1", event(1), APPLICANT)
    with pytest.raises(SealBroken) as refused:
        vault.open("a/1", event(2), sealed)
    assert "王小明" not in repr(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_keys_made_in_bulk_serve_sealing_and_opening(vault: Vault) -> None:
    streams = [f"a/{n}" for n in range(2500)]
    vault.ensure_keys([*streams, *streams])
    vault.ensure_keys(streams)
    vault.ensure_keys([])
    sealed = [vault.seal(stream, event(1), {"n": stream}) for stream in streams]
    assert len(set(sealed)) == len(streams)
    assert vault.open("a/2499", event(1), sealed[-1]) == {"n": "a/2499"}


def test_keys_looked_up_together_open_without_another_question(
    engine: sa.Engine, vault: Vault, keyring: KeyRing
) -> None:
    streams = [f"case/a/{number}" for number in range(3)]
    sealed = {stream: vault.seal(stream, event(1), {"name": stream}) for stream in streams}
    asked: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.extend([statement] if statement.startswith("SELECT data_keys") else [])

    sa.event.listen(engine, "before_cursor_execute", count)
    fresh = Vault(engine, data_keys, keyring)
    fresh.look_up([*streams, "case/a/without-a-key"])
    assert len(asked) == 1
    opened = [fresh.open(stream, event(1), sealed[stream]) for stream in streams]
    assert opened == [{"name": stream} for stream in streams]
    assert len(asked) == 1
    with pytest.raises(UnknownKey):
        fresh.open("case/a/without-a-key", event(1), b"")


def test_an_erased_stream_opens_to_nothing_and_takes_nothing_more(vault: Vault) -> None:
    sealed = vault.seal("a/1", event(1), APPLICANT)
    vault.erase("a/1")
    assert vault.open("a/1", event(1), sealed) is None
    with pytest.raises(KeyErased, match="a/1"):
        vault.seal("a/1", event(2), APPLICANT)


def test_erasure_is_not_undone_by_making_keys_again(
    engine: sa.Engine, keyring: KeyRing, vault: Vault
) -> None:
    sealed = vault.seal("a/1", event(1), APPLICANT)
    vault.erase("a/1")
    vault.erase("a/1")
    restarted = Vault(engine, data_keys, keyring)
    restarted.ensure_keys(["a/1", "a/2"])
    assert restarted.open("a/1", event(1), sealed) is None
    with pytest.raises(KeyErased):
        restarted.seal("a/1", event(1), APPLICANT)


def test_erasure_leaves_no_wrapped_key_in_the_table(engine: sa.Engine, vault: Vault) -> None:
    vault.ensure_keys(["a/1"])
    vault.erase("a/1")
    with engine.connect() as connection:
        assert connection.execute(sa.select(data_keys.c.wrapped)).scalar_one() == b""


def test_a_stream_may_be_erased_before_it_ever_had_a_key(vault: Vault) -> None:
    vault.erase("a/1")
    with pytest.raises(KeyErased):
        vault.seal("a/1", event(1), APPLICANT)


def test_the_neighbours_of_an_erased_stream_stay_readable(vault: Vault) -> None:
    sealed = vault.seal("a/2", event(1), APPLICANT)
    vault.erase("a/1")
    assert vault.open("a/2", event(1), sealed) == APPLICANT


def test_another_process_forgets_an_erased_key_within_the_stated_time(
    engine: sa.Engine, keyring: KeyRing, vault: Vault
) -> None:
    now = 1000.0
    other = Vault(engine, data_keys, keyring, clock=lambda: now)
    sealed = other.seal("a/1", event(1), APPLICANT)
    vault.erase("a/1")
    now += SECONDS
    assert other.open("a/1", event(1), sealed) is None


def test_a_stream_without_a_row_is_a_lost_key_and_not_an_erasure(vault: Vault) -> None:
    with pytest.raises(UnknownKey, match="a/404"):
        vault.open("a/404", event(1), b"\x01" + b"0" * 40)


def test_after_a_rotation_old_seals_open_and_new_streams_use_the_new_key(
    engine: sa.Engine, keyring: KeyRing, vault: Vault
) -> None:
    sealed = vault.seal("a/1", event(1), APPLICANT)
    rotated = Vault(engine, data_keys, KeyRing({"k2": b"2" * 32, "k1": b"1" * 32}))
    assert rotated.open("a/1", event(1), sealed) == APPLICANT
    new = rotated.seal("a/2", event(1), APPLICANT)
    with pytest.raises(UnknownKey, match="k2"):
        Vault(engine, data_keys, keyring).open("a/2", event(1), new)


def test_rewrapping_lets_the_old_master_key_go_and_changes_no_sealed_byte(
    engine: sa.Engine, vault: Vault
) -> None:
    streams = [f"a/{n}" for n in range(1100)]
    vault.ensure_keys(streams)
    vault.erase("a/7")
    sealed = vault.seal("a/1", event(1), APPLICANT)
    both = Vault(engine, data_keys, KeyRing({"k2": b"2" * 32, "k1": b"1" * 32}))
    assert (both.rewrap(), both.rewrap()) == (1099, 0)
    alone = Vault(engine, data_keys, KeyRing({"k2": b"2" * 32}))
    assert alone.open("a/1", event(1), sealed) == APPLICANT
    assert alone.seal("a/1", event(1), APPLICANT) == sealed
    assert alone.open("a/7", event(1), sealed) is None


def test_a_different_master_key_under_the_same_id_is_told(engine: sa.Engine, vault: Vault) -> None:
    sealed = vault.seal("a/1", event(1), APPLICANT)
    with pytest.raises(SealBroken, match="主密钥 k1 与原来的不同"):
        Vault(engine, data_keys, KeyRing({"k1": b"x" * 32})).open("a/1", event(1), sealed)
