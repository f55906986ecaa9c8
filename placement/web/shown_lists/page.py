"""What the pages about lists that were shown tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from placement.accounts.queries import staff_names
from placement.audit.models import ActorKind
from placement.i18n import LazyString, format_day, format_instant, format_number, gettext
from placement.offers.models import OfferKind
from placement.suggestions.decisions.models import ListRecord
from placement.suggestions.decisions.queries import lists_of_centre
from placement.suggestions.decisions.services import Remade
from placement.suggestions.models import Band
from placement.suggestions.queries import offers_by_id
from placement.web.pagination import ROWS_ON_A_PAGE, Page
from placement.web.suggest.page import BAND_STYLES, rule_name

MOST_NUMBERS = 40


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list among those shown."""

    id: int
    at: datetime
    who: str
    about: str
    shown: int
    considered: int


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place of a list."""

    place: int | None
    title: str
    language: str
    band: str
    score: str
    is_for_finding_out: bool


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule and the offers it set aside, by their numbers."""

    rule_id: str
    name: LazyString | str
    total: int
    numbers: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything that is told of one list."""

    facts: list[tuple[str, str]]
    technical: list[tuple[str, str]]
    places: list[PlaceLine]
    rules: list[RuleLine]
    steps: list[tuple[str, str, str]]
    remade: Remade | None
    differs: list[str]


def lists_page(session: Session, centre_id: int, *, page: int) -> Page[ListLine]:
    """Return the lists shown in a centre, newest first, without names of young people."""
    records, total = lists_of_centre(session, centre_id, limit=ROWS_ON_A_PAGE, offset=(page - 1) * ROWS_ON_A_PAGE)
    names = staff_names(session, _staff_of(records))
    lines = [
        ListLine(
            record.id, record.made_at, _who(record, names), _numbered(record), len(record.order), record.considered
        )
        for record in records
    ]
    return Page(lines, page, total)


def list_page(session: Session, record: ListRecord, *, remade: Remade | None, about: str = "") -> ListPage:
    """Return what one list was; ``about`` names the young person where the reader may know it."""
    names = staff_names(session, _staff_of([record]))
    ids = {int(one[0]) for one in record.order} | {step.offer_id for step in record.steps}
    offers = offers_by_id(session, ids, record.centre_id)
    titles = {offer_id: (offer.title, offer.language) for offer_id, offer in offers.items()}
    return ListPage(
        facts=[
            (gettext("Shown"), format_instant(record.made_at)),
            (gettext("To whom"), _who(record, names)),
            (gettext("About"), about or _numbered(record)),
            (gettext("Kind of place"), _kind(record)),
            (gettext("What mattered"), _balance(record)),
            (gettext("Open offers looked at"), format_number(record.considered)),
            (gettext("Without anything in the way"), format_number(record.eligible)),
        ],
        technical=[
            (gettext("Made for the day"), format_day(record.on_day)),
            (gettext("Versions"), " · ".join(f"{name} {version}" for name, version in record.versions.items())),
            (gettext("Seed of near-ties"), record.seed),
            (gettext("Mark of what went in"), record.inputs_hash),
            (gettext("Mark of the whole list"), record.fingerprint),
        ],
        places=[_place(record, one, titles) for one in record.order],
        rules=[
            RuleLine(rule, rule_name(rule), len(found), _numbers(found)) for rule, found in record.set_aside.items()
        ],
        steps=[
            (format_instant(step.at), str(step.action.label), _title(titles, step.offer_id)[0]) for step in record.steps
        ],
        remade=remade,
        differs=list(remade.differs) if remade else [],
    )


def _staff_of(records: Sequence[ListRecord]) -> set[int]:
    return {
        record.viewer_id for record in records if record.viewer_kind is ActorKind.STAFF and record.viewer_id is not None
    }


def _who(record: ListRecord, names: Mapping[int, str]) -> str:
    name = names.get(record.viewer_id or 0) if record.viewer_kind is ActorKind.STAFF else None
    return name or str(record.viewer_kind.label)


def _numbered(record: ListRecord) -> str:
    return str(gettext("Young person %(number)s", number=record.youth_id))


def _kind(record: ListRecord) -> str:
    return str(OfferKind(record.kind).label if record.kind else gettext("All"))


def _balance(record: ListRecord) -> str:
    wish = round(record.balance * 100)
    return str(gettext("wishes %(wish)s, works out %(works)s", wish=wish, works=100 - wish))


def _place(record: ListRecord, one: Sequence[object], titles: Mapping[int, tuple[str, str]]) -> PlaceLine:
    offer_id, score, band, place = one
    title, language = _title(titles, int(str(offer_id)))
    return PlaceLine(
        place=place if isinstance(place, int) else None,
        title=title,
        language=language,
        band=BAND_STYLES[Band(str(band))],
        score=f"{float(str(score)):.3f}",
        is_for_finding_out=offer_id == record.explored,
    )


def _title(titles: Mapping[int, tuple[str, str]], offer_id: int) -> tuple[str, str]:
    return titles.get(offer_id) or (gettext("Offer %(number)s, which is gone", number=offer_id), "")


def _numbers(offer_ids: Sequence[str]) -> str:
    more = len(offer_ids) - MOST_NUMBERS
    return ", ".join(offer_ids[:MOST_NUMBERS]) + (" …" if more > 0 else "")
