"""Create the list of buses of which nothing is shown."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withdrawn_bus",
        sa.Column("bus_id", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bus_id", name="pk_withdrawn_bus"),
    )


def downgrade() -> None:
    op.drop_table("withdrawn_bus")
