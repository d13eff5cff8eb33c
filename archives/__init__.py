"""Office files as archives: a zip of XML parts, opened without trust and written with fixed bytes.

Nothing here knows what is in them, or how a refusal is said to people: each room has its own
`Limits`, and turns the `Fault` of an `ArchiveRefused` into its own sentence.
"""

from archives.limits import Limits
from archives.package import Package
from archives.packing import pack
from archives.refusal import ArchiveRefused, Fault
from archives.xml_parts import parse_xml

__all__ = ["ArchiveRefused", "Fault", "Limits", "Package", "pack", "parse_xml"]
