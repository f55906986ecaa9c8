"""The employers of an invented centre with their units and contact people."""

from collections.abc import Sequence
from random import Random

from placement.accounts.permissions import Permission, can
from placement.demo.names import TITLES
from placement.demo.scene import Business, Scene
from placement.demo.workplaces import WRITTEN_TWICE, Workplace
from placement.employers.models import Employer, EmployerContact, EmployerForm, EmployerUnit
from placement.i18n import sort_key
from placement.notifications.models import Channel

WITHOUT_COMPANY = frozenset({EmployerForm.MUNICIPALITY, EmployerForm.WELLBEING_COUNTY})
ROOM_FOR_TWO = 20
_NOTES = {
    "fi": (
        "Otti viime vuonna kaksi nuorta.",
        "Toivoo soittoa aamupäivällä.",
        "Kiireisin aika on joulukuu.",
        "",
    ),
    "sv": ("Tog emot två unga i fjol.", "Vill helst bli uppringd på förmiddagen.", "Det är bråttom i juli.", ""),
}
_ACCESS = {
    "fi": ("Bussipysäkki 200 metrin päässä.", "Sisäänkäynti pihan puolelta.", "Ovikello on portin vieressä.", ""),
    "sv": ("Busshållplats 200 meter bort.", "Ingång från gårdssidan.", "Ringklockan sitter vid porten.", ""),
}


def add_businesses(scene: Scene, workplaces: Sequence[Workplace]) -> None:
    """Add every employer with one or two units and contact people."""
    random = scene.random("employers")
    owners = [staff for staff in scene.staff if can(staff, Permission.EMPLOYER_LINK)]
    for workplace in workplaces:
        is_without_id = workplace.form in WITHOUT_COMPANY or workplace.name in WRITTEN_TWICE
        made = scene.at(random.randint(120, 380), random.randint(8, 15))
        employer = Employer(
            centre_id=scene.centre.id,
            name=workplace.name,
            sort_name=sort_key(workplace.name),
            business_id=None if is_without_id else scene.inventor.business_id(),
            form=workplace.form,
            industry=workplace.industry,
            municipality_code=scene.area[workplace.municipality],
            phone=scene.inventor.phone(),
            notes=random.choice(_NOTES[workplace.language]),
            owner_id=random.choice(owners).id,
            created_at=made,
            updated_at=made,
        )
        employer.units = _units(random, scene, workplace)
        employer.contacts = _contacts(random, scene, workplace)
        scene.session.add(employer)
        scene.businesses.append(Business(workplace, employer, list(employer.contacts), list(employer.units)))
    scene.session.flush()  # offers need the ids of employers, units and contact people


def _units(random: Random, scene: Scene, workplace: Workplace) -> list[EmployerUnit]:
    places = ("Keskusta", "Ranta") if workplace.language == "fi" else ("Centrum", "Stranden")
    names = [workplace.name]
    if workplace.workers >= ROOM_FOR_TWO and random.random() < 0.5:
        names = [f"{workplace.name}, {place}" for place in places]
    return [
        EmployerUnit(
            name=name,
            street_address=scene.inventor.street(workplace.language),
            municipality_code=scene.area[workplace.municipality],
            access_notes=random.choice(_ACCESS[workplace.language]),
        )
        for name in names
    ]


def _contacts(random: Random, scene: Scene, workplace: Workplace) -> list[EmployerContact]:
    made = scene.at(random.randint(60, 118), 11)
    contacts = []
    for _ in range(2 if workplace.workers >= ROOM_FOR_TWO else 1):
        first_name, last_name = scene.inventor.person(workplace.language)
        contacts.append(
            EmployerContact(
                centre_id=scene.centre.id,
                name=f"{first_name} {last_name}",
                title=random.choice(TITLES[workplace.language]),
                email=scene.inventor.email(first_name, last_name),
                phone=scene.inventor.phone(),
                language=workplace.language,
                channel=random.choice((Channel.EMAIL, Channel.EMAIL, Channel.EMAIL, Channel.SMS)),
                created_at=made,
                updated_at=made,
            )
        )
    return contacts
