"""Releases: confidential store -> published figures -> dashboard store; computed first, written briefly."""

from collections import namedtuple
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import func, text
from sqlmodel import Session, delete, select

from data_access import engines
from data_access.confidential import released_contents
from data_access.confidential import store as confidential_store
from data_access.dashboard import publication_rows, reference_tables
from data_access.dashboard import store as dashboard_store
from data_access.dashboard.cells import CELL, FIGURE
from data_access.dashboard.models import PublishedRound, Release, ReleasedRound, ReleaseInForce
from data_access.dashboard.partnership_tables.changes import Action, Event, note
from data_access.dashboard.publication_rows import KEY, PublicationRows, insert_all
from data_access.dashboard.queries import in_force, releases, rounds_of
from data_access.dashboard.scope import author
from data_access.partnerships.records import kept_figures
from data_access.problems import MissingStoreProblem, ReleaseProblem
from data_access.publishing import year_changes
from data_access.publishing.deciding import Decide, decided
from data_access.publishing.prepared_releases import (
    PreparedRelease,
    Progress,
    ReleaseRequest,
    Standing,
    prepare,
)
from data_access.publishing.rounds_to_publish import opened_round
from indicators.auditing import audit_publication
from indicators.cells import Cell, CellTable
from indicators.danish import moment
from indicators.disclosure.history import Earlier, Systems
from indicators.method import AuditFigure
from indicators.promises import IN_ORDER
from indicators.publication import Publication
from indicators.questionnaire import Questionnaire
from indicators.rights import OPERATOR


def _silent(_done: float, _all: int) -> None:
    """Nobody waits for news."""


def publish_stores(
    request: ReleaseRequest, progress: Progress = _silent, decide: Decide = decided
) -> Release:
    """Computes the rounds and puts them in force as a new numbered release; nobody waits meanwhile.

    The stores are locked while the rows are written and read back. ReleaseProblem, with nothing changed,
    when there is nothing to publish, the settings do not fit or are not safe beside earlier releases, or
    something that it was decided on has changed meanwhile.
    """
    engines.refuse_in_a_copy()  # before anything is computed
    with confidential_store.reading() as answers, dashboard_store.looking(OPERATOR) as figures:
        prepared = prepare(answers, figures, request, progress, decide)
    # The answers that it was decided on are there before anything that refers to them.
    with dashboard_store.writing(OPERATOR) as figures, confidential_store.writing() as answers:
        release = _write(answers, figures, prepared)
    forget_unused_contents()
    return release


def publish(  # noqa: PLR0913 - as publish_stores, with the caller's own sessions
    confidential: Session,
    dashboard: Session,
    round_ids: Sequence[str] = (),
    profile: str = "styregruppe",
    *,
    progress: Progress = _silent,
    decide: Decide = decided,
    **settings: object,
) -> Release:
    """The same in transactions that are the caller's; `settings` are those of ReleaseRequest."""
    request = ReleaseRequest(round_ids, profile, **settings)
    release = _write(confidential, dashboard, prepare(confidential, dashboard, request, progress, decide))
    forget_contents(confidential, dashboard)
    return release


def audit(confidential: Session, dashboard: Session) -> dict[str, AuditFigure]:
    """The audit of every round in force, by round; ReleaseProblem when nothing is in force."""
    release = in_force(dashboard)
    if release is None:
        raise ReleaseProblem("Der er endnu ikke udgivet noget. Kør «python manage.py publish».")
    every = rounds_of(dashboard, release.number)
    audits = {}
    for published in every:
        single_years = [
            opened_round(confidential, dashboard, one, release).shown
            for one in every
            if published.adds_up(one)
        ]
        least_persons = release.least_persons
        audits[published.round_id] = audit_round(
            confidential, dashboard, published, least_persons, single_years
        )
    return audits


