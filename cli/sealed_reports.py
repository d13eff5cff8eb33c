"""A published version of a report: its files, and the proof that it can be made again."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from activities.report_comparison import Remade, make_again
from cli.options import Format
from cli.output import CommandFailed, print_json, say, warn
from disclosure.report_events import AnnualReportPublished
from engine.parts import Parts
from workflows.law_in_force import current_law


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
        from engine.reports import assembler_of

        return make_again(
            assembler_of(self.parts),
            self.agency,
            self.year,
            self.published.draft,
            current_law().calendar.version,
        )


def published_version(parts: Parts, agency: str, year: int, version: int) -> PublishedVersion:
    """Find a published version.

    Raises:
        CommandFailed: there is none of this number.
    """
    from engine.reports import assembler_of

    published = assembler_of(parts).published(agency, year, version)
    if published is None:
        raise CommandFailed(f"机关“{agency}”{year} 年度报告没有公布过第 {version} 版")
    return PublishedVersion(parts, agency, year, published)


def published_files(parts: Parts, found: PublishedVersion) -> dict[str, bytes]:
    """Return the files as the public was given them.

    One that is lost is made again from the log, and taken only if it is the same byte for byte.

    Raises:
        CommandFailed: a file is lost and cannot be made again.
    """
    contents = {}
    for file in found.published.files:
        try:
            contents[file.name] = parts.files.get(file.sha256)
        except (FileNotFoundError, ValueError):
            again = found.remade.files.get(file.name, b"")
            if sha256(again).hexdigest() != file.sha256:
                raise CommandFailed(
                    f"已公布的第 {found.published.version} 版的文件 {file.name} 遗失或已被改动，"
                    "按日志重新编制的也不相同，请从备份恢复数据目录中的 files"
                ) from None
            parts.files.put(again)
            contents[file.name] = again
    return contents


def print_checked(found: PublishedVersion, written: Sequence[Path], output: Format) -> None:
    """Say of each file whether it was made again byte for byte, and of what is not as it was."""
    remade = found.remade
    if output is Format.JSON:
        print_json(
            {
                "version": found.published.version,
                "same": remade.same,
                "digest": {"recorded": found.published.digest, "made": remade.digest},
                "files": [
                    {
                        "name": check.name,
                        "same": check.same,
                        "recorded": check.recorded,
                        "made": check.made,
                    }
                    for check in remade.checks
                ],
                "remarks": list(remade.remarks),
                "written": [str(path) for path in written],
            }
        )
        return
    say(
        f"{found.year} 年度报告第 {found.published.version} 版，按事件日志第 "
        f"{found.published.log_position} 条重新编制：{'完全相同' if remade.same else '不相同'}"
    )
    for check in remade.checks:
        say(f"{check.name}：{'相同' if check.same else '不相同'}（{check.recorded[:12]}）")
        if not check.same:
            warn(f"{check.name}：公布时为 {check.recorded}，重新编制为 {check.made or '无'}")
    if found.published.digest != remade.digest:
        warn(f"报告摘要：公布时为 {found.published.digest}，重新编制为 {remade.digest}")
    for remark in remade.remarks:
        say(remark)
