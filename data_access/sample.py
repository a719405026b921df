"""The sample stores: the made-up rounds go the same way as anyone's data, import and release."""

from collections.abc import Callable
from pathlib import Path

from sqlmodel import col, select

from data_access import releases
from data_access.confidential import store as confidential
from data_access.confidential.models import Round
from data_access.dashboard import store as dashboard
from data_access.dashboard.models import PublishedRound, Release
from data_access.imports.importing import import_files
from data_access.problems import StoreProblem

SAMPLE = Path(__file__).parent.parent / "sample_data"


def build(told: Callable[[str], None] = lambda _line: None) -> Release:
    """Imports every sample round and publishes them all; refuses to touch stores with real rounds."""
    _refuse_real_rounds()
    for folder in sorted((SAMPLE / "rounds").glob("*/")):
        survey = folder.name.rpartition("-")[0]
        told(f"Importerer {folder.name}")
        files = sorted(folder.glob("*.csv"))
        import_files(files, folder.name, SAMPLE / "mappings" / f"{survey}.toml")
    told("Udgiver")
    with confidential.reading() as answers, dashboard.writing() as figures:
        return releases.publish(answers, figures)


def _refuse_real_rounds() -> None:
    with confidential.looking() as answers, dashboard.looking() as figures:
        imported = answers.exec(select(Round.id).where(col(Round.is_sample).is_(False))).all()
        real = select(PublishedRound.round_id).where(col(PublishedRound.is_sample).is_(False))
        published = figures.exec(real).all()
    if found := sorted({*imported, *published}):
        raise StoreProblem(
            f"Lagrene har rigtige runder ({', '.join(found)}), og dem må eksempeldata ikke blandes med. "
            "Kør «python manage.py publish» for at vise jeres egne tal, eller sæt DATABASE_URL og "
            "CONFIDENTIAL_DATABASE_URL til to andre filer og prøv igen."
        )
