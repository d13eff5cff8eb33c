"""Run revisions on the connection that `people.database` hands over, in one transaction."""

from alembic import context

from people.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes tables by copying them
)
context.run_migrations()
