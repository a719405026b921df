"""What pages ask of the release in force. A query reads as a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import Session, select

from data_access.dashboard.cells import Rounds
from data_access.dashboard.models import (
    EducationRecord,
    InstitutionRecord,
    MembershipRecord,
    PublishedCell,
    PublishedRound,
    Release,
    ReleasedRound,
    ReleaseInForce,
    UnitRecord,
)
from data_access.problems import SelectionProblem, StoreProblem
from indicators.danish import alphabetical, local_day
from indicators.groups import DatedMembership, Groups, kind_key
from indicators.method import AuditFigure, Method, ReleaseLine, RoundMethod
from indicators.promises import Promise
from indicators.questionnaire import Questionnaire
from indicators.report import Origin
from indicators.selection import ALL, ALL_UNITS, Option, Years
from indicators.unit_kinds import REGION, UNIT_KINDS

MEMBERSHIP = tuple(field.name for field in fields(DatedMembership))


@dataclass(frozen=True)
class Choices:
    """What can be chosen for one survey: units by kind and educations by field, then name."""

    years: tuple[Years, ...]
    """Of each round, the newest first; then those that are added up."""
    units: tuple[Option, ...]
    educations: tuple[Option, ...]
    institutions: tuple[Option, ...]
    themes: tuple[Option, ...]
    questions: tuple[tuple[str, Option, bool], ...]
    """Theme, question, and whether it is common to all educations."""
    fields: dict[str, str]
    """The field of each education."""

    def questions_of(self, theme: Option, education: Option) -> list[Option]:
        """Those of a theme that can be read of an education: of all together, what all were asked."""
        return [
            question
            for of_theme, question, common in self.questions
            if theme.key in (ALL, of_theme) and (common or education.key != ALL)
        ]


class PartsShown(NamedTuple):
    """Keys of whatever a round shows anything of."""

    units: set[str]
    educations: set[str]
    institutions: set[str]


def in_force(session: Session) -> Release | None:
    """The release that pages read."""
    query = select(Release).join(ReleaseInForce, ReleaseInForce.release_number == Release.number)
    return session.exec(query).first()


def release_in_force(session: Session) -> Release:
    """The release that pages read; StoreProblem when nothing has been published."""
    release = in_force(session)
    if release is None:
        raise StoreProblem("Der er endnu ikke udgivet noget. Kør «python manage.py publish».")
    return release


def releases(session: Session) -> list[Release]:
    """The releases that can be read or restored, the newest first."""
    query = select(Release).where(Release.withdrawn_at.is_(None)).order_by(Release.number.desc())
    return list(session.exec(query))


def rounds_of(session: Session, number: int) -> list[PublishedRound]:
    """The published rounds of a release, by survey and year; several years after the last of them."""
    query = (
        select(PublishedRound)
        .join(ReleasedRound, ReleasedRound.published_round_id == PublishedRound.id)
        .where(ReleasedRound.release_number == number)
        .order_by(PublishedRound.survey_id, PublishedRound.year, PublishedRound.id)
    )
    return sorted(session.exec(query), key=lambda published: (published.survey_id, published.is_pooled))


def surveys(session: Session, release: Release) -> tuple[Option, ...]:
    """The surveys of the release, by id; the newest round names its survey."""
    rounds = rounds_of(session, release.number)
    names = {a_round.survey_id: a_round.questionnaire["name"] for a_round in rounds}
    return tuple(Option(*item) for item in names.items())


def choices(session: Session, release: Release, survey_id: str) -> Choices:
    """What the survey's published rounds show anything for, and every place in a region shown.

    A place is offered whether or not anybody answered there: the list tells nothing about the few.
    """
    every = every_round_of_survey(session, release, survey_id)
    rounds = [a_round for a_round in every if not a_round.is_pooled]
    pooled = every[len(rounds) :]
    ids = [a_round.id for a_round in every]
    kinds = list(UNIT_KINDS)
    shown = set(session.exec(_shown(PublishedCell.unit_key, ids)))
    regions = [key for key in shown if kind_key(key) == REGION.key]
    dated = memberships(session)
    around = [_at_the_end_of(a_round.year, dated) for a_round in rounds]
    in_regions = {place for groups in around for region in regions for place in groups.members(region)}
    units = session.exec(select(UnitRecord).where(UnitRecord.key.in_(shown | in_regions)))
    by_kind = sorted(units, key=lambda unit: (kinds.index(unit.kind), alphabetical(unit.name)))
    educations = session.exec(
        select(EducationRecord).where(EducationRecord.id.in_(_shown(PublishedCell.education_id, ids)))
    )
    by_field = sorted(educations, key=lambda record: (alphabetical(record.field), alphabetical(record.name)))
    return Choices(
        years=tuple(one.years for one in (*reversed(rounds), *pooled)),
        units=(ALL_UNITS, *(Option(unit.key, unit.name) for unit in by_kind if unit.key != ALL)),
        educations=tuple(Option(record.id, record.name) for record in by_field),
        institutions=_named(session, InstitutionRecord, _shown(PublishedCell.institution_id, ids)),
        themes=_themes(rounds),
        questions=_questions(rounds),
        fields={record.id: record.field for record in by_field},
    )


def _themes(rounds: list[PublishedRound]) -> tuple[Option, ...]:
    """Themes of all the rounds; the newest round that has one names it."""
    names: dict[str, str] = {}
    for a_round in sorted(rounds, key=lambda a_round: a_round.year, reverse=True):
        for theme in a_round.questionnaire["themes"]:
            names.setdefault(theme["id"], theme["name"])
    return tuple(Option(*item) for item in names.items())


def _questions(rounds: list[PublishedRound]) -> tuple[tuple[str, Option, bool], ...]:
    """Questions of all the rounds in the order asked; the newest round that has one names it."""
    questions: dict[str, tuple[str, Option, bool]] = {}
    for a_round in sorted(rounds, key=lambda a_round: a_round.year, reverse=True):
        for question in a_round.questionnaire["questions"]:
            option = Option(question["id"], question["short"])
            questions.setdefault(option.key, (question["theme"], option, question["common"]))
    return tuple(questions.values())


def educations(session: Session, ids: Iterable[str]) -> tuple[Option, ...]:
    """The educations of those ids by name, shown or not."""
    return _named(session, EducationRecord, ids)


def institutions(session: Session, ids: Iterable[str]) -> tuple[Option, ...]:
    """The institutions of those ids by name, shown or not."""
    return _named(session, InstitutionRecord, ids)


def groups_of(session: Session, unit_key: str, year: int) -> tuple[Option, ...]:
    """The groups that a place counts in at the end of the year: its cluster, council, region ..."""
    groups = _at_the_end_of(year, memberships(session, MembershipRecord.member == unit_key))
    return _units_in_order(session, groups.of(unit_key))


def members_of(session: Session, group_key: str, year: int) -> tuple[Option, ...]:
    """The places that a group holds at the end of the year; none where the unit is no group."""
    groups = _at_the_end_of(year, memberships(session, MembershipRecord.group == group_key))
    return _units_in_order(session, groups.members(group_key))


def _at_the_end_of(year: int, dated: Iterable[DatedMembership]) -> Groups:
    return Groups.on(date(year, 12, 31), dated)


def _units_in_order(session: Session, keys: Iterable[str]) -> tuple[Option, ...]:
    query = select(UnitRecord.key, UnitRecord.name).where(UnitRecord.key.in_(keys))
    return tuple(Option(*row) for row in session.execute(query.order_by(UnitRecord.position)))


def memberships(session: Session, *of_whom: ColumnElement[bool]) -> list[DatedMembership]:
    """The memberships of the release in force, or of the files before there is one: all, or those of some."""
    # Columns, not records: there are hundreds, and they are asked for with every page of initiatives.
    columns = (getattr(MembershipRecord, name) for name in MEMBERSHIP)
    query = select(*columns).where(*of_whom).order_by(MembershipRecord.id)
    return [DatedMembership(*row) for row in session.execute(query)]


def rounds_of_survey(session: Session, release: Release, survey_id: str) -> list[PublishedRound]:
    """The survey's rounds of one year in the release, by year."""
    return [
        a_round for a_round in every_round_of_survey(session, release, survey_id) if not a_round.is_pooled
    ]


