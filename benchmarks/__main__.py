"""The command: measures at each size and prints a Markdown table."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from benchmarks import clicking, importing, releasing, report, round_trip, selecting, turning, workbooks
from benchmarks.comparison import Comparison
from benchmarks.stage import prepare

MEASUREMENTS = (
    importing.measure,
    releasing.measure,
    selecting.measure,
    workbooks.measure,
    round_trip.measure,
    clicking.measure,
    turning.measure,
)


def main(
    sizes: Annotated[str, typer.Option(help="Multiples of the sample round.")] = "1,10,50",
    out: Annotated[Path | None, typer.Option(help="Also write the table to this file.")] = None,
) -> None:
    """Measures import, release, selection, workbook, clicks and page turns against plain baselines."""
    found = [comparison for size in sizes.split(",") for comparison in measured(float(size))]
    text = report.markdown(found, datetime.now(UTC).date())
    typer.echo(text)
    if out:
        out.write_text(text + "\n", encoding="utf-8")


def measured(size: float) -> list[Comparison]:
    """Everything at one size."""
    found: list[Comparison] = []
    with TemporaryDirectory() as folder:
        typer.echo(f"Size {size:g}: preparing the stores", err=True)
        stage = prepare(Path(folder), size)
        for measure in MEASUREMENTS:
            for comparison in measure(stage):
                typer.echo(f"  {report.line(comparison)}", err=True)
                found.append(comparison)
    return found


if __name__ == "__main__":
    typer.run(main)
