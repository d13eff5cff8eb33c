"""The readers: one module a format, each from bytes to lines and tables (`audit.source`).

A reader keeps what the format knows (spans, headings, pages) and drops what nobody sees on the
page: scripts, deleted text, hidden rows. It does not ask what a report is; nothing is cut away as
navigation, nothing is put right. The bytes are anyone's: every reader works within the limits of
`audit.readers.limits` and says in Chinese why a file is not read (`audit.readers.unreadable`).
"""