def pooled_rounds_of_survey(session: Session, release: Release, survey_id: str) -> list[PublishedRound]:
    """The survey's rounds of several years together."""
    return [a_round for a_round in every_round_of_survey(session, release, survey_id) if a_round.is_pooled]


def every_round_of_survey(session: Session, release: Release, survey_id: str) -> list[PublishedRound]:
    """Both, those of one year first."""
    return [a_round for a_round in rounds_of(session, release.number) if a_round.survey_id == survey_id]


def parts_shown(session: Session, published: PublishedRound) -> PartsShown:
    """Of which units, educations and institutions there is anything to show in the round, by key."""
    columns = PublishedCell.unit_key, PublishedCell.education_id, PublishedCell.institution_id
    return PartsShown(*({*session.exec(_shown(column, [published.id]))} - {ALL} for column in columns))


def release(session: Session, number: int) -> Release:
    """The release of that number; StoreProblem when it is gone."""
    release = session.get(Release, number)
    if release is None or release.withdrawn_at is not None:
        raise StoreProblem(f"Udgivelse {number} findes ikke længere. Genindlæs siden.")
    return release


def rounds(session: Session, release: Release, survey_id: str, years: Years) -> Rounds:
    """The survey's round of those years and the one before; SelectionProblem names the years there are.

    Several years together have none before them.
    """
    published = every_round_of_survey(session, release, survey_id)
    for before, a_round in zip([None, *published], published, strict=False):
        if a_round.years == years:
            return Rounds(a_round, None if a_round.is_pooled else before)
    known = ", ".join(str(a_round.years) for a_round in published) or "ingen"
    raise SelectionProblem(f"Der er ikke udgivet noget for {survey_id} {years}. Udgivne år: {known}.")


