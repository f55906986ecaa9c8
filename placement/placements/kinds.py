"""The kinds of placement and what each of them demands."""

from collections.abc import Mapping

from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.offers.models import OfferKind


class PlacementKind(LabelledEnum):
    """What kind of placement it is."""

    WORK_TRIAL = "work_trial", _l("Work trial")
    GROUP_TRIAL = "group_trial", _l("Group trial")
    WAGE_SUBSIDY_JOB = "wage_subsidy_job", _l("Wage-subsidised job")
    VOUCHER_JOB = "voucher_job", _l("Job with the youth voucher")
    JOB = "job", _l("Job")
    SEASONAL_JOB = "seasonal_job", _l("Seasonal job")
    APPRENTICESHIP = "apprenticeship", _l("Apprenticeship")
    WORKSHOP_PLACE = "workshop_place", _l("Workshop place")
    VISIT = "visit", _l("Half-day visit")


class PartyRole(LabelledEnum):
    """On whose behalf somebody takes part in a placement."""

    PARTICIPANT = "participant", _l("Young person")
    ORGANISER = "organiser", _l("Employer")
    AUTHORITY = "authority", _l("Employment authority")
    GUARDIAN = "guardian", _l("Guardian")
    GUIDE = "guide", _l("Workplace guide")


_K = PlacementKind
TRIALS = frozenset({_K.WORK_TRIAL, _K.GROUP_TRIAL})
UNPAID = TRIALS | {_K.WORKSHOP_PLACE, _K.VISIT}
JOBS = frozenset(_K) - UNPAID
SUBSIDISED = frozenset({_K.WAGE_SUBSIDY_JOB, _K.VOUCHER_JOB})
HAS_AGREEMENT = TRIALS | {_K.WORKSHOP_PLACE}
"""Kinds that begin with an agreement signed here; a job begins with a contract between employer and employee."""

_KIND_OF_OFFER: Mapping[OfferKind, PlacementKind] = {
    OfferKind.WORK_TRIAL: _K.WORK_TRIAL,
    OfferKind.GROUP_TRIAL: _K.GROUP_TRIAL,
    OfferKind.WAGE_SUBSIDY_JOB: _K.WAGE_SUBSIDY_JOB,
    OfferKind.HIDDEN_JOB: _K.JOB,
    OfferKind.OPEN_JOB: _K.JOB,
    OfferKind.SUMMER_JOB: _K.SEASONAL_JOB,
    OfferKind.WINTER_JOB: _K.SEASONAL_JOB,
    OfferKind.APPRENTICESHIP: _K.APPRENTICESHIP,
    OfferKind.WORKSHOP_PLACE: _K.WORKSHOP_PLACE,
    OfferKind.VISIT: _K.VISIT,
}


def kind_for(offer_kind: OfferKind) -> PlacementKind:
    """Return the kind of placement that usually comes of an offer; a worker may choose another."""
    return _KIND_OF_OFFER[offer_kind]


def signing_roles(kind: PlacementKind, *, is_minor: bool) -> tuple[PartyRole, ...]:
    """Return who must sign before the start (WT-15; the guardian of a person under 18 by the custom of the house)."""
    if kind not in HAS_AGREEMENT:
        return ()
    roles = [PartyRole.PARTICIPANT, PartyRole.ORGANISER]
    if kind in TRIALS:
        roles.append(PartyRole.AUTHORITY)
    if is_minor:
        roles.append(PartyRole.GUARDIAN)
    return tuple(roles)
