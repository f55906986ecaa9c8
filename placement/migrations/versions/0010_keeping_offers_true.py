"""Pauses, promises of an answer, and the words by which offers are found"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("offer") as batch:
        batch.add_column(sa.Column("paused_until", sa.Date(), nullable=True, comment="first day on which it is offered again"))
        batch.add_column(sa.Column("asked_open_mark", sa.String(length=20), nullable=False, server_default="", comment="the last question: since|days"))
        batch.add_column(sa.Column("answer_promise", sa.String(length=200), nullable=False, server_default=""))
        batch.add_column(sa.Column("answer_promised_on", sa.Date(), nullable=True))
        batch.create_check_constraint(
            "ck_offer_paused_if_open", "paused_until IS NULL OR state IN ('live', 'matched')"
        )
    with op.batch_alter_table("offer") as batch:
        batch.alter_column("asked_open_mark", server_default=None)
        batch.alter_column("answer_promise", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("offer") as batch:
        batch.drop_constraint("ck_offer_paused_if_open", type_="check")
        batch.drop_column("answer_promised_on")
        batch.drop_column("answer_promise")
        batch.drop_column("asked_open_mark")
        batch.drop_column("paused_until")
