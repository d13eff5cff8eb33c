"""The files an audit is about: those named, and the reports in folders, in a fixed order."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ENDINGS = frozenset({".docx", ".pdf", ".html", ".htm", ".xlsx", ".md", ".txt", ".json"})
"""What is looked for in folders; a file that is named is read whatever its ending."""
NOT_OURS = ("~$", ".")
"""Beginnings of names that office programs and systems give to files of their own."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to audit: its name as findings give it, its place."""

    name: str
    path: Path


def sources_of(paths: Sequence[Path]) -> tuple[Source, ...]:
    """Return every file named and every report in the folders named, each once.

    Folders are walked in the order of names, links to folders are not followed. What is not there
    is returned too: it is a finding, not a reason to leave the others unread.
    """
    found: dict[str, Source] = {}
    for path in paths:
        for file in _in_folder(path) if path.is_dir() else (path,):
            found.setdefault(os.path.realpath(file), Source(name_of(file), file))
    return tuple(found.values())


def name_of(path: Path) -> str:
    """Return a path as it can be printed: bytes that are no UTF-8 are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


def _in_folder(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(NOT_OURS))
        for name in sorted(files):
            if Path(name).suffix.lower() in ENDINGS and not name.startswith(NOT_OURS):
                yield Path(place, name)
