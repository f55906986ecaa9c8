"""Tables of young people and of what they have told about themselves."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.db import Base, Timestamped
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.states import ConsentState, RequestState
from placement.notifications.models import Channel

if TYPE_CHECKING:
    from placement.accounts.models import Centre, Staff

ERASED_NAME = "–"


class CardAnswer(LabelledEnum):
    """What a young person says of a card. The codes are shared with the matching library."""

    YES = "yes", _l("That’s me")
    A_LITTLE = "a_little", _l("A little")
    WANT_TO_LEARN = "want_to_learn", _l("Want to learn")
    NOT_ME = "not_me", _l("Not me")
    SUITS = "suits", _l("Suits me")
    DOES_NOT_MATTER = "does_not_matter", _l("Does not matter")
    CANNOT = "cannot", _l("Cannot")
    IMPORTANT = "important", _l("Important")
    NOT_IMPORTANT = "not_important", _l("Not important")


STRENGTH_ANSWERS = (CardAnswer.YES, CardAnswer.A_LITTLE, CardAnswer.WANT_TO_LEARN, CardAnswer.NOT_ME)
WISH_ANSWERS = (CardAnswer.SUITS, CardAnswer.DOES_NOT_MATTER, CardAnswer.CANNOT)
VALUE_ANSWERS = (CardAnswer.IMPORTANT, CardAnswer.NOT_IMPORTANT)
SHOWN_STRENGTH_ANSWERS = frozenset({CardAnswer.YES, CardAnswer.A_LITTLE})


class TravelMode(LabelledEnum):
    """A way to get to work."""

    WALK = "walk", _l("Walking")
    BICYCLE = "bicycle", _l("Bicycle")
    PUBLIC_TRANSPORT = "public_transport", _l("Bus or train")
    CAR = "car", _l("Car")
    MOPED = "moped", _l("Moped")


class LanguageLevel(LabelledEnum):
    """How well a language is known."""

    A1 = "A1", _l("A few words (A1)")
    A2 = "A2", _l("Everyday basics (A2)")
    B1 = "B1", _l("Manages at work (B1)")
    B2 = "B2", _l("Fluent (B2)")
    C1 = "C1", _l("Very fluent (C1)")
    C2 = "C2", _l("Like a first language (C2)")
    NATIVE = "native", _l("First language")


class Youth(Timestamped, Base):
    """A young person with a client relation to the centre.

    There is no home address, no identity code, no sex, no nationality, no health and no benefit here:
    travel starts from an area that the young person chooses.
    """

    __tablename__ = "youth"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    first_name: Mapped[str] = mapped_column(String(60))
    last_name: Mapped[str] = mapped_column(String(60), default="")
    sort_name: Mapped[str] = mapped_column(String(140))
    birth_date: Mapped[date | None]
    language: Mapped[str] = mapped_column(String(2), default="fi")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    channel: Mapped[Channel] = mapped_column(default=Channel.SMS)
    protected_contact: Mapped[bool] = mapped_column(default=False)

    languages: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="language: level")
    day_parts: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="part of day: true or false")
    hours_per_week_min: Mapped[int | None]
    hours_per_week_max: Mapped[int | None]
    travel_from: Mapped[str | None] = mapped_column(String(3), comment="chosen area, a municipality code")
    travel_minutes_max: Mapped[int | None]
    travel_modes: Mapped[list[str]] = mapped_column(default=list)
    available_from: Mapped[date | None]
    cards_held: Mapped[list[str]] = mapped_column(default=list)
    licence_classes: Mapped[list[str]] = mapped_column(default=list)
    question: Mapped[str] = mapped_column(Text, default="", comment="what they want to find out, own words")

    one_adult_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="RESTRICT"), index=True)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="RESTRICT"), index=True)
    next_step: Mapped[str] = mapped_column(String(160), default="")
    next_on: Mapped[date | None]
    last_contact_on: Mapped[date | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    paused_on: Mapped[date | None] = mapped_column(comment="since when they want no suggestions")
    erased_at: Mapped[datetime | None] = mapped_column(comment="only the number of the row is left")
    version: Mapped[int] = mapped_column(default=1)

    centre: Mapped["Centre"] = relationship(lazy="raise")
    one_adult: Mapped["Staff | None"] = relationship(lazy="raise", foreign_keys=[one_adult_id])
    deputy: Mapped["Staff | None"] = relationship(lazy="raise", foreign_keys=[deputy_id])
    answers: Mapped[list["StrengthAnswer"]] = relationship(
        back_populates="youth", lazy="raise", cascade="all, delete-orphan", order_by="StrengthAnswer.card_id"
    )
    own_words: Mapped[list["OwnWords"]] = relationship(
        back_populates="youth", lazy="raise", cascade="all, delete-orphan", order_by="OwnWords.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own attribute
    __table_args__ = (
        CheckConstraint("length(first_name) > 0", name="has_a_first_name"),
        CheckConstraint("channel <> 'email' OR email <> ''", name="address_if_email"),
        CheckConstraint("channel <> 'sms' OR phone <> ''", name="number_if_sms"),
        CheckConstraint("language IN ('fi', 'sv', 'en')", name="language_is_offered"),
        CheckConstraint("travel_minutes_max IS NULL OR travel_minutes_max BETWEEN 0 AND 300", name="travel_is_sane"),
        CheckConstraint(
            "hours_per_week_min IS NULL OR hours_per_week_max IS NULL OR hours_per_week_min <= hours_per_week_max",
            name="hours_in_order",
        ),
        CheckConstraint(
            "erased_at IS NULL OR (NOT is_active AND first_name = '–' AND last_name = '' AND sort_name = ''"
            " AND phone = '' AND email = '' AND question = '' AND next_step = '' AND birth_date IS NULL"
            " AND travel_from IS NULL AND one_adult_id IS NULL AND deputy_id IS NULL)",
            name="erased_is_empty",
        ),
        CheckConstraint("deputy_id IS NULL OR deputy_id <> one_adult_id", name="deputy_is_another"),
        Index("ix_youth_list", "centre_id", "is_active", "sort_name"),
    )

    @property
    def short_name(self) -> str:
        """First name and initial: ``Aino K.``."""
        return f"{self.first_name} {self.last_name[:1]}." if self.last_name else self.first_name

    def age_on(self, day: date) -> int | None:
        """Full years on a day, or None when the birth date is not known."""
        if self.birth_date is None:
            return None
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday


class StrengthAnswer(Base):
    """The answer of a young person to one card of the vocabulary."""

    __tablename__ = "strength_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    youth_id: Mapped[int] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"))
    card_id: Mapped[str] = mapped_column(String(5))
    answer: Mapped[CardAnswer]
    answered_at: Mapped[datetime]

    youth: Mapped[Youth] = relationship(back_populates="answers", lazy="raise")

    __table_args__ = (UniqueConstraint("youth_id", "card_id", name="uq_strength_answer_once"),)


class CardSkip(Base):
    """A card that the young person passed by; it comes again when all others have been seen."""

    __tablename__ = "card_skip"

    id: Mapped[int] = mapped_column(primary_key=True)
    youth_id: Mapped[int] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"))
    card_id: Mapped[str] = mapped_column(String(5))
    skipped_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("youth_id", "card_id", name="uq_card_skip_once"),)


class OwnWords(Base):
    """A strength in the young person's own words, with the cards it was linked to."""

    __tablename__ = "own_words"

    id: Mapped[int] = mapped_column(primary_key=True)
    youth_id: Mapped[int] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(2))
    card_ids: Mapped[list[str]] = mapped_column(default=list)

    youth: Mapped[Youth] = relationship(back_populates="own_words", lazy="raise")

    __table_args__ = (CheckConstraint("length(text) > 0", name="says_something"),)


