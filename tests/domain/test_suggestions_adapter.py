"""From rows to the ranking and back: what counts, what is hidden, and how much it asks of the database."""

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from placement.jobseekers.models import OwnWords, Youth
from placement.jobseekers.queries import get_youth_with_profile
from placement.offers.models import Offer, OfferKind
from placement.offers.states import OfferState
from placement.suggestions.adapter import ABOUT_THE_WAY, GOOD_BANDS, as_offer, as_person, fit_of, fits_for, who_fits
from placement.suggestions.live_index import live_offers_of
from placement.suggestions.models import Band
from placement.suggestions.offer_side import pair_scores, people_for_offer
from placement.suggestions.states import SuggestionState
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_employer, make_offer
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.queries import counted_queries

CARDS = {
    "FOO01": "yes",
    "PEO16": "yes",
    "PEO01": "a_little",
    "ENV05": "suits",
    "FOO02": "want_to_learn",
    "PEO04": "yes",
}


@pytest.fixture
def aino(session: Session) -> Youth:
    youth = make_youth(session, make_staff(session), cards=CARDS, day_parts={"morning": True, "night": False})
    session.add(OwnWords(youth_id=youth.id, text="I bake buns", language="en", card_ids=["FOO01"]))
    session.commit()
    session.expire_all()
    found = get_youth_with_profile(session, youth.id, youth.centre_id)
    assert found is not None
    return found


def _offer(session: Session, youth: Youth, **values: object):
    return make_offer(session, make_employer(session, youth.one_adult.centre), **values)


def test_a_new_an_edited_and_a_closed_offer_count_at_once(session: Session, aino: Youth):
    assert fits_for(session, aino).considered == 0
    offer = _offer(session, aino)
    assert [fit.offer.id for fit in fits_for(session, aino).fits] == [offer.id]
    offer.day_parts = ["night"]
    session.flush()
    found = fits_for(session, aino, with_asides=True)
    assert found.eligible == 0
    assert found.fits[0].band is Band.NEEDS_PREPARATION
    assert found.asides[0].offer.id == offer.id
    offer.state = OfferState.WITHDRAWN
    offer.ended_at = offer.live_at
    session.flush()
    assert fits_for(session, aino).considered == 0


def test_a_change_that_is_taken_back_does_not_stay(session: Session, aino: Youth):
    offer = _offer(session, aino)
    session.commit()
    offer.day_parts = ["night"]
    session.flush()
    assert fits_for(session, aino).eligible == 0
    session.rollback()
    found = get_youth_with_profile(session, aino.id, aino.centre_id)
    assert found is not None
    assert fits_for(session, found).eligible == 1


def test_a_change_made_past_the_row_and_talks_that_begin_or_end_count_at_once(session: Session, aino: Youth):
    offer = _offer(session, aino, talks_cap=1)
    assert fits_for(session, aino).eligible == 1
    session.execute(update(Offer).where(Offer.id == offer.id).values(municipality_code="564"))
    assert fits_for(session, aino).aside_rules == (("travel-limit", 1),)
    session.execute(update(Offer).where(Offer.id == offer.id).values(municipality_code=None))
    made = make_suggestion(
        session,
        youth=make_youth(session, aino.one_adult),
        offer=offer,
        made_by=aino.one_adult,
        state=SuggestionState.INTERESTED,
    )
    assert fits_for(session, aino).eligible == 0
    made.state = SuggestionState.NOT_NOW
    session.flush()
    assert fits_for(session, aino).eligible == 1


def test_only_offers_that_changed_are_read_again(session: Session, aino: Youth):
    offers = [_offer(session, aino) for _number in range(3)]
    before = live_offers_of(session, aino.centre_id)
    assert live_offers_of(session, aino.centre_id) is before
    offers[1].title = "Another title"
    session.flush()
    after = live_offers_of(session, aino.centre_id)
    same = [after.offers[offer.id] is before.offers[offer.id] for offer in offers]
    assert same == [True, False, True]


