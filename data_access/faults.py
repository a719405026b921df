"""What pydantic found wrong with a value, in Danish."""

from typing import Any

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
    "less_than_equal": "må højst være {le}",
    "float_type": "skal være et tal",
    "float_parsing": "skal være et tal",
    "finite_number": "skal være et tal",
    "date_type": "skal være en dato, fx 2027-01-31",
    "date_parsing": "skal være en dato, fx 2027-01-31",
    "date_from_datetime_parsing": "skal være en dato, fx 2027-01-31",
    "date_from_datetime_inexact": "skal være en dato uden klokkeslæt",
}


def what_is_wrong(fault: dict[str, Any]) -> str:
    """ "mangler" or "skal være et helt tal" from pydantic's account of one fault."""
    context = fault.get("ctx", {})
    if fault["type"] == "value_error":
        return str(context["error"])
    if fault["type"] in ("literal_error", "enum"):
        return "skal være " + context["expected"].replace("'", '"').replace(" or ", " eller ")
    return _EXPECTED.get(fault["type"], "har en forkert værdi").format(**context)
