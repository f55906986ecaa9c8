"""What to do today, gathered from what waits in the other parts of the service."""

from datetime import date, timedelta

from flask import url_for

from placement.accounts.models import Staff
from placement.accounts.permissions import Permission, can
from placement.audit.models import JobRunState
from placement.audit.queries import find_heartbeat, latest_job_runs
from placement.caseload.silence import quiet_young_people
from placement.clock import in_helsinki, utcnow
from placement.db import ServiceSession
from placement.employers.hidden_jobs.models import EmployerTalk, Lead, PromisedBy
from placement.employers.hidden_jobs.queries import leads_due, steps_due
from placement.employers.models import Employer
from placement.employers.queries import employers_to_ask_again
from placement.i18n import format_day, format_instant, gettext, ngettext
from placement.jobseekers.models import Youth, YouthRequest
from placement.jobseekers.queries import quiet_since
from placement.jobseekers.requests import requests_to_handle
from placement.offers.models import Offer
from placement.offers.promises import promises_passed
from placement.offers.queries import offers_not_confirmed, offers_to_check
from placement.offers.states import OfferState
from placement.recruitment_days.queries import DayInBrief, upcoming_days
from placement.suggestions.models import OfferWish, Suggestion
from placement.suggestions.queries import answers_to_follow_up, next_steps_due, served_by
from placement.suggestions.wishes import wishes_to_talk_about
from placement.web.today.hand_overs import due_hand_overs
from placement.web.today.introductions import Due, due_introductions
from placement.web.today.placement_tasks import placement_tasks
from placement.web.today.task import MOST_COUNTED, MOST_OF_A_KIND, Task
from placement.web.today.task import capped as _capped
from placement.web.today.task import tag_of as _tag
from placement.web.today.unreachable import unreached_contact_tasks, unreached_youth_tasks

DAYS_AHEAD = timedelta(days=30)
OLDEST_HEARTBEAT = timedelta(seconds=90)
CHECK_WITHIN = timedelta(days=2)
LONGEST_LINE = 80


def tasks_of(session: ServiceSession, staff: Staff, today: date) -> list[Task]:
    """Return what a worker may and should do, the latest first. Each query runs only for roles that may see it."""
    tasks: list[Task] = []
    if can(staff, Permission.YOUTH_VIEW):
        answers = answers_to_follow_up(session, staff.id, limit=MOST_OF_A_KIND * 2)
        tasks += [_answer_task(answer, today) for answer in answers]
        tasks += [_introduction_task(due, today) for due in due_introductions(session, staff)]
        tasks += [_introduction_task(due, today) for due in due_hand_overs(session, staff)]
        tasks += _capped(unreached_youth_tasks(session, staff, today), url_for("jobseekers.index"))
        tasks += [_wish_task(wish, today) for wish in wishes_to_talk_about(session, staff.id, limit=MOST_OF_A_KIND)]
        asked = requests_to_handle(session, served_by(staff.id), limit=MOST_OF_A_KIND)
        tasks += [_request_task(one, today) for one in asked]
        steps = next_steps_due(session, staff.id, until=today, limit=MOST_COUNTED)
        tasks += _capped([_step_task(youth, today) for youth in steps], url_for("jobseekers.index"))
        quiet = quiet_young_people(session, staff, on=today)
        tasks += _capped([_quiet_task(youth, today) for youth in quiet], url_for("jobseekers.index"))
    if can(staff, Permission.EMPLOYER_EDIT):
        agreed = [_agreed_task(talk, today) for talk in steps_due(session, staff.id, until=today)]
        needs = [_lead_task(lead, today) for lead in leads_due(session, staff.id, until=today)]
        waited = [_ask_again_task(one, today) for one in employers_to_ask_again(session, staff.id, until=today)]
        tasks += _capped(agreed + waited, url_for("employers.index", owner_id=staff.id))
        tasks += _capped(needs, url_for("employers.hidden_jobs", mine=1))
        tasks += _capped(unreached_contact_tasks(session, staff, today), url_for("employers.index"))
    if can(staff, Permission.PLACEMENT_VIEW):
        tasks += placement_tasks(session, staff, today)
    if can(staff, Permission.OFFER_CHECK):
        to_check = [_check_task(offer, today) for offer in offers_to_check(session, staff.centre_id)]
        late = [_promise_task(offer, today) for offer in promises_passed(session, staff.centre_id, on=today)]
        tasks += _capped(late, url_for("offers.index"))
        stale = [_confirm_task(offer, today) for offer in offers_not_confirmed(session, staff.centre_id, on=today)]
        tasks += _capped(to_check, url_for("offers.index", state=OfferState.SUBMITTED.value))
        tasks += _capped(stale, url_for("offers.index", state=OfferState.LIVE.value))
    if can(staff, Permission.DAY_VIEW):
        days = upcoming_days(session, staff.centre_id, on=today)
        tasks += [_day_task(day, today) for day in days if day.day.held_on <= today + DAYS_AHEAD]
    if can(staff, Permission.JOB_VIEW):
        tasks += _service_tasks(session, today)
    return sorted(tasks, key=lambda task: task.on)


