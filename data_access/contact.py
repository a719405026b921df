"""Whom to ask about the figures, as the secretariat has written it in `contact.toml`."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from data_access.problems import ReferenceProblem

FILE = Path(__file__).parent.parent / "contact.toml"


@dataclass(frozen=True)
class Contact:
    """Empty where nothing has been written."""

    name: str = ""
    email: str = ""
    phone: str = ""
    accessibility_statement: str = ""


def contact(file: Path | None = None) -> Contact:
    """What the file says; ReferenceProblem when it cannot be read or says something else."""
    file = file or FILE
    try:
        return Contact(**tomllib.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Contact()
    except (tomllib.TOMLDecodeError, TypeError) as error:
        known = ", ".join(field.name for field in fields(Contact))
        raise ReferenceProblem(f"{file.name} kan ikke læses. Den kan have felterne {known}.") from error
