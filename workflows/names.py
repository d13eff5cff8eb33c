"""Names on the wire between workflows, activities and clients. They never change."""

TASK_QUEUE = "gongkai"

DISCLOSURE_REQUEST = "DisclosureRequest"
PROCEEDING = "Proceeding"
ANNUAL_REPORT = "AnnualReport"
TURN_OF_THE_YEAR = "TurnOfTheYear"

APPEND_EVENTS = "append_events"
EVENTS_SINCE = "events_since"
COUNT_ITEMS = "count_items"

OPEN_REPORT = "open_report"
ASSEMBLE_REPORT = "assemble_report"
WRITE_SECTION = "write_section"

REFUSED = "Refused"
"""Type of the error that carries a refusal; its details are code, field and sentence."""

LOG_BEHIND = "LogBehind"
"""Type of the error of a workflow that remembers more than the log: it stops and says so."""

FAULT = "Fault"
"""Type of the error that stands for a mistake of the program: the command was not carried out."""

ROLLUP = "Rollup"
OPEN_ROLLUP = "open_rollup"
LOOK_AT_ROLLUP = "look_at_rollup"
NOTE_ROLLUP_MISSED = "note_rollup_missed"
ASSEMBLE_ROLLUP = "assemble_rollup"
PUBLISH_ROLLUP = "publish_rollup"