def _answer_task(answer: Suggestion, today: date) -> Task:
    answered = in_helsinki(answer.answered_at or answer.sent_at).date()
    tag, variant = _tag(answered, today)
    return Task(
        answered,
        tag,
        variant,
        gettext("%(name)s wants to hear more: %(title)s", name=answer.youth.short_name, title=answer.offer.title),
        gettext(
            "%(employer)s · answered %(day)s", employer=answer.offer.employer.name, day=format_day(answered, year=False)
        ),
        gettext("Call the employer"),
        url_for("suggest.follow_up", youth_id=answer.youth_id, suggestion_id=answer.id),
    )


def _introduction_task(due: Due, today: date) -> Task:
    tag, variant = _tag(due.on, today)
    return Task(due.on, tag, variant, due.text, due.detail, due.label, due.url)


def _wish_task(wish: OfferWish, today: date) -> Task:
    wished = in_helsinki(wish.wished_at).date()
    tag, variant = _tag(wished, today)
    return Task(
        wished,
        tag,
        variant,
        gettext("%(name)s wants to talk about: %(title)s", name=wish.youth.short_name, title=wish.offer.title),
        gettext("%(employer)s · marked %(day)s", employer=wish.offer.employer.name, day=format_day(wished, year=False)),
        gettext("Open"),
        url_for("suggest.show", youth_id=wish.youth_id),
    )


def _request_task(asked: YouthRequest, today: date) -> Task:
    made = in_helsinki(asked.made_at).date()
    tag, variant = _tag(made, today)
    return Task(
        made,
        tag,
        variant,
        gettext("%(name)s asks: %(what)s", name=asked.youth.short_name, what=asked.kind.label),
        gettext("Asked %(day)s on their own page", day=format_day(made, year=False)),
        gettext("Open"),
        url_for("jobseekers.answer_request", youth_id=asked.youth_id, request_id=asked.id),
    )


def _step_task(youth: Youth, today: date) -> Task:
    on = youth.next_on or today
    tag, variant = _tag(on, today)
    what = youth.next_step or gettext("the step agreed for this day")
    return Task(
        on,
        tag,
        variant,
        gettext("%(name)s: %(step)s", name=youth.short_name, step=what),
        "",
        gettext("Open"),
        url_for("jobseekers.show", youth_id=youth.id),
    )


def _quiet_task(youth: Youth, today: date) -> Task:
    days = (today - quiet_since(youth)).days
    return Task(
        today,
        gettext("Today"),
        "warn",
        gettext("Ask how %(name)s is doing", name=youth.short_name),
        ngettext("No contact for %(num)s day", "No contact for %(num)s days", days),
        gettext("Open"),
        url_for("jobseekers.show", youth_id=youth.id),
    )


def _agreed_task(talk: EmployerTalk, today: date) -> Task:
    on = talk.next_on or today
    tag, variant = _tag(on, today)
    text = gettext("Get in touch with %(employer)s", employer=talk.employer.name)
    if talk.promise and talk.promised_by is PromisedBy.EMPLOYER:
        text = gettext("%(employer)s promised: %(promise)s", employer=talk.employer.name, promise=talk.promise)
    elif talk.promise:
        text = gettext("You promised %(employer)s: %(promise)s", employer=talk.employer.name, promise=talk.promise)
    detail = gettext("talked %(day)s", day=format_day(talk.held_on, year=False))
    url = url_for("employers.show", employer_id=talk.employer_id)
    return Task(on, tag, variant, text, detail, gettext("Open"), url)


