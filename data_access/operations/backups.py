"""A whole copy of a store while people write in it: SQLite's own online backup, never a copy of the file."""

import secrets
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, MetaData

from data_access import engines
from data_access.problems import StoreProblem


def backup(url: str, tables: MetaData, target: Path) -> None:
    """Copies a store of any version to a new file.

    StoreProblem when the file is there already or cannot be written, and for PostgreSQL, whose own
    program does it.
    """
    with engines.inspecting(url, tables) as session:
        address = session.get_bind().engine.url
        source = engines.file_of(address)
        if source is None:
            raise StoreProblem(
                f"{engines.about(tables).called} ligger i PostgreSQL. Tag kopien med: "
                f"{_pg_dump(address, target)}"
            )
        copy(source, target)


def copy(source: Path, target: Path) -> None:
    """The store in that file as it was when the copy began; whoever writes meanwhile waits for nothing.

    The new file is its owner's only, and is there whole or not at all.
    """
    if target.exists():
        raise StoreProblem(f"Filen {target} findes allerede, og den overskrives ikke. Vælg et andet navn.")
    unfinished = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        unfinished.touch(mode=0o600, exist_ok=False)
        with closing(engines.readable(source)) as store, closing(sqlite3.connect(unfinished)) as made:
            store.backup(made, progress=_give_up_when_locked)
        unfinished.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise StoreProblem(
            f"Kopien kan ikke skrives til {target}. Findes mappen, må der skrives, og er der plads?",
            str(error),
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _give_up_when_locked(status: int, _remaining: int, _total: int) -> None:
    """The connection has waited its time already; the library would try again for ever."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise sqlite3.OperationalError("database is locked")


def _pg_dump(address: URL, target: Path) -> str:
    """The command, which asks for the password itself."""
    given = {name: value for name, value in address.query.items() if name != "password"}
    plain = URL.create(
        "postgresql", address.username, None, address.host, address.port, address.database, given
    )
    return shlex.join(["pg_dump", "--format=custom", f"--file={target}", str(plain)])
