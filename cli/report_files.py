"""A report's files into a folder: it is made first, and each file appears whole or not at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile

from cli.output import CommandFailed


@contextmanager
def report_folder(out: Path) -> Iterator[None]:
    """Make the folder first: a report that could not be written is not to be published.

    Where nothing comes of it, a folder that was not there before is not there afterwards.
    """
    if out.exists() and not out.is_dir():
        raise CommandFailed(f"--out 须为目录，{out} 是文件")
    made = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=out):
        pass  # it takes files
    try:
        yield
    except BaseException:
        if made:
            with suppress(OSError):
                out.rmdir()
        raise


def write_files(contents: Mapping[str, bytes], out: Path) -> list[Path]:
    """Write the files."""
    written = []
    for name, content in contents.items():
        target, draft = out / name, out / f".{name}.part"
        draft.write_bytes(content)
        draft.replace(target)
        written.append(target)
    return written
