"""Which column of a list says what: headings in Finnish, Swedish and English, in any order and spelling."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from placement.errors import ImportRefused
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l

LONGEST_HEADING_SHOWN = 40
TYPO_SHORTEST = 6
TYPO_SIMILARITY = 0.86


class Column(LabelledEnum):
    """What a column can say. The values are also the headings of lists that the service makes itself."""

    EMPLOYER = "employer", _l("Employer")
    BUSINESS_ID = "business id", _l("Business ID")
    TITLE = "title", _l("Title")
    TASKS = "tasks", _l("Tasks")
    KIND = "kind", _l("Kind")
    MUNICIPALITY = "municipality", _l("Municipality")
    ADDRESS = "address", _l("Address")
    ACCESS = "access", _l("How to get there")
    REMOTE = "remote work", _l("Remote work")
    HOURS_PER_DAY = "hours per day", _l("Hours a day")
    DAYS_PER_WEEK = "days per week", _l("Days a week")
    HOURS_PER_WEEK = "hours per week", _l("Hours a week")
    SCHEDULE = "schedule", _l("Working times")
    STARTS = "starts", _l("Starts")
    STARTS_LATEST = "starts latest", _l("Starts at the latest")
    ENDS = "ends", _l("Ends")
    MONTHS = "months", _l("Months")
    PLACES = "places", _l("Places")
    CLOSES = "apply by", _l("Apply by")
    CONTACT = "contact person", _l("Contact person")
    PHONE = "phone", _l("Phone")
    EMAIL = "email", _l("E-mail")
    CONTACT_WAY = "how to apply", _l("How to apply")
    LANGUAGE = "working language", _l("Working language")
    GUIDE = "guide", _l("Workplace guide")
    PAY = "pay", _l("Pay")
    SKILLS = "requirements", _l("Requirements")
    MINIMUM_AGE = "minimum age", _l("Minimum age")


REQUIRED = (Column.EMPLOYER, Column.TITLE)
JOINED = frozenset({Column.TASKS, Column.SKILLS, Column.SCHEDULE})
"""Several columns may speak of these; their texts are put under each other."""

_C = Column
_HEADINGS: dict[Column, str] = {
    _C.EMPLOYER: "työnantaja, työnantajan nimi, yritys, yrityksen nimi, firma, organisaatio, toimipaikka, arbetsgivare,"
    " arbetsgivarens namn, företag, företagets namn, företagsnamn, organisation, employer, employer name, company,"
    " company name, organization, hiring organization",
    _C.BUSINESS_ID: "y-tunnus, ytunnus, y tunnus, yritystunnus, yritys- ja yhteisötunnus, fo-nummer, fo nummer,"
    " företags- och organisationsnummer, business id, company id, business identity code, vat, vat number",
    _C.TITLE: "otsikko, tehtävänimike, nimike, ammattinimike, työnimike, ammatti, työpaikka, avoin paikka,"
    " paikan nimi, rubrik, titel, yrke, yrkesbenämning, jobbtitel, befattning, title, job title, position, occupation,"
    " headline, role, job",
    _C.TASKS: "kuvaus, tehtävät, työtehtävät, tehtäväkuvaus, tehtävän kuvaus, työn kuvaus, työnkuva, mitä tehdään,"
    " sisältö, ilmoitusteksti, lisätiedot, beskrivning, arbetsuppgifter, arbetsbeskrivning, uppgifter,"
    " uppgiftsbeskrivning, tilläggsuppgifter, description, job description, tasks, duties, what you would do, details",
    _C.KIND: "laji, tyyppi, paikan laji, paikan tyyppi, työn laji, muoto, työmuoto, palvelu, typ, slag, art, form,"
    " typ av plats, typ av jobb, anställningsform, kind, type, job type, kind of place, employment type",
    _C.MUNICIPALITY: "kunta, kunnan nimi, kaupunki, paikkakunta, sijainti, sijaintikunta, työpaikan sijainti,"
    " kuntanumero, kuntakoodi, kommun, ort, stad, arbetsort, plats, placeringsort, kommunkod, municipality, town, city,"
    " location, place, municipality code",
    _C.ADDRESS: "osoite, katuosoite, työpaikan osoite, käyntiosoite, adress, gatuadress, besöksadress, address,"
    " street address, street",
    _C.ACCESS: "kulkuyhteydet, kulkeminen, saapuminen, bussi, kommunikationer, förbindelser, så kommer du dit,"
    " how to get there, access, transport, bus",
    _C.REMOTE: "etätyö, etänä, etätyömahdollisuus, distansarbete, på distans, remote, remote work",
    _C.HOURS_PER_DAY: "tuntia päivässä, tunnit päivässä, tunteja päivässä, h/pv, h/päivä, t/pv, tuntia/päivä,"
    " päivätyöaika, työaika päivässä, timmar per dag, timmar om dagen, h/dag, tim/dag, hours per day, hours a day,"
    " h/day, daily hours",
    _C.DAYS_PER_WEEK: "päiviä viikossa, päivää viikossa, päivät viikossa, pv/vko, pv/vk, pv/viikko, päiviä,"
    " dagar per vecka, dagar i veckan, d/vecka, dagar, days per week, days a week, days/week, days",
    _C.HOURS_PER_WEEK: "tuntia viikossa, tunnit viikossa, tunteja viikossa, h/vko, h/vk, h/viikko, t/vko,"
    " tuntia/viikko, viikkotunnit, viikkotyöaika, työtunnit, tunnit, timmar per vecka, timmar i veckan, h/vecka,"
    " tim/vecka, veckotimmar, veckoarbetstid, timmar, hours per week, hours a week, h/week, weekly hours, hours",
    _C.SCHEDULE: "työaika, työajat, vuorot, työvuorot, kellonajat, arbetstid, arbetstider, skift, working time,"
    " working times, working hours, schedule, shifts, work hours",
    _C.STARTS: "alkaa, alkaen, aloitus, aloituspäivä, alkamispäivä, alku, aloitusaika, alkamisaika, ajankohta,"
    " työ alkaa, börjar, start, startdatum, begynnelsedatum, från, fr.o.m., tidpunkt, starts, start date, begins, from",
    _C.STARTS_LATEST: "alkaa viimeistään, aloitus viimeistään, börjar senast, start senast, starts latest,"
    " starts at the latest, latest start",
    _C.ENDS: "päättyy, loppuu, päättymispäivä, loppupäivä, saakka, asti, loppu, työ päättyy, slutar, slutdatum, slut,"
    " t.o.m., till, ends, end date, until, to",
    _C.MONTHS: "kuukausia, kuukautta, kk, kesto, kesto kk, kesto kuukausina, månader, mån, längd, längd i månader,"
    " varaktighet, months, length, duration, length in months",
    _C.PLACES: "paikkoja, paikkojen määrä, paikkamäärä, paikkaluku, montako, montako paikkaa, määrä, lkm,"
    " antal, antal platser, platser, places, number of places, openings, vacancies, positions",
    _C.CLOSES: "hakuaika, hakuaika päättyy, haku päättyy, viimeinen hakupäivä, hae viimeistään, voimassa,"
    " voimassa asti, ansökningstid, sista ansökningsdag, ansök senast, giltig till, apply by, deadline, closing date,"
    " valid through, valid until",
    _C.CONTACT: "yhteyshenkilö, yhteyshenkilön nimi, yhteystieto, lisätietoja antaa, esihenkilö, kontaktperson,"
    " kontakt, förman, contact, contact person, contact name",
    _C.PHONE: "puhelin, puhelinnumero, puh, puh., p., gsm, matkapuhelin, telefon, telefonnummer, tfn, tel, mobil,"
    " phone, phone number, telephone, mobile",
    _C.EMAIL: "sähköposti, sähköpostiosoite, s-posti, e-post, e-postadress, epost, mail, email, e-mail, email address",
    _C.CONTACT_WAY: "hakuohje, hakuohjeet, miten haetaan, hakeminen, näin haet, yhteydenotto, linkki, verkkosivu, url,"
    " ansökan, så ansöker du, länk, how to apply, application, link, web page, contact way",
    _C.LANGUAGE: "kieli, kielet, työkieli, työkielet, työpaikan kieli, kielitaito, språk, arbetsspråk, language,"
    " languages, working language, working languages",
    _C.GUIDE: "ohjaaja, työpaikkaohjaaja, perehdyttäjä, kuka ohjaa, handledare, arbetsplatshandledare, guide,"
    " workplace guide, supervisor, instructor, mentor",
    _C.PAY: "palkka, palkkaus, tuntipalkka, kuukausipalkka, lön, timlön, månadslön, pay, salary, wage, hourly pay",
    _C.SKILLS: "vaatimukset, vaatimus, osaamisvaatimukset, edellytykset, pätevyys, osaaminen, krav, kompetenskrav,"
    " behörighet, kunskapskrav, requirements, required skills, skills, qualifications",
    _C.MINIMUM_AGE: "alaikäraja, ikäraja, vähimmäisikä, ikä vähintään, minimiålder, åldersgräns, minsta ålder,"
    " minimum age, age limit, lowest age",
}
# Headings that mean one thing alone and another beside a clearer column: (first choice, else this).
_LOOSE: dict[str, tuple[Column, Column | None]] = {
    "tehtävä": (_C.TITLE, _C.TASKS),
    "työtehtävä": (_C.TITLE, _C.TASKS),
    "työ": (_C.TITLE, _C.TASKS),
    "uppgift": (_C.TITLE, _C.TASKS),
    "arbetsuppgift": (_C.TITLE, _C.TASKS),
    "arbete": (_C.TITLE, _C.TASKS),
    "jobb": (_C.TITLE, _C.TASKS),
    "task": (_C.TITLE, _C.TASKS),
    "work": (_C.TITLE, _C.TASKS),
    "paikka": (_C.MUNICIPALITY, None),
    "nimi": (_C.EMPLOYER, _C.CONTACT),
    "namn": (_C.EMPLOYER, _C.CONTACT),
    "name": (_C.EMPLOYER, _C.CONTACT),
}


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where each thing stands in a row, and which headings were not used."""

    places: MappingProxyType[Column, tuple[int, ...]]
    unknown: tuple[str, ...] = ()
    unread: tuple[tuple[str, Column], ...] = field(default=())

    def text(self, cells: Sequence[str], column: Column) -> str:
        """Return what a row says in a column; several columns of running text are put under each other."""
        texts = (cells[place].strip() for place in self.places.get(column, ()) if place < len(cells))
        return "\n".join(text for text in texts if text)


