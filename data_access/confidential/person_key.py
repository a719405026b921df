"""The secret key that turns persons into hashes: without it nobody can find a person among them."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from sqlalchemy import URL

from data_access import engines
from data_access.confidential.models import CONFIDENTIAL
from data_access.problems import ImportProblem

_MIN_LENGTH = 32


def person_key(store: URL, *, may_create: bool = True, has_persons: bool = False) -> bytes:
    """PERSON_KEY from the environment, else `person.key` beside a SQLite store.

    It is made when missing, but not for a store that `has_persons`: then it has been lost.
    """
    if given := os.environ.get("PERSON_KEY", "").strip():
        return _checked(given, "Miljøvariablen PERSON_KEY")
    if not (store.get_backend_name() == "sqlite" and store.database and store.database != ":memory:"):
        raise ImportProblem(
            "Mappingfilen har en personkolonne, men der er ingen nøgle til at skjule den med. Sæt "
            f"miljøvariablen PERSON_KEY (mindst {_MIN_LENGTH} tegn), eller fjern columns.person."
        )
    path = Path(store.database).parent / "person.key"
    if path.exists():
        return _checked(path.read_text(encoding="utf-8").strip(), "Filen person.key")
    if has_persons:
        raise ImportProblem(
            "Nøglen til personerne i det fortrolige lager er væk, og med en ny kan ingen genkendes. "
            "Læg filen person.key tilbage ved siden af lageret, eller sæt miljøvariablen PERSON_KEY til den.",
            f"Filen mangler: {path}",
        )
    # A dry run leaves no trace: without a key no hash is stored that it could compare with.
    return _created(path) if may_create else secrets.token_bytes()


def _checked(key: str, what: str) -> bytes:
    if len(key) < _MIN_LENGTH:
        raise ImportProblem(f"{what} er for kort: Nøglen skal have mindst {_MIN_LENGTH} tegn.")
    return key.encode()


def _created(path: Path) -> bytes:
    """Appears whole or not at all; of two imports that make it at once, both use the first."""
    engines.make_folder(path.parent, engines.about(CONFIDENTIAL))
    with NamedTemporaryFile("w", dir=path.parent, prefix=".person.key-", encoding="utf-8") as file:
        file.write(secrets.token_hex())
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(file.name)
    _sync(path.parent)
    return _checked(path.read_text(encoding="utf-8").strip(), "Filen person.key")


def _sync(folder: Path) -> None:
    """The name of a new file is only safe when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
