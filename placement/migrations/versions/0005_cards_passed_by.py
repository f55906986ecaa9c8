"""cards that a young person passed by"""

import sqlalchemy as sa
from alembic import op

import placement.db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_skip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.String(length=5), nullable=False),
        sa.Column("skipped_at", placement.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["youth_id"], ["youth.id"], name=op.f("fk_card_skip_youth_id_youth"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_skip")),
        sa.UniqueConstraint("youth_id", "card_id", name="uq_card_skip_once"),
    )


def downgrade() -> None:
    op.drop_table("card_skip")
