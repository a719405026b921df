"""The page's tables as frames."""

import pandas as pd

from indicators.profile import Profile, everyone_else_of
from indicators.questionnaire import Theme
from views.foundation import frames, readings
from views.subjects.profile.markup import parts_are_called


def themes(report: Profile) -> pd.DataFrame:
    """One row a theme; shares 0 to 1, empty where nothing is shown."""
    rows = [line.row for line in report.themes]
    judgements = [row.score.judgement for row in rows]
    beside = (
        report.selection.compared_with.name,
        frames.Shares(line.beside and line.beside.share for line in report.themes),
    )
    columns = [
        ("Tema", [row.theme.name for row in rows]),
        ("Egen", frames.Shares(row.score.share for row in rows)),
        (everyone_else_of(report.selection).name, frames.Shares(row.benchmark.share for row in rows)),
        *frames.optional(report.is_compared_with_a_unit, beside),
        ("Forskel, procentpoint", frames.points(one and one.difference for one in judgements)),
        *frames.optional(
            report.has_expected, ("Forventet", frames.Shares(one and one.expected for one in judgements))
        ),
        ("Vurdering", [readings.in_words(line.row.score.judgement) for line in report.themes]),
        *frames.optional(
            report.earlier is not None,
            ("Siden året før", [line.change and line.change.change for line in report.themes]),
        ),
        ("Færrest svar", frames.whole([row.score.fewest for row in rows])),
        ("Flest svar", frames.whole([row.score.most for row in rows])),
        ("Status", [row.score.state.value for row in rows]),
    ]
    return frames.frame(columns)


def parts(report: Profile, theme: Theme) -> pd.DataFrame:
    """One row an education or institution with its share of the theme, hidden ones too."""
    scores = [part.scores[theme.id] for part in report.parts]
    columns = [
        (parts_are_called(report), [part.about.name for part in report.parts]),
        ("Tema", [theme.name for _ in scores]),
        ("Andel", frames.Shares(score.share for score in scores)),
        *frames.optional(
            report.is_by_education, ("Vurdering", [readings.in_words(score.judgement) for score in scores])
        ),
        ("Færrest svar", frames.whole([score.fewest for score in scores])),
        ("Flest svar", frames.whole([score.most for score in scores])),
        ("Status", [score.state.value for score in scores]),
    ]
    return frames.frame(columns)


def members(report: Profile) -> pd.DataFrame:
    """One row a member: who answered, and its share of each theme with what is said of it."""
    some = report.members
    themes = [line.row.theme for line in report.themes]
    columns = [
        ("Medlem", [member.about.name for member in some]),
        ("Antal svar", frames.whole([member.response.answers for member in some])),
        ("Svar", [member.response.state.value for member in some]),
    ]
    for theme in themes:
        scores = [member.scores[theme.id] for member in some]
        said = [readings.in_words(score.judgement) or score.state.value for score in scores]
        columns += [(theme.name, frames.Shares(score.share for score in scores))]
        columns += [(f"Vurdering: {theme.name}", said)]
    return frames.frame(columns)


def pairs(report: Profile) -> pd.DataFrame:
    """One row a side of a matched pair, with the gap and its interval on both."""
    found = [(pair, side) for pair in report.pairs for side in pair.sides]
    columns = [
        ("Om det samme", [pair.name for pair, _ in found]),
        ("Hvem", [side.respondents.capitalize() for _, side in found]),
        ("Spørgsmål", [side.question.text for _, side in found]),
        ("Andel", frames.Shares(side.figure.share for _, side in found)),
        ("Antal svar", frames.whole([side.figure.n for _, side in found])),
        ("Forskel, procentpoint", frames.points(pair.gap and pair.gap.difference for pair, _ in found)),
        ("Forskel, mindst", frames.points(pair.gap and pair.gap.low for pair, _ in found)),
        ("Forskel, højst", frames.points(pair.gap and pair.gap.high for pair, _ in found)),
        ("Status", [side.figure.status for _, side in found]),
    ]
    return frames.frame(columns)
