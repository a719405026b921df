"""Theme scores, and the unit held up against everyone else."""

from collections.abc import Sequence

from indicators.disclosure import Detail, published_detail
from indicators.figure import HIDDEN, NO_ANSWERS, Figure, QuestionRow, Score, State, ThemeRow


def everyone_else(total: Figure, unit: Figure, least_persons: int) -> Figure:
    """The total without the unit; shown only where both are, and where the rest is large enough itself."""
    if unit.state is State.NO_ANSWERS:
        return total
    if unit.n is None or total.n is None:
        return HIDDEN
    n = total.n - unit.n
    if n == 0:
        return NO_ANSWERS
    # Somebody may have answered on both sides, so this is the least number of persons in the rest.
    persons = total.persons - unit.persons
    detail = published_detail(persons, least_persons)
    if detail is Detail.HIDDEN:
        return HIDDEN
    counts = outside = None
    if detail is Detail.FULL and total.counts and unit.counts:
        counts = tuple(a - b for a, b in zip(total.counts, unit.counts, strict=True))
        outside = total.outside_base - unit.outside_base
    return Figure(State.SHOWN, n, total.favourable - unit.favourable, persons, counts, outside)


def score(figures: Sequence[Figure]) -> Score:
    """Mean of the questions' shares, each question counting the same; hidden when any of them is."""
    answered = [figure for figure in figures if figure.state is not State.NO_ANSWERS]
    if not answered:
        return Score(State.NO_ANSWERS)
    if any(figure.state is State.HIDDEN for figure in answered):
        return Score(State.HIDDEN)
    sizes = [figure.n for figure in answered]
    mean = sum(figure.share for figure in answered) / len(answered)
    return Score(State.SHOWN, mean, min(sizes), max(sizes))


def theme_rows(rows: Sequence[QuestionRow]) -> tuple[ThemeRow, ...]:
    """Scores of the themes from their common questions, in the order of the questionnaire."""
    common = [row for row in rows if row.question.common]
    themes = dict.fromkeys(row.theme for row in common)
    return tuple(
        ThemeRow(
            theme,
            score([row.figure for row in common if row.theme == theme]),
            score([row.benchmark for row in common if row.theme == theme]),
        )
        for theme in themes
    )