def heading_key(heading: str) -> str:
    """Return a heading without case, spaces and punctuation; letters keep their dots and rings."""
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


@cache
def _columns_by_key() -> dict[str, Column]:
    keys = {heading_key(name): column for column, names in _HEADINGS.items() for name in names.split(",")}
    return keys | {heading_key(column.value): column for column in Column}


def find_column(heading: str) -> Column | None:
    """Return what a heading speaks of: the same words, the words outside brackets, or one typing error."""
    known = _columns_by_key()
    for key in (heading_key(heading), heading_key(heading.split("(", maxsplit=1)[0])):
        if key in known:
            return known[key]
        if key in _LOOSE:
            return None
    key = heading_key(heading)
    if not TYPO_SHORTEST <= len(key) <= LONGEST_HEADING_SHOWN:
        return None
    near = difflib.get_close_matches(key, known, n=1, cutoff=TYPO_SIMILARITY)
    return known[near[0]] if near else None


def count_known(headings: Iterable[str]) -> int:
    """Return how many different things these headings speak of; used to find the row of headings."""
    found = {find_column(heading) or _LOOSE.get(heading_key(heading), (None,))[0] for heading in headings if heading}
    return len(found - {None})


def map_columns(headings: Sequence[str]) -> ColumnMap:
    """Say which column is which; raise ImportRefused when there is none for the employer or the title."""
    places: dict[Column, list[int]] = {}
    unread: list[tuple[str, Column]] = []
    unknown: list[str] = []
    waiting: list[tuple[int, str]] = []

    def put(place: int, heading: str, column: Column) -> None:
        if column in places and column not in JOINED:
            unread.append((heading, column))
        else:
            places.setdefault(column, []).append(place)

    for place, heading in enumerate(headings):
        column = find_column(heading)
        if column is not None:
            put(place, heading, column)
        elif heading_key(heading) in _LOOSE:
            waiting.append((place, heading))
        elif heading.strip():
            unknown.append(heading.strip()[:LONGEST_HEADING_SHOWN])
    for place, heading in waiting:
        first, second = _LOOSE[heading_key(heading)]
        put(place, heading, second if first in places and second is not None else first)
    _refuse_without_required(places, headings)
    frozen = MappingProxyType({column: tuple(numbers) for column, numbers in places.items()})
    return ColumnMap(frozen, tuple(unknown), tuple(unread))


def _refuse_without_required(places: dict[Column, list[int]], headings: Sequence[str]) -> None:
    missing = [column for column in REQUIRED if column not in places]
    if not missing:
        return
    found = ", ".join(heading.strip()[:LONGEST_HEADING_SHOWN] for heading in headings[:20] if heading.strip())
    if missing == [Column.EMPLOYER]:
        message = _l("The list has no column for the employer. Its headings are: %(found)s.", found=found)
    elif missing == [Column.TITLE]:
        message = _l("The list has no column for the title of the place. Its headings are: %(found)s.", found=found)
    else:
        message = _l(
            "The list has no columns for the employer and the title. Its first row is: %(found)s.", found=found
        )
    raise ImportRefused(message, code="import_without_columns")
