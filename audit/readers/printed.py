"""Characters as a person sees them on paper: no control characters, one code for one sign."""

import re
import unicodedata

CHINESE = (
    "\u2014\u2018\u2019\u201c\u201d\u2026\u2e80-\u312f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff"
)
"""Han characters and the punctuation set in their width, as a class of a regular expression."""

_CHINESE = re.compile(f"[{CHINESE}]")
_BLANKS = re.compile(r"[ \u00a0\u2002-\u200a\u202f\u205f]+")
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_DOUBLES = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")
"""Radicals and compatibility forms: text layers of PDF give ⼀ (U+2F00) where 一 is printed."""


def printed(text: str) -> str:
    """Return the text without what is not seen, its line ends as LF, its blanks as they are.

    A pair of surrogates is put together; half a pair is dropped.
    """
    if not text.isascii():
        if re.search("[\ud800-\udfff]", text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
        text = _DOUBLES.sub(lambda sign: unicodedata.normalize("NFKC", sign.group()), text)
    text = re.sub("\r\n?|[\u0085\u2028\u2029]", "\n", text)
    return _UNSEEN.sub("", text)


def one_line(text: str) -> str:
    """Return the text on one line: a break between Chinese characters is no blank, any other is."""
    last = ""
    pieces = []
    for line in _BLANKS.sub(" ", text).split("\n"):
        words = line.strip()
        if not words:
            continue
        if last and not (_CHINESE.match(last[-1]) and _CHINESE.match(words[0])):
            pieces.append(" ")
        pieces.append(words)
        last = words
    return "".join(pieces)