def test_one_offer_is_told_as_in_the_whole_list(session: Session, aino: Youth):
    for part in ("morning", "evening", "night"):
        _offer(session, aino, day_parts=[part], title=part)
    everything = fits_for(session, aino)
    assert len(everything.fits) == 3
    for fit in everything.fits:
        one = fit_of(session, aino, fit.offer)
        assert one is not None
        assert one.fit == fit
        assert (one.considered, one.eligible) == (3, 2)
        assert (one.aside is None) == (fit.position is not None)
    gone = _offer(session, aino, state=OfferState.SUBMITTED)
    assert fit_of(session, aino, gone) is None


def test_offers_of_other_centres_and_not_yet_published_ones_are_never_ranked(session: Session, aino: Youth):
    make_offer(session, make_employer(session, make_centre(session)))
    _offer(session, aino, state=OfferState.SUBMITTED)
    assert fits_for(session, aino).considered == 0


def test_every_fit_has_at_least_one_check_and_at_most_three_reasons(session: Session, aino: Youth):
    for kind in (OfferKind.WORK_TRIAL, OfferKind.OPEN_JOB, OfferKind.HIDDEN_JOB):
        _offer(session, aino, kind=kind)
    found = fits_for(session, aino)
    assert len(found.fits) == 3
    for fit in found.fits:
        assert fit.checks
        assert len(fit.reasons) <= 3


def test_a_no_of_the_young_person_stands(session: Session, aino: Youth):
    offer = _offer(session, aino)
    make_suggestion(session, youth=aino, offer=offer, made_by=aino.one_adult, state=SuggestionState.NOT_FOR_ME)
    found = fits_for(session, aino)
    assert found.fits == ()
    assert found.aside_rules == (("declined", 1),)
    assert fit_of(session, aino, offer).fit is None


def test_a_full_place_is_set_aside(session: Session, aino: Youth):
    offer = _offer(session, aino, talks_cap=1)
    make_suggestion(
        session,
        youth=make_youth(session, aino.one_adult),
        offer=offer,
        made_by=aino.one_adult,
        state=SuggestionState.INTERESTED,
    )
    assert fits_for(session, aino).aside_rules == (("capacity", 1),)


def test_protected_contact_hides_everything_about_the_way(session: Session, aino: Youth):
    near = _offer(session, aino)
    _offer(session, aino, municipality_code="091", title="Far away")
    open_list = fits_for(session, aino, with_asides=True)
    assert open_list.fits[0].way is not None
    assert ("travel-limit", 1) in open_list.aside_rules
    aino.protected_contact = True
    session.flush()
    hidden = fits_for(session, aino, with_asides=True)
    assert hidden.fits[0].offer.id == near.id
    for fit in hidden.fits:
        assert fit.way is None
        assert not {told.code for told in (*fit.reasons, *fit.checks)} & ABOUT_THE_WAY
    assert hidden.aside_rules == ()
    assert [rule for aside in hidden.asides for rule, _told in aside.rules] == [""]


def test_an_empty_list_of_cards_means_not_asked_yet(aino: Youth):
    person = as_person(aino)
    assert person.cards_held is None
    assert person.licence_classes is None


def test_own_words_linked_to_no_card_are_not_ranked_by(aino: Youth):
    aino.own_words[0].card_ids = []
    assert as_person(aino).own_words == ()


def test_a_way_inside_the_municipality_is_not_told_in_minutes(session: Session, aino: Youth):
    _offer(session, aino)
    fit = fits_for(session, aino).fits[0]
    assert fit.way is not None
    assert fit.way.is_inside
    told = [told for told in (*fit.reasons, *fit.checks) if told.code in ABOUT_THE_WAY]
    assert told
    assert all("minutes" not in one.slots and "kilometres" not in one.slots for one in told)
    aino.travel_minutes_max = 5
    session.flush()
    aside = fits_for(session, aino, with_asides=True).asides[0]
    assert [(rule, dict(told.slots)) for rule, told in aside.rules] == [("travel-limit", {"limit": 5, "inside": True})]


