"""What `manage.py check` looks at in the log: its protection, and whether each line is as it was written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, distinct, func, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from data_access import log_chain
from data_access.dashboard.models import Release
from data_access.dashboard.partnership_tables.changes import (
    COLUMNS,
    FUNCTION_BODY,
    TRIGGERS,
    Action,
    ChangeRecord,
    Event,
)
from data_access.partnerships.records.kept_figures import withdrawn
from data_access.partnerships.records.kinds import KINDS, Kind
from data_access.problems import Problem
from data_access.schema import in_utc
from indicators.danish import number

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, DatabaseError)
"""What reading rows can end in when a bit of them has changed."""

LINES_AT_A_TIME = 1_000
Finding = tuple[bool, str]

_OF_SQLITE = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'change'")
# before (2) DELETE (8), UPDATE (16) and TRUNCATE (32)
_OF_POSTGRESQL = text(
    "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
    "WHERE tgrelid = 'change'::regclass AND tgenabled IN ('O', 'A') AND tgtype = 58 AND prosrc = :body"
)
_REMEDY = "Find ud af, hvem der har været i lageret uden om programmet, eller hent en sikkerhedskopi."


@dataclass(frozen=True)
class NotedLine:
    """A line of the log as somebody has noted it: its number and its value."""

    number: int
    chain: str

    @classmethod
    def read(cls, noted: str) -> "NotedLine":
        """From «57:3f…», as `check` writes it; a Problem where it is something else."""
        match = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", noted.strip())
        if match is None:
            raise Problem(
                "Skriv loggens ende, som «python manage.py check» skrev den: linjens nummer, kolon, 64 tegn."
            )
        return cls(int(match[1]), match[2])


def log_findings(session: Session, noted: NotedLine | None = None) -> Iterator[Finding]:
    """Whether each promise of the log is kept, and what was found."""
    connection = session.connection()
    # Another table that has been put in its place has seldom the same columns and the same key.
    there, table = inspect(connection), ChangeRecord.__table__
    if not (
        table.name in there.get_table_names()
        and {column["name"] for column in there.get_columns(table.name)} == {*COLUMNS}
        and there.get_pk_constraint(table.name)["constrained_columns"] == ["id"]
    ):
        yield False, f"Loggen over ændringer er ikke den tabel, som programmet har lavet. {_REMEDY}"
        return
    missing = TRIGGERS[connection.dialect.name].keys() - _triggers_as_made(connection)
    yield not missing, _protection(missing)
    if connection.dialect.name == "postgresql":
        yield from _rights(connection)
    yield from _chain(session)
    if noted:
        yield _as_noted(session, noted)
    records = sum(_without_all_their_lines(session, kind) for kind in KINDS.values())
    yield records == 0, f"{number(records)} poster mangler ændringer i loggen"


def _triggers_as_made(connection: Connection) -> set[str]:
    """The names of those that are there, switched on and unaltered."""
    if connection.dialect.name == "postgresql":
        return set(connection.execute(_OF_POSTGRESQL, {"body": FUNCTION_BODY}).scalars())
    statements = TRIGGERS["sqlite"]
    return {name for name, statement in connection.execute(_OF_SQLITE) if statement == statements.get(name)}


def _protection(missing: set[str]) -> str:
    if not missing:
        return "Der kan kun føjes til loggen over ændringer"
    return (
        f"Loggen over ændringer er uden beskyttelse ({', '.join(sorted(missing))}). "
        f"Kør «python manage.py upgrade», der sætter den på igen. {_REMEDY}"
    )


# Whoever owns the table, its function or its schema, or may write in the table, can do without the triggers.
_MAY_DO_WITHOUT = text(
    "SELECT current_user FROM pg_class AS log JOIN pg_namespace AS place ON place.oid = log.relnamespace "
    "WHERE log.oid = 'change'::regclass AND (pg_has_role(log.relowner, 'MEMBER') "
    "OR pg_has_role(place.nspowner, 'MEMBER') "
    "OR has_table_privilege(log.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER') "
    "OR EXISTS (SELECT 1 FROM pg_proc WHERE proname = 'change_is_only_added_to' "
    "AND pg_has_role(proowner, 'MEMBER')))"
)


def _rights(connection: Connection) -> Iterator[Finding]:
    """No failure: whoever sets up the database decides on it."""
    user = connection.execute(_MAY_DO_WITHOUT).scalar()
    if user is not None:
        yield (
            True,
            f"Råd: Databasebrugeren {user} kan slå loggens beskyttelse fra. Lad en anden eje tabellerne, og "
            "lad programmet køre som en bruger, der kun må læse og tilføje i loggen (GRANT SELECT, INSERT ON "
            "change). Hele opskriften står i docs/data-model.md under «The log».",
        )


def _chain(session: Session) -> Iterator[Finding]:
    """The log read from its first line to its last, each held up against the one before."""
    walk = _Walk.through(session)
    for fault in walk.faults[:MOST_TOLD]:
        yield False, f"{fault}. {_REMEDY}"
    if walk.faults[MOST_TOLD:]:
        yield False, f"{number(len(walk.faults) - MOST_TOLD)} fejl mere i loggens kæde"
    if walk.faults:
        return
    older = f" (linje 1-{walk.chained_since - 1} siden de blev kædet sammen)" if walk.chained_since else ""
    yield (
        True,
        f"Loggens {number(walk.lines)} linjer er, som de blev skrevet, og ingen mangler imellem{older}",
    )
    if walk.lines:
        yield True, END.format(**walk.last)


MOST_TOLD = 5
END = (
    "Loggens ende er {id}:{chain}. Gem den et sted, som ingen når herfra: om linjer er fjernet fra enden, "
    "eller alt er skrevet om, kan kun ses med «check --log-head {id}:{chain}»"
)
CLOCKS_DIFFER = timedelta(hours=1)
"""Between the machines that write and the one that checks."""


@dataclass
class _Walk:
    """How far the reading has come, what must be known to judge a line, and what is wrong so far."""

    chained_since: int
    """Lines before this one were there before the chain, and their times are as they were."""
    withdrawn_at: Mapping[int, datetime]
    last: Mapping
    lines: int = 0
    faults: list[str] = field(default_factory=list)

    @classmethod
    def through(cls, session: Session) -> "_Walk":
        """From the first line to the last."""
        chained = select(func.min(ChangeRecord.id)).where(
            ChangeRecord.action == Action.CHAINED, ChangeRecord.kind == Event.LOG
        )
        releases = select(Release.number, Release.withdrawn_at).where(Release.withdrawn_at.is_not(None))
        first = {"id": 0, "at": datetime.min, "chain": log_chain.FIRST}
        walk = cls(session.exec(chained).one() or 0, dict(session.exec(releases).all()), first)
        query = select(*ChangeRecord.__table__.columns).order_by(ChangeRecord.id)
        query = query.execution_options(yield_per=LINES_AT_A_TIME)
        try:
            for line in session.connection().execute(query).mappings():
                walk.faults += walk.faults_of(line)
                walk.last, walk.lines = line, walk.lines + 1
        except UNREADABLE:
            walk.faults.append(f"Linjen efter linje {walk.last['id']} i loggen kan ikke læses")
        if in_utc(walk.last["at"]) > datetime.now(UTC) + CLOCKS_DIFFER:
            walk.faults.append(f"Linje {walk.last['id']} i loggen har en tid, der ikke er kommet endnu")
        return walk

    def faults_of(self, line: Mapping) -> Iterator[str]:
        """What is wrong with the line that comes next."""
        which = f"Linje {line['id']} i loggen"
        try:
            is_chained = log_chain.chained(self.last["chain"], line) == line["chain"]
            says_why = self._says_why(line)
        except UNREADABLE:
            is_chained = says_why = False
        if not is_chained:
            yield f"{which} passer ikke med linjen før: den er ændret, eller en linje før den er fjernet"
        elif not says_why:
            yield f"{which} har noget andet i stedet for tal, der er trukket tilbage"
        if line["id"] > self.chained_since and in_utc(line["at"]) < in_utc(self.last["at"]):
            yield f"{which} har en tid før linjen over den"

    def _says_why(self, line: Mapping) -> bool:
        """Whether each figure whose salt has gone is of a withdrawn release, and says that and no more."""
        seals = (line["seals"] or {}).items()
        gone = [line[side][log_chain.FIGURE] for side, seal in seals if "seal" in seal]
        return all(figure == withdrawn(figure, self.withdrawn_at[figure["release"]]) for figure in gone)


def _as_noted(session: Session, noted: NotedLine) -> Finding:
    line = f"Linje {noted.number} i loggen"
    chain = session.exec(select(ChangeRecord.chain).where(ChangeRecord.id == noted.number)).first()
    later = session.exec(select(func.count()).where(ChangeRecord.id > noted.number)).one()
    if chain == noted.chain:
        return True, f"{line} er den, der er noteret, og {number(later)} er kommet til siden"
    if chain is None and not later:
        return False, f"{line} er noteret, men findes ikke: linjer er fjernet fra enden. {_REMEDY}"
    return False, f"{line} er ikke den, der er noteret: loggen er skrevet om. {_REMEDY}"


def _without_all_their_lines(session: Session, kind: Kind) -> int:
    """How many records of the kind have not one line for each of their versions."""
    versions = (
        select(func.count(distinct(ChangeRecord.version)))
        .where(
            ChangeRecord.kind == kind.name,
            ChangeRecord.record_id == kind.table.id,
            ChangeRecord.version <= kind.table.version,
        )
        .scalar_subquery()
    )
    return session.exec(
        select(func.count()).select_from(kind.table).where(versions != kind.table.version)
    ).one()
