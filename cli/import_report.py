"""What an import did, counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cli.entry_files import shown_name
from cli.entry_lines import Rejection


@dataclass(slots=True)
class ImportReport:
    """What an import did, counted as `import --format json` prints it.

    Attributes:
        rejected: in the order of the files and of their lines.
    """

    lines: int = 0
    cases: int = 0
    events: int = 0
    already_there: int = 0
    rejected: list[Rejection] = field(default_factory=list)

    def put_in_order(self, files: Sequence[Path]) -> None:
        """Put what was rejected in the order of these files and of their lines."""
        place = {shown_name(path): n for n, path in reversed(list(enumerate(files)))}
        self.rejected.sort(key=lambda rejection: (place[rejection.file], rejection.line))

    def as_json(self) -> dict[str, object]:
        """Return the JSON document."""
        return {
            "lines": self.lines,
            "cases": self.cases,
            "events": self.events,
            "already_there": self.already_there,
            "rejected": [rejection.as_json() for rejection in self.rejected],
        }
