"""What a young person tells about themselves: strengths, own words, wishes, practical frame."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.i18n import gettext as _
from placement.i18n import local_name, ngettext
from placement.jobseekers.evidence import evidence_of
from placement.jobseekers.learned import cards_of_words
from placement.jobseekers.models import OwnWords, Youth
from placement.jobseekers.services import (
    ChangedMeanwhile,
    add_own_words,
    answer_cards,
    correct_own_words,
    edit_frame,
    remove_own_words,
)
from placement.vocabulary import cards_by_id
from placement.web.access import current_actor, may, requires
from placement.web.flashes import say
from placement.web.jobseekers.cards import STRENGTH_GROUPS, WISH_GROUPS, cards_form
from placement.web.jobseekers.forms import AddOwnWordsForm, CorrectOwnWordsForm, FrameForm
from placement.web.jobseekers.loading import load_youth_for_staff
from placement.web.jobseekers.page import evidence_lines, frame_rows, person_page, places_may_be_shown
from placement.web.jobseekers.routes import LOOK, bp
from placement.web.session import db_session


@bp.route("/<int:youth_id>/strengths", methods=["GET", "POST"])
@requires(*LOOK)
def strengths(youth_id: int) -> ResponseReturnValue:
    """Find strengths together: cards by group, and own words."""
    return _cards(youth_id, "strengths", STRENGTH_GROUPS)


@bp.route("/<int:youth_id>/wishes", methods=["GET", "POST"])
@requires(*LOOK)
def wishes(youth_id: int) -> ResponseReturnValue:
    """Note which ways and places of working suit, and what matters."""
    return _cards(youth_id, "wishes", WISH_GROUPS)


def _cards(youth_id: int, name: str, groups: tuple[str, ...]) -> ResponseReturnValue:
    youth = load_youth_for_staff(youth_id)
    if request.method == "POST" and not may(Permission.YOUTH_EDIT):
        abort(403)
    form = cards_form(youth, groups)
    # The button of a group says where to go on; all answers on the page are saved with any of them.
    group = request.form.get("group", request.args.get("group", ""))
    if form.validate_on_submit():
        answers = form.changed_answers()
        answer_cards(db_session, youth, answers=answers, actor=current_actor())
        say(ngettext("%(num)s answer was saved.", "%(num)s answers were saved.", len(answers)))
        if group not in groups:
            return redirect(url_for(f"jobseekers.{name}", youth_id=youth.id), code=303)
        place = url_for(f"jobseekers.{name}", youth_id=youth.id, group=group, _anchor=f"group-{group}")
        return redirect(place, code=303)
    page = render_template(
        f"jobseekers/{name}.html",
        form=form,
        groups=form.shown_groups(group),
        person=person_page(youth, current=name),
        youth=youth,
        cards=cards_by_id(),
        evidence=evidence_lines(evidence_of(db_session, youth.id)) if name == "strengths" else [],
        frame=frame_rows(youth),
        may_edit_frame=may(Permission.YOUTH_EDIT) and places_may_be_shown(youth),
    )
    return page, 422 if request.method == "POST" else 200


@bp.route("/<int:youth_id>/own-words", methods=["GET", "POST"])
@requires(Permission.YOUTH_EDIT)
def own_words(youth_id: int) -> ResponseReturnValue:
    """Write down a strength in the young person's own words."""
    youth = load_youth_for_staff(youth_id)
    form = AddOwnWordsForm(data={"language": youth.language})
    if form.validate_on_submit():
        words = add_own_words(db_session, youth, **form.values(), actor=current_actor())
        say(_("The words were saved. Check what they mean."))
        return redirect(url_for("jobseekers.correct_words", youth_id=youth.id, words_id=words.id), code=303)
    person = person_page(youth, current="strengths")
    page = render_template("jobseekers/own_words.html", form=form, person=person)
    return page, 422 if request.method == "POST" else 200


@bp.route("/<int:youth_id>/own-words/<int:words_id>", methods=["GET", "POST"])
@requires(Permission.YOUTH_EDIT)
def correct_words(youth_id: int, words_id: int) -> ResponseReturnValue:
    """Correct which cards the own words mean."""
    youth, words = _load_words(youth_id, words_id)
    cards = cards_by_id()
    found = dict.fromkeys([*words.card_ids, *cards_of_words(db_session, youth.centre_id, words.text, words.language)])
    form = CorrectOwnWordsForm.of(words, [(card, local_name(cards[card])) for card in found if card in cards])
    if form.validate_on_submit():
        correct_own_words(db_session, youth, words, linked=form.meaning(), actor=current_actor())
        say(_("Saved what the words mean."))
        return redirect(url_for("jobseekers.strengths", youth_id=youth.id), code=303)
    person = person_page(youth, current="strengths")
    page = render_template("jobseekers/correct_words.html", form=form, person=person, words=words)
    return page, 422 if request.method == "POST" else 200


@bp.post("/<int:youth_id>/own-words/<int:words_id>/remove")
@requires(Permission.YOUTH_EDIT)
def remove_words(youth_id: int, words_id: int) -> ResponseReturnValue:
    """Remove own words."""
    youth, words = _load_words(youth_id, words_id)
    remove_own_words(db_session, youth, words, actor=current_actor())
    say(_("The words were removed."))
    return redirect(url_for("jobseekers.strengths", youth_id=youth.id), code=303)


@bp.route("/<int:youth_id>/frame", methods=["GET", "POST"])
@requires(Permission.YOUTH_EDIT)
def frame(youth_id: int) -> ResponseReturnValue:
    """Change the practical frame: languages, times, travel, cards."""
    youth = load_youth_for_staff(youth_id)
    if not places_may_be_shown(youth):
        abort(403)
    form = FrameForm.of(youth)
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        try:
            edit_frame(db_session, youth, **form.frame(youth), actor=current_actor())
        except ChangedMeanwhile:
            # What was typed stays; saving again is a choice made knowingly.
            form.now_of(youth.version)
            status = 409
        else:
            say(_("The practical frame was saved."))
            return redirect(url_for("jobseekers.wishes", youth_id=youth.id), code=303)
    person = person_page(youth, current="wishes")
    page = render_template("jobseekers/frame.html", form=form, person=person, is_conflict=status == 409)
    return page, status


def _load_words(youth_id: int, words_id: int) -> tuple[Youth, OwnWords]:
    youth = load_youth_for_staff(youth_id)
    words = next((words for words in youth.own_words if words.id == words_id), None)
    if words is None:
        abort(404)
    return youth, words