def questionnaire(published: PublishedRound) -> Questionnaire:
    """The questions with the wording of that year."""
    return Questionnaire.model_validate(published.questionnaire).as_asked_in(published.year)


def method(session: Session, current: Release) -> Method:
    """How the figures of the release came about."""
    lines = [
        ReleaseLine(
            release.number, local_day(release.made_at), release.profile, release.number == current.number
        )
        for release in releases(session)
    ]
    rounds = tuple(_round_method(published) for published in rounds_of(session, current.number))
    line = next(line for line in lines if line.in_force)
    promises = tuple(Promise[name].value for name in current.promises or ())
    return Method(line, current.least_persons, rounds, tuple(lines), promises)


def _round_method(published: PublishedRound) -> RoundMethod:
    questions = questionnaire(published)
    breaks = tuple(
        one.reason
        for one in questions.series_breaks
        if one.year == published.year and not published.is_pooled
    )
    audit = None if published.audit is None else AuditFigure(**published.audit)
    return RoundMethod(
        f"{questions.name} {published.years.in_words}", published.source, published.is_sample, breaks, audit
    )


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


def unit(session: Session, key: str) -> UnitRecord | None:
    """A unit of the reference data."""
    return session.get(UnitRecord, key)


def units(session: Session, kind: str) -> tuple[Option, ...]:
    """Every unit of the kind by name, shown or not."""
    records = session.exec(select(UnitRecord).where(UnitRecord.kind == kind))
    return tuple(sorted((Option(record.key, record.name) for record in records), key=_by_name))


def _shown(column, published_round_ids: list[int]):
    of_rounds = PublishedCell.published_round_id.in_(published_round_ids)
    return select(column).where(of_rounds, PublishedCell.answers.is_not(None)).distinct()


def _named(session: Session, table, used) -> tuple[Option, ...]:
    records = session.exec(select(table).where(table.id.in_(used)))
    return tuple(sorted((Option(record.id, record.name) for record in records), key=_by_name))


def _by_name(named: Option) -> str:
    return alphabetical(named.name)
