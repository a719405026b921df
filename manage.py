"""The secretariat's command line: the same functions as elsewhere, no logic of its own."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from typer.exceptions import TyperException

from data_access.confidential import store as confidential
from data_access.confidential.models import CONFIDENTIAL
from data_access.dashboard import store as dashboard
from data_access.dashboard.events import note_export
from data_access.dashboard.models import DASHBOARD
from data_access.operations import checks
from data_access.operations.log_checks import NotedLine
from data_access.problems import ImportProblem, Problem
from data_access.publishing import releases
from indicators.danish import day, moment
from indicators.rights import OPERATOR, Grant, Role

ROLES = {
    "resultater": Role.RESULTS_READER,
    "laeser": Role.READER,
    "redaktoer": Role.PARTY_EDITOR,
    "styregruppe": Role.STEERING_GROUP,
    "sekretariat": Role.SECRETARIAT,
    "administrator": Role.ADMINISTRATOR,
}
"""What the roles are called where they are typed."""
DAYS = ["%Y-%m-%d", "%d.%m.%Y"]

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
errors = Console(stderr=True)


@contextmanager
def _progress(label: str) -> Iterator[Callable[[int, int], None]]:
    with Progress(console=errors, transient=True) as bar:
        task = bar.add_task(label)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def _told_if_closed(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Problem(
            f"Filen {out} kan ikke skrives. Findes mappen, og må der skrives?", str(error)
        ) from error


@app.command()
def sample(
    if_missing: Annotated[bool, typer.Option("--if-missing", help="Kun når intet kan vises.")] = False,
    compute: Annotated[bool, typer.Option("--compute", help="Beregn tallene på ny og gem dem.")] = False,
) -> None:
    """Bygger lagrene med eksempeldata."""
    from data_access.operations import sample as sample_stores

    if if_missing and dashboard.ready():
        return
    release = sample_stores.build(typer.echo, compute)
    typer.echo(f"Eksempeldata er klar: udgivelse {release.number}.")


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help="Eksportens filer.")],
    round_id: Annotated[str, typer.Option("--round", help="Runden, fx student-2025.")] = "",
    mapping: Annotated[Path | None, typer.Option(help="Filen, der siger, hvad kolonnerne betyder.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Vis, hvad der ville ske.")] = False,
    suggest: Annotated[bool, typer.Option("--suggest", help="Skriv et udkast til en mapping.")] = False,
) -> None:
    """Indlæser en spørgeskemaeksport i det fortrolige lager: alt eller intet."""
    from data_access.imports.importing import import_files
    from data_access.imports.suggest import suggest_mapping

    if suggest:
        typer.echo(suggest_mapping(paths))
        return
    if not round_id or mapping is None:
        raise ImportProblem("Angiv --round og --mapping, eller brug --suggest.")
    with _progress("Indlæser") as progress:
        report = import_files(paths, round_id, mapping, dry_run=dry_run, progress=progress)
    typer.echo("\n".join(report.lines()))


@app.command()
def partnerships(
    paths: Annotated[list[Path], typer.Argument(metavar="FIL…", help="Partnerskabernes filer (.toml).")],
) -> None:
    """Indlæser partnerskaber med aftaler og indsatser: alt eller intet, og aldrig over egne rettelser."""
    from data_access.imports.sample_apart import real_rounds, refuse_sample_partnerships_beside
    from data_access.partnerships.files.loading import load

    with confidential.looking() as answers, dashboard.writing(OPERATOR) as session:
        report = load(session, paths)
        refuse_sample_partnerships_beside(real_rounds(answers, session), session)
    typer.echo("\n".join(report.lines()))


@app.command()
def upgrade() -> None:
    """Bringer lagrene op til denne version af programmet: alt eller intet, og med en kopi først."""
    from data_access.operations import upgrades

    typer.echo("\n".join(upgrades.upgrade_stores()))


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Den nye fil; den må ikke findes.")],
    of_the_confidential: Annotated[
        bool, typer.Option("--confidential", help="Det fortrolige lager i stedet for dashboardets.")
    ] = False,
) -> None:
    """Tager en hel kopi af et lager, også mens der skrives i det."""
    from data_access.operations import backups

    store, tables = (confidential, CONFIDENTIAL) if of_the_confidential else (dashboard, DASHBOARD)
    backups.backup(store.url(), tables, file)
    typer.echo(f"Kopien er hel: {file}")


@app.command()
def publish(  # noqa: PLR0913, PLR0917 - one parameter an option is how the command line is declared
    round_ids: Annotated[list[str] | None, typer.Option("--round", help="Kun denne (kan gentages).")] = None,
    profile: Annotated[str, typer.Option(help="styregruppe eller offentlig.")] = "styregruppe",
    least_persons: Annotated[int | None, typer.Option(help="Færrest personer bag et tal, mindst 3.")] = None,
    hide: Annotated[bool, typer.Option("--hide", help="Skjul det, der røber noget sammen med før.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Træk rundernes udgivelser tilbage.")] = False,
    out: Annotated[Path | None, typer.Option(help="Skriv udgivelsen i et lager for sig selv.")] = None,
    single_years: Annotated[
        bool, typer.Option("--single-years", help="Kun årene hver for sig, ikke flere år samlet.")
    ] = False,
) -> None:
    """Beregner tallene og sætter dem i kraft som en ny udgivelse; med --out kun i filen."""
    from data_access.publishing import public_copies
    from data_access.publishing.rounds_to_publish import WhenTogether

    if out:
        public_copies.refuse_if_there(out)
    when_together = WhenTogether.chosen(hide=hide, replace=replace)
    wanted = releases.ReleaseRequest(
        round_ids or (), profile, least_persons, when_together, out is None, not single_years
    )
    with _progress("Udgiver") as progress:
        release = releases.publish_stores(wanted, progress)
    with dashboard.reading(OPERATOR) as figures:
        rounds = ", ".join(some.round_id for some in releases.rounds_of(figures, release.number))
    if out:
        public_copies.write(out, release.number)
    where = f"er skrevet i {out}" if out else "gælder nu"
    settings = f"{profile}, mindst {release.least_persons} personer"
    typer.echo(f"Udgivelse {release.number} {where} ({settings}): {rounds}")
    if release.note:
        typer.echo(release.note)


@app.command("releases")
def list_releases() -> None:
    """Viser udgivelserne, den nyeste først; * er den, der gælder."""
    with dashboard.reading(OPERATOR) as session:
        typer.echo("\n".join(releases.overview(session)))


@app.command("restore-release")
def restore_release(number: Annotated[int, typer.Argument(metavar="N", help="Dens nummer.")]) -> None:
    """Sætter en tidligere udgivelse i kraft igen."""
    with dashboard.changing(OPERATOR) as session:
        releases.restore(session, number)
    typer.echo(f"Udgivelse {number} gælder nu.")


@app.command("withdraw-release")
def withdraw_release(number: Annotated[int, typer.Argument(metavar="N", help="Dens nummer.")]) -> None:
    """Sletter en udgivelses tal, også dem møder har gemt; den kan hverken læses eller gendannes siden."""
    releases.withdraw_stores(number)
    typer.echo(f"Udgivelse {number} er trukket tilbage, og dens tal er slettet.")


@app.command()
def export(  # noqa: PLR0913, PLR0917 - one parameter an option is how the command line is declared
    survey: Annotated[str, typer.Option(help="Fx student.")],
    year: Annotated[str, typer.Option(help="Fx 2025, eller 2023-2025 samlet.")],
    out: Annotated[Path, typer.Option(help="Filen, der skrives (.xlsx).")],
    unit: Annotated[
        str | None,
        typer.Option(help="Fx kommune:0265, eller kommune:0265+kommune:0259 lagt sammen; uden: alle."),
    ] = None,
    education: Annotated[str | None, typer.Option(help="Fx sygeplejerske; uden: alle.")] = None,
    institution: Annotated[str | None, typer.Option(help="Fx kp; uden: alle.")] = None,
    compare: Annotated[str | None, typer.Option(help="Sammenlign med enhed; uden: alle andre.")] = None,
) -> None:
    """Skriver den samme Excel-fil som knappen på siden Resultater."""
    from views.documents.files import workbook
    from views.foundation import figures
    from views.foundation.controls import selection_of_keys
    from views.subjects.distribution.distribution import Distribution

    keys = {"unit": unit, "education": education, "institution": institution, "compared_with": compare}
    with dashboard.reading(OPERATOR) as session:
        selection = selection_of_keys(session, survey, year, keys)
    with _told_if_closed(out), figures.pinned():
        out.write_bytes(workbook.written(Distribution(selection).sections()))
    note_export(OPERATOR, "Resultater", **selection.keys())
    typer.echo(f"{out}: {selection.describe()}")


@app.command("export-all")
def export_all(
    survey: Annotated[str, typer.Option(help="Fx student.")],
    out: Annotated[Path, typer.Option(help="Filen, der skrives (.xlsx eller .csv).")],
    education: Annotated[str, typer.Option(help="Fx sygeplejerske; uden: alle.")] = "alle",
) -> None:
    """Skriver alt, der er udgivet af et spørgeskema: den samme fil som knappen Hent alt."""
    from data_access.dashboard import queries
    from views.documents.everything import everything

    with dashboard.reading(OPERATOR) as session, _progress("Skriver") as progress, _told_if_closed(out):
        release = queries.release_in_force(session)
        everything.write(out, session, release, (survey, education), progress)
    note_export(OPERATOR, "Alt, der er udgivet", survey=survey, education=education)
    typer.echo(f"{out}: udgivelse {release.number}")


@app.command()
def audit(
    as_json: Annotated[bool, typer.Option("--json", help="Som JSON, en post for hver runde.")] = False,
) -> None:
    """Regner baglæns fra udgivelsen: kan en for lille gruppe udledes? Slutter med fejl, når den kan."""
    with confidential.reading() as answers, dashboard.reading(OPERATOR) as figures:
        found = releases.audit(answers, figures)
        least_persons = releases.in_force(figures).least_persons
    if as_json:
        typer.echo(json.dumps({round_id: asdict(one) for round_id, one in found.items()}, indent=2))
    else:
        for round_id, one in found.items():
            typer.echo(f"{round_id}: {one.describe_whole(least_persons)}")
    if any(one.derivable_groups_below_k for one in found.values()):
        raise typer.Exit(1)


@app.command()
def invite(
    address: Annotated[str, typer.Argument(metavar="ADRESSE", help="Mailadressen; den gemmes ikke.")],
    role: Annotated[str, typer.Option(help=f"En af: {', '.join(ROLES)}.")],
    partnership: Annotated[int | None, typer.Option(help="Nummer (roles --numbers); uden: alle.")] = None,
    organisation: Annotated[int | None, typer.Option(help="Nummer (roles --numbers).")] = None,
    until: Annotated[datetime | None, typer.Option(formats=DAYS, help="Rollens sidste dag.")] = None,
) -> None:
    """Lover den, der først logger ind med adressen, en rolle."""
    from data_access.access import invitations

    if role not in ROLES:
        raise Problem(f"Rollen «{role}» findes ikke. Vælg en af: {', '.join(ROLES)}.")
    grant = Grant(ROLES[role], partnership, organisation)
    invitation = invitations.Invitation(address, grant, until and until.date())
    with dashboard.changing(OPERATOR) as session:
        number = invitations.invite(session, invitation)
    days = invitations.OPEN_FOR.days
    typer.echo(f"Invitation {number} er gemt. Log ind med kontoen med den adresse inden {days} dage.")


@app.command("roles")
def list_roles(
    with_numbers: Annotated[
        bool, typer.Option("--numbers", help="Også partnerskabers og organisationers numre.")
    ] = False,
) -> None:
    """Viser, hvem der har hvilken rolle, og de åbne invitationer."""
    from data_access.access import invitations
    from data_access.partnerships.records import kinds, records

    numbered = {"partnerskab": kinds.PARTNERSHIP, "organisation": kinds.PARTY} if with_numbers else {}
    with dashboard.reading(OPERATOR) as session:
        held = [*invitations.roles(session), *invitations.open_invitations(session)]
        refs = {called: records.listed(session, kind, {}).there for called, kind in numbered.items()}
    for one in held:
        until = [f"til og med {day(one.last_day)}"] if one.last_day else []
        seen = [f"sidst set {moment(one.seen_at)}"] if one.seen_at else []
        number = f"{'rolle' if one.account_id else 'invitation'} {one.id}"
        typer.echo(" · ".join((number, one.who, one.describe(), *until, *seen)))
    for called, several in refs.items():
        for ref in several:
            typer.echo(f"{called} {ref.id} · {ref.name}")


@app.command("end-role")
def end_role(number: Annotated[int, typer.Argument(metavar="NR", help="Rollens nummer.")]) -> None:
    """Afslutter en rolle med det samme."""
    from data_access.access import invitations

    with dashboard.changing(OPERATOR) as session:
        invitations.end_role(session, number)
    typer.echo(f"Rolle {number} er afsluttet.")


@app.command("reading-link")
def reading_link(
    name: Annotated[str, typer.Argument(metavar="NAVN", help="Hvem linket er til.")],
    until: Annotated[datetime, typer.Option(formats=DAYS, help="Linkets sidste dag.")],
) -> None:
    """Laver et link, der viser de udgivne tal uden konto; adressen vises kun her."""
    from data_access.access import reading_links
    from data_access.dashboard.access_tables import ReadingLinkForm
    from data_access.partnerships.records.records import checked

    form = checked(ReadingLinkForm, {"name": name, "ends_on": until.date()})
    with dashboard.changing(OPERATOR) as session:
        address = reading_links.address(reading_links.lend(session, form))
    typer.echo(address)


@app.command()
def check(
    log_head: Annotated[
        str,
        typer.Option("--log-head", metavar="NR:VÆRDI", help="Loggens ende, som den tidligere er noteret."),
    ] = "",
) -> None:
    """Efterser lagrene; afslutter med fejl, når noget ikke er i orden."""
    found = list(checks.findings(NotedLine.read(log_head) if log_head else None))
    for in_order, line in found:
        typer.echo(f"{'ok  ' if in_order else 'FEJL'} {line}")
    if not all(in_order for in_order, _line in found):
        raise typer.Exit(1)


def main() -> None:
    """Runs the command; an expected problem becomes one Danish sentence and exit code 1."""
    try:
        sys.exit(app(standalone_mode=False))
    except Problem as problem:
        _tell(str(problem), problem.detail)
        sys.exit(1)
    except TyperException as error:
        # Typer has no Danish; its own words name the option, so they follow as the detail.
        if said := error.format_message():  # nothing where the help has been shown instead
            _tell("Kommandoen kan ikke forstås. Tilføj --help for at se, hvad der kan skrives.", said)
        sys.exit(error.exit_code)


def _tell(sentence: str, detail: str) -> None:
    lines = [sentence, f"Detalje: {detail}"] if detail else [sentence]
    errors.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    main()
