"""What this room refuses; each message is Chinese and written for the person at the page.

PeopleError
├── SignInRefused     one sentence for every reason, so that none can be told from it
└── TooManyAttempts   from one address
"""


class PeopleError(Exception):
    """Say that something about an account cannot be done.

    Attributes:
        field: the field of the form that shows it, empty where none does.
        message: one sentence: what is wrong and what to do.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class SignInRefused(PeopleError):  # noqa: N818 - a refusal is an answer, not a fault
    """Say that this sign-in is not accepted, and nothing about why."""

    def __init__(self, field: str = "name", message: str = "") -> None:
        super().__init__(
            field,
            message or "用户名或者密码不正确，或者账号现在不能使用。连续输错的，账号会锁定一段时间",
        )


class TooManyAttempts(PeopleError):  # noqa: N818 - as above
    """Say that an address has failed too often; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("", f"失败次数过多，请 {-(-retry_after // 60)} 分钟后再试")
        self.retry_after = retry_after
