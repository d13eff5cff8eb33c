"""A line to a database that can be cut, or fall silent, while both ends live."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa

_PIECE = 65536


class Line:
    """A TCP port on loopback that leads to a database server."""

    def __init__(self, database: sa.URL) -> None:
        self._database = database
        self._open: list[socket.socket] = []
        self._speaks = threading.Event()
        self._speaks.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open.append(self._listener)
        self._threads: list[threading.Thread] = []
        self._run(self._answer)

    @property
    def url(self) -> str:
        """The database's address by way of this line."""
        through = self._database.set(host="127.0.0.1", port=self.port, query={})
        return through.render_as_string(hide_password=False)

    def cut(self) -> None:
        """Hang up, and refuse whoever calls again."""
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def fall_silent(self) -> None:
        """Take calls and words, and pass nothing on."""
        self._speaks.clear()

    def take_down(self) -> None:
        """Leave nothing behind."""
        self.cut()
        self._speaks.set()
        for thread in self._threads:
            thread.join()
        for end in self._open:
            end.close()

    def _run(self, what: Callable[..., None], *arguments: socket.socket) -> None:
        self._threads.append(threading.Thread(target=what, args=arguments, daemon=True))
        self._threads[-1].start()

    def _answer(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            server = self._called()
            self._open += [caller, server]
            self._run(self._pass_on, caller, server)
            self._run(self._pass_on, server, caller)

    def _called(self) -> socket.socket:
        folder = self._database.query.get("host")
        if isinstance(folder, str):
            server = socket.socket(socket.AF_UNIX)
            server.connect(f"{folder}/.s.PGSQL.{self._database.query.get('port', 5432)}")
            return server
        return socket.create_connection((self._database.host, self._database.port or 5432))

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(_PIECE):
                self._speaks.wait()
                other.sendall(piece)
            other.shutdown(socket.SHUT_WR)


@contextmanager
def line_to(url: str) -> Iterator[Line]:
    """Lay a line to a database while the block runs."""
    line = Line(sa.make_url(url))
    try:
        yield line
    finally:
        line.take_down()
