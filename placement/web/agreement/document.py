"""What an agreement says, put into the words of the reader's language: the same for page, print and PDF."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from placement.clock import in_helsinki
from placement.i18n import format_day, format_number, format_time, format_weekday, gettext, ngettext
from placement.placements import schedule
from placement.placements.agreement_texts import latest_text
from placement.placements.checks import is_minor, signature_in_force
from placement.placements.kinds import TRIALS, PartyRole, signing_roles
from placement.placements.models import Placement, PlacementParty, SignedHow
from placement.placements.week_words import week_in_words

HALF_A_MONTH = 15
ORDER = (PartyRole.PARTICIPANT, PartyRole.ORGANISER, PartyRole.AUTHORITY, PartyRole.GUARDIAN)


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the agreement with its paragraphs; ``own`` are words of people, kept as they wrote them."""

    heading: str
    own: list[str]
    standing: list[str]


@dataclass(frozen=True, slots=True)
class SigningLine:
    """One line for a signature: given already, or empty to be signed on paper."""

    role: str
    name: str
    organisation: str
    signed: str


@dataclass(frozen=True, slots=True)
class AgreementDocument:
    """A whole agreement in one language."""

    title: str
    number: int
    made_on: str
    centre: str
    centre_phone: str
    facts: list[tuple[str, str]]
    sections: list[Section]
    days: list[tuple[str, str, str, str]]
    total: str
    signatures: list[SigningLine]


def agreement_document(placement: Placement) -> AgreementDocument:
    """Return the agreement of a placement loaded whole, in the current language.

    Nothing of the young person stands in it but the name and what was agreed: no address, phone or birth date.
    """
    text = latest_text(placement)
    periods = placement.periods
    return AgreementDocument(
        title=gettext("Agreement: %(kind)s", kind=str(placement.kind.label).lower()),
        number=text.number if text is not None else 0,
        made_on=format_day(in_helsinki(text.made_at).date()) if text is not None else "",
        centre=placement.centre.name,
        centre_phone=placement.centre.phone,
        facts=_facts(placement),
        sections=_sections(placement),
        days=[
            (
                f"{format_weekday(period.on)} {format_day(period.on)}",
                f"{format_time(period.begins)}–{format_time(period.ends)}",
                gettext("%(minutes)s min", minutes=period.break_minutes) if period.break_minutes else "–",
                format_number(round(period.minutes / 60, 2)),
            )
            for period in periods
        ],
        total=format_number(round(schedule.total_minutes(periods) / 60, 2)),
        signatures=[_signing_line(placement, role) for role in _roles(placement)],
    )


def _roles(placement: Placement) -> list[PartyRole]:
    wanted = signing_roles(placement.kind, is_minor=is_minor(placement))
    return [role for role in ORDER if role in wanted]


def _facts(placement: Placement) -> list[tuple[str, str]]:
    remote = gettext("Partly or wholly remote") if placement.is_remote else ""
    first, last = placement.starts_on, placement.ends_on
    dates = f"{format_day(first)} – {format_day(last)} ({length_words(first, last)})"
    guide = ", ".join(part for part in (placement.guide_name, placement.guide_phone) if part)
    return [
        (gettext("Young person"), _name_of(placement, PartyRole.PARTICIPANT)),
        (gettext("Employer"), placement.employer.name),
        (gettext("Work"), placement.title),
        (gettext("Time"), dates),
        (gettext("Hours"), _hours(placement)),
        (gettext("Place"), ", ".join(part for part in (placement.place, remote) if part)),
        (gettext("Workplace guide"), guide),
    ]


def length_words(first: date, last: date) -> str:
    """Return how long it is in words, both days included: whole months, else days with the nearest number of months."""
    length, days = schedule.length_of(first, last), (last - first).days + 1
    if length.months and not length.days:
        return str(ngettext("%(num)s month", "%(num)s months", length.months))
    told = str(ngettext("%(num)s day", "%(num)s days", days))
    if not length.months:
        return told
    months = length.months + (length.days >= HALF_A_MONTH)
    return f"{told}, {ngettext('about %(num)s month', 'about %(num)s months', months)}"


