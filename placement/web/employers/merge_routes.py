"""Employers that are kept twice: finding them, merging two, taking a merge back; on the same blueprint."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from placement.accounts.permissions import Permission
from placement.employers.dedupe import likely_pairs
from placement.employers.merging.queries import find_merge
from placement.employers.merging.services import CannotMerge, merge_employers, undo_merge
from placement.employers.queries import employers_of_centre, find_employer
from placement.errors import ChangedMeanwhile
from placement.i18n import gettext as _
from placement.web.access import current_actor, current_staff, requires
from placement.web.employers.routes import asked_employer, bp
from placement.web.flashes import say
from placement.web.forms import Form
from placement.web.odd_input import row_number, version_number
from placement.web.session import db_session


class MergeForm(Form):
    """Two employers as the worker saw them."""

    version = HiddenField()
    other_version = HiddenField()

    def seen_again(self, version: int, other_version: int) -> None:
        """Make the form one of the present versions, now that both are shown as they are."""
        for field, value in ((self.version, version), (self.other_version, other_version)):
            field.process_data(value)
            field.raw_data = None


@bp.get("/duplicates")
@requires(Permission.EMPLOYER_VIEW)
def duplicates() -> ResponseReturnValue:
    """See the employers that may be kept twice."""
    return render_template("employers/duplicates.html", pairs=likely_pairs(db_session, current_staff.centre_id))


@bp.route("/<int:employer_id>/merge", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def merge(employer_id: int) -> ResponseReturnValue:
    """Compare two employers and take the other into this one."""
    employer = asked_employer(employer_id)
    chosen = request.args.get("other_id", type=row_number)
    if chosen is None or chosen == employer_id:
        others = [one for one in employers_of_centre(db_session, current_staff.centre_id) if one.id != employer_id]
        return render_template("employers/merge_choose.html", employer=employer, others=others)
    other = find_employer(db_session, chosen, current_staff.centre_id) or abort(404)
    form = MergeForm(version=employer.version, other_version=other.version)
    if not form.validate_on_submit():
        return render_template("employers/merge.html", form=form, employer=employer, other=other), _status()
    versions = (version_number(form.version.data), version_number(form.other_version.data))
    try:
        merge_employers(db_session, kept=employer, merged=other, versions=versions, actor=current_actor())
    except ChangedMeanwhile as error:
        form.form_errors.append(error.message)
        form.seen_again(employer.version, other.version)
        return render_template("employers/merge.html", form=form, employer=employer, other=other), 409
    except CannotMerge as error:
        form.form_errors.append(error.message)
        return render_template("employers/merge.html", form=form, employer=employer, other=other), 409
    say(_("They are one employer now. You can take it back on this page."))
    return redirect(url_for("employers.show", employer_id=employer_id), code=303)


@bp.post("/<int:employer_id>/merges/<int:merge_id>/undo")
@requires(Permission.EMPLOYER_EDIT)
def merge_undone(employer_id: int, merge_id: int) -> ResponseReturnValue:
    """Take a merge back."""
    found = find_merge(db_session, merge_id, current_staff.centre_id)
    if found is None or found.kept_id != employer_id:
        abort(404)
    merged = undo_merge(db_session, merge=found, actor=current_actor())
    say(_("The merge is taken back: %(name)s is an employer of its own again.", name=merged.name))
    return redirect(url_for("employers.show", employer_id=employer_id), code=303)


def _status() -> int:
    return 422 if request.method == "POST" else 200
