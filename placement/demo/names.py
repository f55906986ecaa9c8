"""Invented names, numbers and addresses. Nobody real is meant."""

import uuid
from random import Random

from stdnum.fi import ytunnus

MAIL_DOMAIN = "example.fi"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = {
    "fi": _words(
        "Aada Aapo Aleksi Amanda Anni Antti Arttu Atte Eetu Eino Elias Ella Elli Emilia Emma Enni Essi Hilla "
        "Iida Inka Isla Jami Janne Jasmin Jenna Jere Jesse Joel Joona Julius Kaisla Kerttu Konsta Lauri Leevi "
        "Lotta Lumi Luukas Matias Meeri Milja Minttu Neea Niilo Nuutti Oliver Oona Oskari Otso Peppi Pihla "
        "Rasmus Riku Roosa Saana Sampo Sanni Siiri Sisu Sofia Taavi Tiia Toivo Tuukka Veera Veeti Vilma Väinö"
    ),
    "sv": _words(
        "Alma Anton Axel Casper Ebba Edvin Elin Elsa Emil Erik Felix Filip Fanny Freja Gustav Hanna Hugo Ida "
        "Isabella Jakob Johan Klara Kasper Lina Linnéa Linus Lovisa Lukas Maja Malin Max Melvin Moa Nellie "
        "Nils Oscar Rebecka Robin Sebastian Signe Simon Stella Tilda Viktor Wilma"
    ),
    "ar": _words("Amir Dana Hassan Layla Omar Rana Yasmin Zaid"),
    "so": _words("Abdi Amina Fadumo Hodan Ilyas Sahra"),
    "uk": _words("Bohdan Daryna Maksym Oksana Solomiia Taras"),
    "ru": _words("Alina Dmitri Kirill Polina"),
    "et": _words("Kaarel Liis Mihkel Triin"),
    "vi": _words("Linh Minh Thao"),
}
LAST_NAMES = {
    "fi": _words(
        "Aaltonen Ahokas Haapala Hakkala Halonen Harjula Heino Hietala Honkanen Isokangas Jokela Juntunen "
        "Kallio Karppinen Katajisto Kettunen Kivelä Koivisto Korhonen Kuusela Laakso Lammi Lehtonen Leppälä "
        "Louhela Mäkelä Mäntylä Niemelä Nurmi Ojanen Paavola Peltola Pesonen Pihlaja Puro Rantala Ruuska "
        "Saarela Salmela Seppälä Suvanto Takala Tammela Tuomela Törmänen Uusitalo Vainio Vesala Ylönen"
    ),
    "sv": _words(
        "Alm Backman Berglund Blomqvist Björklund Dahlström Ekholm Engblom Forsman Granlund Grönroos Holm "
        "Karlsson Lindberg Lindholm Lundqvist Nordlund Nyberg Rosenqvist Sandell Sjöblom Ståhl Söderlund "
        "Wikström Österberg"
    ),
    "ar": _words("Al-Amin Haddad Khoury Nasser Saleh"),
    "so": _words("Abdullahi Farah Hussein Warsame"),
    "uk": _words("Bondar Kovalenko Melnyk Shevchuk"),
    "ru": _words("Ivanova Orlov Sokolov"),
    "et": _words("Kask Saar Tamm"),
    "vi": _words("Nguyen Pham Tran"),
}
STREETS = {
    "fi": _words(
        "Rantakatu Asemakatu Koulutie Kirkkotie Teollisuustie Myllytie Satamatie Puistokatu Torikatu Harjutie "
        "Kivikuja Lammentie Varastokuja Niittytie Kauppakatu"
    ),
    "sv": _words(
        "Strandgatan Hamnvägen Skolvägen Kyrkogatan Torggatan Industrivägen Björkvägen Parkgatan Varvsvägen "
        "Sjögatan Ängsvägen"
    ),
}
TITLES = {
    "fi": ("toimitusjohtaja", "esihenkilö", "myymäläpäällikkö", "työnjohtaja", "yrittäjä", "palvelupäällikkö"),
    "sv": ("verkställande direktör", "förman", "butikschef", "arbetsledare", "företagare", "servicechef"),
}
_PLAIN = str.maketrans({"å": "a", "ä": "a", "ö": "o", "é": "e", " ": "-", "’": ""})


class Inventor:
    """Gives names, numbers and ids in one fixed order; nothing is given twice where it must be unique."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._addresses: set[str] = set()
        self._people: set[tuple[str, str]] = set()
        self._phones = 0
        self._companies = 0

    def person(self, language: str) -> tuple[str, str]:
        """Return a first and last name that nobody else has."""
        while True:
            name = self._random.choice(FIRST_NAMES[language]), self._random.choice(LAST_NAMES[language])
            if name not in self._people:
                self._people.add(name)
                return name

    def take(self, first_name: str, last_name: str) -> None:
        """Keep a name for somebody who is described by hand."""
        self._people.add((first_name, last_name))

    def email(self, *parts: str) -> str:
        """Return an address at example.fi that nobody else has."""
        local = ".".join(part.lower().translate(_PLAIN) for part in parts if part)
        address, number = f"{local}@{MAIL_DOMAIN}", 1
        while address in self._addresses:
            number += 1
            address = f"{local}{number}@{MAIL_DOMAIN}"
        self._addresses.add(address)
        return address

    def phone(self) -> str:
        """Return the next number of a row that no operator has given out."""
        self._phones += 1
        return f"+35840000{self._phones:04d}"

    def street(self, language: str) -> str:
        """Return a street address."""
        return f"{self._random.choice(STREETS[language])} {self._random.randint(1, 40)}"

    def business_id(self) -> str:
        """Return the next business id of a row far above those in use, with a right check digit."""
        while True:
            self._companies += 1
            body = f"99{self._companies:05d}"
            for digit in "0123456789":
                if ytunnus.is_valid(body + digit):
                    return f"{body}-{digit}"

    def uid(self) -> str:
        """Return a UUID from the seed."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))
