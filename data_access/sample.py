"""The sample stores: the made-up rounds go the same way as anyone's data, import and release.

Deciding what is safe takes minutes, so the sample's figures are shipped beside its answers. A test
proves that they are what import and release give.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session, col, select

from data_access import releases
from data_access.confidential import store as confidential
from data_access.confidential.models import Round
from data_access.dashboard import store as dashboard
from data_access.dashboard.models import Release
from data_access.imports.importing import import_files
from data_access.partnerships.loading import load
from data_access.partnerships.models.agreements import PartnershipRecord
from data_access.problems import StoreProblem
from data_access.published_files import read_audits, read_published, write_audits, write_published
from data_access.published_rounds import audited, computed, start, write
from data_access.sample_apart import OTHER_STORES, real_rounds
from indicators.danish import listed
from indicators.publication import ChooseAll

SAMPLE = Path(__file__).parent.parent / "sample_data"
PARTNERSHIPS = SAMPLE / "partnerships"
PUBLISHED = SAMPLE / "published"
AUDITS = PUBLISHED / "audits.json"

LATEST_ROUND = "supervisor-2025"
FIRST_RELEASED = datetime(2025, 9, 1, 8, tzinfo=UTC)
"""When everything but the latest round was published: held meetings keep the figures of that release."""


def build(told: Callable[[str], None] = lambda _line: None, compute: bool = False) -> Release:
    """Imports every sample round, publishes them all and loads the partnerships; never over real data.

    The figures are the shipped ones, or computed anew and then written in their place. A new store has
    an earlier release too, so that a meeting can be seen with the figures that it was held with.
    """
    _refuse_real_data()
    for folder in sorted((SAMPLE / "rounds").glob("*/")):
        survey = folder.name.rpartition("-")[0]
        told(f"Importerer {folder.name}")
        files = sorted(folder.glob("*.csv"))
        import_files(files, folder.name, SAMPLE / "mappings" / f"{survey}.toml")
    told("Udgiver")
    with confidential.reading() as answers, dashboard.writing() as figures:
        publish_one = _computed_and_kept if compute else _shipped
        if releases.in_force(figures) is None:
            _publish_as_it_was(answers, figures, publish_one)
            release = releases.publish(answers, figures, [LATEST_ROUND], publish_one=publish_one)
        else:
            release = releases.publish(answers, figures, publish_one=publish_one)
        told("Indlæser partnerskaber")
        load(figures, sorted(PARTNERSHIPS.glob("*.toml")))
    return release


def _publish_as_it_was(answers: Session, figures: Session, publish_one: releases.PublishOne) -> None:
    """The release before the latest round, dated back to when it would have been made."""
    earlier = answers.exec(select(Round.id).where(Round.id != LATEST_ROUND)).all()
    release = releases.publish(answers, figures, earlier, publish_one=publish_one)
    release.made_at = FIRST_RELEASED
    figures.flush()


def _shipped(
    _confidential: Session, dashboard: Session, a_round: Round, least_persons: int, _choose_all: ChooseAll
) -> int:
    published = start(dashboard, a_round)
    write(dashboard, published, read_published(PUBLISHED / f"{a_round.id}.csv"), least_persons)
    published.audit = asdict(read_audits(AUDITS)[a_round.id])
    dashboard.flush()
    return published.id


def _computed_and_kept(
    confidential: Session, dashboard: Session, a_round: Round, least_persons: int, choose_all: ChooseAll
) -> int:
    decided = computed(confidential, dashboard, a_round, least_persons, choose_all)
    PUBLISHED.mkdir(exist_ok=True)
    write_published(PUBLISHED / f"{a_round.id}.csv", decided)
    audits = {one: asdict(audit) for one, audit in read_audits(AUDITS).items()} if AUDITS.exists() else {}
    published = start(dashboard, a_round)
    write(dashboard, published, decided, least_persons)
    published.audit = audits[a_round.id] = asdict(audited(confidential, dashboard, published, least_persons))
    write_audits(AUDITS, audits)
    return published.id


def _refuse_real_data() -> None:
    with confidential.looking() as answers, dashboard.looking() as figures:
        rounds = real_rounds(answers, figures)
        ours = select(PartnershipRecord.name).where(col(PartnershipRecord.is_sample).is_(False))
        partnerships = figures.exec(ours).all()
    kinds = (("runder", rounds), ("partnerskaber", sorted(partnerships)))
    if found := [f"rigtige {kind} ({', '.join(names)})" for kind, names in kinds if names]:
        raise StoreProblem(
            f"Lagrene har {listed(found)}, og dem må eksempeldata ikke blandes med. "
            f"Kør «python manage.py publish» for at vise jeres egne tal, eller {OTHER_STORES}."
        )
