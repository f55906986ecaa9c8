"""How surely the employer of an open offer answers, and the key that ends a weekly message"""

from secrets import token_urlsafe

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "employer_answers",
                sa.Numeric(precision=8, scale=2),
                nullable=True,
                comment="how surely the employer answers, 0-1, for ranking; kept by a job, null while nothing is known",
            )
        )
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "stop_key",
                sa.String(length=43),
                nullable=True,
                comment="in its messages: ends them without signing in",
            )
        )
    search = sa.table("saved_search", sa.column("id", sa.Integer), sa.column("stop_key", sa.String))
    for search_id in op.get_bind().scalars(sa.select(search.c.id)).all():
        op.execute(search.update().where(search.c.id == search_id).values(stop_key=token_urlsafe()))
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.alter_column("stop_key", existing_type=sa.String(length=43), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_saved_search_stop_key"), ["stop_key"])


def downgrade() -> None:
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_saved_search_stop_key"), type_="unique")
        batch_op.drop_column("stop_key")

    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_column("employer_answers")
