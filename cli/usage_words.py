"""Wrong usage in Chinese: which option or argument, what is the matter, where the help is.

The words of the command line library are English and end in code 2. Here they are only said anew;
what it does not know by itself has been written for the user in the first place.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

# The library exports BadParameter alone of its errors of usage.
from typer._click.exceptions import (
    BadParameter,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)

from cli.output import warn

_QUOTED = re.compile(r"'([^']*)'")
_KINDS = {"option": "选项", "argument": "参数"}

_SENTENCES: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
    (re.compile(r"No such command '(.*?)'\."), lambda found: f"没有命令“{found[1]}”"),
    (re.compile(r"Missing command"), lambda _: "缺少命令"),
    (re.compile(r"Got unexpected extra argument\(s\) \((.*)\)"), lambda f: f"多余的参数：{f[1]}"),
    (re.compile(r"Option '(.*?)' requires "), lambda found: f"选项 {found[1]} 缺少取值"),
    (re.compile(r"Option '(.*?)' does not take "), lambda found: f"选项 {found[1]} 不带取值"),
    (re.compile(r"Input should be a valid integer"), lambda _: "须为整数"),
    (re.compile(r"Input should be a valid number"), lambda _: "须为数"),
    (re.compile(r"Input should be greater than or equal to (.+)"), lambda f: f"须不小于 {f[1]}"),
    (re.compile(r"Input should be less than or equal to (.+)"), lambda f: f"须不大于 {f[1]}"),
]
"""What the library says, from its beginning, and what that is in Chinese."""


class WrongUsage(UsageError):  # noqa: N818 - it is what it is called in the exit codes
    """Wrong usage that shows itself in Chinese."""

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002 - the library's signature
        """Print how the command is used, where its help is, and what was wrong, on stderr."""
        if self.ctx is not None:
            command = self.ctx.command
            pieces = " ".join(command.collect_usage_pieces(self.ctx))
            warn(f"用法：{self.ctx.command_path} {pieces}")
            warn(f"详见：{self.ctx.command_path} --help")
        warn(f"错误：{self.message}")


@contextmanager
def usage_in_chinese() -> Iterator[None]:
    """Say errors of usage in Chinese."""
    try:
        yield
    except (WrongUsage, NoArgsIsHelpError):
        raise
    except UsageError as error:
        raise WrongUsage(_sentence(error), error.ctx) from None


def _sentence(error: UsageError) -> str:
    match error:
        case MissingParameter():
            return f"缺少{_named(error)}"
        case NoSuchOption():
            meant = "、".join(sorted(error.possibilities or ()))
            return f"没有选项 {error.option_name}" + (f"，是否为 {meant}" if meant else "")
        case BadParameter() if error.param_hint or error.param:
            return f"{_named(error)}：{_in_chinese(error.message)}"
    return _in_chinese(error.message)


def _named(error: BadParameter) -> str:
    hint = error.param_hint or (error.param and error.param.get_error_hint()) or ""
    name = (hint if isinstance(hint, str) else " / ".join(hint)).strip("'")
    kind = error.param.param_type_name if error.param else "option"
    return f"{_KINDS.get(kind, '')} {name}"


def _in_chinese(message: str) -> str:
    _, one_of, choices = message.rpartition(" is not one of ")
    if one_of:
        return f"须为 {'、'.join(_QUOTED.findall(choices))} 之一"
    for pattern, sentence in _SENTENCES:
        if found := pattern.match(message):
            return sentence(found)
    return message
