"""Whom to ask about the figures, as the secretariat has written it in `contact.toml`."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from data_access.faults import what_is_wrong
from data_access.problems import ReferenceProblem
from data_access.texts import WebAddress, WhomToAsk

FILE = Path(__file__).parent.parent / "contact.toml"


class Contact(BaseModel):
    """Empty where nothing has been written."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: WhomToAsk = ""
    email: WhomToAsk = ""
    phone: WhomToAsk = ""
    accessibility_statement: WebAddress = ""


def contact(file: Path | None = None) -> Contact:
    """What the file says; ReferenceProblem when it cannot be read or says something else."""
    file = file or FILE
    try:
        return Contact.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Contact()
    except ValueError as error:
        known = ", ".join(Contact.model_fields)
        raise ReferenceProblem(
            f"{file.name} kan ikke læses.{_told(error)} Den kan have felterne {known}."
        ) from error


def _told(error: ValueError) -> str:
    """Which fields cannot be used, and why; nothing where the file is no TOML."""
    faults = (
        error.errors(include_url=False, include_input=False) if isinstance(error, ValidationError) else ()
    )
    return "".join(f" {fault['loc'][0]}: {what_is_wrong(fault)}." for fault in faults)
