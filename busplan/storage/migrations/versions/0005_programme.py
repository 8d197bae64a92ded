"""Create the tables of what the site tells beside the timetable."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "on_board_fact",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("bus_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["bus_id"], ["bus.id"], name="fk_on_board_fact_bus_id_bus"),
        sa.PrimaryKeyConstraint("id", name="pk_on_board_fact"),
    )
    op.create_index("ix_on_board_fact_bus_id", "on_board_fact", ["bus_id"])
    op.create_table(
        "guest",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("bus_id", sa.String(), nullable=False),
        sa.Column("stop_id", sa.String(), nullable=True),
        sa.Column("dates", sa.JSON(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["bus_id"], ["bus.id"], name="fk_guest_bus_id_bus"),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name="fk_guest_stop_id_stop"),
        sa.PrimaryKeyConstraint("id", name="pk_guest"),
    )
    op.create_index("ix_guest_bus_id", "guest", ["bus_id"])
    op.create_index("ix_guest_stop_id", "guest", ["stop_id"])
    op.create_table(
        "signpost",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ags", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("checked", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ags"], ["municipality.ags"], name="fk_signpost_ags_municipality"),
        sa.PrimaryKeyConstraint("id", name="pk_signpost"),
    )
    op.create_index("ix_signpost_ags", "signpost", ["ags"])
    op.create_table(
        "site_facts",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("leave_url", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("form_url", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("statement_date", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("enforcement", sa.String(), nullable=False),
        sa.Column("enforcement_mail", sa.String(), nullable=False),
        sa.Column("enforcement_url", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_site_facts"),
    )


def downgrade() -> None:
    op.drop_table("site_facts")
    op.drop_table("signpost")
    op.drop_table("guest")
    op.drop_table("on_board_fact")
