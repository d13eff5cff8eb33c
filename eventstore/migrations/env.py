"""Run revisions on the connection that ``eventstore.migrating`` hands over.

There is no alembic.ini and no offline mode: migrations run from the program, inside one
transaction, so that a half-migrated log cannot be seen.
"""

from alembic import context

from eventstore.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes tables by copying them
)
context.run_migrations()
