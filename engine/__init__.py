"""The engine's surroundings: settings, data folder, embedded server, client, recovery, schedules.

No law and no SQL here; what runs is put together in `worker.py`.
"""
