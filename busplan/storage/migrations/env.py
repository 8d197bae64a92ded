"""What Alembic runs: the migrations, over the connection that ``migrate.py`` hands it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
