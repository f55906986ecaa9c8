"""The words that centres use for the kinds of places."""

import re
from functools import cache

from placement.offers.importing.columns import heading_key
from placement.offers.models import OfferKind

_K = OfferKind
_WORDS: dict[OfferKind, str] = {
    _K.WORK_TRIAL: "työkokeilu, työkokeilupaikka, kokeilu, arbetsprövning, arbetsprövningsplats, prövning, work trial,"
    " work try-out, work tryout, trial",
    _K.WAGE_SUBSIDY_JOB: "palkkatuki, palkkatukityö, palkkatukipaikka, palkkatukityöpaikka, palkkatuettu työ,"
    " palkkatuettu, lönesubvention, lönesubventionerat arbete, lönesubventionerat jobb, lönesubventionerad, lönestöd,"
    " wage subsidy, wage subsidised job, wage-subsidised job, wage subsidized job, subsidised job, pay subsidy",
    _K.HIDDEN_JOB: "piilotyö, piilotyöpaikka, piilopaikka, dolt jobb, dold arbetsplats, hidden job",
    _K.OPEN_JOB: "avoin, avoin työpaikka, avoin paikka, työpaikka, työ, palkkatyö, työsuhde, vakituinen, määräaikainen,"
    " osa-aikainen, kokoaikainen, toistaiseksi voimassa oleva, öppet jobb, öppen arbetsplats, ledig plats,"
    " ledigt jobb, ledig, jobb, arbete, fast, deltid, heltid, open job, open, job, employment, permanent, full-time,"
    " part-time, fulltime, temporary",
    _K.SUMMER_JOB: "kesätyö, kesätyöpaikka, kesäduuni, kesätyöntekijä, sommarjobb, sommararbete, sommararbetare,"
    " summer job, summer work, summer worker",
    _K.WINTER_JOB: "talvityö, talviduuni, talvityöpaikka, vinterjobb, vinterarbete, winter job, winter work",
    _K.APPRENTICESHIP: "oppisopimus, oppisopimuspaikka, oppisopimuskoulutus, läroavtal, läroavtalsutbildning,"
    " läroavtalsplats, apprenticeship, apprentice",
    _K.GROUP_TRIAL: "ryhmäkokeilu, ryhmätyökokeilu, grupprövning, gruppförsök, grupparbetsprövning, group trial",
    _K.WORKSHOP_PLACE: "pajapaikka, työpaja, työpajapaikka, paja, nuorten työpaja, starttipaja, verkstadsplats,"
    " verkstad, ungdomsverkstad, arbetsverkstad, workshop place, workshop",
    _K.VISIT: "tutustuminen, tutustumiskäynti, puolen päivän tutustuminen, tutustumispäivä, vierailu, studiebesök,"
    " besök, halvdagsbesök, visit, half-day visit, job shadowing",
}


@cache
def _kinds_by_key() -> dict[str, OfferKind]:
    keys = {heading_key(word): kind for kind, words in _WORDS.items() for word in words.split(",")}
    return keys | {heading_key(kind.value): kind for kind in OfferKind}


def find_kind(text: str) -> OfferKind | None:
    """Return the kind that these words name, or None; words in brackets are passed over."""
    known = _kinds_by_key()
    return known.get(heading_key(text)) or known.get(heading_key(text.split("(", maxsplit=1)[0]))


def kind_in_title(title: str) -> OfferKind | None:
    """Return the kind that a title names in so many words, such as ``Kesätyö: jäätelökioski``; never a plain job."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", title)
    for length in (2, 1):
        for start in range(len(words) - length + 1):
            kind = find_kind(" ".join(words[start : start + length]))
            if kind not in {None, OfferKind.OPEN_JOB, OfferKind.WORKSHOP_PLACE}:
                return kind
    return None