def _write(confidential: Session, dashboard: Session, prepared: PreparedRelease) -> Release:
    """Everything or nothing, once it is certain that nothing has changed since it was prepared."""
    lock(dashboard)
    prepared.standing.refuse_unless(Standing.now(confidential, dashboard, prepared.round_ids))
    settings = prepared.request.settings
    release = Release(
        number=(dashboard.exec(select(func.max(Release.number))).one() or 0) + 1,  # one that none has had
        profile=settings.profile,
        least_persons=settings.least_persons,
        groups=reference_tables.as_json(prepared.groups),
        note=prepared.note,
        promises=[promise.name for promise in IN_ORDER],
    )
    dashboard.add(release)
    dashboard.flush()
    _write_rounds(confidential, dashboard, prepared, release.number)
    if prepared.request.is_put_in_force:
        put_in_force(dashboard, release)
    _note(
        dashboard,
        Action.PUBLISHED,
        release,
        profile=release.profile,
        least_persons=release.least_persons,
        rounds=[published.round_id for published in rounds_of(dashboard, release.number)],
        in_force=prepared.request.is_put_in_force,
    )
    for number in prepared.replaced:
        withdraw(dashboard, number)
    return release


def _write_rounds(
    confidential: Session, dashboard: Session, prepared: PreparedRelease, release_number: int
) -> None:
    for ready in prepared.rounds:
        ready.write(confidential, dashboard)
    for compared in prepared.comparisons:
        year_changes.write(dashboard, compared)
    shown = [*prepared.carried, *(ready.published for ready in prepared.rounds)]
    columns = ("release_number", "published_round_id")
    insert_all(dashboard, ReleasedRound, columns, ((release_number, published.id) for published in shown))


def restore(dashboard: Session, number: int) -> Release:
    """Puts an earlier release in force again; ReleaseProblem when there is none of that number."""
    lock(dashboard)
    release = available(dashboard, number)
    put_in_force(dashboard, release)
    _note(dashboard, Action.RESTORED, release)
    return release


def _note(dashboard: Session, action: Action, release: Release, **settings: str | int | list[str]) -> None:
    """What is done with a release is in the log."""
    name = f"Udgivelse {release.number}"
    note(dashboard, author(dashboard), action, Event.RELEASE, name, release=release.number, **settings)


def available(dashboard: Session, number: int) -> Release:
    """The release of that number; ReleaseProblem when there is none, or it has been withdrawn."""
    known = {release.number: release for release in releases(dashboard)}
    if number not in known:
        numbers = ", ".join(map(str, known)) or "ingen"
        is_gone = number in [release.number for release in withdrawn(dashboard)]
        gone = "er trukket tilbage" if is_gone else "findes ikke"
        raise ReleaseProblem(f"Udgivelse {number} {gone}. Udgivelser: {numbers}.")
    return known[number]


def withdrawn(dashboard: Session) -> list[Release]:
    """Those that have been withdrawn, the newest first."""
    query = select(Release).where(Release.withdrawn_at.is_not(None)).order_by(Release.number.desc())
    return list(dashboard.exec(query))


def overview(dashboard: Session) -> Iterator[str]:
    """A line a release, the newest first; * is the one in force, and those withdrawn come last."""
    current = in_force(dashboard)
    for release in releases(dashboard):
        mark = "*" if current and release.number == current.number else " "
        rounds = ", ".join(published.round_id for published in rounds_of(dashboard, release.number))
        settings = f"{release.profile}, mindst {release.least_persons}"
        yield f"{mark} {release.number:>3}  {moment(release.made_at)}  {settings}  {rounds}"
    for release in withdrawn(dashboard):
        yield f"- {release.number:>3}  trukket tilbage {moment(release.withdrawn_at)}"


def lock(dashboard: Session) -> None:
    """Until the transaction ends nobody else makes, restores or withdraws a release."""
    if dashboard.get_bind().dialect.name == "postgresql":  # in SQLite one writes at a time anyway
        dashboard.execute(text("LOCK TABLE release IN EXCLUSIVE MODE"))


def put_in_force(dashboard: Session, release: Release) -> None:
    """Makes it the release that pages read, with its groups."""
    dashboard.merge(ReleaseInForce(release_number=release.number))
    if release.groups is not None:
        reference_tables.put_memberships(dashboard, reference_tables.from_json(release.groups))
    dashboard.flush()


