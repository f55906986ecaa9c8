"""Quiet time, costs, offers of free places and drafts of reminders on recruitment days"""

import sqlalchemy as sa
from alembic import op

from placement.db import UTCDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

QUIET = (
    "(quiet_from IS NULL AND quiet_until IS NULL)"
    " OR (quiet_from >= begins AND quiet_until > quiet_from AND quiet_until <= ends)"
)


def upgrade() -> None:
    with op.batch_alter_table("recruitment_day") as batch:
        batch.add_column(
            sa.Column("quiet_from", sa.Time(), nullable=True, comment="a calm hour: few people, no music")
        )
        batch.add_column(sa.Column("quiet_until", sa.Time(), nullable=True))
        batch.add_column(
            sa.Column("cost", sa.Numeric(8, 2), nullable=True, comment="euros, what the day costs the centre")
        )
        batch.add_column(
            sa.Column("work_hours", sa.Integer(), nullable=True, comment="hours of work that the day takes in all")
        )
        batch.create_check_constraint(op.f("ck_recruitment_day_quiet_hour_within_the_day"), QUIET)
        batch.create_check_constraint(op.f("ck_recruitment_day_cost_not_below_zero"), "cost >= 0 AND work_hours >= 0")
    with op.batch_alter_table("day_invitation") as batch:
        batch.add_column(
            sa.Column(
                "offered_until", UTCDateTime(), nullable=True, comment="who waits may take a free place until then"
            )
        )
        batch.create_check_constraint(
            op.f("ck_day_invitation_offered_to_who_waits"), "offered_until IS NULL OR state = 'waiting'"
        )
    with op.batch_alter_table("reminder_rule") as batch:
        batch.add_column(
            sa.Column(
                "is_draft",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="not sent before somebody has looked at it",
            )
        )
    with op.batch_alter_table("reminder_rule") as batch:
        batch.alter_column("is_draft", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("reminder_rule") as batch:
        batch.drop_column("is_draft")
    with op.batch_alter_table("day_invitation") as batch:
        batch.drop_constraint(op.f("ck_day_invitation_offered_to_who_waits"), type_="check")
        batch.drop_column("offered_until")
    with op.batch_alter_table("recruitment_day") as batch:
        batch.drop_constraint(op.f("ck_recruitment_day_cost_not_below_zero"), type_="check")
        batch.drop_constraint(op.f("ck_recruitment_day_quiet_hour_within_the_day"), type_="check")
        batch.drop_column("work_hours")
        batch.drop_column("cost")
        batch.drop_column("quiet_until")
        batch.drop_column("quiet_from")
