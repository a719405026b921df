"""Files that people write by hand (TOML); what cannot be read is said in Danish."""

import re
import tomllib
from pathlib import Path
from typing import Any

from data_access.imports.validation_errors import shown
from data_access.problems import ImportProblem


def text_of(path: Path, what: str) -> str:
    """The text of a file, which the message calls `what`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except PermissionError as error:
        raise ImportProblem(f"{what} '{shown(path.name)}' må ikke læses af denne bruger.") from error
    except OSError as error:
        raise ImportProblem(f"{what} '{shown(path.name)}' findes ikke.", str(error)) from error
    except UnicodeDecodeError as error:
        raise ImportProblem(f"{what} '{shown(path.name)}' skal gemmes med tegnsættet UTF-8.") from error


def parsed(text: str, name: str) -> dict[str, Any]:
    """What the text says; the message says where it cannot be read."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        where = f"linje {place.group(1)}" if place else "slutningen"
        raise ImportProblem(
            f"{name} kan ikke læses som TOML ved {where}: Mangler der et anførselstegn, et lighedstegn "
            "eller en klamme, eller står samme nøgle to gange?"
        ) from error
