"""One index answers whether any open offer has changed, which is asked before every ranking"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_offer_mark", "offer", ["centre_id", "state", "updated_at", "version", "id"])


def downgrade() -> None:
    op.drop_index("ix_offer_mark", "offer")
