"""What crosses the wire about a roll-up (汇总). Permissive, as in `workflows.messages`."""

from pydantic import Field

from workflows.messages import Message, ReportFile


class RollupStart(Message):
    """Start a year's roll-up.

    Attributes:
        year: None when a schedule starts it: then the year before the scheduled instant's.
        wait: whether it stays until it is published, waiting for the members' reports; otherwise it
            answers what it was started for and ends.
        look_every: seconds between looks at the log, where nobody tells of a publication.
    """

    agency: str
    year: int | None = None
    wait: bool = False
    look_every: int = 6 * 60 * 60


class RollupAsked(Message):
    """Ask about a government's roll-up of a year."""

    agency: str
    year: int


class RollupRelease(Message):
    """Ask for publication.

    Attributes:
        approved_by: who lets it out.
        reason: why it goes out though it is incomplete or does not balance.
    """

    approved_by: str = ""
    reason: str = ""


class RollupStanding(Message):
    """How far a roll-up is, read from the log up to a position.

    Attributes:
        missing: ids of agencies whose figures are not there.
        troubles: Chinese sentences, one for each agency that stands otherwise than counted once.
        version: published, 0 while none is.
        missed: whether it is on record that 31 March has passed.
    """

    position: int = 0
    missing: list[str] = Field(default_factory=list)
    troubles: list[str] = Field(default_factory=list)
    version: int = 0
    missed: bool = False


class RollupResult(Message):
    """A roll-up that was made, as a draft or published.

    Attributes:
        version: of the report.
        position: members' reports are read from the log up to here.
        content_digest: of what the public reads and who is counted.
        errors, warnings: how many findings of each severity the summed tables gave.
        missing, twice, misplaced: ids of agencies that are not counted once.
        troubles: the same in Chinese sentences.
        differences: how many are listed in `rollup.json`.
        published: whether this is what the public was given.
    """

    agency: str
    year: int
    version: int
    position: int
    digest: str
    content_digest: str = ""
    errors: int = 0
    warnings: int = 0
    missing: list[str] = Field(default_factory=list)
    twice: list[str] = Field(default_factory=list)
    misplaced: list[str] = Field(default_factory=list)
    troubles: list[str] = Field(default_factory=list)
    differences: int = 0
    published: bool = False
    files: list[ReportFile] = Field(default_factory=list)
