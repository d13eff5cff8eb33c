"""Invented personal texts, and the search for them in whatever form bytes may take."""

import base64
import json
from collections.abc import Iterator, Mapping

NAME = "禤隐逸（虚构）"
PLANTED = {
    "name": NAME,
    "id_number": "139901197707077779",
    "phone": "13977700077",
    "email": "xuanyinyi@beispiel.example",
    "address": "虚构县隐逸路七十七号",
    "description": "隐逸山庄征收补偿测绘图",
    "form": "寄往隐逸山庄门房",
    "points": "未写明禤家老宅坐落",
    "corrected": "隐逸山庄东厢房测绘图",
    "reason": "禤家继承人尚未联系上",
    "grounds": "涉及禤家三兄弟的房产",
    "note": "禤女士来电催办两次",
}
"""Each by the field that holds it. None of these words stands anywhere else."""

APPLICANT = {field: PLANTED[field] for field in ("name", "id_number", "phone", "email", "address")}


def found(places: Mapping[str, bytes]) -> list[tuple[str, str, str]]:
    """Return place, field and form of every planted text that can be read somewhere."""
    return [
        (place, field, form)
        for field, text in PLANTED.items()
        for form, needle in forms(text)
        for place, content in places.items()
        if needle in content
    ]


def forms(text: str) -> Iterator[tuple[str, bytes]]:
    """Give the forms in which a text might lie in a file."""
    plain = text.encode()
    yield "UTF-8", plain
    yield "UTF-16, little-endian", text.encode("utf-16-le")
    yield "UTF-16, big-endian", text.encode("utf-16-be")
    yield "GBK", text.encode("gb18030")
    escaped = json.dumps(text)[1:-1]
    yield "JSON, escaped", escaped.encode()
    yield "JSON, escaped, in capitals", escaped.upper().replace("\\U", "\\u").encode()
    yield "JSON in JSON", json.dumps(escaped)[1:-1].encode()
    yield "Python bytes", repr(plain)[2:-1].encode()
    yield (
        "octal, as protobuf prints",
        "".join(chr(byte) if byte < 128 else f"\\{byte:03o}" for byte in plain).encode(),
    )
    yield "hexadecimal", plain.hex().encode()
    for shift in range(3):
        yield f"base64, shifted by {shift}", _base64_core(plain, shift)


def _base64_core(plain: bytes, shift: int) -> bytes:
    """Return the part of a base64 text that does not depend on what stands around."""
    encoded = base64.b64encode(b"\0" * shift + plain)
    first = -(-shift * 8 // 6)
    last = (shift + len(plain)) * 8 // 6
    return encoded[first:last]
