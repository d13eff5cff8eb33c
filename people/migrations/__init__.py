"""Alembic's side of this room's database: accounts and the trail may never be thrown away."""
