"""What a form offers to choose among."""

from dataclasses import dataclass

from sqlmodel import Session, select

from data_access.dashboard import queries, release_list
from data_access.dashboard.models import EducationRecord, InstitutionRecord, UnitRecord
from data_access.partnerships.kinds import AGREEMENT, BODY, FOCUS_AREA, INITIATIVE, MEETING, PARTY, Kind
from data_access.partnerships.lines import live
from indicators.danish import alphabetical
from indicators.groups import KINDS
from indicators.partnership.board import Ref
from indicators.selection import ALL, Named


@dataclass(frozen=True)
class AskedQuestion:
    """A question that can be linked to, as it was last asked."""

    survey: str
    id: str
    text: str


@dataclass(frozen=True)
class Options:
    """What there is, by name; what belongs to a partnership is that partnership's."""

    parties: tuple[Ref, ...]
    bodies: tuple[Ref, ...]
    agreements: tuple[Ref, ...]
    focus_areas: tuple[Ref, ...]
    initiatives: tuple[Ref, ...]
    meetings: tuple[Ref, ...]
    educations: tuple[Named, ...]
    institutions: tuple[Named, ...]
    units: tuple[Named, ...]
    questions: tuple[AskedQuestion, ...]

    def of(self, target: str) -> dict[int | str, str]:
        """What a field may refer to, by key, when it refers to that kind of thing."""
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
        return {one.id if isinstance(one, Ref) else one.key: one.name for one in several}


def options(session: Session, partnership_id: int | None) -> Options:
    """Everything a form about the partnership may refer to; without one, what belongs to any."""
    kinds = list(KINDS)
    units = [one for one in session.exec(select(UnitRecord)) if one.key != ALL]
    educations = session.exec(select(EducationRecord))
    institutions = session.exec(select(InstitutionRecord))
    return Options(
        parties=_refs(session, PARTY),
        bodies=_refs(session, BODY, partnership_id),
        agreements=_refs(session, AGREEMENT, partnership_id),
        focus_areas=_refs(session, FOCUS_AREA, partnership_id),
        initiatives=_refs(session, INITIATIVE, partnership_id),
        meetings=_refs(session, MEETING, partnership_id),
        educations=tuple(sorted((Named(one.id, one.name) for one in educations), key=_name)),
        institutions=tuple(sorted((Named(one.id, one.name) for one in institutions), key=_name)),
        units=tuple(
            Named(one.key, one.name)
            for one in sorted(units, key=lambda one: (kinds.index(one.kind), alphabetical(one.name)))
        ),
        questions=_questions(session),
    )


def _refs(session: Session, kind: Kind, partnership_id: int | None = None) -> tuple[Ref, ...]:
    query = live(kind.table)
    if partnership_id is not None:
        query = query.where(kind.table.partnership_id == partnership_id)
    return tuple(sorted((Ref(one.id, getattr(one, kind.title)) for one in session.exec(query)), key=_name))


def _questions(session: Session) -> tuple[AskedQuestion, ...]:
    """Of every survey in force, by the newest round that asks them."""
    release = release_list.in_force(session)
    found: dict[tuple[str, str], AskedQuestion] = {}
    for published in release_list.rounds_of(session, release.number) if release else ():
        for one in queries.questionnaire(published).questions:
            found[published.survey_id, one.id] = AskedQuestion(published.survey_id, one.id, one.short)
    return tuple(found.values())


def _name(one: Ref | Named) -> str:
    return alphabetical(one.name)
