"""Alembic's side of the log: the tables that may never be thrown away.

Tables of projections are not here. They are disposable: the projector makes and drops
them, and a new shape is a new version built from the log, never an ALTER.
"""
