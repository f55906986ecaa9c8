"""Whom messages do not reach: the address is corrected, or somebody says that it is right."""

from datetime import date, datetime

from flask import url_for

from placement.accounts.models import Staff
from placement.clock import in_helsinki
from placement.db import ServiceSession
from placement.employers.unreachable import unreachable_contacts
from placement.i18n import gettext
from placement.jobseekers.unreachable import unreachable_young_people
from placement.notifications.models import Channel
from placement.suggestions.queries import served_by
from placement.web.today.task import MOST_COUNTED, Task, tag_of


def unreached_youth_tasks(session: ServiceSession, staff: Staff, today: date) -> list[Task]:
    """Return one task for each young person of a worker whose number or address takes no messages."""
    lines = []
    for one in unreachable_young_people(session, served_by(staff.id), limit=MOST_COUNTED):
        url = url_for("jobseekers.edit_contact", youth_id=one.youth.id)
        lines.append(_task(_text(one.youth.short_name, one.channel), "", one.since, url, today))
    return lines


def unreached_contact_tasks(session: ServiceSession, staff: Staff, today: date) -> list[Task]:
    """Return one task for each contact person of a worker's employers whose address takes no messages."""
    found = unreachable_contacts(session, centre_id=staff.centre_id, staff_id=staff.id, limit=MOST_COUNTED)
    lines = []
    for one in found:
        url = url_for("employers.edit_contact", employer_id=one.contact.employer_id, contact_id=one.contact.id)
        lines.append(_task(_text(one.contact.name, one.channel), one.contact.employer.name, one.since, url, today))
    return lines


def _text(name: str, channel: Channel) -> str:
    if channel is Channel.SMS:
        return str(gettext("Text messages do not reach %(name)s: the number is not right", name=name))
    return str(gettext("E-mails do not reach %(name)s: the address is not right", name=name))


def _task(text: str, detail: str, since: datetime, url: str, today: date) -> Task:
    on = in_helsinki(since).date()
    return Task(on, *tag_of(on, today), text, detail, gettext("Correct"), url)
