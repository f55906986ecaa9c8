"""Tables of the two closing views and of the answers after the placement."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.audit.models import ActorKind
from placement.db import Base
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.placements.kinds import PartyRole
from placement.placements.support_plan.dates import StepCode

if TYPE_CHECKING:
    from placement.placements.models import Placement


class Scale(LabelledEnum):
    """The same four steps for both sides."""

    NOT_YET = "not_yet", _l("Not yet")
    A_LITTLE = "a_little", _l("A little")
    WELL = "well", _l("Well")
    VERY_WELL = "very_well", _l("Very well")


class Statement(LabelledEnum):
    """What both sides look at."""

    ON_TIME = "on_time", _l("Coming on time and telling when away")
    TASKS = "tasks", _l("Learning the tasks")
    TOGETHER = "together", _l("Working with others")
    OWN_STEPS = "own_steps", _l("Asking, and taking steps of one’s own")
    GUIDANCE = "guidance", _l("Getting guidance at the workplace")


class QuestionAnswered(LabelledEnum):
    """Whether the question of the placement has its answer."""

    YES = "yes", _l("Yes")
    PARTLY = "partly", _l("Partly")
    NO = "no", _l("No")


class NextStep(LabelledEnum):
    """What comes next."""

    JOB = "job", _l("Job")
    WAGE_SUBSIDY_JOB = "wage_subsidy_job", _l("Wage-subsidised job")
    STUDY = "study", _l("Studies")
    OTHER_TRIAL = "other_trial", _l("Another trial")
    WORKSHOP = "workshop", _l("Workshop")
    OTHER_SERVICE = "other_service", _l("Another service")
    REST = "rest", _l("Rest")


class WouldTake(LabelledEnum):
    """Whether the employer would take somebody again."""

    YES = "yes", _l("Yes")
    MAYBE = "maybe", _l("Maybe later")
    NO = "no", _l("No")


class ClosingView(Base):
    """How one side sees it. The young person tells of themselves, the organiser of the young person."""

    __tablename__ = "closing_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    role: Mapped[PartyRole]
    marks: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="statement: step of the scale")
    card_ids: Mapped[list[str]] = mapped_column(default=list, comment="strengths that were seen")
    question_answered: Mapped[QuestionAnswered | None]
    next_step: Mapped[NextStep | None]
    would_take_again: Mapped[WouldTake | None]
    text: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(default="fi")
    given_at: Mapped[datetime]
    given_by: Mapped[ActorKind]
    reply: Mapped[str] = mapped_column(Text, default="", comment="how the other side sees it differently")
    replied_at: Mapped[datetime | None]
    taken_cards: Mapped[list[str]] = mapped_column(default=list, comment="said yes to by the young person")

    placement: Mapped["Placement"] = relationship(lazy="raise")

    __table_args__ = (
        UniqueConstraint("placement_id", "role", name="uq_closing_view_role"),
        CheckConstraint("role IN ('participant', 'organiser')", name="of_one_side"),
        CheckConstraint("(reply = '') = (replied_at IS NULL)", name="reply_has_its_time"),
        CheckConstraint("role = 'organiser' OR would_take_again IS NULL", name="an_employer_takes"),
        CheckConstraint("role = 'participant' OR next_step IS NULL", name="a_young_person_goes_on"),
    )


class AfterCareAnswer(LabelledEnum):
    """What somebody does some months later."""

    JOB = "job", _l("At work")
    STUDY = "study", _l("Studying")
    TRIAL = "trial", _l("On a trial")
    WORKSHOP = "workshop", _l("At a workshop")
    UNEMPLOYED = "unemployed", _l("Without a job")
    OTHER = "other", _l("Something else")
    UNKNOWN = "unknown", _l("Not known")


class AfterCare(Base):
    """A question 1, 3 or 6 months after, and its answer."""

    __tablename__ = "after_care"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    code: Mapped[StepCode]
    asked_at: Mapped[datetime | None]
    answer: Mapped[AfterCareAnswer | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[ActorKind | None]

    placement: Mapped["Placement"] = relationship(lazy="raise")

    __table_args__ = (
        UniqueConstraint("placement_id", "code", name="uq_after_care_code"),
        CheckConstraint("code IN ('after_1', 'after_3', 'after_6')", name="after_the_end"),
        CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL)",
            name="answered_if_answered",
        ),
    )
