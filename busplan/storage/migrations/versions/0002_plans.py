"""Create the tables of plans."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("terms", sa.JSON(), nullable=True),
        sa.Column("bound", sa.BigInteger(), nullable=True),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("unserved", sa.JSON(), nullable=False),
        sa.Column("lost_blocks", sa.JSON(), nullable=False),
        sa.Column("lost_pins", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan_version"),
    )
    op.create_index("ix_plan_version_first_day", "plan_version", ["first_day"])
    op.create_index("ix_plan_version_status", "plan_version", ["status"])
    op.create_table(
        "published_week",
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_version_id"],
            ["plan_version.id"],
            name="fk_published_week_plan_version_id_plan_version",
        ),
        sa.PrimaryKeyConstraint("monday", name="pk_published_week"),
    )
    op.create_index("ix_published_week_plan_version_id", "published_week", ["plan_version_id"])
    op.create_table(
        "tour",
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("bus_id", sa.String(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("depart_min", sa.Integer(), nullable=False),
        sa.Column("return_min", sa.Integer(), nullable=False),
        sa.Column("drive_min", sa.Integer(), nullable=False),
        sa.Column("length_m", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_version_id"], ["plan_version.id"], name="fk_tour_plan_version_id_plan_version"
        ),
        sa.PrimaryKeyConstraint("plan_version_id", "position", name="pk_tour"),
    )
    op.create_index("ix_tour_service_date", "tour", ["service_date"])
    op.create_table(
        "visit",
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("tour_position", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("demand_id", sa.String(), nullable=False),
        sa.Column("stop_id", sa.String(), nullable=False),
        sa.Column("arrival_min", sa.Integer(), nullable=False),
        sa.Column("open_min", sa.Integer(), nullable=False),
        sa.Column("close_min", sa.Integer(), nullable=False),
        sa.Column("departure_min", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_version_id", "tour_position"],
            ["tour.plan_version_id", "tour.position"],
            name="fk_visit_plan_version_id_tour_position_tour",
        ),
        sa.PrimaryKeyConstraint("plan_version_id", "tour_position", "position", name="pk_visit"),
        sa.UniqueConstraint(
            "plan_version_id", "visit_id", name="uq_visit_plan_version_id_visit_id"
        ),
    )
    op.create_index("ix_visit_visit_id", "visit", ["visit_id"])
    op.create_table(
        "duty",
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("tour_position", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("crew_id", sa.String(), nullable=False),
        sa.Column("drives", sa.Boolean(), nullable=False),
        sa.Column("start_min", sa.Integer(), nullable=False),
        sa.Column("end_min", sa.Integer(), nullable=False),
        sa.Column("breaks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_version_id", "tour_position"],
            ["tour.plan_version_id", "tour.position"],
            name="fk_duty_plan_version_id_tour_position_tour",
        ),
        sa.PrimaryKeyConstraint("plan_version_id", "tour_position", "position", name="pk_duty"),
    )
    op.create_index("ix_duty_crew_id", "duty", ["crew_id"])


def downgrade() -> None:
    op.drop_table("duty")
    op.drop_table("visit")
    op.drop_table("tour")
    op.drop_table("published_week")
    op.drop_table("plan_version")
