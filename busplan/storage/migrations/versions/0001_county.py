"""Create the county's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "county",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holiday_region", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("contact_mail", sa.String(), nullable=False),
        sa.Column("contact_note", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_county"),
    )
    op.create_table(
        "municipality",
        sa.Column("ags", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("postcodes", sa.JSON(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.Column("residents_date", sa.Date(), nullable=False),
        sa.Column("young_people", sa.Integer(), nullable=True),
        sa.Column("young_people_date", sa.Date(), nullable=True),
        sa.Column("youth_office", sa.String(), nullable=False),
        sa.Column("served", sa.Boolean(), nullable=False),
        sa.Column("main_place", sa.String(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("ags", name="pk_municipality"),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ags", sa.String(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("accuracy_m", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ags"], ["municipality.ags"], name="fk_place_ags_municipality"),
        sa.PrimaryKeyConstraint("id", name="pk_place"),
    )
    op.create_index("ix_place_ags", "place", ["ags"])
    op.create_table(
        "outline",
        sa.Column("ags", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["ags"], ["municipality.ags"], name="fk_outline_ags_municipality"),
        sa.PrimaryKeyConstraint("ags", name="pk_outline"),
    )
    op.create_table(
        "stop",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ags", sa.String(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("power", sa.Boolean(), nullable=False),
        sa.Column("max_height_m", sa.Float(), nullable=True),
        sa.Column("max_length_m", sa.Float(), nullable=True),
        sa.Column("max_weight_t", sa.Float(), nullable=True),
        sa.Column("agreement_first", sa.Date(), nullable=True),
        sa.Column("agreement_last", sa.Date(), nullable=True),
        sa.Column("lit", sa.Boolean(), nullable=False),
        sa.Column("indoor_place", sa.String(), nullable=False),
        sa.Column("closed", sa.JSON(), nullable=False),
        sa.Column("nearest_transit_stop", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ags"], ["municipality.ags"], name="fk_stop_ags_municipality"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_stop_place_id_place"),
        sa.PrimaryKeyConstraint("id", name="pk_stop"),
    )
    op.create_index("ix_stop_ags", "stop", ["ags"])
    op.create_index("ix_stop_place_id", "stop", ["place_id"])
    op.create_table(
        "bus",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("depot_id", sa.String(), nullable=False),
        sa.Column("depot_name", sa.String(), nullable=False),
        sa.Column("depot_lat", sa.Float(), nullable=False),
        sa.Column("depot_lon", sa.Float(), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("public_holidays", sa.Boolean(), nullable=False),
        sa.Column("needs_power", sa.Boolean(), nullable=False),
        sa.Column("height_m", sa.Float(), nullable=False),
        sa.Column("length_m", sa.Float(), nullable=False),
        sa.Column("weight_t", sa.Float(), nullable=False),
        sa.Column("set_up_min", sa.Integer(), nullable=False),
        sa.Column("tear_down_min", sa.Integer(), nullable=False),
        sa.Column("prepare_min", sa.Integer(), nullable=False),
        sa.Column("finish_min", sa.Integer(), nullable=False),
        sa.Column("min_adults", sa.Integer(), nullable=False),
        sa.Column("max_visits_per_day", sa.Integer(), nullable=False),
        sa.Column("week_max_min", sa.Integer(), nullable=True),
        sa.Column("in_service_first", sa.Date(), nullable=False),
        sa.Column("in_service_last", sa.Date(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bus"),
    )
    op.create_table(
        "crew",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("licences", sa.JSON(), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("shifts", sa.JSON(), nullable=False),
        sa.Column("employed_first", sa.Date(), nullable=False),
        sa.Column("employed_last", sa.Date(), nullable=False),
        sa.Column("absent", sa.JSON(), nullable=False),
        sa.Column("week_max_min", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_crew"),
    )
    op.create_table(
        "demand",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ags", sa.String(), nullable=False),
        sa.Column("stop_id", sa.String(), nullable=True),
        sa.Column("offer", sa.String(), nullable=False),
        sa.Column("period_weeks", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("wished", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("service_min", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("windows", sa.JSON(), nullable=False),
        sa.Column("patterns", sa.JSON(), nullable=False),
        sa.Column("headway_min_days", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("valid_first", sa.Date(), nullable=False),
        sa.Column("valid_last", sa.Date(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("bus_id", sa.String(), nullable=True),
        sa.Column("joint", sa.Boolean(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ags"], ["municipality.ags"], name="fk_demand_ags_municipality"),
        sa.ForeignKeyConstraint(["bus_id"], ["bus.id"], name="fk_demand_bus_id_bus"),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name="fk_demand_stop_id_stop"),
        sa.PrimaryKeyConstraint("id", name="pk_demand"),
    )
    op.create_index("ix_demand_ags", "demand", ["ags"])
    op.create_index("ix_demand_stop_id", "demand", ["stop_id"])
    op.create_table(
        "block",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.String(), nullable=False),
        sa.Column("demand_id", sa.String(), nullable=False),
        sa.Column("bus_id", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("from_min", sa.Integer(), nullable=False),
        sa.Column("to_min", sa.Integer(), nullable=False),
        sa.Column("running_first", sa.Date(), nullable=False),
        sa.Column("running_last", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["bus_id"], ["bus.id"], name="fk_block_bus_id_bus"),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name="fk_block_demand_id_demand"),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name="fk_block_stop_id_stop"),
        sa.PrimaryKeyConstraint("id", name="pk_block"),
    )
    op.create_index("ix_block_demand_id", "block", ["demand_id"])
    op.create_index("ix_block_stop_id", "block", ["stop_id"])
    op.create_table(
        "calendar_entry",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_calendar_entry"),
    )
    op.create_table(
        "parameter",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_parameter"),
    )


def downgrade() -> None:
    op.drop_table("parameter")
    op.drop_table("calendar_entry")
    op.drop_table("block")
    op.drop_table("demand")
    op.drop_table("crew")
    op.drop_table("bus")
    op.drop_table("stop")
    op.drop_table("outline")
    op.drop_table("place")
    op.drop_table("municipality")
    op.drop_table("county")
