"""What there is to talk about, from the store."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from data_access.dashboard import queries
from data_access.dashboard.cells import GroupFigures, Rounds, group
from data_access.dashboard.models import PublishedRound, Release
from indicators.figure import Figure, QuestionRow, Response, Score, ThemeRow
from indicators.groups import kind_key
from indicators.overview import DIVISIONS, Overview, UnitColumn, nobody_answered
from indicators.profile import everyone_else_of, group_of_everyone_else, subject
from indicators.report import Datum
from indicators.selection import EVERYONE_ELSE, Option, Selection
from indicators.unit_kinds import REGION
from views.foundation.report_source import Source
from views.subjects.overview import headline


def overview(session: Session, selection: Selection, release: Release | None = None) -> Overview:
    """The themes of the chosen unit and of those around it, in the release in force unless one is named."""
    source = Source.of(session, selection, release)
    around, compared = _groups(source), _compared(selection)
    found = source.groups([selection.unit, *around, *compared])
    own, before = found[selection.unit.key], source.rounds.before
    rows = source.rows_beside_everyone_else(own)
    themes = source.judged_themes(rows, own)
    columns = _Columns(source, rows, themes)
    return Overview(
        title=headline.title(selection, rows, themes),
        selection=selection,
        origin=source.origin,
        response=own.response,
        notes=source.notes,
        visible=source.visible(rows),
        rows=rows,
        themes=themes,
        changes=own.changes,
        own=columns.own(),
        groups=tuple(columns.of(unit, found[unit.key]) for unit in around),
        beside=(*(columns.of(unit, found[unit.key]) for unit in compared), *columns.everyone_else()),
        earlier_year=before and before.year,
        earlier=before and _response(source, before),
        last_answered=_last_answered(source) if nobody_answered(rows) else None,
    )


def _groups(source: Source) -> tuple[Option, ...]:
    """The unit's cluster and council, or for all units the regions; not one that is compared with anyway."""
    chosen = source.selection
    if subject(chosen) is None:
        return tuple(region for region in _regions(source) if region != chosen.compared_with)
    around = queries.groups_of(source.session, chosen.unit.key, chosen.year)
    return tuple(one for one in around if kind_key(one.key) in DIVISIONS and one != chosen.compared_with)


def _regions(source: Source) -> Iterator[Option]:
    """The regions in force that there is anything to show of."""
    shown = queries.parts_shown(source.session, source.rounds.now).units
    for region in queries.units(source.session, REGION.key):
        if region.key in shown and not any(source.outside_its_time(region)):
            yield region


def _compared(selection: Selection) -> tuple[Option, ...]:
    """The unit that the reader compares with; everyone else has a column of its own."""
    other = selection.compared_with
    return (other,) if selection.compares and other.key != EVERYONE_ELSE else ()


def _response(source: Source, published: PublishedRound) -> Response:
    chosen = source.selection
    where = chosen.unit.key, chosen.education.key, chosen.institution.key
    return group(source.session, Rounds(published), *where).response


def _last_answered(source: Source) -> int | None:
    rounds = queries.rounds_of_survey(source.session, source.release, source.selection.survey.key)
    return next((one.year for one in reversed(rounds) if _response(source, one).answers), None)


@dataclass(frozen=True)
class _Columns:
    """The columns of the table, over the same themes and questions."""

    source: Source
    rows: Sequence[QuestionRow]
    themes: Sequence[ThemeRow]

    def own(self) -> UnitColumn:
        """The chosen unit's, or the chosen education's of all units."""
        chosen, scores = self.source.selection, {row.theme.id: row.score for row in self.themes}
        column = self._column(scores, lambda row: row.figure, {"unit": chosen.unit})
        return replace(column, unit=subject(chosen) or chosen.unit)

    def of(self, unit: Option, group: GroupFigures) -> UnitColumn:
        """Another unit's."""
        scores = {row.theme.id: group.score(row.theme.id) for row in self.themes}
        column = self._column(scores, lambda row: group.figure(row.question.id), {"unit": unit})
        return replace(column, note=" ".join(self.source.outside_its_time(unit)))

    def everyone_else(self) -> tuple[UnitColumn, ...]:
        """That of everyone else, if anything is left out of everyone."""
        chosen = self.source.selection
        if subject(chosen) is None:
            return ()
        others, scores = everyone_else_of(chosen), {row.theme.id: row.benchmark for row in self.themes}
        who = group_of_everyone_else(chosen)
        return (replace(self._column(scores, lambda row: row.benchmark, who), unit=others),)

    def _column(
        self, scores: Mapping[str, Score], figure_of: Callable[[QuestionRow], Figure], who: dict[str, Option]
    ) -> UnitColumn:
        chosen = self.source.selection
        about = {"education": chosen.education, "institution": chosen.institution, **who}
        figures = (
            Datum(chosen.years, **about, theme=row.theme, question=row.question, figure=figure_of(row))
            for row in self.rows
        )
        return UnitColumn(who["unit"], scores, tuple(figures))
