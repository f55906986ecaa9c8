"""Screens, one folder per user task. Nothing else in the service knows HTTP."""

from flask import Flask

from placement.web.admin import bp as admin
from placement.web.agreement import bp as agreement
from placement.web.at_work import bp as at_work
from placement.web.caseload import bp as caseload
from placement.web.day_answer import bp as day_answer
from placement.web.employer import bp as employer
from placement.web.employers import bp as employers
from placement.web.gateway import bp as gateway
from placement.web.introduce import bp as introduce
from placement.web.introduction import bp as introduction
from placement.web.jobseekers import bp as jobseekers
from placement.web.me import bp as me
from placement.web.offers import bp as offers
from placement.web.placements import bp as placements
from placement.web.places import bp as places
from placement.web.public import bp as public
from placement.web.recruitment_days import bp as recruitment_days
from placement.web.shown_lists import bp as shown_lists
from placement.web.suggest import bp as suggest
from placement.web.today import bp as today


def register_screens(app: Flask) -> None:
    """Register every screen: this list is the table of contents."""
    for screen in (
        public,
        places,
        today,
        jobseekers,
        caseload,
        suggest,
        introduce,
        shown_lists,
        offers,
        employers,
        placements,
        recruitment_days,
        admin,
        employer,
        me,
        introduction,
        day_answer,
        at_work,
        agreement,
        gateway,
    ):
        app.register_blueprint(screen)
