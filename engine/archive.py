"""A backup as one file: a tar of plain members, the first of which says what the others must be.

Nothing in it is trusted when it is read again: only members that the list names, of the size and
the digest it gives, and only names a backup can have.
"""

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

MANIFEST = "manifest.json"
LOG = "log.db"
PEOPLE = "people.db"
KEYS = "keys/"
FILES = "files/"

_FORMAT = 1
_NAME = re.compile(
    r"log\.db|people\.db|keys/master-[1-9][0-9]{0,5}\.key|files/(?P<two>[0-9a-f]{2})/(?P=two)[0-9a-f]{62}"
)
_LARGEST_MANIFEST = 64 * 1024 * 1024
"""A list of half a million files; more is no backup of ours."""
_PORTION = 1024 * 1024


class ArchiveBrokenError(Exception):
    """A file is no backup, or not a whole one; the message says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: ISO 8601, UTC.
        events: last position of the log in it.
        members: size in bytes and SHA-256 of each member by its name.
    """

    made_at: str
    events: int
    members: Mapping[str, tuple[int, str]]

    def to_json(self) -> bytes:
        """Return the member `manifest.json`."""
        return json.dumps({"format": _FORMAT, **asdict(self)}, indent=1).encode()

    @classmethod
    def from_json(cls, content: bytes) -> "Manifest":
        """Read the member `manifest.json`.

        Raises:
            ArchiveBrokenError: it is not ours, or names what no backup has.
        """
        try:
            read = json.loads(content)
            version, made_at, events = read["format"], str(read["made_at"]), int(read["events"])
            members = {
                str(name): (int(size), str(digest))
                for name, (size, digest) in read["members"].items()
            }
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ArchiveBrokenError("备份清单无法读出，该文件不是本系统的备份或者已损坏") from None
        if version != _FORMAT:
            raise ArchiveBrokenError(f"备份的格式为第 {version} 版，本程序只认第 {_FORMAT} 版")
        if LOG not in members or not all(map(_NAME.fullmatch, members)):
            raise ArchiveBrokenError("备份清单所列的内容不是本系统的备份应有的内容")
        return cls(made_at, events, members)


def write_archive(target: IO[bytes], made_at: str, events: int, members: Mapping[str, Path]) -> int:
    """Write a backup and return how many files of the file store are in it.

    Args:
        target: an open file.
        made_at: ISO 8601, UTC.
        events: last position of the log.
        members: each file by its name in the backup. None of them may change meanwhile.
    """
    manifest = Manifest(
        made_at,
        events,
        {name: (path.stat().st_size, _sha256(path)) for name, path in members.items()},
    )
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as tar:
        content = manifest.to_json()
        tar.addfile(_member(MANIFEST, len(content)), io.BytesIO(content))
        for name, path in members.items():
            with path.open("rb") as file:
                tar.addfile(_member(name, manifest.members[name][0]), file)
    return sum(name.startswith(FILES) for name in members)


@contextmanager
def reading_archive(path: Path) -> Iterator[tuple[Manifest, Iterator[tuple[str, IO[bytes]]]]]:
    """Give the list of a backup, and its members in turn, while the block runs.

    A member must be read to its end before the next; its digest is for `unpack` to look at.

    Raises:
        ArchiveBrokenError: the file is no backup, or not a whole one.
    """
    try:
        with tarfile.open(path, mode="r:") as tar:
            first = tar.next()
            if first is None or first.name != MANIFEST or first.size > _LARGEST_MANIFEST:
                raise ArchiveBrokenError("该文件不是本系统的备份")
            manifest = Manifest.from_json(_opened(tar, first).read())
            yield manifest, _members(tar, manifest)
    except (tarfile.TarError, EOFError):
        raise ArchiveBrokenError("该文件不是本系统的备份，或者不完整") from None


def unpack(file: IO[bytes], name: str, manifest: Manifest, target: Path) -> None:
    """Write one member to a file of its owner's alone.

    Raises:
        ArchiveBrokenError: it is not what the list says.
    """
    _, wanted = manifest.members[name]
    digest = hashlib.sha256()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.touch(mode=0o600)
    with target.open("wb") as out:
        while portion := file.read(_PORTION):
            digest.update(portion)
            out.write(portion)
    if digest.hexdigest() != wanted:
        raise ArchiveBrokenError(f"备份中的 {name} 与清单不符，备份已损坏或被改动")


def _members(tar: tarfile.TarFile, manifest: Manifest) -> Iterator[tuple[str, IO[bytes]]]:
    awaited = dict(manifest.members)
    while (member := tar.next()) is not None:
        size, _ = awaited.pop(member.name, (None, ""))
        if size is None or size != member.size:
            raise ArchiveBrokenError("备份的内容与清单不符，备份已损坏或被改动")
        yield member.name, _opened(tar, member)
    if awaited:
        raise ArchiveBrokenError(f"备份不完整，缺少 {len(awaited)} 项内容")


def _opened(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    file = tar.extractfile(member) if member.isreg() else None
    if file is None:
        raise ArchiveBrokenError("备份中有不是普通文件的内容")
    return file


def _member(name: str, size: int) -> tarfile.TarInfo:
    """Return the head of a member: no owner, no date, so that equal contents are equal bytes."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
