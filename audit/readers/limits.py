"""How much of anything a reader takes, each limit far above any real report.

A published report has 4 to 40 pages, three tables of the form (some 300 cells) and 5,000 to 30,000
characters; with its pictures it stays under 20 MB.
"""

from archives import Limits

MIB = 1024 * 1024

MAX_FILE_BYTES = 40 * MIB
"""Scanned attachments make reports of 20 MB; twice that is somebody's mistake."""

MAX_JSON_BYTES = 8 * MIB
"""A ``report.json`` has 20 KB and the length of its sections."""

MAX_PAGES = 200
"""Pages of a PDF; yearbooks that hold a report among others are not reports."""

MAX_STREAM_BYTES = 160 * MIB
"""One stream of a PDF unpacked: a page scanned in colour at 600 dots an inch has 104 MB."""

MAX_STREAMS = 20_000
"""Streams of a PDF: a report with its fonts and pictures has some hundreds."""

MAX_STREAMS_BYTES = 800 * MIB
"""All streams of a PDF unpacked, one after the other."""

MAX_GLYPHS = 40_000
"""Characters on one page of a PDF: A4 in the smallest legible type holds 10,000."""

MAX_LETTERS = 600_000
"""Characters in all pages of a PDF: the longest reports have 40,000."""

MAX_DRAWN = 50_000
"""Drawn objects on one page of a PDF: a table of dotted lines has some thousands."""

MAX_TAGS = 500_000
"""Tags of a page or an XML part: 200 pages of Word have 150,000; libxml2 takes 200 bytes each."""

ARCHIVE = Limits(members=4_000, unpacked=400 * MIB, member=16 * MIB, tags=MAX_TAGS, ratio=400)
"""A docx or xlsx: a report with a hundred pictures has some 150 members, and 200 pages of text are
3 MB. Pictures count as declared, since only XML parts are unpacked; of these wide empty tables
reach a ratio of 100, a bomb 1,000.
"""

MAX_DEPTH = 1_000
"""Elements inside one another: pages of old editors reach 200, browsers stop at 512."""

MAX_TABLE_DEPTH = 24
"""Tables inside one another: layouts of the 1990s reach 8."""

MAX_LINES = 200_000
"""Lines of any file: the longest reports have 2,000, page furniture and all."""

MAX_POSITIONS = 400_000
"""Grid positions that the tables of a file cover, spans counted in full."""

MAX_SPAN = 1_000
"""Rows or columns of one merged cell, as in the HTML standard (4.9.11)."""
