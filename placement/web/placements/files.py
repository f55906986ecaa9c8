"""What a placement gives on paper beside its agreement: the list of a month and the certificate, as page and as PDF."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from placement.clock import today_in_helsinki
from placement.i18n import current_language, in_language
from placement.placements.attendance.models import DayMark
from placement.placements.attendance.queries import MonthList, count_marks, month_list, months_of
from placement.placements.closing.queries import view_of
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement
from placement.web.forms import read_date
from placement.web.language import asked_language
from placement.web.pdf import pdf_file
from placement.web.placements.closing_page import card_names
from placement.web.session import db_session


def asked_month(placement: Placement) -> MonthList:
    """Return the list of the month that the address asks for, else of the last one that has begun."""
    months, today = months_of(placement), today_in_helsinki()
    asked = read_date(f"{request.args.get('month', '')}-01")
    if asked is None or asked not in months:
        asked = max((month for month in months if month <= today), default=months[0])
    return month_list(db_session, placement, asked, today=today, language=current_language())


def month_file(placement: Placement, *, otherwise: str, **names: Any) -> ResponseReturnValue:
    """Return the list of the month asked for as PDF. ``otherwise``: endpoint of the page to print, with its names."""
    language = asked_language()
    with in_language(language):
        shown = asked_month(placement)
    month = f"{shown.first:%Y-%m}"
    return pdf_file(
        "placements/attendance_pdf.html",
        language=language,
        name=f"days-{placement.id}-{month}",
        otherwise=url_for(otherwise, month=month, **names),
        placement=placement,
        list=shown,
    )


def certificate_values(placement: Placement) -> dict[str, Any]:
    """Return what a certificate is made of, in the current language."""
    view = view_of(db_session, placement.id, PartyRole.ORGANISER)
    return {
        "placement": placement,
        "days": count_marks(db_session, placement.id, DayMark.PRESENT),
        "strengths": card_names(view.card_ids) if view is not None else [],
    }


def certificate_file(placement: Placement, *, otherwise: str) -> ResponseReturnValue:
    """Return the certificate as PDF, in the language asked for. ``otherwise``: address of the page to print."""
    language = asked_language()
    with in_language(language):
        values = certificate_values(placement)
    return pdf_file(
        "placements/certificate_pdf.html",
        language=language,
        name=f"certificate-{placement.id}",
        otherwise=otherwise,
        **values,
    )
