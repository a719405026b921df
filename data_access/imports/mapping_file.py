"""Reads mapping files and questionnaires (TOML); what is wrong is said in Danish, key by key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from data_access.faults import what_is_wrong
from data_access.imports.mapping import TO_FILL_IN, Mapping
from data_access.imports.toml_text import parsed, text_of
from data_access.imports.validation_errors import ValidationErrors, shown
from indicators.questionnaire import Questionnaire

Model = TypeVar("Model", bound=BaseModel)


def read_mapping(path: Path) -> Mapping:
    """The mapping file with its questionnaire, which may lie in a file beside it; no draft."""
    mapping = parse_mapping(text_of(path, "Mappingfilen"), path)
    complaints = ValidationErrors(
        f"Mappingfilen '{shown(path.name)}' er et udkast. Skriv i stedet for {TO_FILL_IN}:"
    )
    for key, text in _texts("", mapping.model_dump(mode="json")):
        if TO_FILL_IN in text:
            complaints.add(f"{shown(key)}: {shown(text)}")
    complaints.stop_if_any()
    return mapping


def parse_mapping(text: str, path: Path) -> Mapping:
    """The mapping in a text; `path` is the name in messages and where the questionnaire's path starts."""
    content = parsed(text, f"Mappingfilen '{shown(path.name)}'")
    questionnaire = content.get("questionnaire")
    if isinstance(questionnaire, str):
        content["questionnaire"] = read_questionnaire(path.parent / questionnaire)
    return _checked(Mapping, content, f"Mappingfilen '{shown(path.name)}'")


def read_questionnaire(path: Path) -> Questionnaire:
    """A questionnaire file."""
    name = f"Spørgeskemaet '{shown(path.name)}'"
    return _checked(Questionnaire, parsed(text_of(path, "Spørgeskemaet"), name), name)


def _texts(key: str, content: object) -> Iterator[tuple[str, str]]:
    """Every text in a mapping, the keys of its tables included, and where it is."""
    if isinstance(content, str):
        yield key, content
    elif isinstance(content, dict):
        for name, part in content.items():
            yield key, name
            yield from _texts(f"{key}.{name}".lstrip("."), part)
    elif isinstance(content, list):
        for number, part in enumerate(content, start=1):
            yield from _texts(f"{key}.{number}", part)


def _checked(model: type[Model], content: dict[str, Any], name: str) -> Model:
    complaints = ValidationErrors(f"{name} kan ikke bruges:")
    try:
        return model.model_validate(content)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            complaints.add(_described(fault))
        complaints.stop_if_any()
        raise


def _described(fault: dict[str, Any]) -> str:
    """ "columns.education: mangler" from pydantic's account of it."""
    key = ".".join(str(part + 1 if isinstance(part, int) else part) for part in fault["loc"])
    return f"{shown(key)}: {what_is_wrong(fault)}" if key else what_is_wrong(fault)
