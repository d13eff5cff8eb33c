"""Between the law's events and the log's rows: writing, sealing, reading back, upcasting.

May import `disclosure`, `eventstore` and `vault`; knows neither workflows nor projections.
"""

from records.codec import UPCASTERS, canonical, decode, event_id
from records.record_log import Entry, RecordLog, Write

__all__ = ["UPCASTERS", "Entry", "RecordLog", "Write", "canonical", "decode", "event_id"]
