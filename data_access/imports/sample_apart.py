"""The sample is kept apart from real data: made-up partnerships beside real answers would be believed."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from data_access.confidential.models import Round
from data_access.dashboard.models import PublishedRound
from data_access.dashboard.partnership_tables.agreements import PartnershipRecord
from data_access.problems import StoreProblem
from indicators.danish import listed

OTHER_STORES = "sæt DATABASE_URL og CONFIDENTIAL_DATABASE_URL til to andre filer og prøv igen"


def real_rounds(answers: Session, figures: Session) -> list[str]:
    """The rounds that are not the sample's, imported or published."""
    imported = answers.exec(select(Round.id).where(col(Round.is_sample).is_(False)))
    real = select(PublishedRound.round_id).where(col(PublishedRound.is_sample).is_(False))
    return sorted({*imported, *figures.exec(real)})


def refuse_sample_partnerships_beside(rounds: Iterable[str], figures: Session) -> None:
    """StoreProblem where the dashboard store has partnerships of the sample, and there are real rounds."""
    is_live = col(PartnershipRecord.deleted_at).is_(None)
    of_sample = select(PartnershipRecord.name).where(is_live, col(PartnershipRecord.is_sample))
    names = sorted(figures.exec(of_sample))
    real = list(rounds)
    if names and real:
        raise StoreProblem(
            f"Rigtige runder ({listed(real)}) må ikke blandes med eksempeldatas partnerskaber "
            f"({listed(names)}), og intet er ændret. Slet partnerskaberne på siden Indsatser under Aftaler, "
            f"eller {OTHER_STORES}."
        )