class EvidencePlace(LabelledEnum):
    """Where a strength showed."""

    HOBBY = "hobby", _l("Hobby")
    SCHOOL = "school", _l("School")
    HOME = "home", _l("Home and friends")
    TRIAL = "trial", _l("Work trial or placement")
    JOB = "job", _l("Job or summer job")
    MILITARY = "military", _l("Military or civilian service")
    GAMES = "games", _l("Games and online communities")
    VOLUNTEERING = "volunteering", _l("Volunteering")
    OTHER = "other", _l("Somewhere else")


class StrengthEvidence(Base):
    """Where a strength of a card has shown, and who saw it, as the young person tells it or says yes to it."""

    __tablename__ = "strength_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    youth_id: Mapped[int] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"), index=True)
    card_id: Mapped[str] = mapped_column(String(5))
    place: Mapped[EvidencePlace]
    told: Mapped[str] = mapped_column(String(160), default="", comment="what happened, in a few words")
    seen_by: Mapped[str] = mapped_column(String(80), default="", comment="role or first name, as they write it")
    observed_on: Mapped[date | None]
    added_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("youth_id", "card_id", "place", "told", "seen_by", name="uq_strength_evidence_once"),
    )


class ConsentItem(LabelledEnum):
    """A part of what is known of a young person that a consent may cover."""

    NAME = "name", _l("Name")
    CONTACT = "contact", _l("Phone number and e-mail")
    STRENGTHS = "strengths", _l("Strengths and wishes")
    PLAN = "plan", _l("What is agreed next")
    PLACEMENTS = "placements", _l("Work trials and jobs through Ohjaamo")


class Consent(Base):
    """A young person’s yes to telling certain things to somebody outside, for a reason and until a day.

    The words that were read and answered are kept as they were, in the language they were read in.
    """

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    youth_id: Mapped[int] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"), index=True)
    state: Mapped[ConsentState] = mapped_column(default=ConsentState.ASKED)
    items: Mapped[list[str]]
    to_whom: Mapped[str] = mapped_column(String(160), comment="named body and person")
    why: Mapped[str] = mapped_column(String(300))
    until: Mapped[date]
    language: Mapped[str] = mapped_column(String(2))
    text_version: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text, comment="the words that were read")
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("length(to_whom) > 0 AND length(why) > 0", name="says_to_whom_and_why"),
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered_unless_asked"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_if_withdrawn"),
    )


class RequestKind(LabelledEnum):
    """What a young person asks the centre to do with their data."""

    CORRECT = "correct", _l("Correct something")
    ERASE = "erase", _l("Delete my data")


class YouthRequest(Base):
    """A young person asks for a correction or for deletion; a worker answers."""

    __tablename__ = "youth_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    youth_id: Mapped[int] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"), index=True)
    kind: Mapped[RequestKind]
    state: Mapped[RequestState] = mapped_column(default=RequestState.OPEN)
    text: Mapped[str] = mapped_column(String(500), default="")
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(500), default="", comment="what the worker tells them")

    youth: Mapped[Youth] = relationship(lazy="raise")

    __table_args__ = (CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_unless_open"),)


class LearnedLink(Base):
    """Whether words speak of a card, as somebody has said. The words themselves are not kept, only their mark."""

    __tablename__ = "learned_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    words_mark: Mapped[str] = mapped_column(String(64))
    card_id: Mapped[str] = mapped_column(String(5))
    is_right: Mapped[bool]

    __table_args__ = (UniqueConstraint("centre_id", "words_mark", "card_id", name="uq_learned_link_once"),)