def withdraw_stores(number: int) -> None:
    """The release can no longer be read or restored, in both stores; ReleaseProblem when it is in force."""
    with dashboard_store.changing(OPERATOR) as dashboard:
        withdraw(dashboard, number)
    forget_unused_contents()


def forget_unused_contents() -> None:
    """In the confidential store, where there is one: a public copy is shown and withdrawn without."""
    try:
        with confidential_store.reading():
            pass
    except MissingStoreProblem:
        return
    # While no release can be made, for its answers are written before what refers to them.
    with dashboard_store.writing(OPERATOR) as dashboard, confidential_store.writing() as confidential:
        lock(dashboard)
        forget_contents(confidential, dashboard)


def withdraw(dashboard: Session, number: int) -> Release:
    """Deletes the rounds that no other release shows, and the figures that meetings have kept of it.

    The release stays on the list as withdrawn, so that its number is never used again.
    """
    lock(dashboard)
    release = available(dashboard, number)
    current = in_force(dashboard)
    if current and current.number == number:
        raise ReleaseProblem(
            f"Udgivelse {number} gælder og kan ikke trækkes tilbage. Udgiv, eller gendan en anden først."
        )
    release.withdrawn_at = datetime.now(UTC)
    dashboard.add(release)
    dashboard.flush()
    dashboard.execute(delete(ReleasedRound).where(ReleasedRound.release_number == number))
    shown = select(ReleasedRound.published_round_id)
    for published_id in dashboard.exec(
        select(PublishedRound.id).where(PublishedRound.id.not_in(shown))
    ).all():
        year_changes.remove(dashboard, published_id)
        publication_rows.remove(dashboard, published_id)
        dashboard.execute(delete(PublishedRound).where(PublishedRound.id == published_id))
    kept_figures.take_back(dashboard, number, release.withdrawn_at)
    _note(dashboard, Action.WITHDRAWN, release)
    return release


def forget_contents(confidential: Session, dashboard: Session) -> None:
    """Deletes the answers that no published round refers to any more."""
    ids = dashboard.exec(select(PublishedRound.contents_id).where(PublishedRound.contents_id.is_not(None)))
    released_contents.forget_all_but(confidential, ids)


CellRow = namedtuple("CellRow", [column.key for column in CELL[1:]])
FigureRow = namedtuple("FigureRow", [column.key for column in FIGURE[2:]])


def audit_round(
    confidential: Session,
    dashboard: Session,
    published: PublishedRound,
    least_persons: int,
    single_years: Sequence[Earlier] = (),
) -> AuditFigure:
    """What can be derived from everything that the store would show of the round, and of its single years.

    ReleaseProblem when what it was decided on is not there any more.
    """
    record = released_contents.kept(confidential, published.contents_id)
    if record is None:
        raise ReleaseProblem(
            f"{published.round_id} kan ikke kontrolleres: De svar, den blev lavet af, er ikke gemt med "
            "udgivelsen. Udgiv den igen med «python manage.py publish --replace»."
        )
    basis = released_contents.opened(record).in_year(published.year)
    systems = Systems.of(basis.contents, basis.units_of, single_years)
    shown = _shown(publication_rows.read(dashboard, published.id), systems.table)
    questionnaire = Questionnaire.model_validate(published.questionnaire)
    return audit_publication(systems, shown, questionnaire, least_persons)


def _shown(rows: PublicationRows, table: CellTable) -> Publication:
    """What the store shows of the round, by the cells of the table.

    The rows themselves stand for responses and figures: what may not be shown could not be built as one.
    """
    position = {cell: number for number, cell in enumerate(table.cells)}
    cells = [Cell(*row[:KEY]) for row in rows.cells]
    if not position.keys() >= set(cells):
        raise ReleaseProblem(
            "Udgivelsen viser felter, som ikke er i de svar, den er lavet af. Udgiv runden igen."
        )
    responses = [CellRow(*[None] * (len(CELL) - 1))] * len(table.cells)
    for cell, row in zip(cells, rows.cells, strict=True):
        responses[position[cell]] = CellRow(*row)
    figures = ((position[cells[at]], about, FigureRow(*rest)) for at, about, *rest in rows.figures)
    return Publication(table.cells, tuple(responses), tuple(figures))
