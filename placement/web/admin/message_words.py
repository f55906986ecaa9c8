"""Why each kind of message goes out, in plain words."""

from placement.i18n import LazyString
from placement.i18n import lazy_gettext as _l

WHY: dict[str, LazyString] = {
    "absence_not_told": _l("A day away was marked that nobody had been told of."),
    "after_care_asked": _l("Months have gone since a placement ended."),
    "agreement_changed": _l("An agreement was changed and must be read again."),
    "agreement_reminder": _l("An agreement still lacks a signature."),
    "agreement_to_sign": _l("An agreement became ready to be signed."),
    "card_to_approve": _l("A card for an employer waits to be approved."),
    "closing_asked": _l("A placement came to its end."),
    "day_cancelled": _l("A recruitment day was cancelled."),
    "day_confirmed": _l("Somebody said yes to a recruitment day."),
    "day_employer_check": _l("A recruitment day draws near and the employer checks what it offers."),
    "day_employer_confirmed": _l("An employer said yes to a recruitment day."),
    "day_employer_invitation": _l("An employer was invited to a recruitment day."),
    "day_employer_numbers": _l("A recruitment day draws near and the employer hears how many come."),
    "day_employer_tomorrow": _l("A recruitment day is tomorrow."),
    "day_invitation": _l("A young person was invited to a recruitment day."),
    "day_moved": _l("A recruitment day got another time or place."),
    "day_nudge": _l("An invitation to a recruitment day has no answer yet."),
    "day_place_freed": _l("A place became free on a recruitment day."),
    "day_programme": _l("A recruitment day is a week away."),
    "day_soon": _l("A recruitment day begins in some hours."),
    "day_tomorrow": _l("A recruitment day is tomorrow."),
    "day_waiting": _l("Somebody came onto the waiting list of a recruitment day."),
    "employer_link": _l("An employer’s contact person was given a personal link."),
    "employer_offer_received": _l("An employer sent in a place."),
    "employer_pack_deadline": _l("A deadline of a wage subsidy comes near."),
    "guardian_asked": _l("A guardian’s permission is needed."),
    "how_is_it_going": _l("A placement is in its first days."),
    "introduction_new_link": _l("An employer asked for a new link to an introduction."),
    "introduction_over": _l("An introduction ended."),
    "introduction_sent": _l("A young person approved their card and it was sent."),
    "introduction_times": _l("An employer gave times for a meeting."),
    "introduction_times_asked": _l("New times are needed for a meeting."),
    "introduction_waits": _l("An introduction waits for the employer’s answer."),
    "meeting_agreed": _l("A meeting was agreed."),
    "meeting_cancelled": _l("A meeting was cancelled."),
    "meeting_soon": _l("A meeting comes near."),
    "offer_closed": _l("A place was closed."),
    "offer_digest": _l("New places came that fit a kept search."),
    "offer_returned": _l("A place was sent back to the employer to be completed."),
    "offer_still_open": _l("A place has not been confirmed for a month."),
    "pack_deadline": _l("A deadline of a wage subsidy comes near."),
    "password_changed": _l("The password of an account was changed."),
    "password_reset": _l("Somebody asked for a new password."),
    "placement_link_again": _l("Somebody asked for a new link to a placement."),
    "placement_stopped": _l("A placement ended early."),
    "sign_in_code": _l("Somebody signed in and needed a code."),
    "suggestion_new_link": _l("Somebody asked for a new link to a suggestion."),
    "suggestion_sent": _l("A worker suggested a place."),
}


def why_it_goes(name: str) -> str:
    """Return what causes messages of this name; empty for one that is not sent any more."""
    return str(WHY.get(name, ""))
