"""What pages ask of the release in force. A query reads as a sentence."""

from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import Session, select

from data_access.dashboard import release_list
from data_access.dashboard.models import (
    EducationRecord,
    InstitutionRecord,
    MembershipRecord,
    PublishedCell,
    PublishedFigure,
    PublishedRound,
    Release,
    UnitRecord,
)
from data_access.problems import SelectionProblem, StoreProblem
from indicators.danish import alphabetical, local_day
from indicators.figure import HIDDEN, NO_ANSWERS, Bound, Figure, Origin, Response, State
from indicators.groups import KINDS
from indicators.method import AuditFigure, Method, ReleaseLine, RoundMethod
from indicators.questionnaire import Questionnaire
from indicators.selection import ALL, ALL_UNITS, Named


@dataclass(frozen=True)
class Choices:
    """What can be chosen for one survey; units by kind, then name."""

    years: tuple[int, ...]
    units: tuple[Named, ...]
    educations: tuple[Named, ...]
    institutions: tuple[Named, ...]
    themes: tuple[Named, ...]


@dataclass(frozen=True)
class Group:
    """One group's published response and figures by question id."""

    response: Response
    figures: dict[str, Figure]
    silent: Figure
    """What is said of a question without a figure of its own: hidden, or that nobody answered."""

    def figure(self, question_id: str) -> Figure:
        return self.figures.get(question_id, self.silent)


def release_in_force(session: Session) -> Release:
    """The release that pages read; StoreProblem when nothing has been published."""
    release = release_list.in_force(session)
    if release is None:
        raise StoreProblem("Der er endnu ikke udgivet noget. Kør «python manage.py publish».")
    return release


def surveys(session: Session, release: Release) -> tuple[Named, ...]:
    """The surveys of the release, by id; the newest round names its survey."""
    rounds = release_list.rounds_of(session, release.number)
    names = {a_round.survey_id: a_round.questionnaire["name"] for a_round in rounds}
    return tuple(Named(*item) for item in names.items())


def choices(session: Session, release: Release, survey_id: str) -> Choices:
    """What the survey's published rounds show anything for, and every place in a region shown.

    A place is offered whether or not anybody answered there: the list tells nothing about the few.
    """
    rounds = [some for some in release_list.rounds_of(session, release.number) if some.survey_id == survey_id]
    ids = [some.id for some in rounds]
    kinds = list(KINDS)
    shown = _shown(PublishedCell.unit_key, ids)
    in_regions = select(MembershipRecord.member).where(
        MembershipRecord.group.in_(shown), MembershipRecord.group.startswith("region:")
    )
    units = session.exec(
        select(UnitRecord).where(or_(UnitRecord.key.in_(shown), UnitRecord.key.in_(in_regions)))
    )
    by_kind = sorted(units, key=lambda unit: (kinds.index(unit.kind), alphabetical(unit.name)))
    return Choices(
        years=tuple(sorted({some.year for some in rounds}, reverse=True)),
        units=(ALL_UNITS, *(Named(unit.key, unit.name) for unit in by_kind if unit.key != ALL)),
        educations=_named(session, EducationRecord, _shown(PublishedCell.education_id, ids)),
        institutions=_named(session, InstitutionRecord, _shown(PublishedCell.institution_id, ids)),
        themes=_themes(rounds),
    )


def _themes(rounds: list[PublishedRound]) -> tuple[Named, ...]:
    """Themes of all the rounds; the newest round that has one names it."""
    names: dict[str, str] = {}
    for some in sorted(rounds, key=lambda some: some.year, reverse=True):
        for theme in some.questionnaire["themes"]:
            names.setdefault(theme["id"], theme["name"])
    return tuple(Named(*item) for item in names.items())


def release(session: Session, number: int) -> Release:
    """The release of that number; StoreProblem when it is gone."""
    found = session.get(Release, number)
    if found is None:
        raise StoreProblem(f"Udgivelse {number} findes ikke længere. Genindlæs siden.")
    return found


def published_round(session: Session, release: Release, survey_id: str, year: int) -> PublishedRound:
    """The survey's round of that year; SelectionProblem names the years there are."""
    rounds = [some for some in release_list.rounds_of(session, release.number) if some.survey_id == survey_id]
    for some in rounds:
        if some.year == year:
            return some
    years = ", ".join(str(some.year) for some in rounds) or "ingen"
    raise SelectionProblem(f"Der er ikke udgivet noget for {survey_id} {year}. Udgivne år: {years}.")


def questionnaire(published: PublishedRound) -> Questionnaire:
    """The questions with the wording of that year."""
    return Questionnaire.model_validate(published.questionnaire).as_asked_in(published.year)


def method(session: Session, current: Release) -> Method:
    """How the figures of the release came about."""
    lines = [
        ReleaseLine(one.number, local_day(one.made_at), one.profile, one.number == current.number)
        for one in release_list.releases(session)
    ]
    rounds = tuple(_round_method(one) for one in release_list.rounds_of(session, current.number))
    line = next(line for line in lines if line.in_force)
    return Method(line, current.least_persons, rounds, tuple(lines))


def _round_method(published: PublishedRound) -> RoundMethod:
    asked = questionnaire(published)
    breaks = tuple(one.reason for one in asked.series_breaks if one.year == published.year)
    audit = None if published.audit is None else AuditFigure(**published.audit)
    return RoundMethod(f"{asked.name} {published.year}", published.source, published.is_sample, breaks, audit)


def origin(release: Release, published: PublishedRound) -> Origin:
    """Where the round's figures come from."""
    return Origin(
        source=published.source,
        release=release.number,
        released_on=local_day(release.made_at),
        profile=release.profile,
        least_persons=release.least_persons,
        is_sample=published.is_sample,
        audit=None if published.audit is None else AuditFigure(**published.audit),
    )


def group(session: Session, published: PublishedRound, unit: str, education: str, institution: str) -> Group:
    """One cell of the round: unit x education x institution, each possibly "alle"."""
    cell = session.exec(
        select(PublishedCell).where(
            PublishedCell.published_round_id == published.id,
            PublishedCell.unit_key == unit,
            PublishedCell.education_id == education,
            PublishedCell.institution_id == institution,
        )
    ).first()
    if cell is None:
        return Group(Response(State.NO_ANSWERS), {}, NO_ANSWERS)
    rows = session.exec(select(PublishedFigure).where(PublishedFigure.cell_id == cell.id))
    figures = {row.question_id: _figure(row) for row in rows}
    if cell.answers is None:
        return Group(Response(State.HIDDEN), figures, HIDDEN)
    return Group(Response(State.SHOWN, cell.answers, cell.invited), figures, NO_ANSWERS)


def unit(session: Session, key: str) -> UnitRecord | None:
    """A unit of the reference data."""
    return session.get(UnitRecord, key)


def _figure(row: PublishedFigure) -> Figure:
    if row.n is None:
        return HIDDEN
    counts = None if row.counts is None else tuple(row.counts)
    bound = None if row.bound is None else Bound(row.bound)
    return Figure(State.SHOWN, row.n, row.favourable, row.persons, counts, row.outside_base, bound)


def _shown(column, published_round_ids: list[int]):
    of_rounds = PublishedCell.published_round_id.in_(published_round_ids)
    return select(column).where(of_rounds, PublishedCell.answers.is_not(None)).distinct()


def _named(session: Session, table, used) -> tuple[Named, ...]:
    records = session.exec(select(table).where(table.id.in_(used)))
    return tuple(sorted((Named(record.id, record.name) for record in records), key=_by_name))


def _by_name(named: Named) -> str:
    return alphabetical(named.name)
