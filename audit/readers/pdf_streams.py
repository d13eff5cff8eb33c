"""The streams of a PDF, measured before pdfium unpacks them: it takes each whole into memory.

Only streams packed once with Flate are measured, which is what a bomb of a thousand to one needs;
pictures of scanners (DCT, JBIG2, CCITT) do not open as Flate and are passed over.
"""

import re
import zlib

from audit.readers.limits import MAX_STREAM_BYTES, MAX_STREAMS, MAX_STREAMS_BYTES, MIB
from audit.readers.unreadable import too_large

_START = re.compile(rb"stream\r?\n")
_PIECE = 256 * 1024
"""Bytes unpacked at a time; they are counted and dropped."""


def refuse_bombs(content: bytes) -> None:
    """Raise ``UnreadableFile`` where the streams unpack to more than any report has."""
    view = memoryview(content)
    total = end = 0
    for number, start in enumerate(_START.finditer(content)):
        if number >= MAX_STREAMS:
            raise too_large("内含数据流", f"{MAX_STREAMS}个")
        # What looks like a beginning inside a stream already measured is its data.
        if start.end() <= end:
            continue
        size, read = _unpacked(view, start.end())
        end = start.end() + read
        total += size
        if size > MAX_STREAM_BYTES or total > MAX_STREAMS_BYTES:
            raise too_large("解压后的内容", f"{MAX_STREAM_BYTES // MIB} MB")


def _unpacked(content: memoryview, start: int) -> tuple[int, int]:
    """Return the size of the stream that begins here and how many bytes it was packed in.

    Both are 0 where it is not Flate; counting stops past the limit.
    """
    flate = zlib.decompressobj()
    size = read = 0
    try:
        while size <= MAX_STREAM_BYTES and not flate.eof:
            packed = content[start + read : start + read + _PIECE]
            found = flate.decompress(packed, _PIECE)
            read += len(packed) - len(flate.unconsumed_tail)
            size += len(found)
            if not packed:
                break
    except zlib.error:
        return size, read if size else 0
    return size, read - len(flate.unused_data)
