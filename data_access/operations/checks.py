"""What `manage.py check` looks at: whether the stores are whole and keep their promises."""

from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import func, or_, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from data_access.confidential import store as confidential
from data_access.confidential.models import Round
from data_access.dashboard import store as dashboard
from data_access.dashboard.models import (
    PublishedCell,
    PublishedFigure,
    PublishedRound,
    Release,
    ReleasedRound,
    ReleaseInForce,
    RoundComparison,
)
from data_access.operations.log_checks import UNREADABLE, Finding, NotedLine, log_findings
from data_access.problems import MissingStoreProblem, StoreProblem
from data_access.publishing import year_changes
from data_access.publishing.ready_rounds import is_as_published
from indicators.questionnaire import Questionnaire
from indicators.rights import OPERATOR

CHANGED = "tallene er ikke dem, der blev udgivet. Hent lageret fra en sikkerhedskopi, eller udgiv runden igen"


def findings(noted: NotedLine | None = None) -> Iterator[Finding]:
    """One line a check: whether it is in order, and what was found; the log also where a line was noted."""
    try:
        with dashboard.reading(OPERATOR) as session:
            yield from _whole(session, "Dashboardlageret")
            yield from _readable(session)
            yield from log_findings(session, noted)
            yield from _figures(session)
            yield from _as_published(session)
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


def _whole(session: Session, name: str) -> Iterator[Finding]:
    if session.get_bind().dialect.name != "sqlite":
        return
    integrity = session.execute(text("PRAGMA integrity_check")).scalars().all()
    orphans = session.execute(text("PRAGMA foreign_key_check")).all()
    yield integrity == ["ok"], f"{name}: integritet {', '.join(integrity[:3])}"
    yield not orphans, f"{name}: {len(orphans)} rækker uden det, de henviser til"


def _readable(session: Session) -> Iterator[Finding]:
    """Whether the questionnaire of every published round can be read; each that cannot is named."""
    rounds = select(PublishedRound.id, PublishedRound.round_id)
    numbered = session.exec(rounds).all()
    broken = sorted({round_id for number, round_id in numbered if not _has_questionnaire(session, number)})
    state = f"kan ikke læses for {', '.join(broken)}. Udgiv runderne igen" if broken else "kan læses"
    yield not broken, f"Spørgeskemaet {state}"


def _has_questionnaire(session: Session, published_round: int) -> bool:
    query = select(PublishedRound.questionnaire).where(PublishedRound.id == published_round)
    try:
        Questionnaire.model_validate(session.exec(query).one())
    except (ValueError, DBAPIError):  # it is no JSON, no questionnaire, or not even text
        return False
    return True


def _figures(session: Session) -> Iterator[Finding]:
    """Columns alone, for a record with a broken one could not be read."""
    in_force = select(Release.number, Release.least_persons).join(
        ReleaseInForce, ReleaseInForce.release_number == Release.number
    )
    release = session.execute(in_force).first()
    if release is None:
        yield False, "Der er endnu ikke udgivet noget. Kør «python manage.py publish»."
        return
    ours = select(ReleasedRound.published_round_id).where(ReleasedRound.release_number == release.number)
    rounds = session.exec(select(PublishedRound.round_id).where(PublishedRound.id.in_(ours))).all()
    yield bool(rounds), f"Udgivelse {release.number} gælder: {', '.join(sorted(rounds))}"
    cells = select(PublishedCell.id).where(PublishedCell.published_round_id.in_(ours))
    too_small = select(func.count()).where(
        PublishedFigure.cell_id.in_(cells),
        or_(PublishedFigure.persons < release.least_persons, PublishedFigure.persons > PublishedFigure.n),
    )
    count = session.exec(too_small).one()
    yield count == 0, f"{count} viste tal hviler på færre end {release.least_persons} personer"


def _as_published(session: Session) -> Iterator[Finding]:
    """Of every round that a release shows, and of the changes from one to the next, in force or not."""
    columns = PublishedRound.id, PublishedRound.round_id, PublishedRound.checksum
    for published_id, round_id, checksum in session.execute(select(*columns).order_by(PublishedRound.id)):
        is_whole = partial(_is_round_whole, session, published_id)
        yield _compared(f"{round_id} (nr. {published_id})", checksum, is_whole)
    of_pair = RoundComparison.earlier_round_id, RoundComparison.later_round_id
    for earlier, later, checksum in session.execute(select(*of_pair, RoundComparison.checksum)):
        is_whole = partial(_are_changes_whole, session, (earlier, later))
        yield _compared(f"Ændringerne fra nr. {earlier} til nr. {later}", checksum, is_whole)


def _compared(about: str, checksum: str | None, is_whole: Callable[[], bool]) -> Finding:
    if checksum is None:
        return True, f"{about}: udgivet før der var kontrolsummer, og kan ikke efterprøves"
    try:
        whole = is_whole()
    except UNREADABLE:
        whole = False
    return whole, f"{about}: {'som udgivet' if whole else CHANGED}"


def _is_round_whole(session: Session, published_id: int) -> bool:
    return is_as_published(session, session.get_one(PublishedRound, published_id))


def _are_changes_whole(session: Session, key: tuple[int, int]) -> bool:
    return year_changes.is_as_compared(session, session.get_one(RoundComparison, key))
