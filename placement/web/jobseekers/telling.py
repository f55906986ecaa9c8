"""Ways to tell strengths at the centre: together on this screen, on one's own phone, or on paper."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.i18n import gettext as _
from placement.i18n import ngettext
from placement.jobseekers.queries import is_named_worker
from placement.jobseekers.services import answer_cards
from placement.suggestions.links import make_my_page_link
from placement.web.access import current_actor, requires, signed_in_staff
from placement.web.deck import deck_page, take_answer
from placement.web.flashes import say
from placement.web.jobseekers.loading import load_youth_for_staff
from placement.web.jobseekers.page import person_page
from placement.web.jobseekers.paper import SECTIONS, TypedSheetForm, paper_groups
from placement.web.jobseekers.routes import bp
from placement.web.pictures import qr_code
from placement.web.session import db_session


@bp.get("/<int:youth_id>/strengths/together")
@requires(Permission.YOUTH_EDIT)
def together(youth_id: int) -> ResponseReturnValue:
    """Answer strength cards one at a time, looking at the same screen."""
    youth = load_youth_for_staff(youth_id)
    return render_template("jobseekers/together.html", youth=youth, page=deck_page(youth))


@bp.post("/<int:youth_id>/strengths/together")
@requires(Permission.YOUTH_EDIT)
def answer_together(youth_id: int) -> ResponseReturnValue:
    """Keep the answer to a card and go on to the next."""
    take_answer(load_youth_for_staff(youth_id), current_actor())
    return redirect(url_for("jobseekers.together", youth_id=youth_id), code=303)


@bp.post("/<int:youth_id>/strengths/link")
@requires(Permission.YOUTH_EDIT)
def give_cards_link(youth_id: int) -> ResponseReturnValue:
    """Show a link and a picture that open the cards on the young person's own phone; only a named worker may."""
    youth = load_youth_for_staff(youth_id)
    if not is_named_worker(signed_in_staff(), youth):
        abort(403)
    address = make_my_page_link(db_session, youth=youth, actor=current_actor(), page="me.cards")
    title = _("Strengths on the phone of %(name)s", name=youth.first_name)
    return render_template("suggest/link.html", youth=youth, address=address, title=title, picture=qr_code(address))


@bp.get("/strengths-on-paper")
@requires(Permission.YOUTH_EDIT)
def paper() -> ResponseReturnValue:
    """Print the cards as a sheet to tick with a pen. It names nobody."""
    return render_template("jobseekers/paper.html", groups=paper_groups())


@bp.route("/<int:youth_id>/strengths/from-paper", methods=["GET", "POST"])
@requires(Permission.YOUTH_EDIT)
def from_paper(youth_id: int) -> ResponseReturnValue:
    """Type in what was ticked on a paper sheet."""
    youth = load_youth_for_staff(youth_id)
    form = TypedSheetForm()
    if form.validate_on_submit():
        answers = form.answers()
        answer_cards(db_session, youth, answers=answers, actor=current_actor())
        say(ngettext("%(num)s answer was saved.", "%(num)s answers were saved.", len(answers)))
        return redirect(url_for("jobseekers.strengths", youth_id=youth.id), code=303)
    person = person_page(youth, current="strengths")
    sections = [[form[answer.value] for answer in answers] for answers in SECTIONS]
    page = render_template("jobseekers/from_paper.html", form=form, person=person, sections=sections)
    return page, 422 if request.method == "POST" else 200
