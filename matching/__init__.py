"""Sauma's ranking library: plain data in, scores and reason codes out.

It knows nothing of Flask, the database or the clock, and holds no state between calls.
"""

from matching.arrangement import Arrangement
from matching.changes import Change, ChangeCode, Opening, Plan, opens_most, what_would_help
from matching.codes import CheckCode, ReasonCode, RuleId
from matching.eligibility import check_eligibility
from matching.esco import EscoError, EscoReport, esco_files, read_esco
from matching.index import OfferIndex
from matching.linking import Link, Linker, default_linker, make_linker, make_reader
from matching.names import find_municipality, same_employer_name, same_title
from matching.people import band_matrix, best_offers, rank_people, score_matrix
from matching.questions import Question, QuestionCode, ask_next
from matching.ranking import place, rank
from matching.results import (
    BANDS,
    Band,
    CheckResult,
    Contribution,
    PeopleRanking,
    PersonFit,
    Placed,
    Ranking,
    Reason,
    SetAside,
    Slots,
    SlotValue,
    Suggestion,
    Verdict,
)
from matching.scoring import Weights, load_weights
from matching.taxonomy import Concept, ConceptKind, Need, Taxonomy, own_taxonomy
from matching.travel import Way, estimate_way
from matching.types import (
    CardAnswer,
    CardDeadline,
    DayPart,
    GuideTime,
    Language,
    LanguageLevel,
    Offer,
    OfferKind,
    OwnWords,
    Person,
    TravelMode,
    Visibility,
)
from matching.vocabulary import (
    Card,
    Municipality,
    TaskFamily,
    distance_km,
    load_cards,
    load_municipalities,
    load_task_families,
)

__all__ = [
    "BANDS",
    "Arrangement",
    "Band",
    "Card",
    "CardAnswer",
    "CardDeadline",
    "Change",
    "ChangeCode",
    "CheckCode",
    "CheckResult",
    "Concept",
    "ConceptKind",
    "Contribution",
    "DayPart",
    "EscoError",
    "EscoReport",
    "GuideTime",
    "Language",
    "LanguageLevel",
    "Link",
    "Linker",
    "Municipality",
    "Need",
    "Offer",
    "OfferIndex",
    "OfferKind",
    "Opening",
    "OwnWords",
    "PeopleRanking",
    "Person",
    "PersonFit",
    "Placed",
    "Plan",
    "Question",
    "QuestionCode",
    "Ranking",
    "Reason",
    "ReasonCode",
    "RuleId",
    "SetAside",
    "SlotValue",
    "Slots",
    "Suggestion",
    "TaskFamily",
    "Taxonomy",
    "TravelMode",
    "Verdict",
    "Visibility",
    "Way",
    "Weights",
    "ask_next",
    "band_matrix",
    "best_offers",
    "check_eligibility",
    "default_linker",
    "distance_km",
    "esco_files",
    "estimate_way",
    "find_municipality",
    "load_cards",
    "load_municipalities",
    "load_task_families",
    "load_weights",
    "make_linker",
    "make_reader",
    "opens_most",
    "own_taxonomy",
    "place",
    "rank",
    "rank_people",
    "read_esco",
    "same_employer_name",
    "same_title",
    "score_matrix",
    "what_would_help",
]
