"""The law of disclosure requests, pure: no clock, no I/O, no engine (条例, Decree 711)."""
