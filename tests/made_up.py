"""Small rounds with named places, so that every expected number can be counted by hand."""

from collections.abc import Mapping

from sqlmodel import Session

from data_access.confidential.models import AnswerSheet, CountedGroup, Round
from indicators.questionnaire import Questionnaire

ROSKILDE, KOEGE, GREVE = "kommune:0265", "kommune:0259", "kommune:0253"
KOEGE_HOSPITAL = "hospital:koege"
NURSING, SOCIAL_WORK = "sygeplejerske", "socialraadgiver"
ABSALON, KP = "absalon", "kp"
VERY_MUCH, MUCH, SOME, LITTLE, NOT_AT_ALL, DONT_KNOW = 5, 4, 3, 2, 1, 9

QUESTIONNAIRE = Questionnaire.model_validate(
    {
        "survey": "student",
        "name": "Studerendes praktikevaluering",
        "respondents": "studerende",
        "themes": [{"id": "vejledning", "name": "Vejledning"}, {"id": "samlet", "name": "Samlet"}],
        "scales": [
            {
                "id": "grad",
                "good_end": 5,
                "options": [
                    {"value": 5, "text": "I meget høj grad"},
                    {"value": 4, "text": "I høj grad"},
                    {"value": 3, "text": "I nogen grad"},
                    {"value": 2, "text": "I mindre grad"},
                    {"value": 1, "text": "Slet ikke"},
                    {"value": 9, "text": "Ved ikke", "in_base": False},
                ],
            }
        ],
        "questions": [
            {
                "id": "S01",
                "theme": "vejledning",
                "text": "Min vejleder havde tid til mig",
                "short": "Vejleder havde tid",
                "scale": "grad",
            },
            {
                "id": "S02",
                "theme": "samlet",
                "text": "Samlet set er jeg tilfreds med praktikken",
                "short": "Samlet tilfreds",
                "scale": "grad",
            },
        ],
        "series_breaks": [
            {
                "question": "S01",
                "year": 2024,
                "reason": "ny ordlyd",
                "text_before": "Min vejleder havde tid",
            }
        ],
    }
)


def add_round(session: Session, year: int = 2025, **settings: object) -> Round:
    """An empty round of the small questionnaire."""
    a_round = Round(
        id=f"student-{year}",
        survey_id="student",
        year=year,
        questionnaire=QUESTIONNAIRE.model_dump(mode="json"),
        source="Opdigtet til afprøvning",
        is_sample=True,
        **settings,
    )
    session.add(a_round)
    session.flush()
    return a_round


def add_sheets(
    session: Session,
    a_round: Round,
    place: str,
    answers: Mapping[str, int] | None,
    times: int = 1,
    **details: str,
) -> None:
    """The same sheet that many times; answers None is an invited person who did not answer."""
    for _ in range(times):
        sheet = AnswerSheet(
            round_id=a_round.id,
            place=place,
            education_id=details.get("education", NURSING),
            institution_id=details.get("institution", ABSALON),
            answered=answers is not None,
            person=details.get("person"),
            answers=dict(answers or {}),
        )
        session.add(sheet)
    session.flush()


def add_roskilde(session: Session, a_round: Round) -> None:
    """Twelve answers of Roskilde, of which eight agree."""
    add_sheets(session, a_round, ROSKILDE, {"S01": VERY_MUCH, "S02": MUCH}, times=8)
    add_sheets(session, a_round, ROSKILDE, {"S01": LITTLE, "S02": LITTLE}, times=4)


def add_counts(
    session: Session, a_round: Round, place: str, tallies: Mapping[str, Mapping[int, int]], **known: int
) -> None:
    """A group that arrived as counts; `known` may say invited and answers."""
    group = CountedGroup(
        round_id=a_round.id,
        place=place,
        education_id=NURSING,
        institution_id=ABSALON,
        tallies={question: dict(tally) for question, tally in tallies.items()},
        **known,
    )
    session.add(group)
    session.flush()
