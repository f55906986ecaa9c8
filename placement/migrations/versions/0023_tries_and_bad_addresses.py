"""Each try of a message, addresses that take no messages, and when a text message arrived"""

import sqlalchemy as sa
from alembic import op

from placement.db import UTCDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KINDS = (
    "sent", "later", "refused", "outage", "broken", "uncertain", "interrupted", "unknown_there", "delivered",
    "undelivered",
)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("message") as batch:
        batch.add_column(
            sa.Column("delivered_at", UTCDateTime(), nullable=True, comment="when the gateway said that it arrived")
        )
        batch.add_column(
            sa.Column(
                "address_is_bad",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="refused because of its address; false again when somebody says that the address is right",
            )
        )
        batch.add_column(
            sa.Column(
                "unsubscribe",
                sa.String(300),
                nullable=False,
                server_default="",
                comment="page where its receiver ends such messages",
            )
        )
        batch.alter_column(
            "retry_at",
            existing_type=UTCDateTime(),
            existing_nullable=True,
            existing_comment="not before this, after a try that may be repeated",
            comment="not before this is it tried again or, when uncertain, asked about; a person decides if null",
        )
        batch.create_check_constraint(batch.f("ck_message_sent_if_delivered"), "delivered_at IS NULL OR state = 'sent'")
        batch.create_check_constraint(
            batch.f("ck_message_failed_if_address_is_bad"), "NOT address_is_bad OR state = 'failed'"
        )
    with op.batch_alter_table("message") as batch:
        batch.alter_column("address_is_bad", existing_type=sa.Boolean(), server_default=None)
        batch.alter_column("unsubscribe", existing_type=sa.String(300), server_default=None)
        batch.create_index(
            "ix_message_bad_address",
            ["address"],
            sqlite_where=sa.text("address_is_bad"),
            postgresql_where=sa.text("address_is_bad"),
        )
    op.create_table(
        "message_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column(
            "kind", sa.Enum(*KINDS, name="outcomekind", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_try_message_id_message"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_try")),
    )
    op.create_index(op.f("ix_message_try_message_id"), "message_try", ["message_id"])


def downgrade() -> None:
    op.drop_table("message_try")
    with op.batch_alter_table("message") as batch:
        batch.drop_index("ix_message_bad_address")
        batch.drop_constraint("ck_message_failed_if_address_is_bad", type_="check")
        batch.drop_constraint("ck_message_sent_if_delivered", type_="check")
        batch.drop_column("unsubscribe")
        batch.drop_column("address_is_bad")
        batch.drop_column("delivered_at")
