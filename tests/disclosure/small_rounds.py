"""Small made-up rounds as answer sheets, and as the files that a secretariat would import."""

import random
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlmodel import Session, create_engine

from data_access.confidential.models import CONFIDENTIAL, Round
from data_access.confidential.released_contents import round_contents
from data_access.imports.importing import import_round
from data_access.publishing import releases
from data_access.reference import Membership, Reference, Unit, read_reference
from indicators.publication import RoundContents, publication
from indicators.questionnaire import Questionnaire
from tests.disclosure.attacker import ALL, Answered, Counting, Sheet, Shown, Truth
from tests.disclosure.shown_numbers import of_publication, of_store
from tests.imports.made_files import written

YEAR = 2025
ROUND = f"student-{YEAR}"
ZEALAND = ("kommune:0265", "kommune:0259", "kommune:0253", "kommune:0316", "hospital:koege", "privat:0253")
VESTEGNEN = (
    "kommune:0153",
    "kommune:0161",
    "kommune:0163",
    "kommune:0151",
    "kommune:0175",
    "hospital:hvidovre",
)
NURSING = "sygeplejerske"
EDUCATIONS = (NURSING, "socialraadgiver", "paedagog")
INSTITUTIONS = ("absalon", "kp", "via")
PRIVATE_SITES = "privat:alle"
OWN_GROUP = Unit("gruppe:egen", "gruppe", "Egen gruppe")
GRADES, DONT_KNOW = (5, 4, 3, 2, 1), 9

QUESTIONS = """
[questionnaire]
survey = "student"
name = "Studerendes praktikevaluering"
respondents = "studerende"
themes = [{ id = "vejledning", name = "Vejledning" }]
questions = [
    { id = "S01", theme = "vejledning", text = "Havde din vejleder tid?", short = "Tid", scale = "grad" },
    { id = "S02", theme = "vejledning", text = "Er du tilfreds?", short = "Tilfreds", scale = "grad" },
    { id = "S03", theme = "vejledning", text = "Fik du plejet?", short = "Pleje", scale = "grad", common = false },
]
[[questionnaire.scales]]
id = "grad"
good_end = 5
options = [
    { value = 5, text = "I meget høj grad" },
    { value = 4, text = "I høj grad" },
    { value = 3, text = "I nogen grad" },
    { value = 2, text = "I mindre grad" },
    { value = 1, text = "Slet ikke" },
    { value = 9, text = "Ved ikke", in_base = false },
]
"""
COUNTING = {
    name: Counting(frozenset(GRADES), frozenset({5, 4}), common=name != "S03")
    for name in ("S01", "S02", "S03")
}

SHEETS_MAPPING = """
format = "answers"
source = "Opdigtet til afprøvning"
sample = true
private_counts_in_municipality = {private}
[columns]
municipality = "Kommune"
hospital = "Hospital"
private = "Privat"
education = "Uddannelse"
institution = "Sted"
status = "Status"
person = "Person"
[status]
answered = ["Besvaret"]
invited = ["Inviteret"]
[values]
private = ["Ja"]
[duplicates]
reason = "Nogle svarer efter to praktikforløb"
[questions]
S01 = "S01"
S02 = "S02"
S03 = "S03"
"""
COUNTS_MAPPING = """
format = "counts"
source = "Opdigtet til afprøvning"
sample = true
[columns]
municipality = "Kommune"
hospital = "Hospital"
education = "Uddannelse"
institution = "Sted"
[counts]
unit = "count"
[counts.response]
answers = "Svar"
invited = "Inviterede"
"""


@dataclass(frozen=True, eq=False)
class SmallRound:
    """The sheets by id, and how they are delivered; `memberships` are those of the reference and more."""

    sheets: Mapping[int, Sheet]
    as_counts: bool = False
    invited_unknown: frozenset[tuple[str, str, str]] = frozenset()
    private_in_municipality: bool = False
    memberships: tuple[Membership, ...] = field(default_factory=lambda: read_reference().memberships)

    @property
    def answered(self) -> Answered:
        """What a release of it is about."""
        places = {sheet.place for sheet in self.sheets.values()}
        return Answered(self.sheets, {place: frozenset(self.units(place)) for place in places})

    def units(self, place: str) -> Iterator[str]:
        """The units of a place: itself, its groups and everything; private sites are a kind of their own."""
        yield ALL
        kind, _, code = place.partition(":")
        if kind == "privat":
            yield PRIVATE_SITES
            if not self.private_in_municipality:
                return
            place = f"kommune:{code}"
        yield place
        yield from (one.group for one in self.memberships if one.member == place)

    def with_own_group(self, members: Iterable[str]) -> "SmallRound":
        """The same answers, and an own group of these municipalities."""
        more = (Membership(member, OWN_GROUP.key) for member in members)
        return replace(self, memberships=(*read_reference().memberships, *more))

    @property
    def reference(self) -> Reference:
        """The reference files as they are with its groups."""
        files = read_reference()
        return replace(files, units=(*files.units, OWN_GROUP), memberships=self.memberships)