def _hours(placement: Placement) -> str:
    weeks = sorted(schedule.minutes_by_week(placement.periods).values())
    if not weeks:
        return ""
    hours = format_number(round(weeks[len(weeks) // 2] / 60, 2))
    return f"{week_in_words(placement.periods)} · {gettext('%(hours)s h a week', hours=hours)}"


def _sections(placement: Placement) -> list[Section]:
    is_trial = placement.kind in TRIALS
    nature = [gettext("This is not an employment relationship, and no wage is paid.")]
    guidance = [
        gettext("The employer sees to guidance, introduction to the work and safety. The guide is named above."),
        gettext("The young person does not replace paid staff and does not work alone without agreeing on it."),
    ]
    absence = [
        gettext("If you cannot come, tell the guide and your own adult the same morning. No diagnosis is asked for."),
    ]
    insurance = [_insurance(placement, is_trial=is_trial)]
    ending = [
        gettext("Any side may end this on any day. Tell the others the same day, and talk about what comes next.")
    ]
    found = [
        Section(gettext("Goal"), _lines(placement.goal), []),
        Section(gettext("Tasks"), _lines(placement.tasks), []),
        Section(gettext("What was agreed to make it work"), _lines(placement.adjustments), []),
        Section(gettext("What this is"), [], nature),
        Section(gettext("Guidance"), [], guidance),
        Section(gettext("Absences"), _lines(placement.absence_practice), absence),
        Section(gettext("Insurance"), _lines(placement.insurance), insurance),
        Section(gettext("Ending"), [], ending),
    ]
    return [section for section in found if section.own or section.standing]


def _insurance(placement: Placement, *, is_trial: bool) -> str:
    if is_trial:
        return str(
            gettext("The municipality insures the young person against accidents at work. Ask Ohjaamo whom to call.")
        )
    return str(gettext("The organiser tells who insures the young person. Ask Ohjaamo if you are not sure."))


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _name_of(placement: Placement, role: PartyRole) -> str:
    return next((party.name for party in placement.parties if party.role is role), "")


def _signing_line(placement: Placement, role: PartyRole) -> SigningLine:
    party = next((party for party in placement.parties if party.role is role), None)
    return SigningLine(
        role=str(role.label),
        name=party.name if party is not None else "",
        organisation=party.organisation if party is not None else "",
        signed=signed_words(party) if party is not None else "",
    )


def signed_words(party: PlacementParty) -> str:
    """Return when and how a party signed, as the one signature that is in force says; nothing before."""
    signature = signature_in_force(party)
    if signature is None:
        return ""
    values: dict[str, Any] = {"name": signature.name, "day": format_day(signature.signed_on)}
    if signature.how is SignedHow.PAPER:
        return str(gettext("%(name)s, on paper %(day)s, %(where)s", where=signature.signed_where, **values))
    return str(
        gettext("%(name)s, by personal link %(day)s at %(time)s", time=format_time(signature.signed_at), **values)
    )


def term_in_words(name: str, value: Any) -> str:
    """Return one term of an agreement text in words, to show what a change was."""
    if value is None or value == "":
        return "–"
    if name == "hours":
        return _hours_in_words(value)
    if name in {"starts_on", "ends_on"}:
        return format_day(date.fromisoformat(value))
    if isinstance(value, bool):
        return str(gettext("Yes") if value else gettext("No"))
    if isinstance(value, list):
        return ", ".join(str(part) for part in value if part)
    return str(value)


def _hours_in_words(value: list[Any]) -> str:
    periods = [schedule.period_from(*row) for row in value]
    days = len(schedule.minutes_by_day(periods))
    hours = format_number(round(schedule.total_minutes(periods) / 60, 2))
    return str(
        gettext("%(week)s, %(days)s days, %(hours)s h in all", week=week_in_words(periods), days=days, hours=hours)
    )