def _ask_again_task(employer: Employer, today: date) -> Task:
    on = employer.asks_again_on or today
    tag, variant = _tag(on, today)
    text = gettext("%(employer)s wanted to be asked again", employer=employer.name)
    url = url_for("employers.add_talk_with", employer_id=employer.id)
    return Task(on, tag, variant, text, "", gettext("Ask"), url)


def _lead_task(lead: Lead, today: date) -> Task:
    on = lead.next_on or today
    tag, variant = _tag(on, today)
    told = lead.text.splitlines()[0][:LONGEST_LINE]
    text = gettext("Need of %(employer)s: %(need)s", employer=lead.employer.name, need=told)
    url = url_for("employers.lead", employer_id=lead.employer_id, lead_id=lead.id)
    return Task(on, tag, variant, text, str(lead.state.label), gettext("Open"), url)


def _check_task(offer: Offer, today: date) -> Task:
    submitted = in_helsinki(offer.submitted_at).date() if offer.submitted_at else today
    by = min(submitted + CHECK_WITHIN, today)
    tag, variant = _tag(by, today)
    return Task(
        by,
        tag,
        variant,
        gettext("Offer “%(title)s” waits to be checked", title=offer.title),
        gettext("%(employer)s · came %(day)s", employer=offer.employer.name, day=format_day(submitted, year=False)),
        gettext("Check"),
        url_for("offers.show", offer_id=offer.id),
    )


def _confirm_task(offer: Offer, today: date) -> Task:
    text = gettext("Offer “%(title)s” has never been confirmed", title=offer.title)
    if offer.confirmed_on is not None:
        days = (today - offer.confirmed_on).days
        text = ngettext(
            "Offer “%(title)s” not confirmed for %(num)s day",
            "Offer “%(title)s” not confirmed for %(num)s days",
            days,
            title=offer.title,
        )
    detail = gettext("%(employer)s · ask if the place is still open", employer=offer.employer.name)
    url = url_for("offers.show", offer_id=offer.id)
    return Task(today, gettext("Today"), "warn", text, detail, gettext("Ask"), url)


def _promise_task(offer: Offer, today: date) -> Task:
    by = offer.answer_promised_on or today
    tag, variant = _tag(by, today)
    text = gettext("%(employer)s promised an answer: %(what)s", employer=offer.employer.name, what=offer.answer_promise)
    detail = gettext("“%(title)s” · by %(day)s", title=offer.title, day=format_day(by, weekday=True, year=False))
    return Task(by, tag, variant, text, detail, gettext("Ask"), url_for("offers.show", offer_id=offer.id))


def _day_task(brief: DayInBrief, today: date) -> Task:
    tag, variant = _tag(brief.day.held_on, today)
    seats = gettext(
        "Recruitment day “%(title)s”: %(coming)s of %(seats)s seats",
        title=brief.day.title,
        coming=brief.coming,
        seats=brief.day.capacity,
    )
    details = [ngettext("%(num)s employer", "%(num)s employers", brief.employers_coming)]
    if brief.next_reminder_at is not None and brief.next_reminder_at > utcnow():
        details.append(gettext("next messages go out %(when)s", when=format_instant(brief.next_reminder_at)))
    url = url_for("recruitment_days.show", day_id=brief.day.id)
    return Task(brief.day.held_on, tag, variant, seats, " · ".join(details), gettext("Open"), url)


def _service_tasks(session: ServiceSession, today: date) -> list[Task]:
    tasks = []
    beat = find_heartbeat(session)
    url = url_for("admin.index")
    if beat is None or utcnow() - beat.beat_at > OLDEST_HEARTBEAT:
        text = gettext("Messages are not going out: the jobs process is not running")
        tasks.append(Task(today, gettext("Today"), "bad", text, "", gettext("Open"), url))
    since = utcnow() - timedelta(days=1)
    failed = [run for run in latest_job_runs(session) if run.state is JobRunState.FAILED and run.started_at > since]
    if failed:
        text = ngettext("%(num)s job failed since yesterday", "%(num)s jobs failed since yesterday", len(failed))
        tasks.append(Task(today, gettext("Today"), "bad", text, failed[0].job, gettext("Open"), url))
    return tasks
