"""What placements ask for today: calls wanted, days away, steps of support plans, worries."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import url_for

from placement.accounts.models import Staff
from placement.clock import in_helsinki
from placement.db import ServiceSession
from placement.i18n import format_day, gettext, ngettext
from placement.placements.attendance.models import AttendanceDay
from placement.placements.attendance.queries import absences_to_follow_up
from placement.placements.boards import SIGNS_WITHIN, closings_missing, not_ended, starting_soon, waiting_to_sign
from placement.placements.checks import missing_roles
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement, PlacementParty
from placement.placements.packs.items import missing_of
from placement.placements.packs.models import SubsidyPack
from placement.placements.packs.reminders import dues_of, packs_waiting
from placement.placements.packs.states import PackState
from placement.placements.states import STARTED, PlacementState
from placement.placements.support_plan.models import CheckIn, SupportStep, Worry
from placement.placements.support_plan.queries import calls_asked_for, not_so_well, open_worries, steps_due
from placement.web.today.task import MOST_COUNTED, Task, capped, tag_of

MOST_TOLD = 3
PACK_AHEAD = timedelta(days=28)
"""A pack should be whole by then: a decision takes some weeks."""
WHOLE_BEFORE = timedelta(days=7)
WORRY_WAITS = timedelta(days=3)
"""A worry that nobody has solved by then is a task."""


def placement_tasks(session: ServiceSession, staff: Staff, today: date) -> list[Task]:
    """Return what the placements that a worker looks after ask for. The queries do not grow with the placements."""
    mine = {"centre_id": staff.centre_id, "staff_id": staff.id, "limit": MOST_COUNTED}
    board = url_for("placements.board")
    groups: Sequence[list[Task]] = (
        [_call_task(one, today) for one in calls_asked_for(session, **mine)],
        [_absence_task(one, today) for one in absences_to_follow_up(session, **mine)],
        [_so_so_task(one, today) for one in not_so_well(session, **mine)],
        [_step_task(one, today) for one in steps_due(session, until=today, **mine)],
        [_worry_task(one, today) for one in open_worries(session, **mine) if _waits(one, today)],
        [task for one in packs_waiting(session, **mine) for task in _pack_tasks(one, today)],
        [_start_task(one, today) for one in starting_soon(session, today=today, **mine)],
        [_sign_task(one, today) for one in waiting_to_sign(session, today=today, **mine)],
        [_closing_task(one, today) for one in closings_missing(session, today=today, **mine)],
        [_end_task(one, today) for one in not_ended(session, today=today, **mine)],
    )
    return [task for tasks in groups for task in capped(tasks, board)]


def _names(placement: Placement) -> dict[str, str]:
    return {"name": placement.youth.short_name, "employer": placement.employer.name}


def _support_url(placement: Placement) -> str:
    return url_for("placements.support", placement_id=placement.id)


def _call_task(check_in: CheckIn, today: date) -> Task:
    names = _names(check_in.placement)
    if check_in.role is PartyRole.PARTICIPANT:
        text = gettext("%(name)s asks you to call: %(employer)s", **names)
    else:
        text = gettext("%(employer)s asks you to call about %(name)s", **names)
    told = in_helsinki(check_in.answered_at).date() if check_in.answered_at else check_in.on
    return Task(told, *tag_of(told, today), text, "", gettext("Open"), _support_url(check_in.placement))


def _so_so_task(check_in: CheckIn, today: date) -> Task:
    names = _names(check_in.placement)
    text = gettext("%(name)s at %(employer)s: it goes so-so", **names)
    who = str(check_in.role.label)
    told = in_helsinki(check_in.answered_at).date() if check_in.answered_at else check_in.on
    return Task(told, *tag_of(told, today), text, who, gettext("Open"), _support_url(check_in.placement))


def _absence_task(row: AttendanceDay, today: date) -> Task:
    text = gettext("%(name)s was away from %(employer)s and had not told", **_names(row.placement))
    url = url_for("placements.attendance", placement_id=row.placement_id, month=f"{row.on:%Y-%m}")
    return Task(row.on, *tag_of(row.on, today), text, gettext("Call and ask how they are"), gettext("Open"), url)


def _step_task(step: SupportStep, today: date) -> Task:
    names = _names(step.placement)
    text = gettext("%(step)s: %(name)s at %(employer)s", step=step.code.label, **names)
    url = url_for("placements.step_done", placement_id=step.placement_id, step_id=step.id)
    return Task(step.due_on, *tag_of(step.due_on, today), text, "", gettext("Done…"), url)


def _waits(worry: Worry, today: date) -> bool:
    return in_helsinki(worry.raised_at).date() + WORRY_WAITS <= today


def _pack_tasks(pack: SubsidyPack, today: date) -> list[Task]:
    placement = pack.placement
    names, url = _names(placement), url_for("placements.pack", placement_id=pack.placement_id)
    if pack.state is PackState.PACK:
        missing = missing_of(pack, placement)
        if not missing:
            text = gettext("Wage-subsidy pack of %(name)s is complete: apply", **names)
            return [Task(today, *tag_of(today, today), text, "", gettext("Open pack"), url)]
        text = ngettext(
            "Wage-subsidy pack of %(name)s lacks %(num)s thing",
            "Wage-subsidy pack of %(name)s lacks %(num)s things",
            len(missing),
            **names,
        )
        by = max(today, placement.starts_on - PACK_AHEAD)
        detail = ", ".join(str(piece.label) for piece in missing[:MOST_TOLD])
        return [Task(by, *tag_of(by, today), text, detail, gettext("Open pack"), url)]
    if pack.state is PackState.SUPPLEMENT and pack.supplement_by is not None:
        text = gettext("The authority asked for more about the subsidy of %(name)s", **names)
        by = pack.supplement_by
        return [Task(by, *tag_of(by, today), text, "", gettext("Open pack"), url)]
    tasks = []
    if pack.state is not PackState.RUNNING and placement.state in STARTED:
        first = placement.started_on or placement.starts_on
        text = gettext("%(name)s works with a subsidy at %(employer)s: note the contract and the start", **names)
        tasks.append(Task(first, *tag_of(first, today), text, "", gettext("Open pack"), url))
    text = gettext("Subsidy of %(name)s at %(employer)s", **names)
    return tasks + [
        Task(due.by, *tag_of(due.by, today), text, str(due.deadline.label), gettext("Open pack"), url)
        for due in dues_of(pack, today)
    ]


def _closing_task(placement: Placement, today: date) -> Task:
    text = gettext("A closing view is missing: %(name)s at %(employer)s", **_names(placement))
    if placement.state is PlacementState.INTERRUPTED:
        text = gettext("%(name)s at %(employer)s ended early: talk about what comes next", **_names(placement))
    url = url_for("placements.closing", placement_id=placement.id)
    by = placement.last_day or placement.ends_on
    return Task(by, *tag_of(by, today), text, "", gettext("Open"), url)


def _end_task(placement: Placement, today: date) -> Task:
    text = gettext("%(name)s at %(employer)s: note that it has ended", **_names(placement))
    last = gettext("last day %(day)s", day=format_day(placement.ends_on))
    url = url_for("placements.show", placement_id=placement.id)
    return Task(placement.ends_on, *tag_of(placement.ends_on, today), text, last, gettext("Open"), url)


def _sign_task(party: PlacementParty, today: date) -> Task:
    asked = in_helsinki(party.asked_at).date() if party.asked_at else today
    by = asked + SIGNS_WITHIN
    text = gettext("Not signed yet: %(name)s at %(employer)s", **_names(party.placement))
    detail = gettext("%(who)s, asked %(day)s", who=party.name, day=format_day(asked, year=False))
    url = url_for("placements.show", placement_id=party.placement_id)
    return Task(by, *tag_of(by, today), text, detail, gettext("Open"), url)


def _start_task(placement: Placement, today: date) -> Task:
    names, first = _names(placement), placement.starts_on
    url = url_for("placements.show", placement_id=placement.id)
    if placement.state is PlacementState.READY:
        text = gettext("%(name)s starts at %(employer)s", **names)
        return Task(first, *tag_of(first, today), text, str(placement.title), gettext("Open"), url)
    missing = len(missing_roles(placement))
    text = gettext("Not ready to start: %(name)s at %(employer)s", **names)
    starts = gettext("starts %(day)s", day=format_day(first, weekday=True, year=False))
    signs = [ngettext("%(num)s signature missing", "%(num)s signatures missing", missing)] if missing else []
    # It should be whole a week ahead; then it is a task of today, and late once the first day has passed.
    by = max(first - WHOLE_BEFORE, min(today, first))
    return Task(by, *tag_of(by, today), text, " · ".join([starts, *signs]), gettext("Open"), url)


def _worry_task(worry: Worry, today: date) -> Task:
    by = in_helsinki(worry.raised_at).date() + WORRY_WAITS
    days = (today - in_helsinki(worry.raised_at).date()).days
    text = gettext("A worry is open: %(name)s at %(employer)s", **_names(worry.placement))
    detail = ngettext("noted %(num)s day ago", "noted %(num)s days ago", days)
    return Task(by, *tag_of(by, today), text, detail, gettext("Open"), _support_url(worry.placement))
