"""What the invented young people like: cards that go together, and how they say it themselves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interest:
    """Strength cards, wishes about the place, values, and texts in Finnish and Swedish.

    ``words`` are own words and ``questions`` what somebody wants to find out, each as (Finnish, Swedish).
    """

    strengths: tuple[str, ...]
    wishes: tuple[str, ...]
    values: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    questions: tuple[tuple[str, str], ...]


def _interest(strengths: str, wishes: str, values: str, *texts: tuple[str, str], questions: int = 2) -> Interest:
    return Interest(
        tuple(strengths.split()),
        tuple(wishes.split()),
        tuple(values.split()),
        texts[:-questions],
        texts[-questions:],
    )


INTERESTS = {
    "food": _interest(
        "FOO01 FOO02 FOO04 FOO05 FOO08 FOO03 CAR06 MOV10",
        "ENV01 ENV04 STY05 STY14 STY09",
        "VAL06 VAL09 VAL01",
        ("Teen kotona ruokaa koko perheelle", "Jag lagar mat åt hela familjen hemma"),
        ("Leivon pullaa mummon reseptillä", "Jag bakar bullar efter mormors recept"),
        ("Olin talkoissa keittiössä ja tykkäsin", "Jag var med i köket på ett talko och tyckte om det"),
        ("Jaksaisinko koko päivän keittiössä?", "Orkar jag en hel dag i ett kök?"),
        ("Onko kahvilatyö minun juttuni?", "Är kaféarbete något för mig?"),
    ),
    "animals": _interest(
        "NAT03 NAT01 CAR04 MOV02 PEO11 NAT08 CAR03",
        "ENV02 ENV16 ENV05 STY05 STY12",
        "VAL04 VAL05 VAL07",
        ("Hoidan naapurin koiraa joka päivä", "Jag sköter grannens hund varje dag"),
        ("Olen käynyt tallilla kuusi vuotta", "Jag har hållit till i stallet i sex år"),
        ("Meillä oli kotona lampaita", "Vi hade får hemma"),
        ("Voisinko tehdä töitä eläinten kanssa?", "Kunde jag arbeta med djur?"),
        ("Millaista työ maatilalla on talvella?", "Hurdant är arbetet på en gård på vintern?"),
    ),
    "bikes": _interest(
        "HAN06 HAN01 HAN07 HAN09 HAN10 MOV04 THI01",
        "ENV01 ENV05 STY05 STY07 ENV14",
        "VAL06 VAL09 VAL10",
        ("Korjaan kavereiden mopot", "Jag lagar kompisarnas mopeder"),
        ("Rakensin pyörän kirpputorin osista", "Jag byggde en cykel av delar från loppis"),
        ("Vaihdoin itse auton renkaat", "Jag bytte själv däck på bilen"),
        ("Voisiko korjaamisesta tulla ammatti?", "Kan det bli ett yrke att laga saker?"),
        ("Millainen päivä korjaamolla on?", "Hurdan är en dag på en verkstad?"),
    ),
    "wood": _interest(
        "HAN02 HAN03 HAN08 HAN11 HAN14 THI10 CAR13",
        "ENV05 ENV08 STY04 STY01 STY12",
        "VAL06 VAL09 VAL07",
        ("Tein veistosta hyllyn omaan huoneeseen", "Jag gjorde en hylla till mitt rum på slöjden"),
        ("Autoin isää terassin rakentamisessa", "Jag hjälpte pappa att bygga en terrass"),
        ("Maalasin vanhan tuolin uudeksi", "Jag målade en gammal stol som ny"),
        ("Olisiko rakennusala minulle sopiva?", "Skulle byggbranschen passa mig?"),
        ("Haluan kokeilla puutöitä oikeassa pajassa", "Jag vill pröva träarbete i en riktig verkstad"),
    ),
    "children": _interest(
        "PEO06 PEO05 PEO08 PEO13 MOV08 CRE05 CAR04",
        "ENV04 ENV01 STY09 STY02 ENV06",
        "VAL04 VAL03 VAL01",
        ("Olen hoitanut pikkusiskoja ja keksinyt leikkejä", "Jag har skött mina småsyskon och hittat på lekar"),
        ("Olin apuohjaajana leirillä", "Jag var hjälpledare på ett läger"),
        ("Saan lapset kuuntelemaan satua", "Jag får barn att lyssna på sagor"),
        ("Haluanko opiskella lastenhoitajaksi?", "Vill jag studera till barnskötare?"),
        ("Jaksanko koko päivän ison ryhmän kanssa?", "Orkar jag en hel dag med en stor grupp?"),
    ),
    "elderly": _interest(
        "PEO07 PEO03 PEO02 PEO11 PEO15 CAR12 CAR04",
        "ENV01 ENV03 STY12 STY08 STY19",
        "VAL04 VAL05 VAL03",
        ("Käyn mummon luona kaupassa ja juttelemassa", "Jag går till butiken åt farmor och pratar med henne"),
        ("Olen hyvä kuuntelemaan", "Jag är bra på att lyssna"),
        ("Autan mielelläni, kun joku tarvitsee apua", "Jag hjälper gärna när någon behöver det"),
        ("Sopisiko minulle työ vanhusten kanssa?", "Skulle arbete med äldre passa mig?"),
        ("Millaista on, kun auttaa joka päivä?", "Hur är det att hjälpa varje dag?"),
    ),
    "shop": _interest(
        "PEO16 PEO04 PEO10 CAR01 CAR07 CAR08 CAR02",
        "ENV07 ENV04 STY09 STY11 STY15",
        "VAL02 VAL03 VAL08",
        ("Myin makkaraa seuran peleissä", "Jag sålde korv på föreningens matcher"),
        ("Tykkään laittaa hyllyt siistiin järjestykseen", "Jag gillar att ställa hyllorna i fin ordning"),
        ("Muistan ihmisten nimet", "Jag kommer ihåg folks namn"),
        ("Uskallanko palvella asiakkaita?", "Vågar jag betjäna kunder?"),
        ("Mitä kaupassa tehdään, kun ovet ovat kiinni?", "Vad gör man i en butik när den är stängd?"),
    ),
    "order": _interest(
        "CAR01 CAR05 CAR09 FOO06 CAR06 CAR03 CAR13 MOV02",
        "ENV08 ENV03 STY07 STY18 STY03 STY14",
        "VAL05 VAL02 VAL06",
        ("Siivoan niin, että jälki näkyy", "Jag städar så att det syns"),
        ("Jaksan tehdä samaa, kun saan kuunnella musiikkia", "Jag orkar göra samma sak när jag får lyssna på musik"),
        ("Tulen aina ajoissa", "Jag kommer alltid i tid"),
        ("Saisinko arkeen rytmin, jos olisi työ?", "Skulle jag få rytm i vardagen om jag hade ett jobb?"),
        ("Kuinka pitkän päivän jaksan alussa?", "Hur lång dag orkar jag i början?"),
    ),
    "it": _interest(
        "DIG01 DIG02 DIG07 DIG12 DIG09 THI07 THI05 HAN12",
        "ENV10 ENV03 STY07 STY20 ENV11",
        "VAL01 VAL09 VAL10",
        ("Kokosin oman tietokoneen", "Jag byggde min egen dator"),
        ("Autan sukulaisia puhelimien kanssa", "Jag hjälper släkten med telefonerna"),
        ("Teen pelejä harrastuksena", "Jag gör spel som hobby"),
        ("Voiko IT-alalle päästä ilman tutkintoa?", "Kan man komma in i IT-branschen utan examen?"),
        ("Viihdynkö, jos autan muita koneiden kanssa?", "Trivs jag om jag hjälper andra med datorer?"),
    ),
    "media": _interest(
        "DIG03 DIG04 DIG05 DIG06 CRE01 CRE11 THI09",
        "ENV10 STY20 STY09 ENV11 STY02",
        "VAL01 VAL10 VAL06",
        ("Kuvaan ja leikkaan videoita kavereille", "Jag filmar och klipper videor åt kompisar"),
        ("Piirrän joka päivä", "Jag tecknar varje dag"),
        ("Otan kuvia luonnosta ja ihmisistä", "Jag fotograferar natur och människor"),
        ("Onko sisällön tekeminen oikea työ minulle?", "Är det ett riktigt jobb för mig att göra innehåll?"),
        ("Haluan kokeilla mainostoimistossa", "Jag vill pröva på en reklambyrå"),
    ),
    "stage": _interest(
        "CRE02 CRE04 CRE06 CRE08 CRE07 PEO12 MOV01",
        "ENV04 STY15 STY16 STY09 STY11",
        "VAL03 VAL01 VAL07",
        ("Soitan bändissä ja kannan vahvistimet", "Jag spelar i ett band och bär förstärkarna"),
        ("Järjestin koulun illanvieton", "Jag ordnade skolans kvällsfest"),
        ("Viihdyn, kun tapahtuu", "Jag trivs när det händer något"),
        ("Millaista on olla töissä tapahtumissa?", "Hur är det att arbeta på evenemang?"),
        ("Voisiko äänitekniikasta tulla työ?", "Kan ljudteknik bli ett jobb?"),
    ),
    "garden": _interest(
        "NAT01 NAT02 NAT09 NAT04 NAT06 MOV03 HAN09",
        "ENV02 ENV08 STY12 STY05 STY14",
        "VAL06 VAL05 VAL04",
        ("Pihatyöt ovat parasta kesässä", "Gårdsarbete är det bästa med sommaren"),
        ("Minulla on ikkunalla kolmekymmentä kasvia", "Jag har trettio växter i fönstret"),
        ("Viihdyn metsässä yksin", "Jag trivs ensam i skogen"),
        ("Jaksanko olla ulkona koko päivän?", "Orkar jag vara ute hela dagen?"),
        ("Löytyykö vihertöitä myös talvella?", "Finns det grönarbete också på vintern?"),
    ),
    "office": _interest(
        "CAR10 DIG10 DIG11 THI06 THI09 PEO15 CAR02 CAR11",
        "ENV01 ENV10 ENV03 STY03 STY18 STY06",
        "VAL02 VAL09 VAL08",
        ("Hoidan kodin paperiasiat", "Jag sköter hemmets papper"),
        ("Pidän siitä, kun luvut täsmäävät", "Jag gillar när siffrorna stämmer"),
        ("Teen listoja kaikesta", "Jag gör listor över allt"),
        ("Sopisiko rauhallinen toimistotyö minulle?", "Skulle lugnt kontorsarbete passa mig?"),
        ("Pärjäänkö, jos pitää vastata puhelimeen?", "Klarar jag mig om jag måste svara i telefon?"),
    ),
    "textile": _interest(
        "HAN05 CRE09 CRE10 HAN11 HAN13 CRE11 FOO09",
        "ENV05 ENV03 STY12 STY08 ENV01",
        "VAL06 VAL10 VAL01",
        ("Ompelin itse vanhojen tanssien puvun", "Jag sydde själv min dräkt till de gamlas dans"),
        ("Laitan kavereiden hiukset ja kynnet", "Jag fixar kompisarnas hår och naglar"),
        ("Korjaan vaatteita, en heitä pois", "Jag lagar kläder i stället för att slänga dem"),
        ("Voinko elää käsillä tekemisellä?", "Kan jag leva på att göra saker med händerna?"),
        ("Millaista kampaamossa on töissä?", "Hur är det att arbeta på en salong?"),
    ),
    "road": _interest(
        "MOV07 MOV02 THI10 CAR12 HAN10 MOV06 PEO16",
        "ENV08 STY07 STY20 ENV12 STY11",
        "VAL02 VAL05 VAL08",
        ("Ajan mielelläni pitkiä matkoja", "Jag kör gärna långa sträckor"),
        ("Autoin muutoissa koko kesän", "Jag hjälpte till med flyttar hela sommaren"),
        ("Luen karttaa hyvin", "Jag är bra på att läsa karta"),
        ("Olisiko kuljetusala minun paikkani?", "Kunde transport vara min plats?"),
        ("Miltä varastotyö tuntuu?", "Hur känns lagerarbete?"),
    ),
    "water": _interest(
        "NAT05 MOV05 NAT01 HAN09 CAR12 PEO16",
        "ENV02 ENV05 STY05 STY09",
        "VAL07 VAL06 VAL05",
        ("Kalastan joka viikko", "Jag fiskar varje vecka"),
        ("Osaan solmut ja veneen huollon", "Jag kan knopar och att sköta en båt"),
        ("Viihdyn vesillä", "Jag trivs på sjön"),
        ("Löytyykö rannikolta työtä ympäri vuoden?", "Finns det jobb vid kusten året om?"),
        ("Haluan kokeilla satamatyötä", "Jag vill pröva på hamnarbete"),
    ),
}
STYLE_CARDS = ("STY01", "STY03", "STY04", "STY05", "STY08", "STY10", "STY12", "STY13", "STY17", "STY18", "STY19")
PLACE_MARKS = ("ENV12", "ENV13", "ENV14", "ENV15", "ENV09", "ENV07", "ENV16")
NEXT_STEPS = {
    "fi": (
        "Sovitaan tutustumisesta työpaikalle",
        "Soitetaan ja kysytään, miltä ehdotus tuntui",
        "Tehdään vahvuuskortit loppuun",
        "Käydään yhdessä hygieniapassin testissä",
        "Varataan aika ammatinvalintakeskusteluun",
        "Mietitään yhdessä kesätyöhakemusta",
        "Kerrotaan, mitä työnantaja vastasi",
        "Katsotaan bussiyhteydet työpaikalle",
    ),
    "sv": (
        "Vi kommer överens om ett besök på arbetsplatsen",
        "Vi ringer och frågar hur förslaget kändes",
        "Vi gör klart styrkekorten",
        "Vi går tillsammans på hygienpasstestet",
        "Vi bokar tid för ett samtal om yrkesval",
        "Vi funderar tillsammans på en sommarjobbsansökan",
        "Vi berättar vad arbetsgivaren svarade",
        "Vi kollar bussarna till arbetsplatsen",
    ),
}
