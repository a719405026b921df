"""Charts as they are sent: Vega-Lite with every table beside it, ready for the browser."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pyarrow as pa

CLICKED = "valgt"
"""The chart's word for what was clicked on."""


@dataclass(frozen=True)
class Clicks:
    """A click on a mark takes the key in its `field` as the choice of `chooses`, and a unit if it has one."""

    chart: str
    field: str
    chooses: str
    place: str = ""
    tab: str = ""
    unit: str = ""


def sent(chart: alt.TopLevelMixin, clicked: tuple[str, ...] = ()) -> dict[str, Any]:
    """The specification, with its tables as Arrow bytes; a click gives the fields `clicked` of the mark.

    Nothing is checked against the schema of Vega-Lite: that takes longer than all else, and the tests do it.
    """
    if clicked:
        chart = chart.add_params(alt.selection_point(name=CLICKED, fields=list(clicked), on="click"))
    spec = chart.to_dict(validate=False)
    # Numbered, not named after their content: when only the numbers are new, the browser keeps the drawing.
    names = {name: f"tabel {at}" for at, name in enumerate(spec.get("datasets", {}))}
    tables = {names[name]: _arrow(rows) for name, rows in spec.pop("datasets", {}).items()}
    return {**_renamed(spec, names), "datasets": tables}


def with_rows(spec: dict[str, Any]) -> dict[str, Any]:
    """The same specification with its tables in it, for those who draw it outside of a browser."""
    tables = {
        name: pa.ipc.open_stream(data).read_all().to_pylist() for name, data in spec["datasets"].items()
    }
    return {**spec, "datasets": tables}


def _renamed(part: Any, names: dict[str, str]) -> Any:
    if isinstance(part, list):
        return [_renamed(one, names) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        key: {**value, "name": names[value["name"]]}
        if key == "data" and isinstance(value, dict) and value.get("name") in names
        else _renamed(value, names)
        for key, value in part.items()
    }


def _arrow(rows: list[dict]) -> bytes:
    table = pa.Table.from_pylist(rows)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()