def with_one_small_municipality(a_round: SmallRound, least: int = 4) -> tuple[SmallRound, list[str]]:
    """So few sheets in its smallest municipality, and the municipalities by size."""
    places = [sheet.place for sheet in a_round.sheets.values()]
    by_size = sorted({place for place in places if place.startswith("kommune")}, key=places.count)
    few = [number for number, sheet in a_round.sheets.items() if sheet.place == by_size[0]]
    kept = {number: sheet for number, sheet in a_round.sheets.items() if number not in few[least:]}
    return replace(a_round, sheets=kept), by_size


def truth_of(*rounds: SmallRound) -> Truth:
    """Who is behind the numbers of these rounds, each released as it is."""
    return Truth([one.answered for one in rounds], COUNTING)


@cache
def small_round(seed: int) -> SmallRound:
    """40-200 sheets at up to six places in groups that overlap, of many kinds."""
    drawn = random.Random(seed)
    places = drawn.sample((ZEALAND, VESTEGNEN)[seed % 2], drawn.randint(4, 6))
    educations = EDUCATIONS[: drawn.choice((1, 2, 3, 3))]
    institutions = INSTITUTIONS[: drawn.choice((1, 2, 2, 3))]
    as_counts = seed % 6 == 5
    groups = [
        group
        for group in product(places, educations, institutions)
        if not (as_counts and group[0].startswith("privat"))
    ]
    sheets = made_up(drawn, groups, drawn.randint(40, 200), drawn.choice((0, 0, 12, 30)) * (not as_counts))
    if as_counts:
        sheets = _as_a_table_has_them(sheets)
    unknown = drawn.sample(groups, 2) if seed % 12 == 5 else ()
    return SmallRound(sheets, as_counts, frozenset(unknown), private_in_municipality=seed % 4 == 2)


def _as_a_table_has_them(sheets: Mapping[int, Sheet]) -> dict[int, Sheet]:
    """A table of counts knows no "ved ikke", and no group in which nobody has answered."""
    groups = {sheet[:3] for sheet in sheets.values() if sheet.answers is not None}
    return {
        number: sheet._replace(
            answers=sheet.answers and tuple(one for one in sheet.answers if one[1] != DONT_KNOW)
        )
        for number, sheet in sheets.items()
        if sheet[:3] in groups
    }


@cache
def tiny_round(seed: int) -> SmallRound:
    """20-50 sheets in at most twelve finest groups: few enough to try every sum of them."""
    drawn = random.Random(1000 + seed)
    places = drawn.sample((ZEALAND, VESTEGNEN)[seed % 2], 3)
    groups = list(product(places, EDUCATIONS[:2], INSTITUTIONS[:2]))
    return SmallRound(made_up(drawn, groups, drawn.randint(20, 50), recurring=4 * (seed % 2)))


def made_up(drawn: random.Random, groups: list[tuple], sheets: int, recurring: int) -> dict[int, Sheet]:
    """Groups of very unequal size; the first sheets are filled in by persons who come back once."""
    weights = [drawn.lognormvariate(0, 1) for _ in groups]
    skipped, silent = drawn.choice((0, 0.05, 0.3)), drawn.choice((0, 0.1, 0.4))
    found = {}
    for number, group in enumerate(drawn.choices(groups, weights, k=sheets)):
        person = f"p{number // 2}" if number < recurring else f"q{number}"
        answers = None if drawn.random() < silent else given(drawn, group[1], skipped)
        found[number] = Sheet(*group, answers, person)
    return found


def given(drawn: random.Random, education: str, skipped: float) -> tuple[tuple[str, int], ...]:
    """Answers to the questions, of which some are skipped, but never all; one is for nurses only."""
    asked = ["S01", "S02", "S03"] if education == NURSING else ["S01", "S02"]
    kept = [question for question in asked if drawn.random() >= skipped] or asked[:1]
    options = (*GRADES, DONT_KNOW)
    return tuple((question, drawn.choices(options, (30, 30, 15, 10, 5, 10))[0]) for question in kept)


