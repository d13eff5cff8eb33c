"""What a check of an annual report finds: one shape for our own tables and for any other report."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error makes the audit fail, a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def words(self) -> str:
        """How it is called, in Chinese."""
        return "错误" if self is Severity.ERROR else "提示"


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a finding: a table with row and column codes, or a sentence of the text."""

    table: str | None = None
    row: str | None = None
    column: str | None = None
    sentence: str | None = None

    def as_json(self) -> dict[str, str]:
        """Return only what is known of the place."""
        named = {
            "table": self.table,
            "row": self.row,
            "column": self.column,
            "sentence": self.sentence,
        }
        return {name: text for name, text in named.items() if text is not None}


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement: by which rule, where, what was expected, what stands there.

    ``message`` is a Chinese sentence fit for a letter; ``file`` is None for tables of our own.
    """

    rule: str
    severity: Severity
    where: Where
    expected: int | str | None
    found: int | str | None
    message: str
    file: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return the JSON form, every member there."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "where": self.where.as_json(),
            "expected": self.expected,
            "found": self.found,
            "message": self.message,
            "file": self.file,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> "Finding":
        """Read the JSON form; raises ``KeyError``, ``TypeError`` or ``ValueError`` otherwise."""
        where = data["where"]
        if not isinstance(where, Mapping):
            raise TypeError("where: an object is expected")
        return cls(
            rule=str(data["rule"]),
            severity=Severity(str(data["severity"])),
            where=Where(**{str(name): str(text) for name, text in where.items()}),
            expected=_value(data["expected"]),
            found=_value(data["found"]),
            message=str(data["message"]),
            file=None if data["file"] is None else str(data["file"]),
        )


def _value(value: object) -> int | str | None:
    return value if value is None or isinstance(value, int) else str(value)
