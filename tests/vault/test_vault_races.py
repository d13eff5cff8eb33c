"""Many at once: all must come to the same keys."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import UUID

import sqlalchemy as sa

from eventstore.engine import open_engine
from eventstore.schema import data_keys
from vault import KeyErased, KeyRing, Vault

EVENT = UUID(int=7)
STREAMS = [f"a/{n}" for n in range(300)]


def sealed_by_a_process(url: str, folder: str, backwards: bool) -> list[bytes]:  # noqa: FBT001 - by position, from the pool
    """Start like a process of its own: key ring, engine, keys, seals."""
    engine = open_engine(url)
    vault = Vault(engine, data_keys, KeyRing.in_folder(Path(folder)))
    vault.ensure_keys(STREAMS[::-1] if backwards else STREAMS)
    sealed = [vault.seal(stream, EVENT, {"name": stream}) for stream in STREAMS]
    engine.dispose()
    return sealed


def test_threads_making_the_same_keys_seal_alike(engine: sa.Engine, keyring: KeyRing) -> None:
    start = Barrier(6)

    def work(n: int) -> list[bytes]:
        vault = Vault(engine, data_keys, keyring)
        start.wait()
        vault.ensure_keys(STREAMS[::-1] if n % 2 else STREAMS)
        return [vault.seal(stream, EVENT, {"name": stream}) for stream in STREAMS]

    with ThreadPoolExecutor(6) as pool:
        first, *others = pool.map(work, range(6))
    assert others == [first] * 5


def test_threads_sharing_one_vault_seal_alike(vault: Vault) -> None:
    with ThreadPoolExecutor(8) as pool:
        sealed = list(pool.map(lambda n: vault.seal(f"a/{n % 5}", EVENT, {}), range(200)))
    assert len(set(sealed)) == 5


def test_processes_starting_at_once_on_an_empty_folder_seal_alike(tmp_path: Path) -> None:
    url, folder = f"sqlite:///{tmp_path / 'log.sqlite'}", str(tmp_path / "keys")
    engine = open_engine(url)
    data_keys.create(engine)
    engine.dispose()
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        first, *others = pool.map(
            sealed_by_a_process, [url] * 4, [folder] * 4, [False, True, False, True]
        )
    assert others == [first] * 3


def test_rewrapping_beside_an_erasure_does_not_bring_the_key_back(
    engine: sa.Engine, vault: Vault
) -> None:
    vault.ensure_keys(STREAMS)
    both = Vault(engine, data_keys, KeyRing({"k2": b"2" * 32, "k1": b"1" * 32}))
    with ThreadPoolExecutor(2) as pool:
        rewrapping = pool.submit(both.rewrap)
        for stream in STREAMS[:50]:
            vault.erase(stream)
        rewrapping.result()
    refused = 0
    for stream in STREAMS[:50]:
        try:
            both.seal(stream, EVENT, {})
        except KeyErased:
            refused += 1
    assert refused == 50
