"""What own words mean, as people have said"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learned_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("words_mark", sa.String(length=64), nullable=False),
        sa.Column("card_id", sa.String(length=5), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_learned_link_centre_id_centre"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_link")),
        sa.UniqueConstraint("centre_id", "words_mark", "card_id", name="uq_learned_link_once"),
    )


def downgrade() -> None:
    op.drop_table("learned_link")
