"""Words by which offers are found, and searches that workers keep"""

import sqlalchemy as sa
from alembic import op

from placement.db import UTCDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("offer") as batch:
        batch.add_column(
            sa.Column(
                "search_text",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="words and stems by which it is found",
            )
        )
    # Offers that were there before are found by their plain words until somebody changes them.
    op.execute("UPDATE offer SET search_text = ' ' || lower(title) || ' ' || lower(tasks) || ' '")
    with op.batch_alter_table("offer") as batch:
        batch.alter_column("search_text", server_default=None)
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False, comment="the filter as plain texts"),
        sa.Column("sends_digest", sa.Boolean(), nullable=False),
        sa.Column("looked_until", UTCDateTime(), nullable=False, comment="what was published since is new"),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_saved_search_centre_id_centre"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_saved_search_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )
    op.create_index(op.f("ix_saved_search_staff_id"), "saved_search", ["staff_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_saved_search_staff_id"), table_name="saved_search")
    op.drop_table("saved_search")
    with op.batch_alter_table("offer") as batch:
        batch.drop_column("search_text")
