"""The facts of a file as an import takes them: in the order of the file, in batches."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cli.entry_files import BrokenLine, read_entry_lines
from cli.entry_lines import EntryLine, Rejection
from disclosure.agency_commands import MergeAgency, MoveAgency, RegisterAgency
from disclosure.refusals import Refused
from disclosure.request_commands import ChargeFee
from vault import Fingerprints

CHUNK = 1000
"""Facts written at once."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A sound line and the id its repetition is known by."""

    line: EntryLine
    command_id: str

    @property
    def stream(self) -> str:
        """Where the fact belongs."""
        return self.line.stream

    def rejected(self, refused: Refused) -> Rejection:
        """Say that the fact was refused."""
        return self.line.rejected(refused)


Step = Fact | BrokenLine


def facts_of(
    path: Path, fingerprints: Fingerprints, progress: Callable[[int], None] | None = None
) -> Iterator[Step]:
    """Yield the facts of a file and, in their places, the lines that cannot be read.

    Args:
        path: of the file.
        fingerprints: what makes a fact known again.
        progress: told how many bytes have been read since it was last told.
    """
    seen: Counter[str] = Counter()
    told = 0
    for read, line in read_entry_lines(path):
        if progress is not None and read - told > _PROGRESS_STEP:
            progress(read - told)
            told = read
        if isinstance(line, BrokenLine):
            yield line
            continue
        # The same line twice in one file is two facts; the same file twice is not.
        fingerprint = fingerprints.of(line.canonical)
        seen[fingerprint] += 1
        nth = "" if seen[fingerprint] == 1 else f":{seen[fingerprint]}"
        yield Fact(line, f"entry:{fingerprint}{nth}")


_PROGRESS_STEP = 1 << 16


def batches(steps: Iterable[Step]) -> Iterator[list[Step]]:
    """Divide into batches; what others depend on comes alone, after all before it is written.

    A fee is counted from the log, and what it is counted from must be there. An agency is known
    from the line that registers it, and not to a line that stands before it; nor can it be said
    whether agencies would stand in a circle before all lines about them are written.
    """
    batch: list[Step] = []
    for step in steps:
        alone = _comes_alone(step)
        if batch and (alone or len(batch) == CHUNK):
            yield batch
            batch = []
        batch.append(step)
        if alone:
            yield batch
            batch = []
    if batch:
        yield batch


def _comes_alone(step: Step) -> bool:
    if isinstance(step, BrokenLine):
        return False
    command = step.line.command
    return isinstance(command, RegisterAgency | MoveAgency | MergeAgency) or (
        isinstance(command, ChargeFee) and command.needs_count
    )
