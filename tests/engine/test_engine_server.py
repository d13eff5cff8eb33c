"""The embedded server starts on ports that are its own, or says why it does not."""

import os
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from temporalio.client import Client

from engine.folder import FolderError
from engine.server import embedded_server


@pytest.fixture
def taken() -> Iterator[int]:
    """Give a port on which another program listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        yield other.getsockname()[1]


def _free() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port: int = probe.getsockname()[1]
        return port


async def test_a_port_another_program_was_quicker_to_take_is_given_up_for_another(
    tmp_path: Path, taken: int
) -> None:
    found = iter((taken, _free()))
    async with embedded_server(
        tmp_path / "t.db", tmp_path / "t.log", free_port=lambda: next(found)
    ) as server:
        assert server.address != f"127.0.0.1:{taken}"
        assert (await (await Client.connect(server.address)).count_workflows()).count == 0
    assert str(taken) in (tmp_path / "t.log").read_text("utf-8")


async def test_its_pages_give_way_too(tmp_path: Path, taken: int) -> None:
    found = iter((taken, _free(), _free(), _free()))
    async with embedded_server(
        tmp_path / "t.db", tmp_path / "t.log", ui_port=taken, free_port=lambda: next(found)
    ) as server:
        assert server.ui
        assert server.ui != f"http://127.0.0.1:{taken}"


async def test_a_port_that_was_asked_for_and_is_taken_is_named_and_nothing_is_started(
    tmp_path: Path, taken: int
) -> None:
    with pytest.raises(FolderError, match=f"端口 {taken} 已被占用.*GONGKAI_TEMPORAL_PORT"):
        async with embedded_server(tmp_path / "t.db", tmp_path / "t.log", port=taken):
            pass
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - one look, nothing else runs here


async def test_a_server_of_another_folder_on_the_port_is_not_taken_for_its_own(
    tmp_path: Path,
) -> None:
    async with embedded_server(tmp_path / "a.db", tmp_path / "a.log") as other:
        port = int(other.address.rpartition(":")[2])
        found = iter((port, _free()))
        async with embedded_server(
            tmp_path / "b.db", tmp_path / "b.log", free_port=lambda: next(found)
        ) as server:
            assert server.address != other.address


async def test_a_server_that_cannot_start_says_where_to_look(tmp_path: Path) -> None:
    (tmp_path / "t.db").write_text("no database", "utf-8")
    with pytest.raises(FolderError, match=r"原因见 .*t\.log"):
        async with embedded_server(tmp_path / "t.db", tmp_path / "t.log"):
            pass
    assert (tmp_path / "t.log").read_text("utf-8")