def test_protected_contact_is_not_told_by_a_way_inside_the_municipality(session: Session, aino: Youth):
    _offer(session, aino)
    aino.protected_contact, aino.travel_minutes_max = True, 5
    session.flush()
    aside = fits_for(session, aino, with_asides=True).asides[0]
    assert [(rule, dict(told.slots)) for rule, told in aside.rules] == [("", {})]


def test_a_person_for_matching_has_no_name(aino: Youth):
    assert "Aino" not in repr(as_person(aino))
    assert "Koskela" not in repr(as_person(aino))


def test_the_cap_of_talks_counts_for_each_place(session: Session, aino: Youth):
    assert as_offer(_offer(session, aino, places=2, talks_cap=3)).talks_cap == 6


def test_the_number_of_queries_does_not_grow_with_the_offers(session: Session, aino: Youth, engine: Engine):
    counts = []
    for more in (2, 8):
        for _number in range(more):
            _offer(session, aino)
        session.flush()
        with counted_queries(engine) as statements:
            fits_for(session, aino, with_asides=True)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_people_are_ranked_for_an_offer_by_the_same_score(session: Session, aino: Youth, engine: Engine):
    offer, other = _offer(session, aino), _offer(session, aino, title="Other", day_parts=["night"])
    people = [aino, *(make_youth(session, aino.one_adult, cards=CARDS) for _number in range(3))]
    people[-1].day_parts = dict.fromkeys(offer.day_parts, False)
    session.flush()
    people_for_offer(session, offer, people)
    counts = []
    for some in (people[:1], people):
        with counted_queries(engine) as statements:
            found = people_for_offer(session, offer, some)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert [fit.position for _youth, fit in found] == [1, 2, 3]
    assert {youth.id for youth, _fit in found} == {youth.id for youth in people[:-1]}
    scores = pair_scores(session, aino.centre_id, [offer, other], people)
    assert {pair for pair in scores if pair[1] == offer.id} == {(youth.id, offer.id) for youth in people[:-1]}
    in_order = [scores[youth.id, offer.id] for youth, _fit in found]
    assert in_order == sorted(in_order, reverse=True)
    offer.state, offer.ended_at = OfferState.WITHDRAWN, offer.live_at
    session.flush()
    assert people_for_offer(session, offer, people) == []
    assert pair_scores(session, aino.centre_id, [offer], people) == {}


def test_who_fits_asks_the_same_whatever_the_number_of_young_people(session: Session, aino: Youth, engine: Engine):
    offers = [_offer(session, aino) for _number in range(2)]
    session.flush()
    who_fits(session, aino.centre_id, offers, [aino])
    counts = []
    for people in ([aino], [aino, *(make_youth(session, aino.one_adult, cards=CARDS) for _number in range(5))]):
        with counted_queries(engine) as statements:
            found = who_fits(session, aino.centre_id, offers, people)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert set(found) == {offer.id for offer in offers}


def test_who_fits_says_the_same_as_the_list_also_after_an_answer(session: Session, aino: Youth):
    offers = [_offer(session, aino, title=title, task_family=family) for title, family in (("A", "T11"), ("B", "T40"))]

    def expected() -> dict[int, list[Youth]]:
        bands = {fit.offer.id: fit.band for fit in fits_for(session, aino).fits}
        return {offer.id: [aino] if bands.get(offer.id) in GOOD_BANDS else [] for offer in offers}

    assert who_fits(session, aino.centre_id, offers, [aino]) == expected()
    for answer in aino.answers:
        session.delete(answer)
    session.flush()
    session.expire(aino)
    found = get_youth_with_profile(session, aino.id, aino.centre_id)
    assert found is not None
    assert who_fits(session, aino.centre_id, offers, [aino]) == expected()
