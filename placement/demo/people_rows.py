"""The young people of an invented centre with their workers, contacts and next steps."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from random import Random
from typing import Any

from placement.accounts.models import Staff
from placement.audit.models import ActorKind
from placement.clock import helsinki_instant
from placement.demo.interests import NEXT_STEPS
from placement.demo.people import Sketch, birth_date, card_answers, contact, frame, own_words
from placement.demo.scene import Scene
from placement.i18n import sort_key
from placement.jobseekers.models import OwnWords, StrengthAnswer, Youth

QUIET_OF_EACH = 2
NEXT_IN_DAYS = (-1, 0, 0, 1, 1, 2, 3, 5, 7, 9, 12, 14, 20)


def add_young_people(scene: Scene, sketches: Sequence[Sketch], *, without_worker: int = 0) -> None:
    """Add young people; the known ones get the first worker, the rest are shared, a few wait for a worker."""
    random = scene.random("people")
    guides = scene.guides
    shares = {guide.id: 0 for guide in guides}
    for number, sketch in enumerate(sketches):
        waits = number >= len(sketches) - without_worker and not sketch.is_protected
        worker = guides[0] if sketch.first_name else min(guides, key=lambda guide: shares[guide.id])
        youth = _young_person(random, scene, sketch, None if waits else worker)
        if not waits:
            is_quiet = not sketch.first_name and _quiet(scene, worker) < QUIET_OF_EACH and number % 4 == 3
            _keep_in_touch(random, scene, youth, is_quiet=is_quiet)
            shares[worker.id] += 1
        youth.updated_at = youth.created_at
        scene.young_people.append(youth)
    scene.session.add_all(scene.young_people)
    scene.session.flush()  # suggestions, invitations and the log need the ids
    for youth in scene.young_people:
        added_by = youth.one_adult_id or guides[0].id
        values: dict[str, Any] = {"actor_kind": ActorKind.STAFF, "actor_id": added_by, "youth_id": youth.id}
        scene.log("youth.added", youth, at=youth.created_at, **values)
        if youth.answers:
            at = youth.answers[0].answered_at
            changes = {answer.card_id: [None, answer.answer.value] for answer in youth.answers}
            scene.log("youth.cards_answered", youth, at=at, changes=changes, **values)


def _young_person(random: Random, scene: Scene, sketch: Sketch, worker: Staff | None) -> Youth:
    first_name, last_name = sketch.first_name, sketch.last_name
    if not first_name:
        first_name, last_name = scene.inventor.person(sketch.mother_tongue)
    made_on = scene.today - timedelta(days=random.randint(40, 330))
    made = helsinki_instant(made_on, _clock(random))
    deputies = [guide for guide in scene.guides if worker is not None and guide is not worker]
    youth = Youth(
        centre_id=scene.centre.id,
        first_name=first_name,
        last_name=last_name,
        sort_name=sort_key(f"{last_name} {first_name}"),
        birth_date=birth_date(random, sketch.age, scene.today),
        language=sketch.language,
        protected_contact=sketch.is_protected,
        one_adult_id=worker.id if worker else None,
        deputy_id=random.choice(deputies).id if deputies and random.random() < 0.7 else None,
        created_at=made,
        **contact(random, phone=scene.inventor.phone(), email=scene.inventor.email(first_name, last_name)),
        **frame(random, sketch, area=scene.area, today=scene.today),
    )
    told = made + timedelta(days=random.randint(0, 12), minutes=random.randint(20, 60))
    youth.answers = [
        StrengthAnswer(card_id=card, answer=answer, answered_at=told)
        for card, answer in card_answers(random, sketch).items()
    ]
    youth.own_words = [OwnWords(**words) for words in own_words(random, sketch)]
    if worker is None:
        youth.last_contact_on = made_on
    return youth


def _clock(random: Random) -> time:
    return time(random.randint(9, 15), random.choice((0, 15, 30, 45)))


def _quiet(scene: Scene, worker: Staff) -> int:
    latest = scene.today - timedelta(days=21)
    return sum(
        youth.one_adult_id == worker.id and youth.last_contact_on is not None and youth.last_contact_on <= latest
        for youth in scene.young_people
    )


def _keep_in_touch(random: Random, scene: Scene, youth: Youth, *, is_quiet: bool) -> None:
    """Say when the young person was last met and what comes next; silence has no next step."""
    days = random.randint(22, 34) if is_quiet else random.choice((0, 1, 2, 3, 4, 6, 8, 10, 13, 15, 18))
    youth.last_contact_on = scene.today - timedelta(days=days)
    if is_quiet or random.random() < 0.35:
        return
    language = "sv" if scene.area[0] == "710" else "fi"
    youth.next_step = random.choice(NEXT_STEPS[language])
    youth.next_on = _working_day(scene.today + timedelta(days=random.choice(NEXT_IN_DAYS)), scene.today)


def _working_day(day: date, today: date) -> date:
    """Return the day, or the Monday after when it falls on a weekend ahead."""
    return day + timedelta(days=7 - day.weekday()) if day > today and day.weekday() >= 5 else day
