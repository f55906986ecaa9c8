"""Hand-overs of young people from one worker to another"""

import sqlalchemy as sa
from alembic import op

import placement.db

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "wish",
                "leave",
                "leaves_work",
                "workload",
                "closer_help",
                name="handoverreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("tell_by", sa.Date(), nullable=False, comment="by this day the young person has been told"),
        sa.Column("meet_on", sa.Date(), nullable=False, comment="both adults meet the young person"),
        sa.Column("takes_effect_on", sa.Date(), nullable=False),
        sa.Column("stays_deputy", sa.Boolean(), nullable=False),
        sa.Column("told_at", placement.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("youth_view", sa.Text(), nullable=False, comment="what the young person said of it"),
        sa.Column("done_at", placement.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", placement.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("created_at", placement.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", placement.db.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("done_at IS NULL OR cancelled_at IS NULL", name=op.f("ck_hand_over_done_or_cancelled")),
        sa.CheckConstraint("done_at IS NULL OR told_at IS NOT NULL", name=op.f("ck_hand_over_told_before_done")),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_hand_over_to_another")),
        sa.CheckConstraint(
            "tell_by < takes_effect_on AND meet_on <= takes_effect_on", name=op.f("ck_hand_over_days_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_hand_over_centre_id_centre"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["from_id"], ["staff.id"], name=op.f("fk_hand_over_from_id_staff"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_id"], ["staff.id"], name=op.f("fk_hand_over_to_id_staff"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["youth_id"], ["youth.id"], name=op.f("fk_hand_over_youth_id_youth"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    with op.batch_alter_table("hand_over", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hand_over_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hand_over_to_id"), ["to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hand_over_youth_id"), ["youth_id"], unique=False)
        batch_op.create_index(
            "uq_hand_over_open",
            ["youth_id"],
            unique=True,
            sqlite_where=sa.text("done_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND cancelled_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("hand_over", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_hand_over_open",
            sqlite_where=sa.text("done_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND cancelled_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_hand_over_youth_id"))
        batch_op.drop_index(batch_op.f("ix_hand_over_to_id"))
        batch_op.drop_index(batch_op.f("ix_hand_over_from_id"))

    op.drop_table("hand_over")
