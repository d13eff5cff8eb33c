"""Files that only their owner may read or write, whatever the umask of the process says."""

import os
import stat
from contextlib import suppress
from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_private(path: Path) -> None:
    """Make a file where there is none (0600), and close it to others where there is one.

    A file that is there is never opened: SQLite's locks belong to the process, and closing any
    descriptor of the file would let go of them (POSIX, fcntl). What cannot be done, because folder
    or file are somebody else's, is left for the database to complain about.
    """
    with suppress(OSError):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except FileExistsError:
            close_to_others(path)
        else:
            os.fchmod(descriptor, 0o600)
            os.close(descriptor)


def close_to_others(path: Path) -> None:
    """Take away what group and others may do with a file, where there is one and it is ours."""
    with suppress(FileNotFoundError, PermissionError):
        mode = path.stat().st_mode
        if stat.S_ISREG(mode) and mode & _OTHERS:
            path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
