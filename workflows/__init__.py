"""Orchestration: locks, timers, updates to the decider and on to the log. No law, no I/O."""
