"""A published version of a report for the command line: found, written out, checked."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cli.options import Format
from cli.output import CommandFailed, print_json, say, warn
from engine.parts import Parts

if TYPE_CHECKING:
    from engine.sealed_reports import PublishedVersion


def published_version(parts: Parts, agency: str, year: int, version: int) -> "PublishedVersion":
    """Find a published version.

    Raises:
        CommandFailed: there is none of this number.
    """
    from engine.sealed_reports import find_version

    found = find_version(parts, agency, year, version)
    if found is None:
        raise CommandFailed(f"机关“{agency}”{year} 年度报告没有公布过第 {version} 版")
    return found


def published_files(found: "PublishedVersion") -> Mapping[str, bytes]:
    """Return the files as the public was given them.

    Raises:
        CommandFailed: a file is lost and cannot be made again.
    """
    from engine.sealed_reports import FileLostError

    try:
        return found.contents()
    except FileLostError as lost:
        raise CommandFailed(str(lost)) from None


def print_checked(found: "PublishedVersion", written: Sequence[Path], output: Format) -> None:
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
