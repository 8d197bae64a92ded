"""Create stop events, tokens and the revision; refuse changes of what happened."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LOG = ("stop_event", "tally_count")


def upgrade() -> None:
    op.create_table(
        "stop_event",
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("to_stop_id", sa.String(), nullable=True),
        sa.Column("to_open_min", sa.Integer(), nullable=True),
        sa.Column("to_close_min", sa.Integer(), nullable=True),
        sa.Column("tallied", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("visit_id", "sequence", name="pk_stop_event"),
    )
    op.create_index("ix_stop_event_at", "stop_event", ["at"])
    op.create_table(
        "tally_count",
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("contacts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id", "sequence"],
            ["stop_event.visit_id", "stop_event.sequence"],
            name="fk_tally_count_visit_id_sequence_stop_event",
        ),
        sa.PrimaryKeyConstraint("visit_id", "sequence", "age_band", name="pk_tally_count"),
    )
    op.create_table(
        "token",
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("label", name="pk_token"),
        sa.UniqueConstraint("token_hash", name="uq_token_token_hash"),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
    )
    op.execute("INSERT INTO revision (id, value) VALUES (1, 0)")
    if op.get_bind().dialect.name == "postgresql":
        _refuse_changes_on_postgresql()
    else:
        _refuse_changes_on_sqlite()


def downgrade() -> None:
    op.drop_table("revision")
    op.drop_table("token")
    op.drop_table("tally_count")
    op.drop_table("stop_event")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _refuse_changes_on_sqlite() -> None:
    for table in LOG:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{change.lower()} BEFORE {change} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _refuse_changes_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in LOG:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change"
            f" BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
