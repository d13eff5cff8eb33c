"""A published version of a report: its files, and the proof that it can be made again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from activities.report_comparison import Remade, make_again
from disclosure.report_events import AnnualReportPublished, PublishedFile
from engine.parts import Parts
from engine.reports import assembler_of
from workflows.law_in_force import current_law


class FileLostError(Exception):
    """A published file is lost or changed, and cannot be made again; a Chinese sentence says so."""


@dataclass(frozen=True)
class PublishedVersion:
    """One published version, and what makes it again."""

    parts: Parts
    agency: str
    year: int
    published: AnnualReportPublished

    @cached_property
    def remade(self) -> Remade:
        """The version made again from the log."""
        return make_again(
            assembler_of(self.parts),
            self.agency,
            self.year,
            self.published.draft,
            current_law().calendar.version,
        )

    def file(self, name: str) -> PublishedFile | None:
        """Return what is on record of a file; None where the version has none of this name."""
        return next((file for file in self.published.files if file.name == name), None)

    def content(self, file: PublishedFile) -> bytes:
        """Return a file as the public was given it.

        One that is lost is made again from the log, and taken only if it is the same byte for byte.

        Raises:
            FileLostError: it is lost and cannot be made again.
        """
        try:
            return self.parts.files.get(file.sha256)
        except (FileNotFoundError, ValueError):
            again = self.remade.files.get(file.name, b"")
        if sha256(again).hexdigest() != file.sha256:
            raise FileLostError(
                f"已公布的第 {self.published.version} 版的文件 {file.name} 遗失或已被改动，"
                "按日志重新编制的也不相同，请从备份恢复数据目录中的 files"
            )
        self.parts.files.put(again)
        return again

    def contents(self) -> Mapping[str, bytes]:
        """Return every file by its name.

        Raises:
            FileLostError: as for `content`.
        """
        return {file.name: self.content(file) for file in self.published.files}


def find_version(parts: Parts, agency: str, year: int, version: int) -> PublishedVersion | None:
    """Find a published version; None where there is none of this number."""
    published = assembler_of(parts).published(agency, year, version)
    return None if published is None else PublishedVersion(parts, agency, year, published)
