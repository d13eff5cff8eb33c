"""What the record refuses: facts that cannot have happened.

A fact that should not have happened is no refusal; it is recorded with a flag (see `flags`).
"""


class Refused(Exception):  # noqa: N818 - a refusal is the law's answer, not a fault of the program
    """Say that a command cannot be true, and which of its fields shows it.

    The message is Chinese, for the person who entered the fact, and holds no personal data.

    Attributes:
        code: stable snake_case term, for programs.
        field: the command's field at fault, `do` when the whole verb is out of order.
        message: one Chinese sentence: what is wrong and what to do.
    """

    def __init__(self, code: str, field: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.field = field
        self.message = message
