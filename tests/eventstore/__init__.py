"""The event log: one suite for both databases."""
