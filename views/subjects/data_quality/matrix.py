"""Units by educations as an HTML table, whose headings stay while its cells scroll. Every text is escaped."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from indicators.danish import lower_first, number
from indicators.data_quality import Coverage, CoverageTable
from indicators.groups import kind_of
from indicators.selection import Option, Selection, parts_of
from views.foundation import controls, places, theme

CLASSES = {
    Coverage.SHOWN: "felt-vist",
    Coverage.UNCERTAIN: "felt-usikker",
    Coverage.HIDDEN: "felt-skjult",
    Coverage.NOT_INVITED: "felt-ingen",
}

LEADS_ON = (Coverage.SHOWN, Coverage.UNCERTAIN)
"""Cells with answers to look at."""

ANSWERS = {controls.TAB: places.DISTRIBUTION}

STYLE = (
    """<style>
  .daekning { max-height: min(46rem, 85vh); width: fit-content; max-width: 100%; overflow: auto; }
  .daekning { border: 1px solid #8E8E8E; }
  .daekning:focus-visible { outline: 3px solid #707070; outline-offset: 1px; }
  .daekning table { border-collapse: separate; border-spacing: 0; font-size: 0.875rem; }
  .daekning th, .daekning td { padding: 3px 4px; border: 0 solid #FFFFFF; border-width: 0 1px 1px 0; }
  .daekning th { background: #FFFFFF; font-weight: 400; text-align: left; }
  .daekning td { min-width: 2.75rem; text-align: center; white-space: nowrap; }
  .daekning th[scope=row], .daekning thead th:first-child { position: sticky; left: 0; z-index: 1; }
  .daekning tbody th { min-width: 8.5rem; max-width: 13rem; }
  .daekning thead th { position: sticky; top: 0; z-index: 1; vertical-align: bottom; }
  .daekning thead th:first-child { z-index: 2; }
  .daekning thead th:not(:first-child) { padding-bottom: 6px; text-align: center; }
  .daekning thead span { display: inline-block; max-height: 14.5rem; text-align: left; }
  .daekning thead span { writing-mode: vertical-rl; transform: rotate(180deg); }
  .daekning tfoot th, .daekning tfoot td { position: sticky; bottom: 0; font-weight: 600; }
  .daekning tfoot th, .daekning tfoot td { background: #FFFFFF; border-top: 2px solid #707070; }
  .daekning tfoot th[scope=row] { z-index: 2; }
  .daekning .valgt, .daekning .valgt th { background: #E2F2FB; font-weight: 700; }
  .daekning td a { display: block; margin: -3px -4px; padding: 3px 4px; color: #1A1A1A; }
  .daekning td a:not(:hover) { text-decoration: none; }
  .felt-skjult { background: repeating-linear-gradient(135deg, #FFFFFF 0 4px, #C6C6C6 4px 5px); }
  .felt-tegn { display: inline-block; min-width: 2.75rem; margin-right: 6px; text-align: center; }
  .felt-tegn { font-size: 0.875rem; print-color-adjust: exact; }
  @media print { .daekning { max-height: none; overflow: visible; print-color-adjust: exact; } }
"""
    + f"""\
  .felt-vist {{ background: {theme.SHOWN}; }}
  .felt-usikker {{ background: #FFFFFF; box-shadow: inset 0 0 0 2px {theme.UNCERTAIN}; }}
  .felt-ingen {{ background: {theme.FAINT}; }}
</style>"""
)


def table(report: CoverageTable, chosen: Selection) -> str:
    """A row a unit, a column an education; the ones the reader chose are marked."""
    kind = kind_of(report.level.key)
    counts = "".join(_counts(report))
    names = "".join(
        f'<th scope="col"{_marked(one, chosen.education)}><span>{escape(one.name)}</span></th>'
        for one in report.educations
    )
    says = f"{kind} og uddannelse: hvad der er tal for"
    return (
        f'<div class="daekning" tabindex="0" role="region" aria-label="{says}"><table>'
        f'<thead><tr><th scope="col">{kind}</th>{names}</tr></thead>'
        f"<tbody>{''.join(_rows(report, chosen))}</tbody>"
        f'<tfoot><tr><th scope="row">{report.level.name}, der vises</th>{counts}</tr></tfoot></table></div>'
    )


def _marked(option: Option, chosen: Option) -> str:
    return ' class="valgt"' if option == chosen else ""


def _rows(report: CoverageTable, chosen: Selection) -> Iterator[str]:
    own = parts_of(chosen.unit.key)
    for unit in sorted(report.units, key=lambda unit: unit.key not in own):
        cells = "".join(_cell(report, chosen, unit, education) for education in report.educations)
        marked = ' class="valgt"' if unit.key in own else ""
        yield f'<tr{marked}><th scope="row">{escape(unit.name)}</th>{cells}</tr>'


def _cell(report: CoverageTable, chosen: Selection, unit: Option, education: Option) -> str:
    state, given = report.coverage(unit, education), report.of(unit, education)
    shown = sign(state, given.answers if given else None)
    if state in LEADS_ON:
        shown = _link(replace(chosen, unit=unit, education=education), shown)
    return f'<td class="{CLASSES[state]}">{shown}</td>'


def _link(there: Selection, shown: str) -> str:
    """To the cell's answers; hundreds of links would be in the way of the tab key, so it has others below."""
    says = escape(f"{there.unit.name}: {there.education.name}")
    address = escape(places.to_results(controls.keys_of(there) | ANSWERS))
    return f'<a href="{address}" tabindex="-1" title="{says}">{shown}</a>'


def sign(state: Coverage, answers: int | None) -> str:
    """What stands in a cell: answers where they are shown, a letter where not."""
    if state is Coverage.HIDDEN:
        return "S"
    if state is Coverage.NOT_INVITED:
        return "\N{EN DASH}"
    return f"{number(answers)}{'?' if state is Coverage.UNCERTAIN else ''}"


def _counts(report: CoverageTable) -> Iterator[str]:
    for education in report.educations:
        shown, invited = report.shown_of_units(education)
        yield f"<td>{shown} af {invited}</td>"


def legend(report: CoverageTable) -> str:
    """What the cells look like and mean."""
    least, certain = report.origin.least_persons, report.persons_for_detail
    entries = {
        Coverage.SHOWN: ("54", f"vist: mindst {certain} svar"),
        Coverage.UNCERTAIN: (f"{least}?", f"usikker: {least}\N{EN DASH}{certain - 1} svar"),
        Coverage.HIDDEN: ("S", lower_first(Coverage.HIDDEN)),
        Coverage.NOT_INVITED: ("\N{EN DASH}", lower_first(Coverage.NOT_INVITED)),
    }
    return (
        '<div class="svarfarver">'
        + "".join(
            f'<span><b class="felt-tegn {CLASSES[state]}">{shown}</b>{words}</span>'
            for state, (shown, words) in entries.items()
        )
        + "</div>"
    )
