"""Why a place was not for a young person in one tap, taking an answer back, and places they marked themselves"""

import sqlalchemy as sa
from alembic import op

import placement.db

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ACTION_CHECK = "ck_suggestion_event_suggestionaction"
ACTIONS = ("hear_more", "not_now", "not_for_me", "undo", "withdraw", "close")
OLD_ACTIONS = ("hear_more", "not_now", "not_for_me", "withdraw", "close")
REASONS = ("too_far", "hours", "tasks", "place", "timing", "something_else")


def _set_actions(actions: tuple[str, ...]) -> None:
    rule = f"action IN ({', '.join(repr(action) for action in actions)})"
    with op.batch_alter_table("suggestion_event", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(ACTION_CHECK), type_="check")
        batch_op.create_check_constraint(op.f(ACTION_CHECK), sa.text(rule))


def upgrade() -> None:
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "reason_code",
                sa.Enum(*REASONS, name="answerreason", native_enum=False, create_constraint=False, length=40),
                nullable=True,
                comment="the reason given in one tap",
            )
        )
        rule = f"reason_code IN ({', '.join(repr(reason) for reason in REASONS)})"
        batch_op.create_check_constraint(op.f("ck_suggestion_answerreason"), sa.text(rule))
        batch_op.create_check_constraint(
            op.f("ck_suggestion_answered_if_reason"), sa.text("reason_code IS NULL OR answered_at IS NOT NULL")
        )
    _set_actions(ACTIONS)
    op.create_table(
        "offer_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("wished_at", placement.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column(
            "talked_at",
            placement.db.UTCDateTime(timezone=True),
            nullable=True,
            comment="when a worker talked about it with them",
        ),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_offer_wish_centre_id_centre"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_offer_wish_offer_id_offer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["youth_id"], ["youth.id"], name=op.f("fk_offer_wish_youth_id_youth"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_wish")),
        sa.UniqueConstraint("youth_id", "offer_id", name="uq_offer_wish_pair"),
    )
    with op.batch_alter_table("offer_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_wish_offer_id"), ["offer_id"], unique=False)


def downgrade() -> None:
    op.drop_table("offer_wish")
    op.execute("DELETE FROM suggestion_event WHERE action = 'undo'")
    _set_actions(OLD_ACTIONS)
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_suggestion_answered_if_reason"), type_="check")
        batch_op.drop_constraint(op.f("ck_suggestion_answerreason"), type_="check")
        batch_op.drop_column("reason_code")