@cache
def questionnaire() -> Questionnaire:
    """The questions of all of them."""
    return Questionnaire.model_validate(tomllib.loads(QUESTIONS)["questionnaire"])


def import_small_round(session: Session, a_round: SmallRound, folder: Path, round_id: str = ROUND) -> None:
    """Through the importer, as a file that somebody has made."""
    text = counts_file(a_round) if a_round.as_counts else sheets_file(a_round)
    mapping = counts_mapping() if a_round.as_counts else sheets_mapping(a_round)
    files = written(folder / "svar.csv", text), written(folder / "mapping.toml", mapping + QUESTIONS)
    import_round(session, [files[0]], round_id, files[1])


@cache
def contents_of(a_round: SmallRound) -> RoundContents:
    """The round as a release sees it, once it has been imported."""
    engine = create_engine("sqlite://")
    CONFIDENTIAL.create_all(engine)
    with (
        Session(engine) as session,
        TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as environment,
    ):
        environment.setenv("PERSON_KEY", "not a secret, for these are made up")
        import_small_round(session, a_round, Path(folder))
        contents = round_contents(session, session.get(Round, ROUND))
    engine.dispose()
    return contents


def release(
    confidential: Session, dashboard: Session, a_round: SmallRound, folder: Path, least_persons: int
) -> list[Shown]:
    """What the store shows of it once it has been imported and released for that least number of persons."""
    import_small_round(confidential, a_round, folder)
    return of_store(dashboard, releases.publish(confidential, dashboard, least_persons=least_persons))


def published(a_round: SmallRound, least_persons: int, contents: RoundContents | None = None) -> list[Shown]:
    """What is shown when it is published for that least number of persons."""
    units = {place: tuple(units) for place, units in a_round.answered.units_of.items()}
    contents = contents or contents_of(a_round)
    return of_publication(publication(contents, units, questionnaire(), least_persons))


def sheets_mapping(a_round: SmallRound) -> str:
    """What the columns of `sheets_file` mean."""
    return SHEETS_MAPPING.format(private=str(a_round.private_in_municipality).lower())


def sheets_file(a_round: SmallRound) -> str:
    """A line a sheet."""
    lines = ["Linje;Kommune;Hospital;Privat;Uddannelse;Sted;Status;Person;S01;S02;S03"]
    for number, sheet in a_round.sheets.items():
        answers = dict(sheet.answers or ())
        status = "Inviteret" if sheet.answers is None else "Besvaret"
        who = *_place(sheet.place), sheet.education, sheet.institution, status, sheet.person
        lines.append(";".join(map(str, (number, *who, *(answers.get(name, "") for name in COUNTING)))))
    return "\n".join(lines)


def counts_mapping() -> str:
    """What the columns of `counts_file` mean."""
    parts = [COUNTS_MAPPING]
    for question in COUNTING:
        options = ", ".join(f'"{question} {value}" = "{value}"' for value in GRADES)
        parts.append(f'[counts.questions.{question}]\nn = "{question} n"\noptions = {{ {options} }}\n')
    return "".join(parts)


def counts_file(a_round: SmallRound) -> str:
    """A line a finest group."""
    headings = ["Kommune", "Hospital", "Uddannelse", "Sted", "Svar", "Inviterede"]
    for question in COUNTING:
        headings += [f"{question} n", *(f"{question} {value}" for value in GRADES)]
    lines = [";".join(headings)]
    for group in dict.fromkeys(sheet[:3] for sheet in a_round.sheets.values()):
        of_group = [sheet for sheet in a_round.sheets.values() if sheet[:3] == group]
        answered = [dict(sheet.answers) for sheet in of_group if sheet.answers is not None]
        invited = "" if group in a_round.invited_unknown else len(of_group)
        line = [*_place(group[0])[:2], *group[1:], len(answered), invited]
        for question in COUNTING:
            tally = [sum(answers.get(question) == value for answers in answered) for value in GRADES]
            line += [sum(tally), *tally] if any(tally) else [""] * (1 + len(tally))
        lines.append(";".join(map(str, line)))
    return "\n".join(lines)


def _place(place: str) -> Iterable[str]:
    """Municipality, hospital and whether it is a private site."""
    kind, _, code = place.partition(":")
    return ("", code, "") if kind == "hospital" else (code, "", "Ja" if kind == "privat" else "")
