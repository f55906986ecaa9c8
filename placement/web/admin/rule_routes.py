"""The rules and what the centre has set for itself, on the same blueprint."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.centre_rules.queries import find_override
from placement.centre_rules.services import ValueRefused, override_rule, revoke_override, rule_to_override
from placement.clock import today_in_helsinki
from placement.i18n import current_language
from placement.i18n import lazy_gettext as _l
from placement.rules.units import unit_of
from placement.web.access import current_actor, current_staff, requires
from placement.web.admin import rule_page as pages
from placement.web.admin.routes import bp
from placement.web.admin.rule_forms import RevokeForm, RuleValueForm
from placement.web.flashes import say
from placement.web.session import db_session


@bp.get("/rules")
@requires(Permission.RULE_VIEW)
def rules() -> ResponseReturnValue:
    """Show every rule the service knows, with its source and the centre's own value."""
    return render_template(
        "admin/rules.html",
        rules=pages.rule_lines(db_session, current_staff.centre_id, today_in_helsinki()),
        overrides=pages.override_lines(db_session, current_staff.centre_id),
    )


@bp.route("/rules/set", methods=["GET", "POST"])
@requires(Permission.RULE_OVERRIDE)
def set_rule() -> ResponseReturnValue:
    """Set a value of the centre's own for the rule and unit that the address names."""
    rule_id, unit = request.args.get("rule", ""), request.args.get("unit", "")
    if not rule_id:
        return redirect(url_for("admin.rules"), code=303)
    rule = rule_to_override(rule_id, unit) or abort(404)
    form = RuleValueForm.for_unit(unit)
    if form.validate_on_submit():
        try:
            override_rule(
                db_session,
                centre_id=current_staff.centre_id,
                rule_id=rule_id,
                unit=unit,
                actor=current_actor(),
                **form.values(),
            )
        except ValueRefused as refused:
            form[refused.field].errors = [refused.message]
        else:
            say(_l("From now on %(rule)s has the value of this centre.", rule=rule_id))
            return redirect(url_for("admin.rules"), code=303)
    status = 422 if form.is_submitted() else 200
    shown = {
        "rule": rule,
        "text": getattr(rule, current_language()),
        "national": pages.amount_in_words(rule.value, unit),
        "unit": unit_of(unit).label,
    }
    return render_template("admin/override_rule.html", form=form, **shown), status


@bp.route("/rules/own/<int:override_id>/revoke", methods=["GET", "POST"])
@requires(Permission.RULE_OVERRIDE)
def revoke_rule(override_id: int) -> ResponseReturnValue:
    """Take a value of the centre's own out of use."""
    found = find_override(db_session, override_id, current_staff.centre_id) or abort(404)
    form = RevokeForm()
    if form.validate_on_submit():
        revoke_override(db_session, override=found, reason=form.reason.data, actor=current_actor())
        say(_l("%(rule)s has the national value again.", rule=found.rule_id))
        return redirect(url_for("admin.rules"), code=303)
    status = 422 if form.is_submitted() else 200
    return render_template("admin/revoke_rule.html", form=form, override=found), status
