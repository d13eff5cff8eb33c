"""Placeholders: {{名称}} in a wording or a template, filled once, never evaluated.

There is no expression language, so there is nothing to break out of: a name is looked up, and what
a value holds is text, even if it looks like a placeholder.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
"""One run of anything but braces: read in one pass, whatever a stranger has written."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Named:
    """A placeholder as it stands in a text; where an optional one is empty, its line falls away."""

    name: str
    optional: bool


def named_in(text: str) -> Iterator[Named]:
    """Yield the placeholders of a text in their order."""
    for found in PLACEHOLDER.finditer(text):
        yield _named(found)


def clean(text: str) -> str:
    """Return a text as XML and typesetter can bear it: plain line ends, no control characters."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text)).strip()


def filled_lines(lines: Iterable[str], values: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines with their placeholders filled.

    A line that names an empty value falls away. One that is nothing but a placeholder becomes as
    many lines as its value has.
    """
    for line in lines:
        names = [each.name for each in named_in(line)]
        if not all(values.get(name) for name in names):
            continue
        if len(names) == 1 and PLACEHOLDER.fullmatch(line.strip()):
            yield from (part.strip() for part in values[names[0]].split("\n") if part.strip())
        else:
            yield filled(line, values)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Fill the placeholders within a line, a value of several lines as one; unknown ones vanish."""
    return PLACEHOLDER.sub(lambda found: _in_one_line(values.get(_named(found).name, "")), text)


def _named(found: re.Match[str]) -> Named:
    words = found[1].strip()
    return Named(words.removesuffix("?").strip(), words.endswith("?"))


def _in_one_line(value: str) -> str:
    return " ".join(part.strip() for part in value.split("\n") if part.strip())
