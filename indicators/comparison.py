"""Theme scores, and the unit held up against everyone else."""

from collections.abc import Iterable, Sequence

from indicators.disclosure import Detail, published_detail
from indicators.figure import HIDDEN, NO_ANSWERS, Figure, QuestionRow, Score, State, ThemeRow, share_only
from indicators.questionnaire import Theme


def everyone_else(total: Figure, unit: Figure, least_persons: int) -> Figure:
    """The total without the unit; shown only where both are, and where the rest is large enough itself."""
    if unit.state is State.NO_ANSWERS:
        return total
    if unit.favourable is None or total.favourable is None:
        return HIDDEN
    n, favourable = total.n - unit.n, total.favourable - unit.favourable
    if n == 0:
        return NO_ANSWERS
    # Somebody may have answered on both sides, so this is the least number of persons in the rest.
    persons = total.persons - unit.persons
    detail = published_detail(persons, least_persons)
    if detail is Detail.HIDDEN:
        return HIDDEN
    if detail is Detail.SHARE:
        return share_only(n, favourable, persons)
    known = total.outside_base is not None and unit.outside_base is not None
    outside = total.outside_base - unit.outside_base if known else None
    withheld = total.counts is None or unit.counts is None
    counts = None if withheld else tuple(a - b for a, b in zip(total.counts, unit.counts, strict=True))
    return Figure(State.SHOWN, n, favourable, persons, counts, outside, withheld=withheld)


def score(figures: Sequence[Figure]) -> Score:
    """Mean of the questions' shares, counting the same; hidden when one of them cannot be read."""
    answered = [figure for figure in figures if figure.state is not State.NO_ANSWERS]
    if not answered:
        return Score(State.NO_ANSWERS)
    if any(figure.share is None for figure in answered):
        return Score(State.HIDDEN)
    sizes = [figure.n for figure in answered]
    mean = sum(figure.share for figure in answered) / len(answered)
    detailed = all(figure.detailed for figure in answered)
    return Score(State.SHOWN, mean, min(sizes), max(sizes), detailed)


def theme_rows(rows: Iterable[QuestionRow]) -> tuple[ThemeRow, ...]:
    """Scores of the themes from their common questions, in the order of the questionnaire.

    Unit and comparison are scored over the same questions: those answered on both sides.
    """
    by_theme: dict[str, list[QuestionRow]] = {}
    for row in rows:
        if row.question.common:
            by_theme.setdefault(row.theme.id, []).append(row)
    return tuple(_theme_row(of_theme[0].theme, of_theme) for of_theme in by_theme.values())


def _theme_row(theme: Theme, rows: Sequence[QuestionRow]) -> ThemeRow:
    answered = [row for row in rows if row.figure.state is not State.NO_ANSWERS]
    both = [row for row in answered if row.benchmark.state is not State.NO_ANSWERS] or answered
    scores = score([row.figure for row in both]), score([row.benchmark for row in both])
    return ThemeRow(theme, *scores, tuple(row.question for row in both))
