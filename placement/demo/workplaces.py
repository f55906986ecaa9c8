"""The invented employers of both centres: what they do, where, and which tasks they offer."""

from dataclasses import dataclass

from placement.employers.models import EmployerForm

_F = EmployerForm


@dataclass(frozen=True, slots=True)
class Workplace:
    """One employer: name, form, trade, task families, place in the list of municipalities, number of workers."""

    name: str
    form: EmployerForm
    industry: str
    families: tuple[str, ...]
    municipality: int = 0
    workers: int = 12
    language: str = "fi"


def _place(
    name: str,
    form: EmployerForm,
    industry: str,
    families: str,
    language: str = "fi",
    *,
    municipality: int = 0,
    workers: int,
) -> Workplace:
    return Workplace(name, form, industry, tuple(families.split()), municipality, workers, language)


# Kivilampi and its neighbours: Jyväskylä, Laukaa, Muurame, Toivakka
KIVILAMPI_AREA = ("179", "410", "500", "850")
WRITTEN_TWICE = frozenset({"Kalustepaja Kaarna"})
"""An employer that somebody has written down a second time, without its business ID, so that there is one to merge."""
KIVILAMPI = (
    _place("Kahvila Aamu", _F.COMPANY, "Kahvila", "T11 T05", workers=4),
    _place("Market Saari", _F.COMPANY, "Päivittäistavarakauppa", "T03 T02 T01 T06", workers=25),
    _place("Pyöräpaja Sato", _F.SOLE_TRADER, "Pyörähuolto", "T55", workers=3),
    _place("Pihlajan tila", _F.SOLE_TRADER, "Maatila", "T31 T32 T30", municipality=1, workers=4),
    _place("Taimela Oy", _F.COMPANY, "Puutarha", "T28 T29 T30", municipality=2, workers=9),
    _place("Kivilammen kirjasto", _F.MUNICIPALITY, "Kirjasto", "T75 T10 T76", workers=18),
    _place("Leipomo Rukiinen Oy", _F.COMPANY, "Leipomo", "T16 T11", workers=11),
    _place("Ravintola Katajainen Oy", _F.COMPANY, "Ravintola", "T13 T14 T15", workers=14),
    _place("Pikaburger Neliapila Oy", _F.COMPANY, "Pikaruokaravintola", "T12", workers=22),
    _place("Siivous Kuulas Oy", _F.COMPANY, "Siivouspalvelut", "T18 T21 T24", workers=35),
    _place("Hotelli Harjunranta Oy", _F.COMPANY, "Hotelli", "T19 T78 T15", workers=30),
    _place("Palvelukoti Iltatuuli", _F.ASSOCIATION, "Ikääntyneiden asuminen", "T71 T20 T72", workers=28),
    _place("Pesula Poutapilvi Oy", _F.COMPANY, "Pesula", "T22", workers=12),
    _place("Kiinteistöhuolto Kivikko Oy", _F.COMPANY, "Kiinteistöhuolto", "T25 T26 T27", workers=16),
    _place("Autohuolto Kytösalo", _F.SOLE_TRADER, "Autokorjaamo", "T54 T23", municipality=1, workers=5),
    _place("Konepaja Rautakieli Oy", _F.COMPANY, "Konepaja", "T57 T58 T56", municipality=2, workers=40),
    _place("Kalustepaja Kaarna Oy", _F.COMPANY, "Kalusteiden valmistus", "T61 T59", municipality=3, workers=8),
    _place("Kalustepaja Kaarna", _F.COMPANY, "Verhoomo", "T63 T62", municipality=3, workers=2),
    _place("Kierrätyskeskus Uusi Kierros ry", _F.ASSOCIATION, "Kierrätys", "T65 T66 T46", workers=20),
    _place("Varasto Väylä Oy", _F.COMPANY, "Varastointi", "T37 T38 T40 T39", municipality=2, workers=60),
    _place("Jakelu Aamuvirkku Oy", _F.COMPANY, "Postin ja mainosten jakelu", "T41 T42 T43", workers=45),
    _place("Kuljetus Mutka Oy", _F.COMPANY, "Tavarankuljetus", "T44 T45 T46", workers=13),
    _place("Rakennus Vesivaaka Oy", _F.COMPANY, "Rakentaminen", "T47 T50 T48", workers=26),
    _place("Maalaus Sivellin Oy", _F.COMPANY, "Maalaus ja tasoite", "T49 T51", workers=7),
    _place("Sähkötyö Kipinäväli Oy", _F.COMPANY, "Sähköasennus", "T53 T52", workers=10),
    _place("Päiväkoti Käpytikka", _F.MUNICIPALITY, "Varhaiskasvatus", "T68 T13", workers=19),
    _place("Kivilammen koulu", _F.MUNICIPALITY, "Perusopetus", "T69 T13", workers=48),
    _place("Nuorisoseura Tuisku ry", _F.ASSOCIATION, "Kulttuuri ja tapahtumat", "T70 T86 T85", workers=3),
    _place("Kivilammen seurakunta", _F.PARISH, "Seurakuntatyö", "T70 T28 T73", workers=24),
    _place("Tilitoimisto Sarake Oy", _F.COMPANY, "Taloushallinto", "T73 T74", workers=6),
    _place("Terveysasema Lehmus", _F.WELLBEING_COUNTY, "Terveyspalvelut", "T77 T76 T20", workers=55),
    _place("IT-palvelu Bittipaja Oy", _F.COMPANY, "Tietotekniikka", "T80 T81", workers=9),
    _place("Mainostoimisto Kettukarkki Oy", _F.COMPANY, "Markkinointi", "T82 T83 T84 T67", workers=7),
    _place("Kampaamo Sakset ja Kampa", _F.SOLE_TRADER, "Kampaamo ja kauneus", "T87 T88", workers=3),
    _place("Eläinhoitola Tassula", _F.SOLE_TRADER, "Eläinten hoito", "T35", municipality=1, workers=3),
    _place("Ratsutalli Hilla", _F.SOLE_TRADER, "Ratsastuskoulu", "T36", municipality=3, workers=4),
    _place("Nuorten paja Kipinä", _F.WORKSHOP, "Nuorten työpaja", "T62 T64 T55 T82 T61", workers=10),
    _place("Huoltamo Risteys Oy", _F.COMPANY, "Huoltoasema", "T07 T23", workers=15),
    _place("Metsäpalvelu Kuusikko Oy", _F.COMPANY, "Metsäpalvelut", "T33", municipality=3, workers=8),
    _place("Elämysretket Nuotio Oy", _F.COMPANY, "Ohjelmapalvelut", "T79", municipality=1, workers=5),
    _place("Vartiointi Valpas Oy", _F.COMPANY, "Turvallisuuspalvelut", "T89", workers=50),
    _place("Puhelinpalvelu Linja Oy", _F.COMPANY, "Asiakaspalvelu", "T09 T08", workers=70),
)

