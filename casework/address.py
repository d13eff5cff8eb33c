"""Which case of which agency."""

from dataclasses import dataclass

from disclosure.addresses import case_stream


@dataclass(frozen=True, slots=True)
class CaseAddress:
    """A case by its agency and the agency's own reference."""

    agency: str
    case: str

    @property
    def stream(self) -> str:
        """The stream of its events."""
        return case_stream(self.agency, self.case)
