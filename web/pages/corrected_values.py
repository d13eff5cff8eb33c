"""The new value of a corrected record (更正登记): officials write words, the record keeps codes."""

from collections.abc import Mapping
from typing import Any

from disclosure.registration_words import CODED, REGISTRATION_FIELDS
from web.forms import FormRefusedError


def in_codes(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form says with its value as the record keeps it; a code may be typed too.

    Raises:
        FormRefusedError: no such word, naming those there are.
    """
    field = str(values.get("field"))
    if field not in CODED:
        return dict(values)
    words = CODED[field]
    codes = {code: code for code in words} | {_short(said): code for code, said in words.items()}
    code = codes.get(_short(values["value"]))
    if code is None:
        known = "、".join(map(_short, words.values()))
        raise FormRefusedError({"value": f"{REGISTRATION_FIELDS[field]}须写作：{known}"})
    return {**values, "value": code}


def in_words(members: Mapping[str, Any]) -> dict[str, Any]:
    """Return a command's members with a coded value in words, as its form shows it."""
    words = CODED.get(members.get("field", ""), {})
    value = str(members.get("value"))
    return {**members, "value": _short(words[value])} if value in words else dict(members)


def _short(words: str) -> str:
    """Return a word without what is explained in brackets behind it."""
    return words.partition("（")[0].strip()
