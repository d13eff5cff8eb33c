"""What a worker of the audit is asked, and what it answers: values that travel between processes.

A task names a file or carries reports already read; a worker never looks for anything by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from audit.loading import load_report
from audit.published import PublishedReport
from audit.readers.limits import MAX_FILE_BYTES, MIB
from audit.readers.unreadable import UnreadableFile, too_large
from audit.rules import check
from reporting.findings import Finding

NOT_A_FILE = "不是普通文件，无法读取。请检查路径是否写错。"
NOT_FOUND = "文件不存在。请检查路径是否写错。"
NOT_ALLOWED = "没有读取该文件的权限。请检查文件权限后重试。"
NOT_READ = "文件读取失败，可能所在磁盘或网络位置不可用。请检查后重试。"
BEYOND_READING = "文件的内容超出读取程序所能处理的范围，未能核对。请另存为 docx 或者 pdf 后重试。"


@dataclass(frozen=True, slots=True)
class Read:
    """Read the file at ``path``; ``name`` is what it is called in findings."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Check:
    """Hold a report against the rules, and against last year's where that is given."""

    report: PublishedReport
    previous: PublishedReport | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not read or not checked: why, in Chinese, for the person who gave it."""

    reason: str


Task: TypeAlias = Read | Check
Answer: TypeAlias = PublishedReport | tuple[Finding, ...] | Refused


def carried_out(task: Task) -> Answer:
    """Return what comes of a task; whatever a file does to the readers is a refusal."""
    work: Callable[[], Answer] = task_of(task)
    try:
        return work()
    except UnreadableFile as refused:
        return Refused(str(refused))
    except FileNotFoundError:
        return Refused(NOT_FOUND)
    except PermissionError:
        return Refused(NOT_ALLOWED)
    except OSError:
        return Refused(NOT_READ)
    except Exception:  # noqa: BLE001 - the files are anyone's: one of them must not stop the rest
        return Refused(BEYOND_READING)


def task_of(task: Task) -> Callable[[], Answer]:
    """Return the work a task asks for."""
    if isinstance(task, Read):
        return lambda: load_report(task.name, content_of(task.path))
    return lambda: check(task.report, task.previous)


def content_of(path: Path) -> bytes:
    """Return a file's bytes; a device or a pipe is refused, and so is what is far too large."""
    path.stat()
    if not path.is_file():
        raise UnreadableFile(NOT_A_FILE)
    if path.stat().st_size > MAX_FILE_BYTES:
        raise too_large("大小", f"{MAX_FILE_BYTES // MIB} MB")
    return path.read_bytes()
