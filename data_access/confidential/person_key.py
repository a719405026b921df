"""The secret key that turns persons into hashes: without it nobody can find a person among them."""

import os
import secrets
from pathlib import Path

from sqlalchemy import URL

from data_access.problems import ImportProblem

_MIN_LENGTH = 32


def person_key(store: URL, may_create: bool = True) -> bytes:
    """PERSON_KEY from the environment, else `person.key` beside a SQLite store, made when missing."""
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
    # A dry run leaves no trace: without a key no hash is stored that it could compare with.
    return _created(path) if may_create else secrets.token_bytes()


def _checked(key: str, what: str) -> bytes:
    if len(key) < _MIN_LENGTH:
        raise ImportProblem(f"{what} er for kort: Nøglen skal have mindst {_MIN_LENGTH} tegn.")
    return key.encode()


def _created(path: Path) -> bytes:
    key = secrets.token_hex()
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(key)
    return key.encode()
