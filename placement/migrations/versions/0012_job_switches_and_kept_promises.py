"""job switches and kept promises"""

import sqlalchemy as sa
from alembic import op

import placement.db

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_switch",
        sa.Column("job", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("off_since", placement.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_job_switch_staff_id_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_job_switch")),
    )
    op.create_table(
        "kept_promise",
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_kept_promise")),
    )


def downgrade() -> None:
    op.drop_table("kept_promise")
    op.drop_table("job_switch")
