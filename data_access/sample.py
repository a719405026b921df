"""The sample stores: the made-up rounds go the same way as anyone's data, import and release."""

from collections.abc import Callable
from pathlib import Path

from data_access import releases
from data_access.confidential import store as confidential
from data_access.dashboard import store as dashboard
from data_access.dashboard.models import Release
from data_access.imports.importing import import_round

SAMPLE = Path(__file__).parent.parent / "sample_data"


def build(told: Callable[[str], None] = lambda _line: None) -> Release:
    """Imports every sample round and publishes them all."""
    for folder in sorted((SAMPLE / "rounds").glob("*/")):
        survey = folder.name.rpartition("-")[0]
        told(f"Importerer {folder.name}")
        files = sorted(folder.glob("*.csv"))
        with confidential.writing() as session:
            import_round(session, files, folder.name, SAMPLE / "mappings" / f"{survey}.toml")
    told("Udgiver")
    with confidential.reading() as answers, dashboard.writing() as figures:
        return releases.publish(answers, figures)
