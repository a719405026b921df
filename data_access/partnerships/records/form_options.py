"""What a form offers to choose among."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, select

from data_access.dashboard import queries
from data_access.dashboard.models import EducationRecord, InstitutionRecord, UnitRecord
from data_access.partnerships.records.kinds import (
    AGREEMENT,
    BODY,
    FOCUS_AREA,
    INITIATIVE,
    MEETING,
    PARTY,
    Kind,
)
from data_access.partnerships.records.readable_values import GONE
from data_access.partnerships.records.records import live
from indicators.danish import alphabetical
from indicators.partnership.board import Ref
from indicators.partnership.criterion import Direction
from indicators.questionnaire import Questionnaire
from indicators.selection import ALL, Option
from indicators.unit_kinds import UNIT_KINDS

BELONGING = (PARTY, BODY, AGREEMENT, FOCUS_AREA, INITIATIVE, MEETING)
"""The kinds that a form may refer to."""


@dataclass(frozen=True)
class QuestionChoice:
    """A question or a theme that can be linked to, as it was last asked."""

    survey: str
    id: str
    text: str
    high_is_bad: bool = False

    @property
    def hoped_for(self) -> Direction:
        """Where its share is meant to go, unless somebody says otherwise."""
        return Direction.DOWN if self.high_is_bad else Direction.UP


@dataclass(frozen=True)
class FormOptions:
    """What there is, by name; what belongs to a partnership is that partnership's."""

    parties: tuple[Ref, ...]
    bodies: tuple[Ref, ...]
    agreements: tuple[Ref, ...]
    focus_areas: tuple[Ref, ...]
    initiatives: tuple[Ref, ...]
    meetings: tuple[Ref, ...]
    educations: tuple[Option, ...]
    institutions: tuple[Option, ...]
    units: tuple[Option, ...]
    questions: tuple[QuestionChoice, ...]
    themes: tuple[QuestionChoice, ...]
    deleted: Mapping[str, Mapping[int, str]]
    """What can no longer be chosen, by kind: whoever has chosen it is to see what it was."""

    def of(self, target: str, chosen: Iterable = ()) -> dict[int | str, str]:
        """What a field may refer to, by key, when it refers to that kind of thing; the `chosen` ones too."""
        several = {
            "party": self.parties,
            "body": self.bodies,
            "agreement": self.agreements,
            "focus_area": self.focus_areas,
            "initiative": self.initiatives,
            "meeting": self.meetings,
            "education": self.educations,
            "institution": self.institutions,
            "unit": self.units,
        }[target]
        gone = self.deleted.get(target, {})
        known = {one.id if isinstance(one, Ref) else one.key: one.name for one in several}
        return {one: gone[one] for one in chosen if one in gone} | known


def form_options(session: Session, partnership_id: int | None) -> FormOptions:
    """Everything a form about the partnership may refer to; without one, what belongs to any."""
    kinds = list(UNIT_KINDS)
    units = [record for record in session.exec(select(UnitRecord)) if record.key != ALL]
    educations = session.exec(select(EducationRecord))
    institutions = session.exec(select(InstitutionRecord))
    questionnaires = _questionnaires(session)
    return FormOptions(
        parties=_refs(session, PARTY),
        bodies=_refs(session, BODY, partnership_id),
        agreements=_refs(session, AGREEMENT, partnership_id),
        focus_areas=_refs(session, FOCUS_AREA, partnership_id),
        initiatives=_refs(session, INITIATIVE, partnership_id),
        meetings=_refs(session, MEETING, partnership_id),
        educations=tuple(
            sorted((Option(education.id, education.name) for education in educations), key=_name)
        ),
        institutions=tuple(
            sorted((Option(institution.id, institution.name) for institution in institutions), key=_name)
        ),
        units=tuple(
            Option(unit.key, unit.name)
            for unit in sorted(units, key=lambda one: (kinds.index(one.kind), alphabetical(one.name)))
        ),
        questions=_questions(questionnaires),
        themes=_themes(questionnaires),
        deleted={
            kind.name: {
                record.id: GONE.format(getattr(record, kind.title))
                for record in session.exec(select(kind.table).where(kind.table.deleted_at.is_not(None)))
            }
            for kind in BELONGING
        },
    )


def _refs(session: Session, kind: Kind, partnership_id: int | None = None) -> tuple[Ref, ...]:
    query = live(kind.table)
    if partnership_id is not None:
        query = query.where(kind.table.partnership_id == partnership_id)
    return tuple(
        sorted((Ref(record.id, getattr(record, kind.title)) for record in session.exec(query)), key=_name)
    )


def _questionnaires(session: Session) -> list[Questionnaire]:
    """The questionnaires of the rounds in force, the oldest of a survey first."""
    release = queries.in_force(session)
    return (
        [queries.questionnaire(one) for one in queries.rounds_of(session, release.number)] if release else []
    )


def _questions(questionnaires: Iterable[Questionnaire]) -> tuple[QuestionChoice, ...]:
    """Of every survey, by the newest round that asks them."""
    choices = {
        (questionnaire.survey, question.id): QuestionChoice(
            questionnaire.survey, question.id, question.short, question.high_is_bad
        )
        for questionnaire in questionnaires
        for question in questionnaire.questions
    }
    return tuple(choices.values())


def _themes(questionnaires: Iterable[Questionnaire]) -> tuple[QuestionChoice, ...]:
    """Those with questions that are common to all, for only they have a share."""
    choices = {
        (questionnaire.survey, theme.id): QuestionChoice(
            questionnaire.survey,
            theme.id,
            theme.name,
            any(one.high_is_bad for one in questionnaire.questions_in(theme.id) if one.common),
        )
        for questionnaire in questionnaires
        for theme in questionnaire.themes
        if questionnaire.common_in(theme.id)
    }
    return tuple(choices.values())


def _name(ref: Ref | Option) -> str:
    return alphabetical(ref.name)
