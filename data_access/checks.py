"""What `manage.py check` looks at: whether the stores are whole and keep their promises."""

from collections.abc import Iterator

from sqlalchemy import func, or_, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from data_access.confidential import store as confidential
from data_access.confidential.models import Round
from data_access.dashboard import queries
from data_access.dashboard import store as dashboard
from data_access.dashboard.models import PublishedCell, PublishedFigure, PublishedRound, ReleasedRound
from data_access.partnerships import log_check
from data_access.problems import MissingStoreProblem, StoreProblem
from indicators.questionnaire import Questionnaire


def findings() -> Iterator[tuple[bool, str]]:
    """One line a check: whether it is in order, and what was found."""
    try:
        with dashboard.reading() as session:
            yield from _whole(session, "Dashboardlageret")
            yield from _readable(session)
            yield from log_check.findings(session)
            yield from _figures(session)
    except StoreProblem as problem:
        yield False, f"{problem} ({problem.detail})"
    try:
        with confidential.reading() as session:
            yield from _whole(session, "Det fortrolige lager")
            rounds = session.exec(select(Round.id).order_by(Round.id)).all()
            yield True, f"Importerede runder: {', '.join(rounds) or 'ingen'}"
    except MissingStoreProblem:
        # A public copy runs without it, so its absence is no fault.
        yield True, "Det fortrolige lager er her ikke; så kan der vises, men ikke importeres og udgives."
    except StoreProblem as problem:
        yield False, f"{problem} ({problem.detail})"


def _whole(session: Session, name: str) -> Iterator[tuple[bool, str]]:
    if session.get_bind().dialect.name != "sqlite":
        return
    integrity = session.execute(text("PRAGMA integrity_check")).scalars().all()
    orphans = session.execute(text("PRAGMA foreign_key_check")).all()
    yield integrity == ["ok"], f"{name}: integritet {', '.join(integrity[:3])}"
    yield not orphans, f"{name}: {len(orphans)} rækker uden det, de henviser til"


def _readable(session: Session) -> Iterator[tuple[bool, str]]:
    """Whether the questionnaire of every published round can be read; each that cannot is named."""
    rounds = select(PublishedRound.id, PublishedRound.round_id)
    found = session.exec(rounds).all()
    broken = sorted({round_id for number, round_id in found if not _has_questionnaire(session, number)})
    said = f"kan ikke læses for {', '.join(broken)}. Udgiv runderne igen" if broken else "kan læses"
    yield not broken, f"Spørgeskemaet {said}"


def _has_questionnaire(session: Session, published_round: int) -> bool:
    query = select(PublishedRound.questionnaire).where(PublishedRound.id == published_round)
    try:
        Questionnaire.model_validate(session.exec(query).one())
    except (ValueError, DBAPIError):  # it is no JSON, no questionnaire, or not even text
        return False
    return True


def _figures(session: Session) -> Iterator[tuple[bool, str]]:
    release = queries.release_in_force(session)
    ours = select(ReleasedRound.published_round_id).where(ReleasedRound.release_number == release.number)
    in_order = select(PublishedRound.round_id).where(PublishedRound.id.in_(ours)).order_by(PublishedRound.id)
    rounds = session.exec(in_order).all()
    yield bool(rounds), f"Udgivelse {release.number} gælder: {', '.join(rounds)}"
    cells = select(PublishedCell.id).where(PublishedCell.published_round_id.in_(ours))
    too_small = select(func.count()).where(
        PublishedFigure.cell_id.in_(cells),
        or_(PublishedFigure.persons < release.least_persons, PublishedFigure.persons > PublishedFigure.n),
    )
    count = session.exec(too_small).one()
    yield count == 0, f"{count} viste tal hviler på færre end {release.least_persons} personer"
