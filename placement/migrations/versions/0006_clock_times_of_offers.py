"""When the work of an offer begins and ends"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("offer") as batch:
        batch.add_column(sa.Column("work_begins", sa.Time(), nullable=True))
        batch.add_column(sa.Column("work_ends", sa.Time(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("offer") as batch:
        batch.drop_column("work_ends")
        batch.drop_column("work_begins")
