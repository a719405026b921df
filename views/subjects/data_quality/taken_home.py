"""What of the responses and the coverage is taken home besides chart and table: what their signs mean."""

from collections.abc import Iterator

from indicators.danish import percent
from indicators.data_quality import Coverage, CoverageTable, ResponseTable
from indicators.response import RATE_OF, Badge
from views.documents.legends import DASHES, DOT, HATCHED, RING, SQUARE, LegendEntry
from views.foundation import theme
from views.foundation.verdict_styles import WHITE


def legend_of_responses(report: ResponseTable) -> tuple[LegendEntry, ...]:
    """The dots of both years, and the line."""
    return tuple(_dots(report))


def _dots(report: ResponseTable) -> Iterator[LegendEntry]:
    yield LegendEntry(DOT.format(theme.OWN, theme.OWN), str(report.selection.year))
    if report.earlier_year:
        yield LegendEntry(DOT.format(WHITE, theme.OTHERS), str(report.earlier_year))
    yield LegendEntry(DASHES, f"{percent(RATE_OF[Badge.GOOD])} svarede")


def legend_of_coverage(report: CoverageTable) -> tuple[LegendEntry, ...]:
    """What the fields of the matrix are."""
    least, certain = report.origin.least_persons, report.persons_for_detail
    return (
        LegendEntry(SQUARE.format(theme.SHOWN), f"Vist: mindst {certain} svar"),
        LegendEntry(RING, f"Usikker (?): {least}\N{EN DASH}{certain - 1} svar"),
        LegendEntry(HATCHED, f"{Coverage.HIDDEN} (S)"),
        LegendEntry(SQUARE.format(theme.FAINT), f"{Coverage.NOT_INVITED} (\N{EN DASH})"),
    )
