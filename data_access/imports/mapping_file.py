"""Reads mapping files and questionnaires (TOML); what is wrong is said in Danish, key by key."""

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from data_access.imports.complaints import Complaints, shown
from data_access.imports.mapping import Mapping
from data_access.problems import ImportProblem
from indicators.questionnaire import Questionnaire

Model = TypeVar("Model", bound=BaseModel)

_EXPECTED = {
    "missing": "mangler",
    "extra_forbidden": "kendes ikke. Er det en stavefejl, eller står nøglen i den forkerte tabel?",
    "string_type": "skal være en tekst i anførselstegn",
    "string_too_short": "må ikke være tom",
    "string_too_long": "må højst have {max_length} tegn",
    "bool_type": "skal være true eller false",
    "bool_parsing": "skal være true eller false",
    "int_type": "skal være et helt tal",
    "int_parsing": "skal være et helt tal",
    "tuple_type": 'skal være en liste, fx ["Ja", "Nej"]',
    "dict_type": "skal være en tabel",
    "model_type": "skal være en tabel",
    "model_attributes_type": "skal være en tabel",
    "literal_error": "skal være {expected}",
    "too_short": "skal have mindst {min_length}",
    "greater_than_equal": "skal være mindst {ge}",
    "string_pattern_mismatch": "må kun have små bogstaver (a-z), tal og eventuelt bindestreger",
}


def read_mapping(path: Path) -> Mapping:
    """The mapping file with its questionnaire, which may lie in a file beside it."""
    return parse_mapping(_read_text(path, "Mappingfilen"), path)


def parse_mapping(text: str, path: Path) -> Mapping:
    """The mapping in a text; `path` is the name in messages and where the questionnaire's path starts."""
    content = _parsed(text, f"Mappingfilen '{shown(path.name)}'")
    questionnaire = content.get("questionnaire")
    if isinstance(questionnaire, str):
        content["questionnaire"] = read_questionnaire(path.parent / questionnaire)
    return _checked(Mapping, content, f"Mappingfilen '{shown(path.name)}'")


def read_questionnaire(path: Path) -> Questionnaire:
    """A questionnaire file."""
    name = f"Spørgeskemaet '{shown(path.name)}'"
    return _checked(Questionnaire, _parsed(_read_text(path, "Spørgeskemaet"), name), name)


def _read_text(path: Path, what: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except PermissionError as error:
        raise ImportProblem(f"{what} '{shown(path.name)}' må ikke læses af denne bruger.") from error
    except OSError as error:
        raise ImportProblem(f"{what} '{shown(path.name)}' findes ikke.", str(error)) from error
    except UnicodeDecodeError as error:
        raise ImportProblem(f"{what} '{shown(path.name)}' skal gemmes med tegnsættet UTF-8.") from error


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        where = f"linje {place.group(1)}" if place else "slutningen"
        raise ImportProblem(
            f"{name} kan ikke læses som TOML ved {where}: Mangler der et anførselstegn, et lighedstegn "
            "eller en klamme, eller står samme nøgle to gange?"
        ) from error


def _checked(model: type[Model], content: dict[str, Any], name: str) -> Model:
    complaints = Complaints(f"{name} kan ikke bruges:")
    try:
        return model.model_validate(content)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            complaints.add(_described(fault))
        complaints.stop_if_any()
        raise


def _described(fault: dict[str, Any]) -> str:
    """ "columns.education: mangler" from pydantic's account of it."""
    context = fault.get("ctx", {})
    if fault["type"] == "value_error":
        said = str(context["error"])
    elif fault["type"] == "literal_error":
        said = "skal være " + context["expected"].replace("'", '"').replace(" or ", " eller ")
    else:
        said = _EXPECTED.get(fault["type"], "har en forkert værdi").format(**context)
    key = ".".join(str(part + 1 if isinstance(part, int) else part) for part in fault["loc"])
    return f"{shown(key)}: {said}" if key else said
