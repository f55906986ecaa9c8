"""Lists that were shown: what went in, what came out, who saw them and what was done"""

import sqlalchemy as sa
from alembic import op

from placement.db import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _actor_kind() -> sa.Enum:
    return sa.Enum(
        "staff", "youth", "employer", "system", name="actorkind", native_enum=False, create_constraint=True, length=40
    )


def upgrade() -> None:
    op.create_table(
        "list_input",
        sa.Column("hash", sa.String(length=32), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_list_input")),
    )
    op.create_table(
        "list_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("viewer_kind", _actor_kind(), nullable=False),
        sa.Column("viewer_id", sa.Integer(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False, comment="the day the list was made for"),
        sa.Column(
            "fingerprint", sa.String(length=32), nullable=False, comment="of everything that went in and came out"
        ),
        sa.Column("versions", sa.JSON(), nullable=False, comment="of engine, weights, vocabulary and rules"),
        sa.Column(
            "inputs_hash", sa.String(length=32), nullable=False, comment="of person, offers, weights and settings"
        ),
        sa.Column(
            "person", sa.JSON(), nullable=False, comment="the young person as matching saw them, without a name"
        ),
        sa.Column("offers_hash", sa.String(length=32), nullable=False),
        sa.Column("weights_hash", sa.String(length=32), nullable=False),
        sa.Column(
            "kind", sa.String(length=20), nullable=True, comment="only offers of this kind were asked for"
        ),
        sa.Column("balance", sa.Double(), nullable=False),
        sa.Column("seed", sa.String(length=40), nullable=False),
        sa.Column(
            "crowding", sa.JSON(), nullable=False, comment="offer id: how far over the wish of the employer"
        ),
        sa.Column("shown", sa.Integer(), nullable=True, comment="most places asked for; null for all"),
        sa.Column("considered", sa.Integer(), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=False),
        sa.Column(
            "shown_order", sa.JSON(), nullable=False, comment="offer id, score, band and place of each, in order"
        ),
        sa.Column("explored", sa.String(length=20), nullable=True, comment="offer id of the place for finding out"),
        sa.Column("explored_chance", sa.Double(), nullable=False),
        sa.Column("set_aside", sa.JSON(), nullable=False, comment="rule id: offer ids"),
        sa.CheckConstraint("balance BETWEEN 0 AND 1", name=op.f("ck_list_record_balance_is_a_share")),
        sa.CheckConstraint("eligible <= considered", name=op.f("ck_list_record_no_more_than_there_were")),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_list_record_centre_id_centre"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["offers_hash"], ["list_input.hash"], name=op.f("fk_list_record_offers_hash_list_input"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["weights_hash"],
            ["list_input.hash"],
            name=op.f("fk_list_record_weights_hash_list_input"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["youth_id"], ["youth.id"], name=op.f("fk_list_record_youth_id_youth"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_record")),
        sa.UniqueConstraint(
            "youth_id", "viewer_kind", "viewer_id", "on_day", "fingerprint", name="uq_list_record_once"
        ),
    )
    op.create_index("ix_list_record_centre", "list_record", ["centre_id", "made_at"])
    op.create_index(op.f("ix_list_record_offers_hash"), "list_record", ["offers_hash"])
    op.create_index(op.f("ix_list_record_youth_id"), "list_record", ["youth_id"])
    op.create_table(
        "list_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "sent", "asked_why_not", name="listaction", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("actor_kind", _actor_kind(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["list_id"], ["list_record.id"], name=op.f("fk_list_step_list_id_list_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_step")),
    )
    op.create_index(op.f("ix_list_step_list_id"), "list_step", ["list_id"])


def downgrade() -> None:
    op.drop_table("list_step")
    op.drop_table("list_record")
    op.drop_table("list_input")