# Strandby and its neighbours on the bilingual coast: Raasepori, Hanko, Inkoo
STRANDBY_AREA = ("710", "078", "149")
STRANDBY = (
    _place("Café Strandkanten Ab", _F.COMPANY, "Kafé", "T11 T05", "sv", workers=5),
    _place("Strandby Fiskrökeri Ab", _F.COMPANY, "Fiskförädling", "T34 T17", "sv", workers=12),
    _place("Båtvarvet Akterstugan Ab", _F.COMPANY, "Båtvarv", "T61 T56", "sv", municipality=1, workers=9),
    _place("Strandby Gästhamn Ab", _F.COMPANY, "Gästhamn", "T90 T05 T78", "sv", municipality=1, workers=7),
    _place("Hotell Skärgårdsro Ab", _F.COMPANY, "Hotell", "T19 T15 T78", "sv", municipality=1, workers=18),
    _place("Handelsträdgård Blåsippan", _F.SOLE_TRADER, "Trädgård", "T28 T30 T04", "sv", municipality=2, workers=5),
    _place("Strandbyn kirjasto – Strandby bibliotek", _F.MUNICIPALITY, "Bibliotek", "T75 T10", "fi", workers=9),
    _place("Daghemmet Tärnan", _F.MUNICIPALITY, "Småbarnspedagogik", "T68", "sv", workers=14),
    _place("Strandby svenska församling", _F.PARISH, "Församlingsarbete", "T70 T28", "sv", workers=11),
    _place("Närbutik Ankaret Ab", _F.COMPANY, "Dagligvaruhandel", "T03 T02", "sv", workers=10),
    _place("Loppis Skattkistan rf", _F.ASSOCIATION, "Återbruk", "T66 T65", "sv", workers=4),
    _place("Städservice Glänta Ab", _F.COMPANY, "Städning", "T18 T21", "sv", workers=15),
    _place("Rör och Ränna Ab", _F.COMPANY, "VVS", "T52", "sv", workers=6),
    _place("Rakennus Rantakivi Oy", _F.COMPANY, "Rakentaminen", "T47 T50 T49", "fi", workers=13),
    _place("Servicehuset Björkbacka", _F.ASSOCIATION, "Äldreboende", "T71 T20 T72", "sv", workers=21),
    _place("Verkstaden Drivved", _F.WORKSHOP, "Verkstad för unga", "T55 T62 T64", "sv", workers=6),
    _place("Reklambyrå Måsen Ab", _F.COMPANY, "Marknadsföring", "T83 T82 T81", "sv", workers=5),
    _place("Skärgårdsstallet", _F.SOLE_TRADER, "Ridskola", "T36 T35", "sv", municipality=2, workers=3),
)
