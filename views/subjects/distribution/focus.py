"""The question in focus, in sentences: what was observed, how sure it is, and what is said of it."""

from collections.abc import Iterator

from indicators.danish import lower_first, number, percent, upper_first, whole_percent
from indicators.disclosure import persons_for_detail
from indicators.figure import QuestionRow, State
from indicators.judgement import Judgement
from indicators.profile import everyone_else_of
from indicators.report import FigureTable
from indicators.response import no_assumption_bounds
from indicators.selection import EVERYONE_ELSE
from views.foundation import readings
from views.foundation.readings import in_words


def paragraphs(report: FigureTable, row: QuestionRow) -> Iterator[str]:
    """What was observed, how it stands beside others, and what it says of all who were invited."""
    for sentences in (_observed(report, row), _beside(report, row), _of_all_invited(report, row)):
        if said := " ".join(sentences):
            yield said


def _observed(report: FigureTable, row: QuestionRow) -> Iterator[str]:
    """Nothing is said of a hidden figure but that it is hidden."""
    figure = row.figure
    if figure.state is not State.SHOWN:
        yield f"{figure.status}."
        return
    share = figure.status if figure.share is None else percent(figure.share)
    yield f"{upper_first(share)} {row.scale.share_label} af {number(figure.n)} svar."
    if bases := readings.bases([row.question]):
        yield bases
    if figure.withheld:
        yield f"{readings.WITHHELD}."
    elif not figure.detailed:
        yield f"Usikkerhed og vurdering siges fra {persons_for_detail(report.origin.least_persons)} svar."
    if figure.outside_base:
        yield f"{number(figure.outside_base)} svarede «ved ikke» og er ikke regnet med."


def _beside(report: FigureTable, row: QuestionRow) -> Iterator[str]:
    """Whom the reader compares with, and what the verdict says of everyone else."""
    if not row.figure.detailed:
        return
    judged, chosen = row.figure.judgement or Judgement(), report.selection
    if chosen.compares and chosen.compared_with.key != EVERYONE_ELSE and row.benchmark.share is not None:
        yield f"{chosen.compared_with.name}: {percent(row.benchmark.share)}."
    if judged.difference is not None:
        others = row.figure.share - judged.difference
        apart = readings.difference(row.figure.share, others)
        yield f"{everyone_else_of(chosen).name}: {percent(others)}, en forskel på {apart}."
    if judged.verdict:
        yield f"Vurdering: {lower_first(in_words(judged))}."
        if row.question.high_is_bad:
            yield readings.HIGH_IS_BAD
    if judged.explained_by_mix:
        yield f"{readings.MIX_EXPLAINS} Forventet: {percent(judged.expected)}."


def _of_all_invited(report: FigureTable, row: QuestionRow) -> Iterator[str]:
    """What can be said of those who did not answer too, with an assumption and without one."""
    if not row.figure.detailed:
        return
    judged = row.figure.judgement or Judgement()
    low, high = judged.invited_low, judged.invited_high
    if low is not None and whole_percent(low) < whole_percent(high):
        yield readings.of_invited(str(whole_percent(low)), percent(high))
    bounds = no_assumption_bounds(row.figure.favourable, row.figure.n, report.response.invited)
    if bounds and not row.question.high_is_bad:
        yield readings.no_assumption(percent(bounds.low))
