"""What is true in the made-up world: sizes, levels, and the few differences that are planted on purpose."""

from dataclasses import dataclass

SEED = 20261121
YEARS = (2022, 2023, 2024, 2025)
REGIONS = ("1084", "1085")


@dataclass(frozen=True)
class Survey:
    """A survey: its number in the seed, its invitations for each invited student, and who are asked twice."""

    id: str
    number: int
    invitations: float
    asked_twice: tuple[tuple[str, float], ...] = ()


# Nursing students have two placements a year; this share of their sheets belongs to such a student.
STUDENT = Survey("student", 1, 1.0, asked_twice=(("sygeplejerske", 0.38),))
SUPERVISOR = Survey("supervisor", 2, 0.372)


@dataclass(frozen=True)
class Placements:
    """An education: students invited a year, shares in hospitals and private sites, level of answers."""

    invited: int
    hospital: float = 0.0
    private: float = 0.0
    level: float = 0.0
    from_year: int = YEARS[0]


EDUCATIONS = {
    "sygeplejerske": Placements(2150, hospital=0.66, private=0.02, level=-0.05),
    "paedagog": Placements(1450, hospital=0.05, private=0.08, level=0.10),
    "laerer": Placements(650, private=0.10, level=0.15),
    "socialraadgiver": Placements(340, hospital=0.10, private=0.05, level=0.10),
    "fysioterapeut": Placements(330, hospital=0.42, private=0.10, level=0.20),
    "ergoterapeut": Placements(200, hospital=0.33, private=0.04, level=0.15),
    "bioanalytiker": Placements(190, hospital=0.97, private=0.03),
    "jordemoder": Placements(180, hospital=1.0, level=-0.10),
    "radiograf": Placements(140, hospital=0.96, private=0.04, level=0.05),
    "ernaering": Placements(110, hospital=0.25, private=0.15),
    "psykomotorik": Placements(60, hospital=0.25, private=0.20, level=0.10),
    "tandplejer": Placements(60, private=0.45, level=0.10),
    "offentlig-administration": Placements(70, hospital=0.20, private=0.10, level=0.05),
    "sundhedsadm-koordinator": Placements(110, hospital=0.75, private=0.05, from_year=2024),
    "administrationsoekonom": Placements(70, hospital=0.25, private=0.20, level=-0.05),
    "medicin": Placements(240, hospital=0.97, private=0.03, level=-0.20),
    "sosu-hjaelper": Placements(430, private=0.07, level=-0.65),
    "sosu-assistent": Placements(980, hospital=0.22, level=-0.10),
    "paedagogisk-assistent": Placements(330, private=0.08, level=-0.60),
}

ONLY_PSYCHIATRY = ("paedagog", "psykomotorik")
ONLY_SOMATIC = ("bioanalytiker", "radiograf", "ernaering", "medicin")
ONLY_ACUTE = ("jordemoder",)

# Relative sizes of hospitals: by type, and those that are larger or smaller than their type.
HOSPITAL_SIZES = {"akut": 8.0, "somatik": 2.5, "psykiatri": 1.5}
OWN_HOSPITAL_SIZES = {
    "rigshospitalet": 14.0,
    "nykoebing": 4.0,
    "bornholm": 1.2,
    "psyk-bornholm": 0.3,
    "psyk-scthans": 2.0,
    "frederikssund": 0.8,
}

# A municipality with a large SOSU school has many of two educations that answer lower: no worse in itself.
EDUCATION_MIX = {("kommune:0159", "sosu-hjaelper"): 7.0, ("kommune:0159", "paedagogisk-assistent"): 7.0}


@dataclass(frozen=True)
class Planted:
    """A real difference: this unit's latent shift in each year, in one theme or in all."""

    survey: Survey
    unit: str
    shifts: tuple[float, float, float, float]
    theme: str | None = None


PLANTED = (
    Planted(STUDENT, "kommune:0316", (-0.9, -0.9, -0.9, -0.9), "vejledning"),
    Planted(STUDENT, "kommune:0217", (-0.9, -0.9, -0.9, -0.9), "vejledning"),
    Planted(STUDENT, "hospital:herlev", (0.7, 0.7, 0.7, 0.7), "modtagelse"),
    Planted(STUDENT, "hospital:slagelse", (-0.75, -0.5, -0.25, 0.0)),
    Planted(SUPERVISOR, "hospital:koege", (-0.8, -0.8, -0.8, -0.8), "rammer"),
)


@dataclass(frozen=True)
class Level:
    """Share of "enige" in the first year, and the latent change a year after that."""

    share: float
    yearly: float = 0.0


LEVELS = {
    "S01": Level(0.70),
    "S02": Level(0.58, 0.01),
    "S03": Level(0.89),
    "S04": Level(0.78, 0.01),
    "S05": Level(0.76, -0.12),
    "S06": Level(0.69),
    "S07": Level(0.77),
    "S08": Level(0.86, 0.01),
    "S09": Level(0.80),
    "S10": Level(0.83),
    "S11": Level(0.63, -0.01),
    "S12": Level(0.80),
    "S13": Level(0.74),
    "V01": Level(0.84),
    "V02": Level(0.47),
    "V03": Level(0.57),
    "V04": Level(0.76, 0.01),
    "V05": Level(0.55, 0.01),
    "V06": Level(0.64),
    "V07": Level(0.78),
    "V08": Level(0.74),
    "V09": Level(0.59),
    "V10": Level(0.82),
}
# The share of a question from the year in which its wording changed.
LEVELS_FROM = {("S07", 2024): Level(0.65)}
ASKED_ONLY = {"S13": ("sygeplejerske",)}

# Part of the variance of an answer that follows the person.
PERSON_VARIANCE = 0.4
DISTANCES_BETWEEN_ANSWERS = {2: -1.45, 3: -0.8, 4: 0.0, 5: 1.05}

RESPONSE_RATES = (0.40, 0.64)
NOT_YET_INVITED = 0.02
DROPPED_OUT = 0.03
PARTLY_ANSWERED = 0.07
SKIPPED = (0.01, 0.06)
DO_NOT_KNOW = (0.01, 0.04)
COMMENTED = 0.05
COMMENTS = (
    "God tid; god vejleder.",
    "Jeg lærte meget af at følge en hel vagt.",
    'Jeg savnede et skema for de første dage – der stod kun "mød kl. 7".',
    "Der var altid en, man kunne spørge.",
    "Kantinen var fin, og cykelskuret var tørt.",
    "Det ville være rart at få introduktionen lidt tidligere.",
)
SUPERVISOR_COMMENTS = (
    "Vi mangler et sted at sidde, når vi taler sammen.",
    "Godt samarbejde i år; hold fast i det.",
    "Det er rart at følge en studerende fra start til slut.",
    "Der er for mange mails om det samme møde.",
)
